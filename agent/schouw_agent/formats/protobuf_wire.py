"""The wire format of Protocol Buffers, read without a schema (protobuf.dev, Encoding)."""

import struct
from typing import NamedTuple

from schouw_agent.errors import DecodeError

VARINT, FIXED64, LENGTH_DELIMITED, FIXED32 = 0, 1, 2, 5
MOST_FIELDS = 4096
_LONGEST_VARINT = 10
_HIGHEST_NUMBER = 2**29 - 1


class Field(NamedTuple):
    """One field as it stands on the wire."""

    number: int
    wire_type: int
    """VARINT, FIXED64, LENGTH_DELIMITED or FIXED32; groups are not read."""
    value: int | bytes
    """Unsigned integer of a varint; octets of the other three."""


def read_varint(octets: bytes, at: int) -> tuple[int, int]:
    """Return an unsigned varint of at most 64 bits at this offset, and the offset after it.

    Raises `DecodeError` when it is cut off or too long.
    """
    value = 0
    for i in range(_LONGEST_VARINT):
        if at + i >= len(octets):
            break
        octet = octets[at + i]
        value |= (octet & 0x7F) << (7 * i)
        if octet < 0x80:
            if value >= 1 << 64:
                break
            return value, at + i + 1
    raise DecodeError("protobuf: malformed varint")


def read_fields(octets: bytes, most: int = MOST_FIELDS) -> list[Field]:
    """Return the fields of a message in their order on the wire.

    Raises `DecodeError` unless the octets are exactly a row of well-formed fields, at most `most`.
    """
    found: list[Field] = []
    at = 0
    while at < len(octets):
        if len(found) >= most:
            raise DecodeError("protobuf: too many fields")
        tag, at = read_varint(octets, at)
        number, wire_type = tag >> 3, tag & 7
        if not 0 < number <= _HIGHEST_NUMBER:
            raise DecodeError("protobuf: field number out of range")
        value: int | bytes
        if wire_type == VARINT:
            value, at = read_varint(octets, at)
        else:
            value, at = _octets_of(octets, at, wire_type)
        found.append(Field(number, wire_type, value))
    return found


def _octets_of(octets: bytes, at: int, wire_type: int) -> tuple[bytes, int]:
    if wire_type == LENGTH_DELIMITED:
        size, at = read_varint(octets, at)
    else:
        size = {FIXED64: 8, FIXED32: 4}.get(wire_type, -1)
    if size < 0 or size > len(octets) - at:
        raise DecodeError("protobuf: malformed field")
    return octets[at : at + size], at + size


def signed(value: int) -> int:
    """Return a varint of the types int32 and int64 as the signed number that it is."""
    return value - (1 << 64) if value >> 63 else value


def zigzag(value: int) -> int:
    """Return a varint of the types sint32 and sint64 as the signed number that it is."""
    return (value >> 1) ^ -(value & 1)


def floating(octets: bytes) -> float:
    """Return a float (4 octets) or double (8 octets).  Raises `DecodeError` for another length."""
    if len(octets) not in (4, 8):
        raise DecodeError("protobuf: neither float nor double")
    number: float = struct.unpack("<f" if len(octets) == 4 else "<d", octets)[0]
    return number
