"""ONVIF metadata of cameras: objects in the scene, and the events made of them."""

from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.formats.xml_values import as_list, find_all, may_be_xml, read_xml
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import MOST_LEAVES, key_name, open_value
from schouw_agent.records import OVER_LIMIT, Content, Leaf, Opened

_SIDES = ("left", "top", "right", "bottom")
_MOST_OBJECTS = 512


def _probe(content: Content) -> float:
    octets = content.octets
    if octets[:1] not in (b"<", b" ", b"\n", b"\r", b"\xef"):
        return 0.0
    ours = b"MetadataStream" in octets[:4096] or (
        b"NotificationMessage" in octets and b"onvif" in octets
    )
    return 0.92 if ours and may_be_xml(octets) else 0.0


def _open(content: Content) -> Opened:
    if not _probe(content):
        raise DecodeError("onvif_metadata: no metadata")
    try:
        value, cut = read_xml(content.octets)
    except DecodeError:
        raise DecodeError("onvif_metadata: malformed XML") from None
    leaves: list[Leaf] = []
    for item in find_all(value, "Object", _MOST_OBJECTS):
        leaves.extend(_object(item))
    for message in find_all(value, "NotificationMessage", _MOST_OBJECTS):
        leaves.extend(_event(message))
    cut = cut or len(leaves) > MOST_LEAVES
    return Opened(leaves=leaves[:MOST_LEAVES], undecoded=OVER_LIMIT if cut else "")


def _object(item: Any) -> list[Leaf]:
    """Return what is said of one object: its number, class, outline, plate and looks."""
    if not isinstance(item, dict):
        return []
    found = []
    if isinstance(item.get("ObjectId"), (int, str)):
        found.append(Leaf("object[].object_id", item["ObjectId"]))
    appearance = item.get("Appearance")
    if not isinstance(appearance, dict):
        return found
    rest = dict(appearance)
    kind = rest.pop("Class", None)
    shape = rest.pop("Shape", None)
    found.extend(Leaf("object[].class", name) for name in _classes(kind))
    found.extend(_outline(shape))
    found.extend(open_value(rest, "object[]").leaves)
    return found


def _classes(kind: Any) -> list[str]:
    """Return the class names of `Type` (2.0) and of `ClassCandidate` (1.0), the likeliest first."""
    names: list[str] = []
    for item in as_list(kind):
        if not isinstance(item, dict):
            continue
        candidates = as_list(item.get("Type"))
        candidates += [each.get("Type") for each in as_list(item.get("ClassCandidate"))
                       if isinstance(each, dict)]  # fmt: skip
        for each in candidates:
            text = each.get("value") if isinstance(each, dict) else each
            if isinstance(text, str):
                names.append(text)
    return names


def _outline(shape: Any) -> list[Leaf]:
    found = []
    for item in as_list(shape):
        box = item.get("BoundingBox") if isinstance(item, dict) else None
        if isinstance(box, dict):
            sides = [box.get(side) for side in _SIDES]
            if all(isinstance(side, (int, float)) for side in sides):
                found.append(Leaf("object[].bounding_box[]", sides))
    return found


def _event(message: Any) -> list[Leaf]:
    """Return the items of an event, each called by the topic and its own name."""
    if not isinstance(message, dict):
        return []
    topic = message.get("Topic")
    text = topic.get("value") if isinstance(topic, dict) else topic
    levels = text.split("/") if isinstance(text, str) else []
    root = ".".join(key_name(level.rpartition(":")[2]) for level in levels[-2:]) or "event"
    return [
        Leaf(f"{root}.{key_name(item['Name'])}", item["Value"])
        for item in find_all(message, "SimpleItem", 64)
        if isinstance(item, dict) and isinstance(item.get("Name"), str) and "Value" in item
    ]


FORMAT = Format(
    id="onvif_metadata",
    title="ONVIF metadata",
    reference="ONVIF Analytics Service Specification 22.06, 5.3; ONVIF Core Specification, 9.5",
    probe=_probe,
    open=_open,
    streams=True,
)
