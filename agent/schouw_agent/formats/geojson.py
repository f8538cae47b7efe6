"""GeoJSON: features with their properties, and where they are."""

from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import MOST_LEAVES, numeric, open_value
from schouw_agent.records import OVER_LIMIT, Content, Leaf, Nested, Opened

_GEOMETRIES = frozenset(
    ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
)
_MOST_FEATURES = 512
_PARTS = range(2, 5)


def _value(content: Content) -> dict[str, Any]:
    value = content.value
    return value if isinstance(value, dict) else {}


def _is_geometry(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    kind = value.get("type")
    if kind == "GeometryCollection":
        return isinstance(value.get("geometries"), list)
    named = isinstance(kind, str) and kind in _GEOMETRIES
    return named and isinstance(value.get("coordinates"), list)


def _is_feature(value: Any) -> bool:
    if not isinstance(value, dict) or value.get("type") != "Feature" or "geometry" not in value:
        return False
    return value["geometry"] is None or _is_geometry(value["geometry"])


def _probe(content: Content) -> float:
    value = _value(content)
    rows = value.get("features")
    if value.get("type") == "FeatureCollection" and isinstance(rows, list) and rows:
        return 0.9 if _is_feature(rows[0]) else 0.0
    return 0.9 if _is_feature(value) or _is_geometry(value) else 0.0


def _geometry(value: Any, path: str) -> list[Leaf]:
    if not isinstance(value, dict):
        return []
    place = value.get("coordinates")
    if value.get("type") != "Point" or not isinstance(place, list) or not _is_place(place):
        return [leaf for leaf in open_value(value, path).leaves if leaf.path != f"{path}.type"]
    names = ("longitude", "latitude", "altitude")
    return [Leaf(f"{path}.{name}", each) for name, each in zip(names, place, strict=False)]


def _is_place(place: list[Any]) -> bool:
    if len(place) not in _PARTS or not numeric(place):
        return False
    return bool(abs(place[0]) <= 180 and abs(place[1]) <= 90)


def _feature(feature: Any, path: str) -> tuple[list[Leaf], list[Nested], bool]:
    rest = {key: item for key, item in feature.items() if key not in ("geometry", "type", "bbox")}
    opened = open_value(rest, path)
    root = f"{path}.geometry" if path else "geometry"
    leaves = [*opened.leaves, *_geometry(feature.get("geometry"), root)]
    return leaves, list(opened.nested), bool(opened.undecoded)


def _open(content: Content) -> Opened:
    value = _value(content)
    if not _probe(content):
        raise DecodeError("geojson: neither feature nor geometry")
    if value["type"] == "FeatureCollection":
        return _collection(value["features"])
    if value["type"] == "Feature":
        leaves, nested, cut = _feature(value, "")
        return Opened(leaves=leaves, nested=nested, undecoded=OVER_LIMIT if cut else "")
    return Opened(leaves=_geometry(value, "geometry"))


def _collection(features: list[Any]) -> Opened:
    """Return the leaves of each feature, about the feature itself if it has an id."""
    leaves: list[Leaf] = []
    nested: list[Nested] = []
    cut = len(features) > _MOST_FEATURES
    for feature in features[:_MOST_FEATURES]:
        if not isinstance(feature, dict) or len(leaves) > MOST_LEAVES:
            cut = True
            continue
        found, inner, over = _feature(feature, "features[]")
        identity = feature.get("id")
        subject = str(identity)[:64] if isinstance(identity, (str, int)) else ""
        leaves.extend(leaf._replace(subject=subject) if subject else leaf for leaf in found)
        nested.extend(inner)
        cut = cut or over
    return Opened(
        leaves=leaves[:MOST_LEAVES],
        nested=nested,
        undecoded=OVER_LIMIT if cut else "",
        by_value=True,
    )


FORMAT = Format(
    id="geojson",
    title="GeoJSON",
    reference="RFC 7946, 3",
    probe=_probe,
    open=_open,
)
