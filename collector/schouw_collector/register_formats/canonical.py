"""Schouw's own register form: YAML of the canonical schema."""

import yaml

from schouw_collector.plugins import RegisterFormat
from schouw_collector.register_formats.canonical_document import (
    SCHEMA,
    document_of,
    probe_document,
    read_canonical,
)
from schouw_collector.registers.register import Register


class _Dumper(yaml.CSafeDumper):
    """Writes what occurs twice twice: aliases are refused on reading."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def probe(_name: str, octets: bytes) -> float:
    """Return 1 if the schema is named in a file that is not JSON, else 0."""
    return probe_document(octets, json=False)


def read(name: str, octets: bytes) -> Register:
    """Return the register; see `read_canonical`."""
    return read_canonical(name, octets, "canonical")


def write(register: Register) -> bytes:
    """Return the register as YAML in UTF-8, its fields in the order of the schema."""
    text: str = yaml.dump(
        document_of(register), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100
    )
    return text.encode()


REGISTER_FORMAT = RegisterFormat(
    id="canonical",
    title="Schouw register (YAML)",
    reference=SCHEMA,
    probe=probe,
    read=read,
    write=write,
)
