"""A register as linked data: JSON-LD with terms of the W3C Data Privacy Vocabulary.

The terms are for whoever reads linked data.  Beside them stands the entry itself as a JSON literal,
so that nothing is lost on the way back.
"""

from typing import Any
from urllib.parse import quote

import orjson

from schouw_agent.vocabulary import CATEGORIES, PRIVACY_CLASSES
from schouw_collector.errors import RegisterError
from schouw_collector.plugins import RegisterFormat
from schouw_collector.register_formats.canonical_document import canonical_fields, canonical_rows
from schouw_collector.registers.register import Register, build_register
from schouw_collector.registers.register_entry import Purpose, RegisterEntry
from schouw_collector.registers.structured import MalformedError, read_document

CONTEXT = {
    "@version": 1.1,
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "dct": "http://purl.org/dc/terms/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "sosa": "http://www.w3.org/ns/sosa/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "schouw": "https://schouw.example.org/ns#",
}
_LITERAL = "schouw:entry"
_PERSONAL = PRIVACY_CLASSES.index("pseudonymous")
_PROCESS = {
    True: "dpv:PersonalDataProcess",
    False: "dpv:NonPersonalDataProcess",
    None: "dpv:Process",
}


def probe(_name: str, octets: bytes) -> float:
    """Return 1 for JSON-LD that holds entries as this form writes them, else 0."""
    return 1.0 if b'"schouw:entry"' in octets and b'"@context"' in octets else 0.0


def read(name: str, octets: bytes) -> Register:
    """Return the register of the entries that stand in the graph as literals.

    Raises `RegisterError` if there is no graph, or no entry can be read.
    """
    try:
        document = read_document(octets)
    except MalformedError as error:
        raise RegisterError(f"{name}: {error}") from None
    graph = document.get("@graph") if isinstance(document, dict) else None
    if not isinstance(graph, list):
        raise RegisterError(f"{name}: field @graph: must be a list")
    literals = [node.get(_LITERAL) if isinstance(node, dict) else None for node in graph]
    entries = [each.get("@value") if isinstance(each, dict) else None for each in literals]
    return build_register(name, octets, "jsonld", canonical_rows(entries))


def write(register: Register) -> bytes:
    """Return the register as JSON-LD 1.1, one process of the vocabulary for each entry."""
    document = {"@context": CONTEXT, "@graph": [_node(entry) for entry in register.entries]}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _node(entry: RegisterEntry) -> dict[str, Any]:
    node = {
        "@id": f"#{quote(entry.entry_id, safe='')}",
        "@type": [_PROCESS[entry.contains_personal_data], "sosa:Sensor"],
        "dct:identifier": entry.entry_id,
        "dct:title": entry.name,
        "dct:description": entry.description,
        "dpv:hasDataController": _named("dpv:DataController", entry.organisation),
        "dpv:hasDataProcessor": _named("dpv:DataProcessor", entry.operator),
        "dpv:hasPersonalData": _data(entry, personal=True),
        "dpv:hasData": _data(entry, personal=False),
        "dpv:hasPurpose": [_purpose(each) for each in entry.purposes],
        "dpv:hasLegalBasis": [{"@id": f"eu-gdpr:{ground}"} for ground in _grounds(entry)],
        "dpv:hasRecipient": [
            {
                **_named("dpv:Recipient", each.organisation or ", ".join(each.hosts)),
                **({"dpv:hasCountry": each.country} if each.country else {}),
            }
            for each in entry.recipients
        ],
        "dpv:hasStorageCondition": [
            {
                "@type": "dpv:StorageDuration",
                "dpv:hasDuration": {"@type": "xsd:duration", "@value": stream.retention},
            }
            for stream in entry.streams
            if stream.retention
        ],
        "dpv:hasNotice": _document("dpv:PrivacyNotice", entry.privacy_notice_url),
        "dpv:hasRecordOfActivity": _document("dpv:ROPA", entry.ropa_url),
        "dpv:hasImpactAssessment": _impact_assessment(entry),
        "dpv:hasLocation": _location(entry),
        _LITERAL: {"@type": "@json", "@value": canonical_fields(entry)},
    }
    return {key: value for key, value in node.items() if value}


def _named(kind: str, name: str) -> dict[str, Any]:
    return {"@type": kind, "dpv:hasName": name} if name else {}


def _document(kind: str, address: str) -> dict[str, Any]:
    return {"@type": kind, "dct:source": {"@id": address}} if address else {}


def _data(entry: RegisterEntry, *, personal: bool) -> list[dict[str, Any]]:
    """Return the declared categories, each of the vocabulary's class and with its DTPR elements.

    Pseudonymous data are personal data in the vocabulary; what is unknown is data, and no more.
    """
    found = [CATEGORIES[id_] for id_ in entry.declared_categories]
    return [
        {
            "@type": category.dpv,
            "dct:identifier": category.id,
            "dct:title": [
                {"@language": "nl", "@value": category.nl},
                {"@language": "en", "@value": category.en},
            ],
            **({"schouw:dtprElement": list(category.dtpr)} if category.dtpr else {}),
        }
        for category in found
        if (category.rank >= _PERSONAL) is personal
    ]


def _purpose(purpose: Purpose) -> dict[str, Any]:
    known = purpose.dpv_purpose.startswith("dpv:")
    node = {
        "@type": purpose.dpv_purpose if known else "dpv:Purpose",
        "dct:description": purpose.text,
        "dct:subject": list(purpose.themes),
        "schouw:legalBasisText": purpose.legal_basis_text,
    }
    return {key: value for key, value in node.items() if value}


def _grounds(entry: RegisterEntry) -> list[str]:
    return sorted({each.legal_ground for each in entry.purposes if each.legal_ground})


def _impact_assessment(entry: RegisterEntry) -> dict[str, Any]:
    if entry.dpia is None:
        return {}
    node: dict[str, Any] = {"@type": "dpv:DPIA"}
    if entry.dpia.dated:
        node["dct:date"] = {"@type": "xsd:date", "@value": entry.dpia.dated.isoformat()}
    if entry.dpia.url:
        node["dct:source"] = {"@id": entry.dpia.url}
    return node


def _location(entry: RegisterEntry) -> dict[str, Any]:
    where = entry.location
    if where.latitude is None or where.longitude is None:
        return {}
    return {"@type": "geo:Point", "geo:lat": where.latitude, "geo:long": where.longitude}


REGISTER_FORMAT = RegisterFormat(
    id="jsonld",
    title="JSON-LD with the Data Privacy Vocabulary",
    reference="https://w3id.org/dpv, version 2.3; JSON-LD 1.1",
    probe=probe,
    read=read,
    write=write,
)
