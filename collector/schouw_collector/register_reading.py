"""A register file becomes a `Register`, whatever its form."""

import re

import schouw_collector.register_formats
from schouw_agent.plugins import discover
from schouw_collector.errors import RegisterError
from schouw_collector.plugins import RegisterFormat
from schouw_collector.register import Register
from schouw_collector.structured import MalformedError, read_document


def register_formats() -> dict[str, RegisterFormat]:
    """Return the register formats by id."""
    return discover(schouw_collector.register_formats, "REGISTER_FORMAT")


def read_register(name: str, octets: bytes) -> Register:
    """Return the register in a file of this name with these octets.

    Malformed entries are left out and stand in `errors`.  Raises `RegisterError` if the form is
    not known, or if not one entry can be read.
    """
    name = _without_credentials(name)
    formats = register_formats()
    score, best = max((f.probe(name, octets), id_) for id_, f in formats.items())
    if score < 0.5:
        try:
            read_document(octets)
        except MalformedError as error:
            raise RegisterError(f"{name}: {error}") from None
        raise RegisterError(f"{name}: not a register in a known form ({', '.join(formats)})")
    return formats[best].read(name, octets)


def _without_credentials(source: str) -> str:
    """Return a file name or address without user name, password, query and fragment."""
    source = re.sub(r"^(https?://)[^/@]*@", r"\1", source)
    return re.sub(r"[?#].*$", "", source) if source.startswith("http") else source
