"""Geohash cells: where they lie, and how far from a point or an outline.

A device tells its place as a cell of five characters (about 5 km) or fewer, so that everything here
is coarse on purpose.  Coordinates are degrees (WGS 84), distances metres.
"""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

_ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz"
_METRES_PER_DEGREE = 111_320.0
_TOUCH = 1e-9
"""Degrees.  Borders of neighbours are equal but for rounding."""
NULL_ISLAND = (0.0, 0.0)
"""Where a receiver without a fix says that it is."""


class Cell(NamedTuple):
    """The borders of a cell, in degrees."""

    south: float
    west: float
    north: float
    east: float


@lru_cache(maxsize=4096)
def cell(geohash: str) -> Cell:
    """Return the borders of a cell.  Raises `ValueError` for what is no geohash."""
    latitude, longitude = [-90.0, 90.0], [-180.0, 180.0]
    east_west = True
    for character in geohash.lower():
        value = _ALPHABET.index(character)
        for bit in (16, 8, 4, 2, 1):
            span = longitude if east_west else latitude
            span[0 if value & bit else 1] = (span[0] + span[1]) / 2
            east_west = not east_west
    return Cell(latitude[0], longitude[0], latitude[1], longitude[1])


def contains(geohash: str, latitude: float, longitude: float) -> bool:
    """Return whether a point lies in a cell or on its border."""
    south, west, north, east = cell(geohash)
    return south <= latitude <= north and west <= longitude <= east


def adjoin(one: str, other: str) -> bool:
    """Return whether two cells overlap, touch, or are the same."""
    a, b = cell(one), cell(other)
    if a.south > b.north + _TOUCH or b.south > a.north + _TOUCH:
        return False
    return any(
        a.west <= b.east + turn + _TOUCH and b.west + turn <= a.east + _TOUCH
        for turn in (-360, 0, 360)
    )


def metres_between(geohash: str, latitude: float, longitude: float) -> float:
    """Return the distance of a point to the nearest spot of a cell; 0 inside.

    On a sphere flattened at the latitude of the point, which is right within 1 % for tens of
    kilometres.
    """
    south, west, north, east = cell(geohash)
    up = max(south - latitude, 0.0, latitude - north)
    aside = min(max(west - x, 0.0, x - east) for x in (longitude - 360, longitude, longitude + 360))
    across = aside * math.cos(math.radians(latitude))
    return math.hypot(up, across) * _METRES_PER_DEGREE


def near(geohash: str, latitude: float, longitude: float) -> bool:
    """Return whether a point lies in a cell or no further from it than the cell is wide.

    Who stands at the border of a cell is now in one and now in the next.
    """
    south, west, north, east = cell(geohash)
    width = max(north - south, (east - west) * math.cos(math.radians(latitude)))
    return metres_between(geohash, latitude, longitude) <= width * _METRES_PER_DEGREE


def near_outline(geohash: str, corners: Sequence[tuple[float, float]]) -> bool:
    """Return whether a cell overlaps an outline, or comes as near to it as `near` allows.

    `corners`: longitude and latitude of each, as in GeoJSON; the last is joined to the first.
    """
    south, west, north, east = cell(geohash)
    middle = ((west + east) / 2, (south + north) / 2)
    if _inside(middle, corners):
        return True
    width = max(north - south, east - west)
    sides = zip(corners, (*corners[1:], corners[0]), strict=True)
    return any(near(geohash, y, x) for side in sides for x, y in _along(*side, step=width / 2))


def says_nothing(geohash: str) -> bool:
    """Return whether a cell is the place of a receiver without a fix."""
    return contains(geohash, *NULL_ISLAND)


_MOST_STEPS = 10_000


def _along(
    start: tuple[float, float], end: tuple[float, float], step: float
) -> Iterable[tuple[float, float]]:
    """Return points on a line, no further apart than `step`."""
    length = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
    count = min(max(1, math.ceil(length / step)), _MOST_STEPS)
    for number in range(count + 1):
        share = number / count
        yield (
            start[0] + (end[0] - start[0]) * share,
            start[1] + (end[1] - start[1]) * share,
        )


def _inside(point: tuple[float, float], corners: Sequence[tuple[float, float]]) -> bool:
    """Return whether a point lies within an outline: an odd number of sides lies east of it."""
    x, y = point
    within = False
    for (x1, y1), (x2, y2) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            within = not within
    return within
