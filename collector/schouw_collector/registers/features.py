"""GeoJSON (RFC 7946) as a table: a row for each feature, a column for each property."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schouw_collector.errors import RegisterError
from schouw_collector.registers.rijksdriehoek import is_in_grid, to_wgs84
from schouw_collector.registers.sheet import MAX_COLUMNS, MAX_ROWS, Cell, Refused, Values
from schouw_collector.registers.structured import MalformedError, read_document

_MAX_CORNERS = 2_000
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one collection."""

    header: Values
    """Names of the properties; of nested ones with a point between."""
    rows: tuple[tuple[int, Values], ...]
    """Number of the feature, the first is 1, and its values."""
    locations: Mapping[int, Mapping[str, Any]]
    """What the geometry says, by number of the feature, as fields of a location."""
    errors: tuple[tuple[int, str], ...]
    """Features that cannot be read, and why."""

    def place(self, row: int, _column: int, name: str) -> str:
        """Return where a value is, for a person."""
        return f"feature {row} ({name})"

    def location(self, row: int) -> Mapping[str, Any]:
        """Return what the geometry of a feature says."""
        return self.locations.get(row, {})


def is_geojson(octets: bytes) -> bool:
    """Return whether the octets look like a collection of features."""
    start = octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return start == b"{" and b'"FeatureCollection"' in octets and b'"features"' in octets


def read_features(octets: bytes, separator: str) -> Features:
    """Return the features; several values of one property are joined by the separator.

    Raises `RegisterError`, without the name of the file.
    """
    try:
        document = read_document(octets)
    except MalformedError as error:
        raise RegisterError(str(error)) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise RegisterError("field features: must be a list")
    if len(features) > MAX_ROWS:
        raise RegisterError(f"more than {MAX_ROWS} features")
    is_rd = _is_rd(document)
    named: list[tuple[int, dict[str, Cell]]] = []
    locations: dict[int, Mapping[str, Any]] = {}
    errors: list[tuple[int, str]] = []
    columns: dict[str, int] = {}
    for number, feature in enumerate(features, 1):
        try:
            properties = feature.get("properties") if isinstance(feature, dict) else None
            if not isinstance(properties, dict):
                raise _GeometryError("is not a feature with properties")
            if "id" in feature and "id" not in properties:
                properties = {"id": feature["id"], **properties}
            locations[number] = _location(feature.get("geometry"), is_rd=is_rd)
            cells = dict(_flat(properties, separator))
        except _GeometryError as error:
            errors.append((number, str(error)))
            continue
        for key in cells:
            columns.setdefault(key, len(columns))
        if len(columns) > MAX_COLUMNS:
            raise RegisterError(f"more than {MAX_COLUMNS} different properties")
        named.append((number, cells))
    header = tuple(columns)
    rows = tuple((n, tuple(cells.get(key) for key in header)) for n, cells in named)
    return Features(header, rows, locations, tuple(errors))


class _GeometryError(Exception):
    """A feature that cannot be read: a phrase that quotes nothing."""


def _flat(
    properties: Mapping[str, Any], separator: str, prefix: str = "", depth: int = 0
) -> Iterator[tuple[str, Cell]]:
    """Yield the properties; nested ones with a point in their names, lists as one value."""
    for key, value in properties.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            if depth < _DEPTH:
                yield from _flat(value, separator, f"{name}.", depth + 1)
        elif isinstance(value, list):
            yield from _flat_list(name, value, separator, depth)
        else:
            yield name, value if isinstance(value, str | int | float) else None


def _flat_list(
    name: str, values: list[Any], separator: str, depth: int
) -> Iterator[tuple[str, Cell]]:
    """Yield a list of texts as one value, one of objects as a list for each of their names."""
    objects = [each for each in values if isinstance(each, dict)]
    if objects and depth < _DEPTH:
        keys = dict.fromkeys(key for each in objects for key in each)
        for key in keys:
            held = [each.get(key) for each in objects]
            yield f"{name}.{key}", _joined([v for v in held if v is not None], separator)
    elif not objects:
        yield name, _joined(values, separator)


def _joined(values: list[Any], separator: str) -> Cell:
    texts: list[str] = []
    for value in values:
        if isinstance(value, list):
            texts += [each for each in value if isinstance(each, str)]
        elif isinstance(value, str | int | float):
            texts.append(str(value))
        else:
            return Refused("a list of something else than texts")
    return separator.join(texts) or None


def _is_rd(document: Mapping[str, Any]) -> bool:
    """Return whether an older collection says that it is in the Dutch grid (GeoJSON 2008, 3)."""
    crs = document.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return isinstance(name, str) and name.endswith(":28992")


def _location(geometry: Any, *, is_rd: bool) -> Mapping[str, Any]:
    """Return a point as latitude and longitude, an area as the outline of its first polygon."""
    if geometry is None:
        return {}
    if not isinstance(geometry, dict):
        raise _GeometryError("field geometry: must be an object")
    kind, corners = geometry.get("type"), geometry.get("coordinates")
    if kind == "Point":
        longitude, latitude = _position(corners, is_rd=is_rd)
        return {"latitude": latitude, "longitude": longitude}
    depth = {"MultiPoint": 0, "LineString": 0, "Polygon": 1, "MultiPolygon": 2}.get(str(kind))
    if depth is None:
        raise _GeometryError("field geometry: not a point or a polygon")
    for _ in range(depth):
        corners = corners[0] if isinstance(corners, list) and corners else None
    if not isinstance(corners, list) or not corners:
        raise _GeometryError("field geometry: without coordinates")
    if len(corners) > _MAX_CORNERS:
        raise _GeometryError(f"field geometry: more than {_MAX_CORNERS} corners")
    return {"area": tuple(_position(corner, is_rd=is_rd) for corner in corners)}


def _position(value: Any, *, is_rd: bool) -> tuple[float, float]:
    """Return longitude and latitude of a position (RFC 7946, 3.1.1)."""
    if not isinstance(value, list) or not 2 <= len(value) <= 4:
        raise _GeometryError("field geometry: a position is two numbers")
    x, y = value[:2]
    if any(isinstance(n, bool) or not isinstance(n, int | float) for n in (x, y)):
        raise _GeometryError("field geometry: a position is two numbers")
    if is_rd:
        if not is_in_grid(x, y):
            raise _GeometryError("field geometry: no position in the Dutch grid (EPSG:28992)")
        latitude, longitude = to_wgs84(x, y)
        return longitude, latitude
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise _GeometryError("field geometry: not longitude and latitude in degrees (WGS84)")
    return float(x), float(y)
