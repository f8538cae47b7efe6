"""The counts of all emissions as columns: messages, octets, first and last time, intervals.

A message of a sensor often counts for ten emissions.  Messages are noted as they come, with their
rank among all, and counted together: the outcome is that of counting them one by one in order of
rank, however they are grouped.
"""

from array import array
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schouw_agent.inventory.least import Least

INTERVAL_CLASSES = 32
"""Of the log₂ histogram: from 1/1024 s to about 24 days."""
_ROWS = 1024
_PAIRS = 1 << 15
"""Pairs of message and emission that are counted at a time."""
_NOTED = 1 << 16
"""Notes on single emissions that may wait."""

_TURN_BITS = 20
"""A rank has room for the notes of one message, of which each has its turn."""

_Numbers = NDArray[np.int64]
_Columns = tuple[_Numbers, _Numbers, _Numbers, _Numbers]
"""Row or bundle, turn, octets and time of messages."""


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


class _Noted(NamedTuple):
    """Messages, and for each the rows that it counts for: some part of `rows`."""

    turn: _Numbers
    octets: _Numbers
    time: _Numbers
    start: _Numbers
    size: _Numbers


class _Notes(NamedTuple):
    """Notes of one message each, for one row or for one bundle of them."""

    targets: "array[int]"
    turns: "array[int]"
    octets: "array[int]"
    times: "array[int]"

    def add(self, target: int, turn: int, octets: int, time: int) -> None:
        self.targets.append(target)
        self.turns.append(turn)
        self.octets.append(octets)
        self.times.append(time)

    def take(self) -> _Columns:
        """Return the columns, and start anew."""
        target, turn, octets, time = (np.array(column, dtype=np.int64) for column in self)
        for column in self:
            del column[:]
        return target, turn, octets, time


def _no_notes() -> _Notes:
    return _Notes(array("q"), array("q"), array("q"), array("q"))


class Accounts:
    """Rows are numbers of emissions; a bundle is a list of rows that alike messages count for."""

    def __init__(self, hear: Callable[[_Numbers, _Numbers], None] | None = None) -> None:
        """`hear` is given rows, and the times at which messages counted for them, in order."""
        self.smallest = Least()
        """Of what was counted in messages that were not looked at one by one."""
        self.window = Least()
        """In seconds, of such messages."""
        self._messages = np.zeros(_ROWS, dtype=np.int64)
        self._octets = np.zeros(_ROWS, dtype=np.int64)
        self._first = np.zeros(_ROWS, dtype=np.int64)
        self._last = np.zeros(_ROWS, dtype=np.int64)
        self._intervals = np.zeros((_ROWS, INTERVAL_CLASSES), dtype=np.int64)
        self._rows = 0
        self._turn = 0
        self._single = _no_notes()
        self._bundles = _no_notes()
        self._many: list[_Columns] = []
        self._hear = hear
        self._forget_bundles()

    def __len__(self) -> int:
        return self._rows

    @property
    def waiting(self) -> bool:
        """Whether messages with bundles wait to be counted in their turn."""
        return bool(self._many)

    def open(self) -> int:
        """Return a new row."""
        if self._rows == self._messages.size:
            for name in ("_messages", "_octets", "_first", "_last", "_intervals"):
                column = getattr(self, name)
                setattr(self, name, np.concatenate([column, np.zeros_like(column)]))
        self._rows += 1
        return self._rows - 1

    def bundle(self, rows: Sequence[int]) -> int:
        """Return the number of these rows as a bundle."""
        key = tuple(rows)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._numbers)
            self._starts.append(len(self._bundled))
            self._sizes.append(len(key))
            self._bundled.extend(key)
        return number

    def forget_bundles(self) -> None:
        """Make all numbers of bundles invalid, so that there are never too many."""
        self.settle()
        self._forget_bundles()

    def _forget_bundles(self) -> None:
        self._numbers: dict[tuple[int, ...], int] = {}
        self._bundled, self._starts, self._sizes = array("q"), array("q"), array("q")

    def rank(self, rank: int) -> None:
        """Set the rank of what is noted from here on; among equals the first noted is first."""
        self._turn = rank << _TURN_BITS

    def note(self, row: int, octets: int, time: int) -> None:
        """Note one message for one emission; time in nanoseconds since 1970."""
        self._add(self._single, row, octets, time)

    def note_bundle(self, bundle: int, octets: int, time: int) -> None:
        """Note one message for each row of a bundle."""
        self._add(self._bundles, bundle, octets, time)

    def _add(self, notes: _Notes, target: int, octets: int, time: int) -> None:
        notes.add(target, self._turn, octets, time)
        if len(notes.targets) >= _NOTED:
            self._settle(self._turn)
        self._turn += 1

    def note_many(
        self, bundles: _Numbers, ranks: _Numbers, octets: _Numbers, times: _Numbers
    ) -> None:
        """Note messages, each with its bundle and rank."""
        self._many.append((bundles, ranks << _TURN_BITS, octets, times))

    def counts(self, row: int) -> Counts:
        """Return the counts of a row by now."""
        self.settle()
        return Counts(
            int(self._messages[row]),
            int(self._octets[row]),
            int(self._first[row]),
            int(self._last[row]),
            tuple(self._intervals[row].tolist()),
        )

    def settle(self) -> None:
        """Count what was noted."""
        if self._many or self._single.targets or self._bundles.targets:
            self._settle(None)

    def _settle(self, through: int | None) -> None:
        """Count what was noted: all of it, or what has its turn no later than `through`."""
        rows, turn, octets, time = self._single.take()
        bundled = np.array(self._bundled, dtype=np.int64)
        singly = np.arange(rows.size) + bundled.size
        noted = [_Noted(turn, octets, time, singly, np.ones(rows.size, dtype=np.int64))]
        many, self._many = [*self._many, self._bundles.take()], []
        if through is not None:
            self._many = [_part(each, each[1] > through) for each in many]
            self._many = [each for each in self._many if each[0].size]
            many = [_part(each, each[1] <= through) for each in many]
        starts = np.array(self._starts, dtype=np.int64)
        sizes = np.array(self._sizes, dtype=np.int64)
        for bundle, turn, octets, time in many:
            noted.append(_Noted(turn, octets, time, starts[bundle], sizes[bundle]))
        self._count(
            np.concatenate([bundled, rows]),
            _Noted(*(np.concatenate(column) for column in zip(*noted, strict=True))),
        )

    def _count(self, rows: _Numbers, noted: _Noted) -> None:
        order = np.argsort(noted.turn, kind="stable")
        _, octets, time, start, size = (column[order] for column in noted)
        reached = np.cumsum(size)
        message = 0
        while message < size.size:
            before = int(reached[message] - size[message])
            stop = int(np.searchsorted(reached, before + _PAIRS, side="right"))
            stop = max(stop, message + 1)
            part = slice(message, stop)
            of_pair = np.repeat(np.arange(stop - message), size[part])
            pair = (
                np.arange(of_pair.size)
                + (start[part] - reached[part] + size[part] + before)[of_pair]
            )
            if self._hear is not None:
                self._hear(rows[pair], time[part][of_pair])
            self._count_pairs(rows[pair], of_pair, octets[part], time[part])
            message = stop

    def _count_pairs(
        self, rows: _Numbers, message: _Numbers, octets: _Numbers, time: _Numbers
    ) -> None:
        """Count pairs of a row and a message; the messages are in their order."""
        if not rows.size:
            return
        pairs = np.sort(rows << 32 | message)
        rows, message = pairs >> 32, pairs & 0xFFFFFFFF
        when = time[message]
        first = np.append(True, rows[1:] != rows[:-1])
        at = np.flatnonzero(first)
        known = self._messages[rows[at]] > 0
        previous = np.roll(when, 1)
        previous[at] = np.where(known, self._last[rows[at]], when[at])
        since = when - previous
        if (since < 0).any():
            # Out of order: what is later than anything before it counts from there.
            late = np.zeros(self._rows, dtype=np.bool_)
            late[rows[since < 0]] = True
            for i in np.flatnonzero(late[rows]).tolist():
                self._count_one(int(rows[i]), int(octets[message[i]]), int(when[i]))
            timely = ~late[rows]
            self._count_pairs(rows[timely], message[timely], octets, time)
            return
        classes = interval_classes(since)
        counted = np.ones(rows.size, dtype=np.bool_)
        counted[at[~known]] = False
        np.add.at(
            self._intervals.reshape(-1),
            (rows * INTERVAL_CLASSES + classes)[counted],
            1,
        )
        row = rows[at]
        stop = np.append(at[1:], rows.size)
        self._messages[row] += stop - at
        self._octets[row] += np.add.reduceat(octets[message], at)
        self._first[row[~known]] = when[at[~known]]
        self._last[row] = when[stop - 1]

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


def _part(columns: _Columns, rows: NDArray[np.bool_]) -> _Columns:
    target, turn, octets, time = (column[rows] for column in columns)
    return target, turn, octets, time


def interval_class(nanoseconds: int) -> int:
    """Return the class of the log₂ histogram that an interval falls in."""
    return min(max((nanoseconds * 1024 // 1_000_000_000).bit_length() - 1, 0), INTERVAL_CLASSES - 1)


def interval_classes(nanoseconds: _Numbers) -> _Numbers:
    """Return the class of each interval; none may be negative."""
    # 1024 / 10⁹ is 2 / 1953125, so that nothing overflows.
    parts = nanoseconds.astype(np.uint64) * 2 // 1_953_125
    exponent = np.frexp(parts.astype(np.float64))[1].astype(np.int64)
    return np.clip(exponent - 1, 0, INTERVAL_CLASSES - 1)
