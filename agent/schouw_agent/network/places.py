"""When and where each message ended: a table of the segments that were handed over at once."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from schouw_agent.numbers import Numbers
from schouw_agent.runs import Run

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
    """Consecutive segments of one direction."""

    start: int
    """Position in the stream at which they start."""
    ends: Numbers
    """Position at which each ends."""
    times: Numbers
    frames: Numbers

    def of(self, end: int) -> tuple[int, int]:
        """Return time and frame of the segment with the last octet of a message that ends here."""
        row = min(int(np.searchsorted(self.ends, end)), self.ends.size - 1)
        return int(self.times[row]), int(self.frames[row])

    def of_run(self, run: Run) -> tuple[Numbers, Numbers]:
        """Return the time and the frame of the segment in which each message of a run ended."""
        rows = np.searchsorted(self.ends[:-1], run.ends)
        return self.times[rows], self.frames[rows]

    def latest(self, count: int) -> list[tuple[int, int]]:
        """Return position and time of the end of up to this many of the last segments."""
        ends, times = self.ends[-count:].tolist(), self.times[-count:].tolist()
        return list(zip(ends, times, strict=True))
