"""The WeCity register and that of the province of Noord-Brabant: one record for each sensor.

Fields as in github.com/Algoritmeregister/sensorregistratie-monorepo (`sensoren/wecity` and
`sensoren/pnb`).  Its schemas name required fields that they do not have, so that everything but a
name or reference may be missing.  `bewaartermijn` and `niet tonen na` are about the registration,
not about the data, and are not read.  Contact persons are dropped on reading.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schouw_collector.plugins import RegisterFormat
from schouw_collector.registers.legal_ground import normalise_legal_ground
from schouw_collector.registers.property_reading import read_declaration
from schouw_collector.registers.record_values import (
    FieldError,
    Fields,
    address,
    box,
    day,
    label,
    listed_records,
    number,
    organisation,
    part,
    persons,
    text,
    texts,
)
from schouw_collector.registers.register import Register, Row, build_register

_MARKS = (
    "verwerkt persoonsgegevens",
    "mobiele sensor",
    "wettelijke grondslag",
    "niet tonen na",
    "geldig tot",
    "contactpersoon",
    "locatie-sensordata",
    "grondslag-of-beleidskader",
    "camera/optisch",
)
_LISTS = ("sensoren", "sensors", "registraties", "data", "results")
# The seven types of the schema, as the eleven of the Amsterdam register that say what they imply.
_TYPES = {
    "nabijheid": "Aanwezigheid of nabijheidsensor",
    "elektrisch": "Electriciteitssensor",
    "vloeistof": "Vloeistof- en gasstroomsensor",
    "camera/optisch": "Optische / camera sensor",
    "temperatuur": "Temperatuursensor",
    "klimaat": "Klimaatsensor",
}
_PERSONS = ("contactpersoon", "opdrachtgever", "gebruiker", "contact", "manager")


def probe(_name: str, octets: bytes) -> float:
    """Return 0.3 for each of the form's own field names that the file has, at most 1."""
    head = octets[:1_000_000].lower()
    written = (f'"{mark}"'.encode() in head or f"{mark}:".encode() in head for mark in _MARKS)
    return min(1.0, 0.3 * sum(written))


def read(name: str, octets: bytes) -> Register:
    """Return the register of a list of registrations, or of one; keys in any case.

    Raises `RegisterError` if there is no registration, or none can be read.
    """
    found = listed_records(name, octets, _LISTS, "registrations")
    return build_register(name, octets, "wecity", _rows(found))


def _rows(registrations: list[Any]) -> Iterator[Row | tuple[str, str]]:
    for row, registration in enumerate(registrations, 1):
        if not isinstance(registration, dict):
            yield "", "is not a registration"
            continue
        record = _flat(registration)
        reference = record.get("id") or record.get("referentie") or record.get("naam")
        reference = reference if isinstance(reference, str) else ""
        try:
            yield reference, _fields(record, row)
        except FieldError as error:
            yield reference, str(error)


def _flat(registration: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a registration, those of its sensor and its deployment included."""
    record = _plain(registration)
    for inner in ("sensor", "sensorinzet", "inzet"):
        if isinstance(record.get(inner), dict):
            record = {**_plain(record[inner]), **record}
    return record


def _plain(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        " ".join(key.replace("_", " ").casefold().split()): value
        for key, value in record.items()
        if isinstance(key, str)
    }


def _people(record: Fields) -> list[str]:
    """Return the names of everybody that the registration names, in it or in its contracts."""
    held = [record, part(record, "leverancier"), part(record, "beheerder")]
    nested = [r for h in held for field in _PERSONS if isinstance(r := h.get(field), dict)]
    stated = [{"name": h.get(field)} for h in held for field in _PERSONS]
    return persons(nested, stated)


def _fields(record: Fields, row: int) -> dict[str, Any]:
    for contract in ("leverancier", "beheerder"):
        if isinstance(record.get(contract), str):
            record = {**record, contract: {"organization": record[contract]}}
    names = _people(record)
    reference = text(record, "id", "referentie", "naam", names=names)
    if not reference:
        raise FieldError("naam", "is missing")
    kind = label(record, "type", names=names)
    activity = part(record, "organisatorische-activiteit", "organisatorische activiteit")
    supplied, run = part(record, "leverancier"), part(record, "beheerder")
    assessed = address(record, "dpia")
    area = box(record, "mobiele sensor")
    return {
        "entry_id": reference,
        "name": label(record, "naam", "identificatie", names=names),
        "description": text(record, "specificatie", "beschrijving", names=names),
        "application_id": label(activity, "id", "name", names=names),
        "organisation": organisation(record, "organisatie", names=names)
        or organisation(activity, "organization", names=names),
        "type": _TYPES.get(kind.casefold(), kind),
        "device": {
            "category": "Camera" if kind.casefold() == "camera/optisch" else "",
            "model": label(record, "identificatie", names=names),
            "firmware": label(record, "firmware", names=names),
        },
        "supplier": organisation(supplied, "organization", "organisatie", names=names),
        "operator": organisation(run, "organization", "organisatie", names=names),
        "streams": [_stream(record, kind, names)],
        "purposes": _purposes(record, activity, names),
        "location": {
            "latitude": number(record, "latitude"),
            "longitude": number(record, "longitude"),
            "mobile": area is True,
        },
        "dpia": {"status": "linked", "url": assessed} if assessed else None,
        "contract_refs": _contracts(supplied, run, names),
        "status": label(record, "status", names=names),
        "active_from": day(activity, "startdatum"),
        "active_until": day(record, "geldig tot"),
        "changed_at": day(record, "update datum", "update-datum"),
        "source": {"register_name": "WeCity / Noord-Brabant", "row": row},
    }


def _stream(record: Fields, kind: str, names: Sequence[str]) -> dict[str, Any]:
    """Return the one stream: these forms ask for no more than a name, a purpose and a type."""
    said = [text(record, field, names=names) for field in ("naam", "specificatie", "doel")]
    declared = ". ".join(dict.fromkeys(s for s in said if s))[:4000]
    personal = box(record, "verwerkt persoonsgegevens")
    categories, mapping = read_declaration(
        declared,
        sensor_type=_TYPES.get(kind.casefold(), kind),
        contains_personal_data=personal,
    )
    return {
        "declared_text": declared,
        "categories": categories,
        "mapping": mapping.model_dump(),
        "contains_personal_data": personal,
        "data_link": address(record, "locatie-sensordata", "locatie sensordata"),
    }


def _purposes(record: Fields, activity: Fields, names: Sequence[str]) -> list[dict[str, Any]]:
    ground = text(record, "wettelijke grondslag", names=names) or text(
        activity, "grondslag", names=names
    )
    purpose = {
        "text": text(record, "doel", names=names),
        "themes": texts(record, "thema", names),
        "legal_ground": normalise_legal_ground(ground),
        "legal_basis_text": ground,
        "legal_basis_url": address(
            record, "grondslag-of-beleidskader", "grondslag of beleidskader"
        ),
    }
    return [purpose] if any(purpose.values()) else []


def _contracts(supplied: Fields, run: Fields, names: Sequence[str]) -> list[str]:
    numbers = (label(contract, "number", "nummer", names=names) for contract in (supplied, run))
    return list(dict.fromkeys(said for said in numbers if said))


REGISTER_FORMAT = RegisterFormat(
    id="wecity",
    title="WeCity and Noord-Brabant (JSON or YAML)",
    reference="https://github.com/Algoritmeregister/sensorregistratie-monorepo, sensoren",
    probe=probe,
    read=read,
)
