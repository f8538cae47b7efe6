"""The Modbus PDU: functions, and the shapes of their requests and responses.

MODBUS Application Protocol Specification V1.1b3, 6.
"""

from typing import Any, NamedTuple

from schouw_agent.errors import DecodeError

READ_BITS = {1: "coils", 2: "discrete_inputs"}
READ_REGISTERS = {3: "holding_registers", 4: "input_registers"}
_SINGLE = {5: "coils", 6: "holding_registers"}
_MULTIPLE = {15: "coils", 16: "holding_registers"}
_READ_WRITE, _MASK, _ENCAPSULATED = 23, 22, 43
_DEVICE_IDENTIFICATION = 14
KNOWN = frozenset({*range(1, 9), 11, 12, 15, 16, 17, 20, 21, 22, 23, 24, 43})
_EXCEPTIONS = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 10, 11})
_MOST_BITS, _MOST_REGISTERS = 2000, 125
_OBJECTS = {0: "vendor", 1: "model", 2: "firmware", 4: "name", 5: "model"}
"""Objects of 6.21 that say what a device is."""
_LONGEST_TEXT = 120


class Asked(NamedTuple):
    """What of a request its response is told with."""

    function: int
    address: int
    quantity: int


def _two(octets: bytes, at: int) -> int:
    return octets[at] << 8 | octets[at + 1]


def fits_request(pdu: bytes) -> bool:
    """Tell whether a PDU has the shape of a request of a common function."""
    function, size = pdu[0], len(pdu)
    if function in READ_BITS or function in READ_REGISTERS:
        most = _MOST_BITS if function in READ_BITS else _MOST_REGISTERS
        return size == 5 and 0 < _two(pdu, 3) <= most
    if function in _SINGLE:
        return size == 5 and (function == 6 or pdu[3:] in (b"\0\0", b"\xff\0"))
    if function in _MULTIPLE:
        return size > 6 and size == 6 + pdu[5] and 0 < _two(pdu, 3) <= 1968
    if function == _READ_WRITE:
        return size > 10 and size == 10 + pdu[9]
    if function == _MASK:
        return size == 7
    if function == _ENCAPSULATED:
        return size >= 2 and pdu[1] in (13, _DEVICE_IDENTIFICATION)
    return function in (7, 11, 12, 17) and size == 1


def fits_response(pdu: bytes) -> bool:
    """Tell whether a PDU has the shape of a response of a common function."""
    function, size = pdu[0], len(pdu)
    if function & 0x80:
        return size == 2 and function & 0x7F in KNOWN and pdu[1] in _EXCEPTIONS
    if function in READ_BITS:
        return size > 2 and size == 2 + pdu[1]
    if function in READ_REGISTERS or function == _READ_WRITE:
        return size > 3 and size == 2 + pdu[1] and pdu[1] % 2 == 0
    if function in _SINGLE or function in _MULTIPLE:
        return size == 5
    if function in (_MASK, _ENCAPSULATED):
        return fits_request(pdu)
    return function in (11, 12, 17) and size > 1 and (size == 2 + pdu[1] or size == 5)


def request(pdu: bytes) -> tuple[Asked, dict[str, list[int]]]:
    """Return what is asked for, and the values that are written, by kind of register."""
    function = pdu[0]
    if not fits_request(pdu):
        return Asked(function, -1, 0), {}
    if function in READ_BITS or function in READ_REGISTERS:
        return Asked(function, _two(pdu, 1), _two(pdu, 3)), {}
    if function in _SINGLE:
        value = _two(pdu, 3) if function == 6 else pdu[3] & 1
        return Asked(function, _two(pdu, 1), 1), {_SINGLE[function]: [value]}
    if function in _MULTIPLE:
        quantity = _two(pdu, 3)
        values = _registers(pdu[6:]) if function == 16 else _bits(pdu[6:])
        return Asked(function, _two(pdu, 1), quantity), {_MULTIPLE[function]: values[:quantity]}
    if function == _READ_WRITE:
        return (
            Asked(function, _two(pdu, 1), _two(pdu, 3)),
            {"holding_registers": _registers(pdu[10:])},
        )
    return Asked(function, -1, 0), {}


def response(pdu: bytes, asked: Asked | None) -> dict[str, list[int]]:
    """Return the values that a response gives, by kind of register."""
    function = pdu[0]
    if not fits_response(pdu):
        return {}
    if function in READ_BITS:
        values = _bits(pdu[2:])
        return {READ_BITS[function]: values[: asked.quantity] if asked else values}
    if function in READ_REGISTERS:
        return {READ_REGISTERS[function]: _registers(pdu[2:])}
    return {"holding_registers": _registers(pdu[2:])} if function == _READ_WRITE else {}


def identity(pdu: bytes) -> dict[str, Any]:
    """Return what a device says of itself in a response to Read Device Identification (6.21).

    Raises `DecodeError` when an object is longer than the response.
    """
    if pdu[0] != _ENCAPSULATED or len(pdu) < 7 or pdu[1] != _DEVICE_IDENTIFICATION:
        return {}
    found: dict[str, Any] = {}
    at = 7
    for _ in range(pdu[6]):
        if at + 2 > len(pdu) or at + 2 + pdu[at + 1] > len(pdu):
            raise DecodeError("object longer than its response")
        kind, length = _OBJECTS.get(pdu[at]), pdu[at + 1]
        text = pdu[at + 2 : at + 2 + length].decode("utf-8", "replace").strip()
        if kind and text.isprintable() and text:
            found[kind] = text[:_LONGEST_TEXT]
        at += 2 + length
    return found


def _registers(octets: bytes) -> list[int]:
    return [_two(octets, at) for at in range(0, len(octets) - 1, 2)]


def _bits(octets: bytes) -> list[int]:
    return [octet >> bit & 1 for octet in octets for bit in range(8)]
