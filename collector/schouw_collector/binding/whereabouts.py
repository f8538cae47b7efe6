"""Where the devices of an entry were, against where and when the entry says that they are.

A device tells its place as a cell of about 5 km.  The cell of the declared place agrees with it,
and so does one no further from it than a cell is wide.  A receiver without a fix says nothing.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from schouw_collector.binding.geohash import (
    adjoin,
    metres_between,
    near,
    near_outline,
    says_nothing,
)
from schouw_collector.binding.references import tokens
from schouw_collector.binding.stays import Stay, Stays
from schouw_collector.registers.register_entry import Location, RegisterEntry

_SMALLEST = 4
"""Characters.  A larger cell (150 km) says nothing of where in the city a device is."""
_STREETS = (
    "straat", "plein", "weg", "laan", "kade", "gracht", "brug", "haven", "park", "singel", "dijk",
    "markt", "station", "square", "street", "road", "lane", "quay", "bridge", "avenue", "harbour",
)  # fmt: skip
"""How names of places end."""
_TOO_GENERAL = frozenset(_STREETS)


class Moved(NamedTuple):
    """A device that was in one place, or under one topic, and then in another."""

    before: Stay
    after: Stay


def told_places(stays: Stays) -> list[Stay]:
    """Return the places of a device that tell anything, in order of time."""
    return [
        stay
        for stay in stays.places
        if len(stay.value) >= _SMALLEST and not says_nothing(stay.value)
    ]


def agrees(location: Location, cell: str) -> bool | None:
    """Return whether a cell agrees with a declared location; None if that declares no place."""
    outline = location.area if len(location.area) >= 3 else ()
    if location.latitude is not None and location.longitude is not None and not location.mobile:
        if near(cell, location.latitude, location.longitude):
            return True
        return bool(outline) and near_outline(cell, outline)
    return near_outline(cell, outline) if outline else None


def kilometres_off(location: Location, cell: str) -> int:
    """Return how far a cell is from the declared point, or from the nearest corner, in km."""
    points = [(y, x) for x, y in location.area]
    if location.latitude is not None and location.longitude is not None:
        points.append((location.latitude, location.longitude))
    return round(min(metres_between(cell, *point) for point in points) / 1000)


def moved(places: Sequence[Stay]) -> Moved | None:
    """Return the move of a device that was in one place and then only in others, far from it."""
    if not places:
        return None
    first = places[0]
    later = [stay for stay in places if stay.first > first.last]
    together = [stay for stay in places[1:] if stay not in later]
    if any(not adjoin(first.value, stay.value) for stay in together):
        return None
    gone = [stay for stay in later if not adjoin(first.value, stay.value)]
    back = gone and any(
        adjoin(first.value, stay.value) and stay.last > gone[0].first for stay in later
    )
    return Moved(first, gone[0]) if gone and not back else None


def topic_moved(entry: RegisterEntry, topics: Sequence[Stay]) -> Moved | None:
    """Return the move of a device whose topics named the declared place, and now name another.

    Only words that look like names of places count, and only if no old topic is used any more.
    """
    declared = place_names([entry.name, entry.location.text, entry.description])
    before = [stay for stay in topics if place_names([stay.value]) & declared]
    after = [stay for stay in topics if place_names([stay.value]) - declared and stay not in before]
    if not before or not after:
        return None
    latest = max(before, key=lambda stay: stay.last)
    if any(stay.first <= latest.last for stay in after):
        return None
    return Moved(latest, after[0])


def place_names(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of texts that look like the name of a street, a square and the like."""
    return frozenset(
        word
        for text in texts
        for word in tokens(text)
        if word.endswith(_STREETS) and word not in _TOO_GENERAL
    )
