"""Pairs of data that identify together, from `combinations.toml`, and where they come together."""

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from schouw_agent.vocabulary import covered_by
from schouw_collector.comparing.comparison import QUESTION, Comparison, Observed
from schouw_collector.records import Words
from schouw_collector.registers.register_entry import RegisterEntry

_NEAR_METRES = 10.0
"""One pole or front: further apart they are two places, as near as cities are built."""
_METRES_OF_A_DEGREE = 111_320.0
_ROWS = _METRES_OF_A_DEGREE / _NEAR_METRES
_COLUMNS = _ROWS * 0.3
"""Cells to a degree: at least ten metres high, and as wide up to 72 degrees north or south."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """Two groups of categories that say more together."""

    id: str
    one: frozenset[str]
    other: frozenset[str]
    why: Words


@cache
def combinations() -> tuple[Combination, ...]:
    """Return the table, in its order."""
    text = (resources.files(__package__) / "combinations.toml").read_text("utf-8")
    return tuple(
        Combination(
            id=row["id"],
            one=frozenset(row["one"]),
            other=frozenset(row["other"]),
            why=Words(nl=row["nl"], en=row["en"]),
        )
        for row in tomllib.loads(text)["combination"]
    )


def independent(observed: Mapping[str, Observed]) -> dict[str, Observed]:
    """Return what was surely enough seen and is not implied by something else that was seen.

    A readable plate hides behind no code, and a recognised face has an image: that is one thing.
    """
    seen = {c: o for c, o in observed.items() if o.confidence >= QUESTION}
    implied = {i for c in seen for i in covered_by([c]) if i != c}
    return {c: o for c, o in seen.items() if c not in implied}


def pair(
    combination: Combination, one: Mapping[str, Observed], other: Mapping[str, Observed]
) -> tuple[list[Observed], list[Observed]]:
    """Return what was seen of each side, as `independent` gives it; two empty lists unless both."""
    here = [o for c, o in one.items() if c in combination.one]
    there = [o for c, o in other.items() if c in combination.other]
    return (here, there) if here and there else ([], [])


def neighbours(comparisons: Sequence[Comparison]) -> Iterator[tuple[Comparison, Comparison]]:
    """Yield pairs of entries of one organisation that stand within ten metres, and were both seen.

    What moves is nowhere; an entry without a position or organisation stands beside nothing.
    """
    cells: dict[tuple[str, int, int], list[tuple[tuple[float, float], Comparison]]] = {}
    for comparison in comparisons:
        place = _place(comparison.entry)
        if place is None or not comparison.devices:
            continue
        owner = comparison.entry.organisation.casefold()
        row, column = math.floor(place[0] * _ROWS), math.floor(place[1] * _COLUMNS)
        for r in (row - 1, row, row + 1):
            for c in (column - 1, column, column + 1):
                for where, before in cells.get((owner, r, c), ()):
                    if _distance(where, place) <= _NEAR_METRES:
                        yield before, comparison
        cells.setdefault((owner, row, column), []).append((place, comparison))


def _place(entry: RegisterEntry) -> tuple[float, float] | None:
    """Return latitude and longitude of an entry that stands still and has an organisation."""
    place = entry.location
    if place.mobile or place.latitude is None or place.longitude is None or not entry.organisation:
        return None
    return place.latitude, place.longitude


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two places that are near each other, in metres."""
    north = (one[0] - other[0]) * _METRES_OF_A_DEGREE
    east = (one[1] - other[1]) * _METRES_OF_A_DEGREE * math.cos(math.radians(one[0]))
    return math.hypot(north, east)
