"""Whether figures are finer, or kept longer, than a purpose of the table of purposes needs."""

import re
from collections.abc import Iterable

from schouw_collector.comparing.comparison import Observed
from schouw_collector.registers.register_entry import RegisterEntry

OFTEN = 0.5
"""Of the interval that a purpose needs: below this is often."""
_ENOUGH_INTERVALS = 20
_FEW = 2
_MOST = 0.9
_END_OF_FIRST = 9
"""Element i of a histogram of intervals ends at 2^(i - 9) seconds."""
_DAYS = {"Y": 365.0, "M": 28.0, "W": 7.0, "D": 1.0}
"""A month is its shortest: nobody is asked about two days."""


def says_how_fine(entry: RegisterEntry) -> bool:
    """Return whether an entry says itself how often, or over how long, its figures are."""
    return any(
        s.interval_seconds or (s.processing is not None and s.processing.aggregation_seconds)
        for s in entry.streams
    )


def least(limits: Iterable[float | None]) -> float:
    """Return the least of limits; 0 if one of them is missing: then anything may be needed."""
    rows = list(limits)
    return min((limit or 0.0 for limit in rows), default=0.0)


def window_of_few(observed: Observed, window: float) -> float | None:
    """Return the shortest interval, below a window in seconds, whose numbers go down to a few.

    A short interval with many people in it singles out nobody.
    """
    spans = [
        e.window_seconds
        for _, e in observed.emissions
        if e.window_seconds and e.window_seconds < window and e.smallest and e.smallest <= _FEW
    ]
    return min(spans, default=None)


def is_often(observed: Observed, pace: float) -> bool:
    """Return whether nine in ten of the intervals of some emission are below half the pace."""
    for _, emission in observed.emissions:
        counted = sum(emission.intervals)
        short = sum(
            count
            for i, count in enumerate(emission.intervals)
            if 2.0 ** (i - _END_OF_FIRST) <= pace * OFTEN
        )
        if counted >= _ENOUGH_INTERVALS and short >= _MOST * counted:
            return True
    return False


def days_of(period: str) -> float:
    """Return a length of time of whole days or more in days; shorter parts count as nothing."""
    return sum(
        int(count) * _DAYS[unit]
        for count, unit in re.findall(r"(\d+)([YMWD])", period.split("T")[0])
    )
