"""CBOR: maps and arrays, told from other octets by being exactly one item with named values."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.cbor_values import may_be_cbor, read_cbor
from schouw_agent.formats.parsed_values import named, open_parsed
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Opened

_SELF_DESCRIBED = b"\xd9\xd9\xf7"


def _probe(content: Content) -> float:
    octets = content.octets
    told = content.media_type.endswith("cbor") or octets[:3] == _SELF_DESCRIBED
    if not may_be_cbor(octets) and not (told and octets):
        return 0.0
    try:
        value = read_cbor(octets)
    except DecodeError:
        return 0.0
    if told:
        return 0.85
    # Any octet is an integer of CBOR, and any few an array of them: names it must have.
    return 0.75 if named(value) else 0.0


def _open(content: Content) -> Opened:
    return open_parsed(read_cbor(content.octets))


FORMAT = Format(
    id="cbor",
    title="CBOR",
    reference="RFC 8949",
    probe=_probe,
    open=_open,
)
