"""Well-known text: a point, line or area."""

import re

from schouw_agent.errors import DecodeError
from schouw_agent.formats.text_lines import as_text
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Leaf, Opened

_LONGEST = 65536
_MOST_POINTS = 1024
_SHAPE = re.compile(
    r"\s{0,8}(?:SRID=\d{1,6};)?\s{0,8}(MULTI)?(POINT|LINESTRING|POLYGON)\s{0,4}(?:ZM|Z|M)?\s{0,4}"
    r"(\(.{3,}\))\s{0,8}$",
    re.IGNORECASE | re.DOTALL,
)
_ALLOWED = re.compile(r"[\d\s.,()eE+\-]+$")
_POINT = re.compile(r"([+-]?\d{1,9}(?:\.\d{1,17})?)\s{1,4}([+-]?\d{1,9}(?:\.\d{1,17})?)(?=[\s,)])")


def _read(octets: bytes) -> tuple[str, list[tuple[float, float]]] | None:
    if octets[:1].upper() not in (b"P", b"L", b"M", b"S", b" "):
        return None
    text = as_text(octets, _LONGEST)
    match = _SHAPE.match(text) if text else None
    if match is None or not _ALLOWED.match(match[3]):
        return None
    found = []
    for row in re.split(r"[,()]", match[3]):
        point = _POINT.match(row.strip() + " ")
        if point:
            found.append((float(point[1]), float(point[2])))
        if len(found) >= _MOST_POINTS:
            break
    return ((match[1] or "").lower() + match[2].lower(), found) if found else None


def _probe(content: Content) -> float:
    return 0.9 if _read(content.octets) else 0.0


def _open(content: Content) -> Opened:
    read = _read(content.octets)
    if read is None:
        raise DecodeError("wkt: no geometry")
    kind, points = read
    if kind == "point":
        x, y = points[0]
        if abs(x) <= 180 and abs(y) <= 90:
            return Opened(leaves=[Leaf("point.longitude", x), Leaf("point.latitude", y)])
        # metres of a national grid
        return Opened(leaves=[Leaf("point.coordinates[]", [x, y], "m")])
    flat = [each for point in points for each in point]
    return Opened(leaves=[Leaf(f"{kind}.coordinates[]", flat)])


FORMAT = Format(
    id="wkt",
    title="Well-known text",
    reference="OGC 06-103r4 (Simple Feature Access), 7.2",
    probe=_probe,
    open=_open,
)
