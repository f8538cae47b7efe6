"""When and where each message ended: a table of the segments that were handed over at once."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from schouw_agent.runs import Run

_FEW = 12
"""Messages that are looked up faster one by one than all at once."""

REMEMBERED = 4
"""Segments whose time is kept for a message that is told of later than its last octet came."""


class LatestTimes:
    """When the latest segments of each direction of one flow were seen."""

    __slots__ = ("_of",)

    def __init__(self) -> None:
        self._of: tuple[list[tuple[int, int]], list[tuple[int, int]]] | None = None

    def note(self, from_orig: bool, latest: Iterable[tuple[int, int]]) -> None:
        """Remember the position and time of the ends of segments."""
        if self._of is None:
            self._of = ([], [])
        remembered = self._of[from_orig]
        remembered += latest
        del remembered[:-REMEMBERED]

    def time(self, from_orig: bool, end: int, default: int) -> int:
        """Return when the octet before a position was seen, as far as that is remembered."""
        remembered = self._of[from_orig] if self._of is not None else []
        for reached, time in remembered:
            if end <= reached:
                return time
        return remembered[-1][1] if remembered else default


class Places(NamedTuple):
    """Consecutive segments of one direction: some rows of columns."""

    start: int
    """Position in the stream at which they start."""
    ends: Sequence[int]
    """Where each ends, counted from any origin."""
    shift: int
    """What makes a position in the stream of an end."""
    times: Sequence[int]
    frames: Sequence[int]
    rows: range

    def row(self, end: int) -> int:
        """Return the row of the segment with the last octet of a message that ends here."""
        return bisect_left(self.ends, end - self.shift, self.rows[0], self.rows[-1])

    def of_run(self, run: Run) -> tuple[list[int], list[int]]:
        """Return the time and the frame of the segment in which each message of a run ended."""
        first, last = self.rows[0], self.rows[-1]
        if first == last:
            rows = [first] * len(run.ends)
        elif len(run.ends) < _FEW:
            rows = [self.row(end) for end in run.ends]
        else:
            reached = np.array(self.ends[first:last], dtype=np.int64)
            wanted = np.array(run.ends, dtype=np.int64) - self.shift
            rows = (np.searchsorted(reached, wanted) + first).tolist()
        return list(map(self.times.__getitem__, rows)), list(map(self.frames.__getitem__, rows))

    def latest(self, count: int) -> list[tuple[int, int]]:
        """Return position and time of the end of up to this many of the last segments."""
        return [(self.ends[row] + self.shift, self.times[row]) for row in self.rows[-count:]]
