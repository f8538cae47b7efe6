"""Schouw's own register form: JSON of the canonical schema."""

import orjson

from schouw_collector.plugins import RegisterFormat
from schouw_collector.register_formats.canonical_document import (
    SCHEMA,
    document_of,
    probe_document,
    read_canonical,
)
from schouw_collector.registers.register import Register


def probe(_name: str, octets: bytes) -> float:
    """Return 1 if the schema is named in JSON, else 0."""
    return probe_document(octets, json=True)


def read(name: str, octets: bytes) -> Register:
    """Return the register; see `read_canonical`."""
    return read_canonical(name, octets, "canonical_json")


def write(register: Register) -> bytes:
    """Return the register as JSON (RFC 8259), its fields in the order of the schema."""
    return orjson.dumps(
        document_of(register), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    )


REGISTER_FORMAT = RegisterFormat(
    id="canonical_json",
    title="Schouw register (JSON)",
    reference=SCHEMA,
    probe=probe,
    read=read,
    write=write,
)
