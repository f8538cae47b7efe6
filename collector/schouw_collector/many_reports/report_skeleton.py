"""A text as a skeleton and its digits: reports of alike days differ in digits, and in little else.

A run is digits, and commas between digits: a number, or a list of whole numbers, however long.  In
the skeleton one zero stands for each run, so that two texts are the same if their skeletons and
their runs are.  All of it is found in columns, for the whole text at once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ZERO, _COMMA = ord("0"), ord(",")

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A text, taken apart."""

    octets: NDArray[np.uint8]
    """The text itself."""
    text: bytes
    """With a zero for each run."""
    starts: Places
    """Of each run, the place of its first octet in the text."""
    ends: Places
    """The place behind its last."""


def skeleton(text: bytes) -> Skeleton:
    """Return a text, taken apart."""
    octets = np.frombuffer(text, dtype=np.uint8)
    # With one place before and one behind, so that every octet has neighbours.
    runs = np.zeros(octets.size + 2, dtype=bool)
    np.less(octets - _ZERO, 10, out=runs[1:-1])
    within = octets == _COMMA
    within &= runs[:-2]
    within &= runs[2:]
    runs[1:-1] |= within
    edges = np.flatnonzero(runs[1:] != runs[:-1])
    starts, ends = edges[::2], edges[1::2]
    zeros, kept = octets.copy(), ~runs[1:-1]
    zeros[starts] = _ZERO
    kept[starts] = True
    return Skeleton(octets, zeros[kept].tobytes(), starts, ends)


def listed(of: Skeleton, starts: Places, ends: Places, mark: int) -> tuple[bytes, Places]:
    """Return what stands in these places, with a mark behind each, and the places behind each."""
    lengths = ends - starts + 1
    behind = np.cumsum(lengths)
    shifts = np.repeat(starts - behind + lengths, lengths)
    shifts += np.arange(shifts.size)
    # Behind the last run of a text stands at least one octet that is no digit.
    found = of.octets[shifts]
    found[behind - 1] = mark
    return found.tobytes(), behind
