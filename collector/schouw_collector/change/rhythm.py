"""How often something comes, and whether it comes more often now: jitter is no change."""

import math
from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import Field

from schouw_agent.report import Emission, Record

CLEARLY = 1.8
"""A factor below this is jitter, or another spread over the same bins."""
_ENOUGH = 10
"""Intervals, below which a rhythm is not told."""
_LONGEST = 40
"""Octaves above a second: longer than anybody looks, also where a file claims more."""
_REGULAR = 1.2
"""Standard deviation in octaves, above which something comes when it happens, not by the clock."""


class Rhythm(Record):
    """How often the messages of one emission come."""

    seconds: Annotated[float, Field(ge=0, le=1e10)]
    """Between two messages on average, over the whole time: longer if the device was silent."""
    octave: Annotated[float, Field(ge=-20, le=60)]
    """Mean binary logarithm of the intervals in seconds: silence does not move it."""
    spread: Annotated[float, Field(ge=0, le=60)]
    """Standard deviation of that logarithm."""

    @property
    def regular(self) -> bool:
        """Return whether it comes by the clock."""
        return self.spread <= _REGULAR


def fastest(emissions: Iterable[Emission]) -> Rhythm | None:
    """Return the rhythm of what comes most often; None if nothing came often enough to tell."""
    found = [rhythm for e in emissions if (rhythm := _rhythm(e))]
    return min(found, key=lambda r: (r.octave, r.seconds), default=None)


def longest_interval(emission: Emission) -> float | None:
    """Return the longest interval between two messages, in seconds; None if it came once."""
    # Element i of the histogram ends at 2^(i-9) seconds.
    longest = max((i for i, count in enumerate(emission.intervals) if count > 0), default=None)
    return None if longest is None else 2.0 ** min(longest - 9, _LONGEST)


def times_finer(old: Rhythm | None, new: Rhythm | None) -> float:
    """Return how many times as often it comes now, if that is clear and by the clock; else 1.

    Two measures must agree: the histogram, which silence does not move, and the average, which the
    borders of the bins do not move.
    """
    if old is None or new is None or not (old.regular and new.regular):
        return 1.0
    by_bins = 2.0 ** (old.octave - new.octave)
    on_average = old.seconds / new.seconds if new.seconds > 0 else 1.0
    factor = min(by_bins, on_average)
    return factor if factor >= CLEARLY else 1.0


def _rhythm(emission: Emission) -> Rhythm | None:
    histogram = [max(n, 0) for n in emission.intervals[: _LONGEST + 10]]
    count = sum(histogram)
    if count < _ENOUGH or emission.messages < 2:
        return None
    octave, spread = _moments(histogram, count)
    seconds = (emission.last_seen - emission.first_seen).total_seconds()
    return Rhythm(
        seconds=round(min(max(seconds, 0) / (emission.messages - 1), 1e10), 3),
        octave=round(octave, 2),
        spread=round(spread, 2),
    )


def _moments(histogram: Sequence[int], count: int) -> tuple[float, float]:
    """Return mean and standard deviation of the binary logarithm, by the middle of each bin."""
    mean = sum((i - 9.5) * n for i, n in enumerate(histogram)) / count
    variance = sum(n * (i - 9.5 - mean) ** 2 for i, n in enumerate(histogram)) / count
    return mean, math.sqrt(variance)
