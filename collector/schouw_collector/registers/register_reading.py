"""A register file becomes a `Register`, whatever its form."""

import schouw_collector.register_formats
from schouw_agent.plugins import discover
from schouw_collector.errors import RegisterError
from schouw_collector.plugins import RegisterFormat
from schouw_collector.registers.mapped_reading import read_mapped
from schouw_collector.registers.register import Register
from schouw_collector.registers.register_map import RegisterMap
from schouw_collector.registers.structured import MalformedError, read_document
from schouw_collector.registers.web_address import without_credentials


def register_formats() -> dict[str, RegisterFormat]:
    """Return the register formats by id."""
    return discover(schouw_collector.register_formats, "REGISTER_FORMAT")


def read_register(name: str, octets: bytes, mapping: RegisterMap | None = None) -> Register:
    """Return the register in a file of this name with these octets, by a mapping if there is one.

    Malformed entries are left out and stand in `errors`.  Raises `RegisterError` if the form is
    not known, or if not one entry can be read.
    """
    name = without_credentials(name)
    if mapping is not None:
        return read_mapped(name, octets, mapping)
    formats = register_formats()
    score, best = max((f.probe(name, octets), id_) for id_, f in formats.items())
    if score < 0.5:
        try:
            read_document(octets)
        except MalformedError as error:
            raise RegisterError(f"{name}: {error}") from None
        raise RegisterError(
            f"{name}: not a register in a known form ({', '.join(formats)}); "
            "for a table of other columns: schouw register map"
        )
    return formats[best].read(name, octets)
