"""Schouw's own register form: YAML or JSON of the canonical schema."""

from collections.abc import Iterator, Mapping
from typing import Any

from schouw_collector.errors import RegisterError
from schouw_collector.free_text import read_text
from schouw_collector.plugins import RegisterFormat
from schouw_collector.register import Register, Row, build_register
from schouw_collector.structured import MalformedError, read_document

SCHEMA = "https://schouw.example.org/schema/register/1"
_FAMILY = b"schouw.example.org/schema/register/"


def probe(_name: str, octets: bytes) -> float:
    """Return 1 if the schema is named in the file, else 0."""
    return 1.0 if _FAMILY in octets else 0.0


def read(name: str, octets: bytes) -> Register:
    """Return the register: `schema`, and `entries` in the form of `RegisterEntry`.

    A stream without `categories` gets them from its `declared_text`; stated ones are a person's.
    Raises `RegisterError` if the document or every entry is malformed.
    """
    try:
        document = read_document(octets)
    except MalformedError as error:
        raise RegisterError(f"{name}: {error}") from None
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise RegisterError(f"{name}: field schema: must be {SCHEMA}")
    entries = document.get("entries")
    if not isinstance(entries, list):
        raise RegisterError(f"{name}: field entries: must be a list")
    unknown = len(document.keys() - {"schema", "entries"})
    if unknown:
        raise RegisterError(f"{name}: {unknown} fields beside schema and entries")
    return build_register(name, octets, "canonical", _rows(entries))


def _rows(entries: list[Any]) -> Iterator[Row | tuple[str, str]]:
    for entry in entries:
        if not isinstance(entry, dict):
            yield "", "is not a mapping of fields"
            continue
        reference = entry.get("entry_id")
        fields = dict(entry)
        streams = entry.get("streams")
        if isinstance(streams, list):
            fields["streams"] = [_with_categories(s, entry) for s in streams]
        yield reference if isinstance(reference, str) else "", fields


def _with_categories(stream: Any, entry: Mapping[str, Any]) -> Any:
    """Return the stream with categories and their origin; one of a wrong type stays as it is."""
    if not isinstance(stream, dict):
        return stream
    if "categories" in stream:
        stated = stream.get("mapping", {})
        if not isinstance(stated, dict):
            return stream
        return {**stream, "mapping": {"method": "human", **stated}}
    text, sensor_type = stream.get("declared_text", ""), entry.get("type", "")
    flag = stream.get("contains_personal_data")
    if not isinstance(text, str) or not isinstance(sensor_type, str):
        return {"mapping": {"method": "none", "confidence": 0}, **stream}
    categories, mapping = read_text(text, sensor_type, flag if isinstance(flag, bool) else None)
    return {**stream, "categories": categories, "mapping": mapping.model_dump()}


REGISTER_FORMAT = RegisterFormat(
    id="canonical",
    title="Schouw register (YAML or JSON)",
    reference=SCHEMA,
    probe=probe,
    read=read,
)
