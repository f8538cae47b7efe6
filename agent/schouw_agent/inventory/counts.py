"""The counts of all emissions as columns: messages, octets, first and last time, intervals.

Messages are counted for many rows at once.  Rows that the same messages count for are a *group*:
what happened to it is found out once, and added to each of them.
"""

import secrets
from typing import NamedTuple

import numpy as np

from schouw_agent.numbers import Numbers, changes
from schouw_agent.ragged import ragged

INTERVAL_CLASSES = 32
"""Of the log₂ histogram: from 1/1024 s to about 24 days."""
_ROWS = 1024


class Counts(NamedTuple):
    """What is counted of one emission."""

    messages: int
    octets: int
    first: int
    """Nanoseconds since 1970."""
    last: int
    intervals: tuple[int, ...]
    """Element i counts intervals of 2^(i-10) to 2^(i-9) seconds."""

    def plus(self, other: "Counts") -> "Counts":
        """Return the counts of both together; no interval lies between the two."""
        firsts = [each.first for each in (self, other) if each.messages]
        return Counts(
            self.messages + other.messages,
            self.octets + other.octets,
            min(firsts, default=0),
            max(self.last, other.last),
            tuple(a + b for a, b in zip(self.intervals, other.intervals, strict=True)),
        )


NOTHING = Counts(0, 0, 0, 0, (0,) * INTERVAL_CLASSES)


class _Pairs(NamedTuple):
    """Messages in the groups that they count for, by group and then in their order."""

    group: Numbers
    octets: Numbers
    time: Numbers
    start: Numbers
    """Of each group: where its messages start."""
    stop: Numbers


class CountColumns:
    """A row of counts for each emission."""

    def __init__(self) -> None:
        self._messages = np.zeros(_ROWS, dtype=np.int64)
        self._octets = np.zeros(_ROWS, dtype=np.int64)
        self._first = np.zeros(_ROWS, dtype=np.int64)
        self._last = np.zeros(_ROWS, dtype=np.int64)
        self._intervals = np.zeros((_ROWS, INTERVAL_CLASSES), dtype=np.int64)
        self._rows = 0

    def __len__(self) -> int:
        return self._rows

    def open(self) -> int:
        """Return a new row."""
        if self._rows == self._messages.size:
            for name in ("_messages", "_octets", "_first", "_last", "_intervals"):
                column = getattr(self, name)
                setattr(self, name, np.concatenate([column, np.zeros_like(column)]))
        self._rows += 1
        return self._rows - 1

    def of(self, row: int) -> Counts:
        """Return the counts of a row."""
        return Counts(
            int(self._messages[row]),
            int(self._octets[row]),
            int(self._first[row]),
            int(self._last[row]),
            tuple(self._intervals[row].tolist()),
        )

    def add(
        self, rows: Numbers, target: Numbers, of: Numbers, octets: Numbers, time: Numbers
    ) -> None:
        """Count messages in their order.

        `rows` and `target` are pairs: for which rows each target counts.  `of` is the target of
        each message, with its octets, and its time in nanoseconds since 1970.
        """
        if not rows.size:
            return
        order = np.argsort(rows, kind="stable")
        rows, target = rows[order], target[order]
        at = np.flatnonzero(changes(rows))
        row = rows[at]
        # Rows with the same targets have the same sum of secret numbers.
        secret = np.frombuffer(secrets.token_bytes(8 * int(of.max() + 1)), dtype=np.uint64)
        _, one, group = np.unique(
            np.add.reduceat(secret[target], at), return_index=True, return_inverse=True
        )
        size = np.append(at[1:], rows.size) - at
        counted = ragged(at[one], size[one])
        pairs = _pairs(np.repeat(np.arange(one.size), size[one]), target[counted], of, octets, time)
        self._add_groups(row, group, pairs)

    def _add_groups(self, row: Numbers, group: Numbers, pairs: _Pairs) -> None:
        """Count the messages of each group for its rows."""
        since = np.diff(pairs.time, prepend=pairs.time[:1])
        since[pairs.start] = 0
        known = self._messages[row] > 0
        before = pairs.time[pairs.start][group] - self._last[row]
        late = known & (before < 0)
        late |= np.minimum.reduceat(since, pairs.start)[group] < 0
        for i in np.flatnonzero(late).tolist():
            # Out of order: what is later than anything before it counts from there.
            of_group = slice(pairs.start[group[i]], pairs.stop[group[i]])
            each = zip(pairs.octets[of_group].tolist(), pairs.time[of_group].tolist(), strict=True)
            for octets, time in each:
                self._count_one(int(row[i]), octets, time)
        timely = np.flatnonzero(~late)
        row, group, before = row[timely], group[timely], before[timely]
        known = known[timely]
        within = np.ones(since.size, dtype=np.bool_)
        within[pairs.start] = False
        classes = pairs.group * INTERVAL_CLASSES + interval_classes(np.maximum(since, 0))
        self._add_intervals(row, group, classes[within])
        again = row[known]
        self._intervals[again, interval_classes(before[known])] += 1
        self._messages[row] += (pairs.stop - pairs.start)[group]
        self._octets[row] += np.add.reduceat(pairs.octets, pairs.start)[group]
        self._first[row[~known]] = pairs.time[pairs.start][group[~known]]
        self._last[row] = pairs.time[pairs.stop - 1][group]

    def _add_intervals(self, row: Numbers, group: Numbers, classes: Numbers) -> None:
        """Add the intervals of each group to its rows; a class is that of group and interval."""
        counts = np.bincount(classes)
        some = np.flatnonzero(counts)
        start, stop = np.searchsorted(some, INTERVAL_CLASSES * np.array((group, group + 1)))
        size = stop - start
        cell = some[ragged(start, size)]
        self._intervals[np.repeat(row, size), cell % INTERVAL_CLASSES] += counts[cell]

    def _count_one(self, row: int, octets: int, time: int) -> None:
        last = int(self._last[row])
        if not self._messages[row]:
            self._first[row] = self._last[row] = time
        elif time >= last:
            self._intervals[row, interval_class(time - last)] += 1
            self._last[row] = time
        else:
            self._first[row] = min(int(self._first[row]), time)
        self._messages[row] += 1
        self._octets[row] += octets


def _pairs(group: Numbers, target: Numbers, of: Numbers, octets: Numbers, time: Numbers) -> _Pairs:
    """Return the messages of each group; pairs of group and target say which targets it has."""
    order = np.argsort(target, kind="stable")
    group, target = group[order], target[order]
    start = np.searchsorted(target, of)
    size = np.searchsorted(target, of, side="right") - start
    pairs = group[ragged(start, size)] << 32 | np.repeat(np.arange(of.size), size)
    pairs.sort()
    group, message = pairs >> 32, pairs & 0xFFFFFFFF
    start = np.flatnonzero(changes(group))
    stop = np.append(start[1:], group.size)
    return _Pairs(group, octets[message], time[message], start, stop)


def interval_class(nanoseconds: int) -> int:
    """Return the class of the log₂ histogram that an interval falls in."""
    return min(max((nanoseconds * 1024 // 1_000_000_000).bit_length() - 1, 0), INTERVAL_CLASSES - 1)


def interval_classes(nanoseconds: Numbers) -> Numbers:
    """Return the class of each interval; none may be negative."""
    # 1024 / 10⁹ is 2 / 1953125, so that nothing overflows.
    parts = nanoseconds.astype(np.uint64) * 2 // 1_953_125
    exponent = np.frexp(parts.astype(np.float64))[1].astype(np.int64)
    return np.clip(exponent - 1, 0, INTERVAL_CLASSES - 1)
