"""A register as a document in the canonical schema: what the forms for it have in common."""

from collections.abc import Iterator, Mapping
from typing import Any

from schouw_collector.errors import RegisterError
from schouw_collector.free_text.free_text import read_text
from schouw_collector.registers.register import Register, Row, build_register
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.registers.structured import MalformedError, read_document

SCHEMA = "https://schouw.example.org/schema/register/1"
_FAMILY = b"schouw.example.org/schema/register/"
_JSON_STARTS = (b"{", b"[")


def probe_document(octets: bytes, *, json: bool) -> float:
    """Return 1 if the schema is named in a file that is JSON, or is not, as asked; else 0."""
    is_json = octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in _JSON_STARTS
    return 1.0 if is_json is json and _FAMILY in octets else 0.0


def read_canonical(name: str, octets: bytes, format_id: str) -> Register:
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
    return build_register(name, octets, format_id, canonical_rows(entries))


def canonical_rows(entries: list[Any]) -> Iterator[Row | tuple[str, str]]:
    """Yield the rows of `build_register` for entries in the canonical schema."""
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


def canonical_fields(entry: RegisterEntry) -> dict[str, Any]:
    """Return what an entry says as plain values; read back they give the same entry.

    What the register leaves out stays out.  Categories are always there: without them the text
    would be read anew, perhaps by a later version that knows more words.
    """
    fields: dict[str, Any] = entry.model_dump(mode="json", exclude_defaults=True)
    for stream, kept in zip(entry.streams, fields.get("streams", ()), strict=True):
        kept["categories"] = list(stream.categories)
        kept["mapping"] = stream.mapping.model_dump(mode="json", exclude_defaults=True)
    return fields


def document_of(register: Register) -> dict[str, Any]:
    """Return a register as a document in the canonical schema."""
    return {"schema": SCHEMA, "entries": [canonical_fields(entry) for entry in register.entries]}
