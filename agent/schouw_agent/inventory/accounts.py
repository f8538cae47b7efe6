"""Which emissions messages count for.

A message of a sensor often counts for ten emissions.  Messages are noted as they come, with their
rank among all, and counted together: the outcome is that of counting them one by one in order of
rank, however they are grouped.
"""

from array import array
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schouw_agent.inventory.counts import CountColumns, Counts
from schouw_agent.inventory.least import Least
from schouw_agent.numbers import Numbers
from schouw_agent.ragged import ragged

_PAIRS = 1 << 18
"""Pairs of message and emission that are counted at a time."""
_NOTED = 1 << 16
"""Notes on single emissions that may wait."""
_MUCH = 1 << 14
"""Messages that are worth counting: of few each takes longer, as many emissions have one or two."""

_TURN_BITS = 20
"""A rank has room for the notes of one message, of which each has its turn."""

_Columns = tuple[Numbers, Numbers, Numbers, Numbers]
"""Row or bundle, turn, octets and time of messages."""


class _Noted(NamedTuple):
    """Messages, and for each the rows that it counts for: some part of `rows`."""

    turn: Numbers
    octets: Numbers
    time: Numbers
    start: Numbers
    size: Numbers


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

    def __init__(self, hear: Callable[[Numbers, Numbers], None] | None = None) -> None:
        """`hear` is given rows, and the times at which messages counted for them, in order.

        Only of rows that are to be listened to.
        """
        self.smallest = Least()
        """Of what was counted in messages that were not looked at one by one."""
        self.window = Least()
        """In seconds, of such messages."""
        self._columns = CountColumns()
        self._turn = 0
        self._single = _no_notes()
        self._bundles = _no_notes()
        self._many: list[_Columns] = []
        self._hear = hear
        self._heard = np.zeros(1, dtype=np.bool_)
        """By row; the last stands for those behind."""
        self._forget_bundles()

    def __len__(self) -> int:
        return len(self._columns)

    @property
    def waiting(self) -> bool:
        """Whether messages with bundles wait to be counted in their turn."""
        return bool(self._many)

    def open(self) -> int:
        """Return a new row."""
        return self._columns.open()

    def listen(self, row: int) -> None:
        """Tell of the messages that count for a row."""
        if row >= self._heard.size - 1:
            more = np.zeros(row + 2, dtype=np.bool_)
            self._heard = np.concatenate([self._heard[:-1], more])
        self._heard[row] = True

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

    def note_many(self, bundles: Numbers, ranks: Numbers, octets: Numbers, times: Numbers) -> None:
        """Note messages, each with its bundle and rank."""
        self._many.append((bundles, ranks << _TURN_BITS, octets, times))

    def counts(self, row: int) -> Counts:
        """Return the counts of a row by now."""
        self.settle()
        return self._columns.of(row)

    def settle_much(self) -> None:
        """Count what was noted, if it is much by now."""
        many = sum(bundles.size for bundles, *_ in self._many)
        if many + len(self._single.targets) + len(self._bundles.targets) >= _MUCH:
            self.settle()

    def settle(self) -> None:
        """Count what was noted."""
        if self._many or self._single.targets or self._bundles.targets:
            self._settle(None)

    def _settle(self, through: int | None) -> None:
        """Count what was noted: all of it, or what has its turn no later than `through`."""
        rows, turn, octets, time = self._single.take()
        bundled = np.array(self._bundled, dtype=np.int64)
        noted = [_Noted(turn, octets, time, rows + bundled.size, np.ones_like(rows))]
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
            np.concatenate([bundled, np.arange(len(self))]),
            _Noted(*(np.concatenate(column) for column in zip(*noted, strict=True))),
        )

    def _count(self, rows: Numbers, noted: _Noted) -> None:
        counting = np.flatnonzero(noted.size)
        order = counting[np.argsort(noted.turn[counting], kind="stable")]
        _, octets, time, start, size = (column[order] for column in noted)
        reached = np.cumsum(size)
        message = 0
        while message < size.size:
            before = int(reached[message] - size[message])
            stop = int(np.searchsorted(reached, before + _PAIRS, side="right"))
            part = slice(message, max(stop, message + 1))
            # Messages that count for the same rows have the same start.
            starts, one, target = np.unique(start[part], return_index=True, return_inverse=True)
            sizes = size[part][one]
            row = rows[ragged(starts, sizes)]
            of_row = np.repeat(np.arange(starts.size), sizes)
            self._tell(row, of_row, target, time[part])
            self._columns.add(row, of_row, target, octets[part], time[part])
            message = part.stop

    def _tell(self, row: Numbers, of_row: Numbers, target: Numbers, time: Numbers) -> None:
        """Tell who listens of the messages that count for some rows."""
        heard = np.flatnonzero(self._heard[np.minimum(row, self._heard.size - 1)])
        if self._hear is None or not heard.size:
            return
        row, of_row = row[heard], of_row[heard]
        start = np.searchsorted(of_row, target)
        size = np.searchsorted(of_row, target, side="right") - start
        self._hear(row[ragged(start, size)], np.repeat(time, size))


def _part(columns: _Columns, rows: NDArray[np.bool_]) -> _Columns:
    target, turn, octets, time = (column[rows] for column in columns)
    return target, turn, octets, time
