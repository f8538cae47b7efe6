"""LwM2M resources in TLV, as CoAP carries them; the path of the request says of which object."""

import struct
from typing import NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.formats.lwm2m_names import OBJECTS, UNIT, named_path, resource_name
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Leaf, Opened

_MEDIA_TYPES = frozenset(("application/vnd.oma.lwm2m+tlv", "11542"))
_OBJECT_INSTANCE, _RESOURCE_INSTANCE, _RESOURCES, _RESOURCE = range(4)
_DEEPEST = 3
_MOST_ITEMS = 1024
_LONGEST = 65536
# Resources of the Smart Objects that are floating-point numbers.
_FLOATS = frozenset(
    (5600, 5601, 5602, 5603, 5604, 5700, 5702, 5703, 5704, 5705, 5800, 5801, 5802, 5805, 5820, 5821)
)


class _Item(NamedTuple):
    kind: int
    number: int
    octets: bytes


def _items(octets: bytes) -> list[_Item]:
    found: list[_Item] = []
    at = 0
    while at < len(octets):
        head = octets[at]
        wide, lengths = head >> 5 & 1, head >> 3 & 3
        end = at + 2 + wide + lengths
        if end > len(octets) or len(found) >= _MOST_ITEMS:
            raise DecodeError("lwm2m_tlv: cut off, or over a limit")
        number = int.from_bytes(octets[at + 1 : at + 2 + wide], "big")
        size = int.from_bytes(octets[at + 2 + wide : end], "big") if lengths else head & 7
        if lengths and head & 7:
            raise DecodeError("lwm2m_tlv: a length given twice")
        part = octets[end : end + size]
        if len(part) != size:
            raise DecodeError("lwm2m_tlv: cut off")
        found.append(_Item(head >> 6, number, part))
        at = end + size
    return found


def _value(number: int, octets: bytes) -> str | int | float | bytes:
    """Return a value by its resource and its length: TLV does not tell its type."""
    if number in _FLOATS and len(octets) in (4, 8):
        return float(round(struct.unpack(">f" if len(octets) == 4 else ">d", octets)[0], 6))
    if number in (0, 1) and len(octets) == 8:  # latitude and longitude among others
        return float(round(struct.unpack(">d", octets)[0], 7))
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if (
        text
        and text.isprintable()
        and (len(octets) not in (1, 2, 4, 8) or (len(octets) > 1 and text.isalpha()))
    ):
        return text
    if len(octets) in (1, 2, 4, 8):
        return int.from_bytes(octets, "big", signed=True)
    return octets


def _leaves(items: list[_Item], kind: int, depth: int = 0) -> list[Leaf]:
    found: list[Leaf] = []
    root = OBJECTS.get(kind, "lwm2m")
    unit = ""
    for item in items:
        if item.kind in (_OBJECT_INSTANCE, _RESOURCES):
            if depth >= _DEEPEST:
                raise DecodeError("lwm2m_tlv: too deep")
            below = _items(item.octets)
            if item.kind == _RESOURCES:
                below = [_Item(_RESOURCE, item.number, part.octets) for part in below]
            found.extend(_leaves(below, kind, depth + 1))
            continue
        value = _value(item.number, item.octets)
        if item.number == UNIT and isinstance(value, str):
            unit = value
        found.append(Leaf(f"{root}.{resource_name(kind, item.number)}", value))
    if unit:
        return [leaf._replace(unit=unit) if _measured(leaf) else leaf for leaf in found]
    return found


def _measured(leaf: Leaf) -> bool:
    return leaf.path.endswith((".value", ".min", ".max")) and isinstance(leaf.value, (int, float))


def _read(content: Content) -> list[Leaf] | None:
    octets = content.octets
    if not 2 <= len(octets) <= _LONGEST:
        return None
    told = content.media_type in _MEDIA_TYPES
    path = named_path(content.topic)
    if not told and path is None:
        return None
    try:
        items = _items(octets)
        if not items:
            return None
        return _leaves(items, path.object_id if path else -1)
    except DecodeError:
        return None


def _probe(content: Content) -> float:
    found = _read(content)
    if not found:
        return 0.0
    return 0.9 if content.media_type in _MEDIA_TYPES else 0.75


def _open(content: Content) -> Opened:
    found = _read(content)
    if not found:
        raise DecodeError("lwm2m_tlv: no resources")
    return Opened(leaves=found)


FORMAT = Format(
    id="lwm2m_tlv",
    title="LwM2M resources in TLV",
    reference="OMA LwM2M 1.1 Core, 7.4.3; OMA LightweightM2M Registry",
    probe=_probe,
    open=_open,
)
