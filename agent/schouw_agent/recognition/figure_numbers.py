"""Which numbers of a JSON message its figures rest on, so that they can be read unparsed."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from schouw_agent.recognition.windows import has_moments, number, seconds_of_one
from schouw_agent.records import Leaf, Match

_MOST = 64


class FigureNumber(NamedTuple):
    """A number of a message that a figure rests on."""

    nth: int
    """Its place among all numbers of the text."""
    match: int
    """Index of the match that has the figure."""
    seconds: float
    """0 for a count; of an interval, of how many seconds the number is one."""


def figure_numbers(
    leaves: Sequence[Leaf], matches: Sequence[Match], counted: Collection[str]
) -> tuple[FigureNumber, ...] | None:
    """Return the numbers that the figures of these categories rest on.

    The leaves are all values of a JSON text, in their order.  None: not on numbers alone, or on
    too many.
    """
    if has_moments(leaves):
        return None
    of_path: dict[str, list[int]] = {}
    for i, match in enumerate(matches):
        if match.category in counted:
            of_path.setdefault(match.path, []).append(i)
    having = [i for found in of_path.values() for i in found]
    told: list[FigureNumber] = []
    nth = 0
    for leaf in leaves:
        if isinstance(leaf.value, list):
            nth += len(leaf.value)
        elif number(leaf.value) is not None:
            told += [FigureNumber(nth, i, 0) for i in of_path.get(leaf.path, ())]
            seconds = seconds_of_one(leaf)
            if seconds:
                told += [FigureNumber(nth, i, seconds) for i in having]
            nth += 1
    return tuple(told) if len(told) <= _MOST else None
