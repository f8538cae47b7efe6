"""What the exports of LoRaWAN network servers have in common: JSON, or one JSON object a line."""

from collections.abc import Iterator, Mapping
from typing import Any

from schouw_collector.binding.candidates import text_lines
from schouw_collector.errors import CandidateError
from schouw_collector.registers.structured import MalformedError, read_document


def objects_of(name: str, octets: bytes, *lists: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield place and object of each device in a list, in one of these fields, or on a line.

    Raises `CandidateError` for what is no JSON.
    """
    try:
        document = read_document(octets)
    except MalformedError as error:
        rows = _lines(octets)
        if rows is None:
            raise CandidateError(f"{name}: {error}") from None
        yield from rows
        return
    if isinstance(document, dict):
        found = next((document[key] for key in lists if isinstance(document.get(key), list)), None)
        document = [document] if found is None else found
    for number, value in enumerate(document if isinstance(document, list) else (), 1):
        yield f"device {number}", value if isinstance(value, dict) else {}


def _lines(octets: bytes) -> list[tuple[str, Mapping[str, Any]]] | None:
    rows: list[tuple[str, Mapping[str, Any]]] = []
    for number, line in enumerate(text_lines(octets), 1):
        if not line.strip():
            continue
        try:
            value = read_document(line.encode()) if line.lstrip().startswith("{") else None
        except MalformedError:
            value = None
        if value is None and not rows:
            return None
        rows.append((f"line {number}", value if isinstance(value, dict) else {}))
    return rows or None


def texts_in(value: object) -> Iterator[str]:
    """Yield the texts of a mapping of tags or attributes."""
    if isinstance(value, Mapping):
        yield from (text for text in value.values() if isinstance(text, str))
