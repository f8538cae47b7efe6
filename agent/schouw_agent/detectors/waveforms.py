"""Lists of numbers about sound: samples swing about their middle, levels do not."""

from collections.abc import Sequence
from itertools import pairwise

FEWEST = 256
"""Shorter lists are too short to be a recording."""
_MIDDLE = 128  # of unsigned samples of eight bits
_HIGHEST_LEVEL = 150
_BANDS = frozenset((*range(8, 12), *range(24, 37)))
"""Octaves from 16 Hz or 31.5 Hz, and their thirds (IEC 61260-1, annex E)."""
_READ = 16  # shorter lists are not read in every message


def swings(values: Sequence[float]) -> bool:
    """Return whether numbers swing about their middle often, as sound does and levels do not."""
    low, high = min(values), max(values)
    middle = sum(values) / len(values)
    if low >= 0 and not (high <= 2 * _MIDDLE - 1 and abs(middle - _MIDDLE) < 24):
        return False
    if abs(middle) > 0.3 * max(abs(low), abs(high)) and low < 0:
        return False
    crossings = sum((a < middle) != (b < middle) for a, b in pairwise(values))
    return crossings >= len(values) // 200


def are_bands(values: Sequence[float]) -> bool:
    """Return whether numbers can be the levels, in dB, of octaves or of thirds of octaves."""
    if len(values) not in _BANDS or min(values) < 0:
        return False
    return len(values) < _READ or max(values) <= _HIGHEST_LEVEL
