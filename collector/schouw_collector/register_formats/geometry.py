"""Positions and outlines in GeoJSON (RFC 7946): longitude first, in degrees."""

from typing import Any

from schouw_collector.registers.record_values import FieldError, Fields

_MOST_CORNERS = 500


def point(record: Fields, *fields: str) -> dict[str, float]:
    """Return latitude and longitude of a position in one of these fields; nothing without one.

    Raises `FieldError` if what stands there is no position.
    """
    for field in fields:
        value = record.get(field)
        if value is None:
            continue
        if not isinstance(value, list) or not 2 <= len(value) <= 3:
            raise FieldError(field, "must hold longitude and latitude")
        longitude, latitude = (_degrees(field, item) for item in value[:2])
        return {"latitude": latitude, "longitude": longitude}
    return {}


def outline(record: Fields, *fields: str) -> list[tuple[float, float]]:
    """Return the corners of the outer ring of a polygon (section 3.1.6); none without a polygon.

    Raises `FieldError` if its coordinates are no ring, or more than 500 corners.
    """
    for field in fields:
        value = record.get(field)
        if not isinstance(value, dict) or value.get("type") != "Polygon":
            continue
        rings = value.get("coordinates")
        ring = rings[0] if isinstance(rings, list) and rings else None
        if not isinstance(ring, list) or len(ring) > _MOST_CORNERS:
            raise FieldError(field, "must hold the corners of one outline")
        if not all(isinstance(corner, list) and len(corner) >= 2 for corner in ring):
            raise FieldError(field, "must hold longitude and latitude")
        return [(_degrees(field, x), _degrees(field, y)) for x, y, *_ in ring]
    return []


def _degrees(field: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FieldError(field, "must hold numbers")
    if not abs(value) <= 360:  # Neither is what is no number, which YAML can write.
        raise FieldError(field, "must be in degrees")
    return float(value)
