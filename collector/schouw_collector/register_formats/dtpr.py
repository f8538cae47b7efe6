"""Data chains of Digital Trust for Places and Routines (DTPR): of devices, and of AI systems.

The instance form of the AI chain (github.com/Helpful-Places/dtpr, `api/src/schema/
datachain-instance.ts`): elements by id, each with variables and, for data, how identifiable they
are.  The device chain (v1) has the same form with its own elements.  What an element means:
`dtpr_elements`.  Actions (whom to mail or call) are dropped on reading.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from schouw_collector.plugins import RegisterFormat
from schouw_collector.register_formats.dtpr_elements import (
    ACCESS,
    STORAGE,
    bare,
    categories_of,
    group_of,
)
from schouw_collector.registers.contact_data import organisation_or_nothing, without_contact_data
from schouw_collector.registers.durations import iso_duration, seconds_of
from schouw_collector.registers.property_reading import read_declaration
from schouw_collector.registers.record_values import (
    FieldError,
    Fields,
    day,
    label,
    listed_records,
    number,
    records,
    text,
    texts,
)
from schouw_collector.registers.register import Register, Row, build_register
from schouw_collector.registers.register_entry import CategoryMapping

_VERSION = re.compile(rb"schema_version\"?\s*:\s*\"?(?:ai|device)@")
_LISTS = ("datachains", "instances", "data_chains", "items")
_IDENTIFIABILITY = ("de_identified", "pseudonymous", "identifiable")
_LANGUAGES = ("nl", "en")
_SENSED = frozenset({"tech", "data"})


def probe(_name: str, octets: bytes) -> float:
    """Return 1 for a pinned version of a chain with elements by id, 0.6 for such elements alone."""
    if b"element_id" not in octets or b"elements" not in octets:
        return 0.0
    return 1.0 if _VERSION.search(octets) else 0.6


def read(name: str, octets: bytes) -> Register:
    """Return the register of one chain, or a list of them: each is an entry.

    Raises `RegisterError` if there is none, or none can be read.
    """
    found = listed_records(name, octets, _LISTS, "data chains")
    return build_register(name, octets, "dtpr", _rows(found))


def _rows(chains: list[Any]) -> Iterator[Row | tuple[str, str]]:
    for row, chain in enumerate(chains, 1):
        if not isinstance(chain, dict):
            yield "", "is not a data chain"
            continue
        reference = chain.get("id")
        reference = reference if isinstance(reference, str) else ""
        try:
            yield reference, _fields(chain, row)
        except FieldError as error:
            yield reference, str(error)


@dataclass(frozen=True, slots=True)
class _Element:
    group: str
    id: str
    context: str
    said: str
    """What its variables say."""


def _fields(chain: Fields, row: int) -> dict[str, Any]:
    reference = text(chain, "id")
    if not reference:
        raise FieldError("id", "is missing")
    elements = [_element(record) for record in records(chain, "elements")]
    if not elements:
        raise FieldError("elements", "is missing")
    processing, identifiability = _promises(elements)
    retention = _retention(elements)
    common = {"processing": processing, "retention": retention}
    return {
        "entry_id": reference,
        "name": (_localized(chain.get("title")) or label(chain, "name"))[:300],
        "description": _localized(chain.get("description")),
        "organisation": _accountable(elements),
        "streams": [
            {**_stream(element, identifiability), **common}
            for element in elements
            if element.group in _SENSED or categories_of(element.id)
        ],
        "purposes": [
            {"text": element.said or _words(element.id), "themes": [_words(element.id)]}
            for element in elements
            if element.group == "purpose" and not categories_of(element.id)
        ],
        "recipients": _recipients(elements),
        "location": {
            "latitude": number(chain, "latitude"),
            "longitude": number(chain, "longitude"),
        },
        "algorithms": texts(chain, "linked_instance_ids"),
        "registered_at": day(chain, "created_at"),
        "changed_at": day(chain, "updated_at"),
        "source": {"register_name": "DTPR", "row": row},
    }


def _element(record: Fields) -> _Element:
    group, element = bare(text(record, "element_id", "id", limit=200))
    if not element:
        raise FieldError("elements.element_id", "is missing")
    stated = label(record, "category_id", "category")
    context = label(record, "context_type_id").casefold()
    variables = [_localized(v.get("value")) for v in records(record, "variables")]
    return _Element(
        group=group_of(stated, element) if stated else group,
        id=element,
        context=context if context in _IDENTIFIABILITY else "",
        said=". ".join(dict.fromkeys(said for said in variables if said))[:3000],
    )


def _localized(value: Any) -> str:
    """Return a text that is given in several languages, in Dutch or else English, or the first."""
    if isinstance(value, str):
        return without_contact_data(value[:4000]).strip()
    if not isinstance(value, list):
        return ""
    plain = [item[:200] for item in value[:50] if isinstance(item, str)]
    if plain:
        return without_contact_data(", ".join(plain)[:4000])
    said = {
        item["locale"][:2]: item["value"]
        for item in reversed(value[:50])
        if isinstance(item, dict)
        and isinstance(item.get("locale"), str)
        and isinstance(item.get("value"), str)
    }
    chosen = next((said[code] for code in _LANGUAGES if code in said), None)
    best = chosen if chosen is not None else next(reversed(said.values()), "")
    return without_contact_data(best[:4000]).strip()


def _words(element: str) -> str:
    return element.replace("_", " ")[:300]


def _stream(element: _Element, promised: str) -> dict[str, Any]:
    meant = categories_of(element.id)
    declared = ". ".join(filter(None, (_words(element.id), element.said)))[:4000]
    categories, mapping = read_declaration(element.said) if element.said else ((), None)
    named = categories if mapping and mapping.method == "text rule" else ()
    if named and mapping:
        # The words are more exact than the element: it may mean one of several things.
        vague = (set(mapping.vague) | set(meant)) - (set(named) - set(mapping.vague))
        mapping = mapping.model_copy(update={"vague": tuple(sorted(vague))})
    elif meant:
        mapping = CategoryMapping(
            method="text rule",
            confidence=0.8,
            phrases=(_words(element.id),),
            vague=meant if len(meant) > 1 else (),
        )
    else:
        mapping = CategoryMapping(method="none", confidence=0.0)
    return {
        "id": element.id[:300],
        "declared_text": declared,
        "categories": sorted(set(named) | set(meant)),
        "mapping": mapping.model_dump(),
        # What the chain promises of its processing is no answer to whether data are personal.
        "contains_personal_data": element.context != "de_identified" if element.context else None,
        "identifiability": element.context or promised,
    }


def _promises(elements: Sequence[_Element]) -> tuple[dict[str, Any] | None, str]:
    """Return the safeguards of the whole chain, and how identifiable they leave its data."""
    promises: dict[str, Any] = {}
    identifiability = ""
    for element in elements:
        if element.group != "process":
            continue
        if element.id in {"aggregated", "de_identified", "k_anonymity", "differential_privacy"}:
            identifiability = "de_identified"
        if element.id == "aggregated":
            promises["aggregation_seconds"] = seconds_of(iso_duration(element.said))
        if element.id == "k_anonymity":
            figure = re.search(r"(?<![\d.,])([1-9]\d{0,5})(?![\d.,]\d)", element.said)
            promises["k_min"] = int(figure[1]) if figure else None
        if element.id == "de_identified":
            promises["pseudonymisation"] = element.said[:300]
        if "edge" in element.id.split("_") or element.id == "on_device":
            promises["edge_only"] = True
    kept = {field: value for field, value in promises.items() if value}
    return kept or None, identifiability


def _retention(elements: Sequence[_Element]) -> str:
    for element in elements:
        if element.id == "no_data_retained":
            return "P0D"
        if element.group == "retention" and (found := iso_duration(element.said)):
            return found
    return ""


def _accountable(elements: Sequence[_Element]) -> str:
    stated = (e.said for e in elements if e.group == "accountable")
    return next((name for said in stated if (name := organisation_or_nothing(said, ""))), "")[:300]


def _recipients(elements: Sequence[_Element]) -> list[dict[str, str]]:
    return [
        {
            "organisation": organisation_or_nothing(element.said, "")[:300],
            "role": role,
        }
        for element in elements
        if (role := ACCESS.get(element.id) or STORAGE.get(element.id))
    ]


REGISTER_FORMAT = RegisterFormat(
    id="dtpr",
    title="DTPR data chains of devices and AI systems (JSON or YAML)",
    reference="https://github.com/Helpful-Places/dtpr, api/src/schema/datachain-instance.ts",
    probe=probe,
    read=read,
)
