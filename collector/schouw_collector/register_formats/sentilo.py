"""The catalog of a Sentilo platform: providers with sensors, or a list of sensors.

Sentilo documentation, API, services, catalog (create_sensors and retrieve_authorized_entities).  It
knows neither purpose nor legal ground nor personal data; its ids are those of the interface.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from schouw_collector.errors import RegisterError
from schouw_collector.plugins import RegisterFormat
from schouw_collector.registers.contact_data import without_contact_data
from schouw_collector.registers.property_reading import read_declaration
from schouw_collector.registers.record_values import (
    FieldError,
    Fields,
    box,
    document,
    label,
    part,
    text,
)
from schouw_collector.registers.register import Register, Row, build_register

_MARKS = (
    b'"sensor"',
    b'"component"',
    b'"componentType"',
    b'"publicAccess"',
    b'"componentPublicAccess"',
    b'"dataType"',
    b'"providers"',
    b'"technicalDetails"',
)
_PLACE = re.compile(r"\s*(-?\d{1,3}(?:\.\d{1,20})?)[\s;]+(-?\d{1,3}(?:\.\d{1,20})?)\s*$")
_PLAIN_TYPES = frozenset({"", "number", "text", "boolean"})


def probe(_name: str, octets: bytes) -> float:
    """Return 0.2 for each of the catalog's own field names, at most 1; 0 without `sensor`."""
    if octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{") or b'"sensor"' not in octets:
        return 0.0
    return min(1.0, 0.2 * sum(mark in octets for mark in _MARKS))


def read(name: str, octets: bytes) -> Register:
    """Return the register of the sensors of all providers.

    Raises `RegisterError` if there is no list of sensors, or none can be read.
    """
    found = document(name, octets)
    providers = found.get("providers") if isinstance(found, dict) else None
    if not isinstance(providers, list):
        providers = [found if isinstance(found, dict) else {"sensors": found}]
    if not any(isinstance(p, dict) and isinstance(p.get("sensors"), list) for p in providers):
        raise RegisterError(f"{name}: no list of sensors")
    return build_register(name, octets, "sentilo", _rows(providers))


def _rows(providers: list[Any]) -> Iterator[Row | tuple[str, str]]:
    number = 0
    for provider in providers:
        sensors = provider.get("sensors") if isinstance(provider, dict) else None
        if not isinstance(sensors, list):
            yield "", "is not a provider with sensors"
            continue
        owner = provider.get("provider")
        owner = without_contact_data(owner).strip() if isinstance(owner, str) else ""
        for sensor in sensors:
            number += 1
            if not isinstance(sensor, dict):
                yield "", "is not a sensor"
                continue
            own = sensor.get("sensor")
            reference = ".".join(filter(None, (owner, own if isinstance(own, str) else "")))
            try:
                yield reference, _fields(sensor, owner, number)
            except FieldError as error:
                yield reference, str(error)


def _fields(sensor: Fields, owner: str, number: int) -> dict[str, Any]:
    own = label(sensor, "sensor")
    if not own:
        raise FieldError("sensor", "is missing")
    details = {**part(sensor, "componentTechnicalDetails"), **part(sensor, "technicalDetails")}
    component, serial = label(sensor, "component"), label(details, "serialNumber")
    return {
        "entry_id": f"{owner}.{own}" if owner else own,
        "name": own,
        "description": text(sensor, "componentDesc"),
        "application_id": component,
        "operator": owner[:300],
        "type": label(sensor, "type"),
        "device": {
            "manufacturer": label(details, "producer"),
            "model": label(details, "model"),
        },
        "identifiers": [
            {"kind": kind, "value": value}
            for kind, value in (("serial", serial), ("name", own), ("name", component))
            if value
        ],
        "streams": [_stream(sensor)],
        "location": _location(sensor),
        "status": label(sensor, "state"),
        "source": {"register_name": "Sentilo", "row": number},
    }


def _stream(sensor: Fields) -> dict[str, Any]:
    kind, form = label(sensor, "type"), label(sensor, "dataType")
    # A link to an image says more than the sensor's type does.
    shown = "" if form.casefold() in _PLAIN_TYPES else form
    said = [text(sensor, "description"), *(s.replace("_", " ") for s in (kind, shown) if s)]
    declared = ". ".join(dict.fromkeys(s for s in said if s))[:4000]
    categories, mapping = read_declaration(
        declared, name=kind, unit=label(sensor, "unit"), sensor_type=kind
    )
    return {
        "id": label(sensor, "sensor"),
        "declared_text": declared,
        "categories": categories,
        "mapping": mapping.model_dump(),
        "unit": label(sensor, "unit"),
        "open_data": box(sensor, "publicAccess"),
    }


def _location(sensor: Fields) -> Mapping[str, Any]:
    """Return where it is; a sensor without a location is a mobile one, says the catalog."""
    said = text(sensor, "location")
    if not said:
        return {"mobile": True}
    places = [_PLACE.match(place) for place in said.split(",")[:500]]
    if not all(places):
        raise FieldError("location", "must hold latitude and longitude")
    points = [(float(place[1]), float(place[2])) for place in places if place]
    latitude, longitude = points[0]
    area = [(east, north) for north, east in points] if len(points) > 2 else []
    return {"latitude": latitude, "longitude": longitude, "area": area}


REGISTER_FORMAT = RegisterFormat(
    id="sentilo",
    title="Sentilo catalog (JSON)",
    reference="https://sentilo.readthedocs.io, API, services, catalog",
    probe=probe,
    read=read,
)
