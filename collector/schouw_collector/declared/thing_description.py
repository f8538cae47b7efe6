"""W3C Thing Descriptions, as what a thing offers to be read, to tell, and to be told to do.

Web of Things (WoT) Thing Description 1.1, section 5.3: `properties`, `events` and `actions`, each
with a semantic `@type`, a title and a unit; maker and model as schema.org calls them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schouw_collector.declared.capability import ModelCapability
from schouw_collector.registers.property_reading import read_field_name, read_iri, read_title
from schouw_collector.registers.record_values import FieldError, Fields, label, part, records, texts

_CONTEXTS = frozenset(
    {
        "http://www.w3.org/ns/td",
        "https://www.w3.org/2019/wot/td/v1",
        "https://www.w3.org/2022/wot/td/v1.1",
        "https://www.w3.org/ns/wot-next/td",
    }
)
_AFFORDANCES = ("properties", "events", "actions")
_MOST_AFFORDANCES = 500
_MAKERS = ("manufacturer", "vendor", "brand")
_MODELS = ("model", "modelName", "model_name", "mpn")


def is_thing(record: Fields) -> bool:
    """Return whether a document is a Thing Description or a Thing Model."""
    context = record.get("@context")
    stated = context if isinstance(context, list) else [context]
    return any(isinstance(item, str) and item.rstrip("#/") in _CONTEXTS for item in stated)


def thing(record: Fields, vendor: str, source: str) -> Sequence[ModelCapability]:
    """Return what a thing can.  Its title is its model, where none is stated.

    `vendor`: for a thing that does not name its maker, the folder that the file stands in.  Raises
    `FieldError` without maker or model.
    """
    maker = _stated(record, _MAKERS) or vendor
    model = _stated(record, _MODELS) or label(record, "title")
    if not maker:
        raise FieldError("manufacturer", "is missing")
    if not model:
        raise FieldError("title", "is missing")
    found = {c for name, held in _affordances(record) for c in _categories(name, held)}
    return [
        ModelCapability(
            vendor=maker,
            model=model,
            categories=tuple(sorted(found)),
            source=source,
            security=_security(record),
        )
    ]


def _stated(record: Fields, fields: Sequence[str]) -> str:
    """Return a term of schema.org under any prefix: a text, or a record with a name."""
    for key, value in record.items():
        if _term(key) in fields:
            held = value[0] if isinstance(value, list) and value else value
            if isinstance(held, Mapping):
                held = next((v for k, v in held.items() if _term(k) == "name"), None)
            if isinstance(held, str) and held.strip():
                return label({"name": held}, "name")
    return ""


def _term(key: Any) -> str:
    """Return the last part of a term: `schema:model` and https://schema.org/model are one."""
    return re.split("[:/#]", key[:400])[-1] if isinstance(key, str) else ""


def _affordances(record: Fields) -> Iterator[tuple[str, Fields]]:
    for name, value in _held(record):
        yield name, value
        # Section 5.3.2.5: an object has members of its own.
        for inner in (value, part(value, "data"), part(value, "input")):
            for member, schema in part(inner, "properties").items():
                if isinstance(schema, Mapping) and isinstance(member, str):
                    yield member[:300], schema


def _categories(name: str, held: Fields) -> set[str]:
    """Return what an affordance surely is: by its types, else by its name, title and unit."""
    unit = label(held, "unit")
    found: set[str] = set()
    for term in texts(held, "@type"):
        categories, sure = read_iri(term)
        found.update(categories if sure else ())
    if found:
        return found
    by_name = read_field_name(name, unit)
    return {*([by_name] if by_name else []), *read_title(label(held, "title"))}


def _security(record: Fields) -> tuple[str, ...]:
    """Return the schemes of access that apply (section 5.3.3), such as nosec or basic, sorted."""
    definitions = part(record, "securityDefinitions")
    schemes = {
        name: label(held, "scheme").casefold()[:40]
        for name, held in definitions.items()
        if isinstance(held, Mapping)
    }
    named = set(texts(record, "security"))
    for _, held in _held(record):
        named.update(*(texts(form, "security") for form in records(held, "forms")))
    return tuple(sorted({schemes[name] for name in named if schemes.get(name)}))


def _held(record: Fields) -> Iterator[tuple[str, Fields]]:
    """Yield every affordance with its name; raises `FieldError` if one is no record."""
    for kind in _AFFORDANCES:
        held = part(record, kind)
        if len(held) > _MOST_AFFORDANCES:
            raise FieldError(kind, f"more than {_MOST_AFFORDANCES}")
        for name, value in held.items():
            if not isinstance(value, Mapping) or not isinstance(name, str):
                raise FieldError(kind, "must be records by name")
            yield name[:300], value
