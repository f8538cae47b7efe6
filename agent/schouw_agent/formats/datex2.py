"""DATEX II: traffic as roadside systems publish it, each measurement with its site."""

from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.formats.xml_values import as_list, find_all, may_be_xml, read_xml
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import MOST_LEAVES, open_value
from schouw_agent.records import OVER_LIMIT, Content, Leaf, Nested, Opened

_ROOTS = (b"d2LogicalModel", b"messageContainer", b"datex2", b"DATEXII", b"datexII")
_PUBLICATIONS = ("payloadPublication", "payload")
# What is reported on, and the element that says of which site, place or sign.
_SUBJECTS = (
    ("siteMeasurements", "measurementSiteReference"),
    ("parkingRecordStatus", "parkingRecordReference"),
    ("vmsControllerStatus", "vmsControllerReference"),
    ("vmsUnit", "vmsUnitReference"),
    ("elaboratedData", "source"),
)
# What an element means by the schema, where its own name alone says something else.
_HINTS = {
    "vehicleFlowRate": "vehicle flow", "occupancy": "traffic flow", "percentage": "traffic flow",
    "travelTime": "travel time", "averageVehicleSpeed": "average vehicle speed",
    "vehicleFlow": "vehicle flow", "freeFlowSpeed": "traffic speed",
    "freeFlowTravelTime": "travel time",
}  # fmt: skip
_NO_DATA = frozenset(("version", "index", "targetClass", "xsi_type", "computationalMethod"))
_HEAD = 2048


def _probe(content: Content) -> float:
    octets = content.octets
    head = octets[:_HEAD]
    if b"<" not in head or not any(root in head for root in _ROOTS) or not may_be_xml(octets):
        return 0.0
    return 0.92 if b"ublication" in octets or b"payload" in octets else 0.0


def _open(content: Content) -> Opened:
    if not _probe(content):
        raise DecodeError("datex2: no publication")
    try:
        value, cut = read_xml(content.octets)
    except DecodeError:
        raise DecodeError("datex2: malformed XML") from None
    publications = [p for name in _PUBLICATIONS for p in find_all(value, name)]
    leaves: list[Leaf] = []
    nested: list[Nested] = []
    for name, reference in _SUBJECTS:
        for part in find_all(publications, name):
            opened = open_value(part, name + "[]")
            subject = _identity(part, reference)
            leaves.extend(_named(leaf, subject) for leaf in opened.leaves if _said(leaf))
            nested.extend(opened.nested)
            cut = cut or bool(opened.undecoded) or len(leaves) > MOST_LEAVES
    if not leaves:
        opened = open_value(publications or value)
        leaves, nested, cut = [*opened.leaves], [*opened.nested], cut or bool(opened.undecoded)
    return Opened(leaves=leaves[:MOST_LEAVES], nested=nested, undecoded=OVER_LIMIT if cut else "")


def _said(leaf: Leaf) -> bool:
    return leaf.path.rpartition(".")[2] not in _NO_DATA


def _named(leaf: Leaf, subject: str) -> Leaf:
    own = leaf.path.replace("[]", "").split(".")[-2:]
    hint = next((_HINTS[name] for name in reversed(own) if name in _HINTS), leaf.hint)
    return leaf._replace(subject=subject, hint=hint)


def _identity(part: Any, reference: str) -> str:
    for item in as_list(part.get(reference) if isinstance(part, dict) else None):
        if isinstance(item, dict) and isinstance(item.get("id"), (str, int)):
            return str(item["id"])
    return ""


FORMAT = Format(
    id="datex2",
    title="DATEX II publication",
    reference="EN 16157-5 and CEN/TS 16157-5 (MeasuredDataPublication); NDW interface description",
    probe=_probe,
    open=_open,
)
