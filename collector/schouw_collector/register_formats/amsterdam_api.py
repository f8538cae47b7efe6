"""The JSON of the Amsterdam sensor register's API: a list of devices, or a page of them.

Fields as in the register's own source (github.com/Amsterdam/iot-api, serializers.py, commit
7d78112) and front end (github.com/Amsterdam/sensorenregister-frontend).  Older records have goal,
ground and privacy declaration as scalars; newer ones a list of goals.  What identifies the person
who filled in the form is dropped on reading.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from schouw_collector.errors import RegisterError
from schouw_collector.free_text.free_text import read_text
from schouw_collector.plugins import RegisterFormat
from schouw_collector.registers.contact_data import organisation_or_nothing, without_contact_data
from schouw_collector.registers.features import is_geojson
from schouw_collector.registers.legal_ground import normalise_legal_ground
from schouw_collector.registers.register import Register, Row, build_register
from schouw_collector.registers.structured import MalformedError, read_document

_MARKS = (b'"datastream"', b'"contains_pi_data"', b'"observation_goals"', b'"active_until"')
_BOXES = {"ja": True, "nee": False, "true": True, "false": False, "": None}


def probe(_name: str, octets: bytes) -> float:
    """Return 0.3 for each of the API's own field names that the JSON holds, at most 1."""
    if octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{") or is_geojson(octets):
        return 0.0
    return min(1.0, 0.3 * sum(mark in octets for mark in _MARKS))


def read(name: str, octets: bytes) -> Register:
    """Return the register of a list of devices, or of a page with `results` or `_embedded`.

    Raises `RegisterError` if the document has no such list, or no device can be read.
    """
    try:
        document = read_document(octets)
    except MalformedError as error:
        raise RegisterError(f"{name}: {error}") from None
    devices = _devices(document)
    if devices is None:
        raise RegisterError(f"{name}: no list of devices (expected a list, or results in a page)")
    return build_register(name, octets, "amsterdam_api", (*_rows(devices), *_rest(document)))


def _devices(document: Any) -> list[Any] | None:
    if isinstance(document, dict):
        embedded = document.get("_embedded")
        document = document.get("results", embedded)
        if isinstance(document, dict):
            document = next((v for v in document.values() if isinstance(v, list)), None)
    return document if isinstance(document, list) else None


def _rest(document: Any) -> Iterator[tuple[str, str]]:
    """Yield an error if there are more pages than this one: silence would look like absence."""
    links = document.get("_links") if isinstance(document, dict) else None
    following = links.get("next") if isinstance(links, dict) else None
    if isinstance(following, dict) and following.get("href"):
        yield "", "field _links.next: one page of several; give the address to read all"


def _rows(devices: list[Any]) -> Iterator[Row | tuple[str, str]]:
    uses = Counter(_reference(d) for d in devices if isinstance(d, dict))
    for device in devices:
        if not isinstance(device, dict):
            yield "", "is not an object"
            continue
        reference = _reference(device)
        # A reference is unique with its owner only; two owners may both have a "1".
        if uses[reference] > 1 and isinstance(device.get("id"), int):
            reference = f"{reference}#{device['id']}"
        try:
            yield reference, _fields(device, reference)
        except _FieldError as error:
            yield reference, str(error)


class _FieldError(Exception):
    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"field {field}: {reason}")


def _reference(device: Mapping[str, Any]) -> str:
    value = device.get("reference") or device.get("id") or ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return without_contact_data(str(value), _names(device)).strip()


def _names(device: Mapping[str, Any]) -> tuple[str, ...]:
    owner = device.get("owner")
    name = owner.get("name") if isinstance(owner, dict) else None
    return (name,) if isinstance(name, str) else ()


def _fields(device: Mapping[str, Any], reference: str) -> dict[str, Any]:
    if not reference:
        raise _FieldError("reference", "is missing")
    names = _names(device)
    sensor_type = _text(device, "type", names)
    if not sensor_type:
        raise _FieldError("type", "is missing")
    datastream = _text(device, "datastream", names)
    personal = _box(device)
    categories, mapping = read_text(datastream, sensor_type, personal)
    purposes, notice = _purposes(device, names)
    return {
        "entry_id": reference,
        "name": f"{sensor_type} {reference}",
        "organisation": _organisation(device),
        "application_id": _project(device, names),
        "type": sensor_type,
        "streams": [
            {
                "declared_text": datastream,
                "categories": categories,
                "mapping": mapping.model_dump(),
                "contains_personal_data": personal,
            }
        ],
        "purposes": purposes,
        "privacy_notice_url": notice,
        "location": _location(device, names),
        "active_until": _date(device, "active_until"),
    }


def _text(record: Mapping[str, Any], field: str, names: tuple[str, ...], limit: int = 4000) -> str:
    value = record.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _FieldError(field, "must be a text")
    if len(value) > limit:
        raise _FieldError(field, f"longer than {limit} characters")
    return without_contact_data(value, names).strip()


def _organisation(device: Mapping[str, Any]) -> str:
    owner = device.get("owner")
    if not isinstance(owner, dict):
        return ""
    organisation, name = owner.get("organisation"), owner.get("name")
    if not isinstance(organisation, str):
        return ""
    return organisation_or_nothing(organisation, name if isinstance(name, str) else "")


def _project(device: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Return the first path of projects, such as "Verkeershandhaving / Gemeente Amsterdam"."""
    paths = device.get("project_paths")
    if paths is None:
        return ""
    if not isinstance(paths, list) or not all(isinstance(path, list | str) for path in paths):
        raise _FieldError("project_paths", "must be a list of paths")
    first: list[Any] | str = next((path for path in paths if path), [])
    parts = first if isinstance(first, list) else [first]
    if not all(isinstance(part, str) for part in parts):
        raise _FieldError("project_paths", "must be a list of paths")
    return without_contact_data(" / ".join(parts), names)


def _box(device: Mapping[str, Any]) -> bool | None:
    value = device.get("contains_pi_data")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().casefold() in _BOXES:
        return _BOXES[value.strip().casefold()]
    raise _FieldError("contains_pi_data", "must be true, false, Ja or Nee")


def _purposes(
    device: Mapping[str, Any], names: tuple[str, ...]
) -> tuple[list[dict[str, Any]], str]:
    goals = device.get("observation_goals")
    if goals is None:
        goals = [device]
    if not isinstance(goals, list) or not all(isinstance(goal, dict) for goal in goals):
        raise _FieldError("observation_goals", "must be a list of goals")
    themes = _texts(device, "themes", names)
    purposes, notice = [], ""
    for goal in goals:
        ground = _text(goal, "legal_ground", names)
        purposes.append(
            {
                "text": _text(goal, "observation_goal", names),
                "themes": themes,
                "legal_ground": normalise_legal_ground(ground),
                "legal_basis_text": ground,
            }
        )
        notice = notice or _notice(goal)
    return [p for p in purposes if p["text"] or p["legal_basis_text"] or p["themes"]], notice


def _notice(goal: Mapping[str, Any]) -> str:
    """Return the address of the privacy notice; what is no address counts as none."""
    value = goal.get("privacy_declaration")
    if not isinstance(value, str):
        return ""
    value = value.strip()
    is_address = value.lower().startswith(("https://", "http://")) and "." in value
    return value if is_address and "@" not in value and len(value) <= 1000 else ""


def _texts(device: Mapping[str, Any], field: str, names: tuple[str, ...]) -> list[str]:
    value = device.get(field)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _FieldError(field, "must be a list of texts")
    return [without_contact_data(item, names) for item in value]


def _location(device: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    point = device.get("location")
    regions = _texts(device, "regions", names)
    location: dict[str, Any] = {
        "text": _text(device, "location_description", names),
        "area_codes": regions,
        "mobile": bool(regions) and point is None,
    }
    if point is None or (isinstance(point, dict) and not any(map(_is_said, point.values()))):
        return location
    if not isinstance(point, dict):
        raise _FieldError("location", "must hold latitude and longitude")
    for field in ("latitude", "longitude"):
        value = point.get(field)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _FieldError(f"location.{field}", "must be a number")
        location[field] = value
    return location


def _is_said(value: Any) -> bool:
    return value is not None


def _date(device: Mapping[str, Any], field: str) -> date | None:
    value = device.get(field)
    if value is None or value == "":
        return None
    if isinstance(value, str):
        for form in ("%Y-%m-%d", "%d-%m-%Y"):
            try:
                return datetime.strptime(value[:10], form).date()
            except ValueError:
                continue
    raise _FieldError(field, "must be a date such as 2027-12-31")


REGISTER_FORMAT = RegisterFormat(
    id="amsterdam_api",
    title="Amsterdam sensor register (API JSON)",
    reference="https://github.com/Amsterdam/iot-api, serializers.py",
    probe=probe,
    read=read,
)
