"""Things of an OGC SensorThings service, with their locations and datastreams expanded.

OGC SensorThings API part 1 (18-088, version 1.1), section 8: the answer to
`Things?$expand=Locations,Datastreams($expand=Sensor,ObservedProperty)`, a page or a list of pages.
An `ObservedProperty.definition` that is the IRI of a category, of DPV, or of a quantity decides.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schouw_collector.errors import RegisterError
from schouw_collector.plugins import RegisterFormat
from schouw_collector.register_formats.geometry import outline, point
from schouw_collector.registers.contact_data import without_contact_data
from schouw_collector.registers.property_reading import read_declaration, unit_symbol
from schouw_collector.registers.record_values import (
    FieldError,
    Fields,
    document,
    label,
    part,
    records,
    text,
)
from schouw_collector.registers.register import Register, Row, build_register

_MARKS = (
    b'"@iot.id"',
    b'"@iot.selfLink"',
    b'"Datastreams"',
    b'"ObservedProperty"',
    b'"ObservedProperties"',
    b'"Locations"',
)
_VERSION = re.compile(r"/(v\d{1,2}\.\d{1,2})/Things\(")
_MORE = "more follow that are not in this file"


def probe(_name: str, octets: bytes) -> float:
    """Return 0.3 for each of the interface's own field names that the JSON holds, at most 1."""
    if octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{"):
        return 0.0
    return min(1.0, 0.3 * sum(mark in octets for mark in _MARKS))


def read(name: str, octets: bytes) -> Register:
    """Return the register of one thing, a list of things, a page, or a list of pages.

    Pages that are not in the file are an error of their own.  Raises `RegisterError` if there is no
    thing, or none can be read.
    """
    found = document(name, octets)
    pages = found if isinstance(found, list) else [found]
    if not all(isinstance(page, dict) for page in pages) or not pages:
        raise RegisterError(f"{name}: no page of things")
    things: list[Any] = []
    for page in pages:
        value = page.get("value") if "value" in page else [page]
        things.extend(value if isinstance(value, list) else [value])
    more = "@iot.nextLink" in pages[-1]
    return build_register(name, octets, "sensorthings", _rows(things, more))


def _rows(things: list[Any], more: bool) -> Iterator[Row | tuple[str, str]]:
    cut: list[str] = []
    for number, thing in enumerate(things, 1):
        if not isinstance(thing, dict):
            yield "", "is not a thing"
            continue
        reference = _id(thing)
        try:
            yield reference, _fields(thing, reference, number)
        except FieldError as error:
            yield reference, str(error)
        if "Datastreams@iot.nextLink" in thing:
            cut.append(reference)
    for reference in cut:
        yield reference, f"field Datastreams: {_MORE}"
    if more:
        yield "", f"field @iot.nextLink: {_MORE}"


def _id(record: Fields) -> str:
    value = record.get("@iot.id")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1e18:
        return str(value)
    return without_contact_data(value).strip() if isinstance(value, str) else ""


def _fields(thing: Fields, reference: str, number: int) -> dict[str, Any]:
    reference = reference or text(thing, "name")
    if not reference:
        raise FieldError("@iot.id", "is missing")
    if "Datastreams" not in thing and "MultiDatastreams" not in thing:
        raise FieldError("Datastreams", "is missing: the service gives it when asked to $expand it")
    datastreams = [*records(thing, "Datastreams"), *records(thing, "MultiDatastreams")]
    models = list(dict.fromkeys(label(part(row, "Sensor"), "name") for row in datastreams))
    return {
        "entry_id": reference,
        "name": label(thing, "name"),
        "description": text(thing, "description"),
        # Several sensors in one thing are several models: then none is the thing's.
        "device": {"model": models[0] if len(models) == 1 else ""},
        "identifiers": _identifiers(thing, datastreams),
        "streams": [_stream(row) for row in datastreams],
        "location": _location(thing, datastreams),
        "source": {"register_name": "OGC SensorThings", "row": number},
    }


def _identifiers(thing: Fields, datastreams: Sequence[Fields]) -> list[dict[str, str]]:
    link = thing.get("@iot.selfLink")
    link = link if isinstance(link, str) and len(link) <= 300 else ""
    found = [{"kind": "sta_thing", "value": link}] * bool(link)
    version = _VERSION.search(link)
    for row in datastreams if version else ():
        quoted = f"'{_id(row)}'" if isinstance(row.get("@iot.id"), str) else _id(row)
        if version and _id(row) and len(quoted) <= 200:
            # Section 14.2: where its observations are published by MQTT.
            topic = f"{version[1]}/Datastreams({quoted})/Observations"
            found.append({"kind": "topic", "value": topic})
    return found


def _stream(row: Fields) -> dict[str, Any]:
    observed = [*records(row, "ObservedProperty"), *records(row, "ObservedProperties")]
    said = [text(p, "name") for p in observed]
    said += [text(row, "name"), text(row, "description")]
    declared = ". ".join(dict.fromkeys(s for s in said if s))[:4000]
    unit = part(row, "unitOfMeasurement", "unitOfMeasurements")
    symbol = unit_symbol(label(unit, "definition"))
    if not unit.get("definition") or "/" in symbol:
        symbol = label(unit, "symbol", "name")
    iris = [value for p in observed if isinstance(value := p.get("definition"), str)]
    categories, mapping = read_declaration(
        declared, name=said[0] if observed else "", unit=symbol, iris=iris
    )
    return {
        "id": _id(row)[:300],
        "declared_text": declared,
        "categories": categories,
        "mapping": mapping.model_dump(),
        "unit": label(unit, "symbol", "name"),
    }


def _location(thing: Fields, datastreams: Sequence[Fields]) -> dict[str, Any]:
    places = records(thing, "Locations")
    said = [text(place, field) for place in places for field in ("name", "description")]
    found: dict[str, Any] = {"text": ". ".join(dict.fromkeys(s for s in said if s))[:4000]}
    for place in places:
        geometry = _geometry(place)
        if geometry.get("type") == "Point":
            found |= point(geometry, "coordinates")
        elif geometry:
            found["area"] = outline({"location": geometry}, "location")
    if not found.get("area"):
        areas = (outline(row, "observedArea") for row in datastreams)
        found["area"] = next((area for area in areas if area), [])
    return found


def _geometry(place: Fields) -> Mapping[str, Any]:
    location = part(place, "location")
    return part(location, "geometry") if location.get("type") == "Feature" else location


REGISTER_FORMAT = RegisterFormat(
    id="sensorthings",
    title="OGC SensorThings things (JSON)",
    reference="OGC 18-088, SensorThings API part 1: Sensing, version 1.1, section 8",
    probe=probe,
    read=read,
)
