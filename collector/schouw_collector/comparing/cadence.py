"""How fine in time a stream is, from the histogram of the intervals between its messages."""

from collections.abc import Sequence

_LOWEST = -10
"""Element i of `Emission.intervals` counts intervals of 2^(i-10) to 2^(i-9) seconds."""


def usual_interval(intervals: Sequence[int]) -> float | None:
    """Return the interval within which half of the time is spent, in seconds, at most.

    Each interval weighs as much as it lasts, so that what comes twice, or in a burst once a minute,
    makes nothing finer: the minute between the bursts counts.  What is returned is the upper edge
    of its class of the histogram; None without intervals.
    """
    # Half way through its class an interval lasts 1.5 times the lower edge.
    lasting = [count * 1.5 * 2.0 ** (i + _LOWEST) for i, count in enumerate(intervals)]
    half = sum(lasting) / 2
    for i, seconds in enumerate(lasting):
        half -= seconds
        if seconds and half <= 0:
            return float(2.0 ** (i + _LOWEST + 1))
    return None
