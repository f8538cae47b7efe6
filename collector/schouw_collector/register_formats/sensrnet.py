"""SensRNet, the Kadaster's model of a national register: devices with sensors and datastreams.

Fields as in the register's own source (github.com/kadaster-labs/sensrnet-registry-backend, the
read model in `src/query/model`, and the bodies of its API in `src/command/api/model`).  A file
holds devices with their parts inside, or lists of each kind that refer to each other by id.
Contact details of a legal entity are dropped on reading.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schouw_collector.errors import RegisterError
from schouw_collector.plugins import RegisterFormat
from schouw_collector.register_formats.geometry import outline, point
from schouw_collector.registers.legal_ground import normalise_legal_ground
from schouw_collector.registers.property_reading import read_declaration
from schouw_collector.registers.record_values import (
    FieldError,
    Fields,
    address,
    box,
    document,
    label,
    organisation,
    part,
    persons,
    records,
    text,
    texts,
)
from schouw_collector.registers.register import Register, Row, build_register

_MARKS = (
    b'"datastreams"',
    b'"containsPersonalInfoData"',
    b'"observationGoalIds"',
    b'"legalGroundLink"',
    b'"locationDetails"',
    b'"isOpenData"',
)
_LISTS = ("devices", "sensors", "datastreams", "observationGoals", "legalEntities")
_CATEGORIES = {"sensor": "Sensor", "camera": "Camera", "beacon": "Beacon"}
_CAMERA = "Optische / camera sensor"


def probe(_name: str, octets: bytes) -> float:
    """Return 0.3 for each of the model's own field names that the JSON holds, at most 1."""
    if octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{"):
        return 0.0
    return min(1.0, 0.3 * sum(mark in octets for mark in _MARKS))


def read(name: str, octets: bytes) -> Register:
    """Return the register of a list of devices, or of a document with lists of the model's kinds.

    Raises `RegisterError` if there is no list of devices, or no device can be read.
    """
    found = document(name, octets)
    lists = found if isinstance(found, dict) else {"devices": found}
    if isinstance(found, dict) and "devices" not in found and isinstance(found.get("name"), str):
        lists = {"devices": [found]}
    if not isinstance(lists.get("devices"), list):
        raise RegisterError(f"{name}: no list of devices")
    return build_register(name, octets, "sensrnet", _rows(lists))


class _Lists:
    """The lists beside the devices, by what refers to them."""

    def __init__(self, lists: Mapping[str, Any]) -> None:
        kinds = {
            kind: [row for row in rows if isinstance(row, dict)]
            for kind in _LISTS
            if isinstance(rows := lists.get(kind), list)
        }
        self.goals = {_id(goal): goal for goal in kinds.get("observationGoals", ())}
        self.entities = {_id(entity): entity for entity in kinds.get("legalEntities", ())}
        self.sensors = _by(kinds.get("sensors", ()), "deviceId")
        self.datastreams = _by(kinds.get("datastreams", ()), "deviceId")
        only = lists.get("legalEntity")
        self.only = only if isinstance(only, dict) else None
        if self.only is None and len(self.entities) == 1:
            self.only = next(iter(self.entities.values()))

    def entity(self, device: Fields) -> Fields:
        own = part(device, "legalEntity")
        return own or self.entities.get(_word(device.get("legalEntityId"))) or self.only or {}


def _by(rows: Sequence[Fields], field: str) -> Mapping[str, list[Fields]]:
    found: dict[str, list[Fields]] = defaultdict(list)
    for row in rows:
        found[_word(row.get(field))].append(row)
    return found


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _id(record: Fields) -> str:
    return next((v for key in ("_id", "id") if (v := _word(record.get(key)))), "")


def _rows(lists: Mapping[str, Any]) -> Iterator[Row | tuple[str, str]]:
    beside = _Lists(lists)
    for number, device in enumerate(lists["devices"], 1):
        if not isinstance(device, dict):
            yield "", "is not an object"
            continue
        reference = _id(device) or _word(device.get("name"))
        try:
            yield reference, _fields(device, beside, number)
        except FieldError as error:
            yield reference, str(error)


def _fields(device: Fields, beside: _Lists, number: int) -> dict[str, Any]:
    entity = beside.entity(device)
    names = persons(records(entity, "contactDetails"), records(device, "contactDetails"))
    reference = text(device, "_id", "id", "name", names=names)
    if not reference:
        raise FieldError("_id", "is missing")
    sensors = records(device, "sensors") or beside.sensors.get(_id(device), [])
    datastreams = records(device, "datastreams") or beside.datastreams.get(_id(device), [])
    category = _CATEGORIES.get(label(device, "category").casefold(), "")
    types = {_id(s): label(s, "type", names=names) for s in sensors}
    usual = next((t for t in types.values() if t), _CAMERA if category == "Camera" else "")
    streams, dormant = [], set()
    silent = [] if datastreams else sensors
    for row in (*datastreams, *silent):
        stream = _stream(
            row, label(row, "type") or types.get(_word(row.get("sensorId"))) or usual, names
        )
        if box(row, "isActive") is False:
            dormant.update(stream["categories"])
        else:
            streams.append(stream)
    return {
        "entry_id": reference,
        "name": label(device, "name", names=names),
        "description": text(device, "description", names=names),
        "organisation": organisation(entity, "name", names=names),
        "type": usual,
        "device": {
            "category": category,
            "manufacturer": _first(sensors, "manufacturer", names),
        },
        "supplier": _first(sensors, "supplier", names),
        "streams": streams,
        # What is switched off is not declared to be measured, but it could be.
        "capabilities": sorted(dormant),
        "purposes": _purposes(datastreams, beside, names),
        "location": _location(device, datastreams, names),
        "status": "inactive" if datastreams and not streams else "",
        "source": {"register_name": "SensRNet", "row": number},
    }


def _first(sensors: Sequence[Fields], field: str, names: Sequence[str]) -> str:
    return next((said for s in sensors if (said := organisation(s, field, names=names))), "")


def _stream(row: Fields, sensor_type: str, names: Sequence[str]) -> dict[str, Any]:
    said = [text(row, field, names=names) for field in ("name", "description")]
    declared = ". ".join(dict.fromkeys(s for s in said if s))[:4000]
    unit = part(row, "unitOfMeasurement")
    personal = box(row, "containsPersonalInfoData")
    categories, mapping = read_declaration(
        declared,
        name=said[0],
        unit=label(unit, "symbol", "name"),
        sensor_type=sensor_type,
        contains_personal_data=personal,
    )
    return {
        "id": label(row, "_id", "datastreamId", "id"),
        "declared_text": declared,
        "categories": categories,
        "mapping": mapping.model_dump(),
        "unit": label(unit, "symbol", "name"),
        "contains_personal_data": personal,
        "open_data": box(row, "isOpenData"),
        "data_link": address(row, "dataLink"),
    }


def _purposes(
    datastreams: Sequence[Fields], beside: _Lists, names: Sequence[str]
) -> list[dict[str, Any]]:
    themes = list(dict.fromkeys(t for row in datastreams for t in texts(row, "theme", names)))
    goals: dict[str, Fields] = {}
    for row in datastreams:
        linked = [beside.goals.get(id_) for id_ in texts(row, "observationGoalIds")]
        for goal in (*records(row, "observationGoals", "observationGoal"), *linked):
            if goal:
                goals.setdefault(_id(goal) or _word(goal.get("name")), goal)
    purposes = []
    for goal in goals.values():
        said = [text(goal, field, names=names) for field in ("name", "description")]
        ground = text(goal, "legalGround", names=names)
        purposes.append(
            {
                "text": ". ".join(dict.fromkeys(s for s in said if s))[:4000],
                "themes": themes,
                "legal_ground": normalise_legal_ground(ground),
                "legal_basis_text": ground,
                "legal_basis_url": address(goal, "legalGroundLink"),
            }
        )
    return purposes or [{"themes": themes}] * bool(themes)


def _location(
    device: Fields, datastreams: Sequence[Fields], names: Sequence[str]
) -> dict[str, Any]:
    place, details = part(device, "location"), part(device, "locationDetails")
    said = [
        text(record, field, names=names)
        for record in (place, details)
        for field in ("name", "description")
    ]
    areas = (outline(row, "observedArea", "observationArea") for row in datastreams)
    return {
        **point(place, "coordinates", "location"),
        "text": ". ".join(dict.fromkeys(s for s in said if s))[:4000],
        "area": next((area for area in areas if area), []),
    }


REGISTER_FORMAT = RegisterFormat(
    id="sensrnet",
    title="SensRNet, model of the Kadaster (JSON)",
    reference="https://github.com/kadaster-labs/sensrnet-registry-backend, src/query/model",
    probe=probe,
    read=read,
)
