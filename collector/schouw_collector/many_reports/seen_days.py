"""The days on which a device was seen: what is there every day takes the room of one."""

from bisect import bisect_left
from datetime import date
from functools import lru_cache
from itertools import chain

_day = lru_cache(maxsize=4096)(date.fromordinal)
"""A day is one object, however many devices were seen on it."""


class Days:
    """Days as ranges, in order: what is there every day takes the room of one."""

    __slots__ = ("ends", "starts")

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, first: int, last: int) -> None:
        """Add the days from first to last (`date.toordinal`)."""
        starts, ends = self.starts, self.ends
        if ends and starts[-1] <= first <= ends[-1] + 1:
            ends[-1] = max(ends[-1], last)
            return
        begin = bisect_left(ends, first - 1)
        stop = bisect_left(starts, last + 2)
        if begin < stop:
            first, last = min(first, starts[begin]), max(last, ends[stop - 1])
        starts[begin:stop], ends[begin:stop] = [first], [last]

    def dates(self) -> tuple[date, ...]:
        """Return every day, in order."""
        pairs = zip(self.starts, self.ends, strict=True)
        return tuple(chain.from_iterable(map(_day, range(a, b + 1)) for a, b in pairs))
