"""Tagged values of BACnet and the names of what they stand for (ANSI/ASHRAE 135-2020, 20.2, 21)."""

import struct
from collections.abc import Mapping
from typing import NamedTuple

from schouw_agent.errors import DecodeError

Value = str | int | float | bool | None

OBJECT_TYPES: Mapping[int, str] = {
    0: "analog_input",
    1: "analog_output",
    2: "analog_value",
    3: "binary_input",
    4: "binary_output",
    5: "binary_value",
    6: "calendar",
    8: "device",
    9: "event_enrollment",
    10: "file",
    12: "loop",
    13: "multi_state_input",
    14: "multi_state_output",
    15: "notification_class",
    17: "schedule",
    19: "multi_state_value",
    20: "trend_log",
    23: "accumulator",
    24: "pulse_converter",
    30: "access_door",
    54: "lighting_output",
}
PROPERTIES: Mapping[int, str] = {
    8: "all",
    28: "description",
    36: "event_state",
    44: "firmware_revision",
    58: "location",
    70: "model_name",
    75: "object_identifier",
    76: "object_list",
    77: "object_name",
    79: "object_type",
    85: "present_value",
    111: "status_flags",
    117: "units",
    120: "vendor_identifier",
    121: "vendor_name",
}
UNITS: Mapping[int, str] = {
    3: "A",
    5: "V",
    19: "kWh",
    29: "%RH",
    37: "lx",
    47: "W",
    48: "kW",
    53: "Pa",
    62: "°C",
    63: "K",
    64: "°F",
    74: "m/s",
    85: "m3/s",
    87: "l/s",
    95: "",
    96: "ppm",
    98: "%",
    135: "m3/h",
}
_NULL, _BOOLEAN, _UNSIGNED, _SIGNED, _REAL, _DOUBLE, _OCTETS, _TEXT, _BITS, _ENUMERATED = range(10)
_OBJECT = 12


class Tag(NamedTuple):
    """A tag and where its content lies (20.2.1)."""

    number: int
    context: bool
    opening: bool
    closing: bool
    value: int
    """Length, or the value of a boolean of an application tag."""
    start: int
    end: int


def tag(octets: bytes, at: int) -> Tag:
    """Return the tag that starts here.  Raises `DecodeError` if it does not fit."""
    if at >= len(octets):
        raise DecodeError("no tag")
    first = octets[at]
    number, context, size = first >> 4, bool(first & 8), first & 7
    at += 1
    if number == 15:
        number, at = _octet(octets, at), at + 1
    if context and size in (6, 7):
        return Tag(number, True, size == 6, size == 7, 0, at, at)
    if size == 5:
        size, at = _octet(octets, at), at + 1
        if size == 254:
            size, at = int.from_bytes(octets[at : at + 2], "big"), at + 2
        elif size == 255:
            raise DecodeError("value over the limit")
    end = at if not context and number == _BOOLEAN else at + size
    if end > len(octets):
        raise DecodeError("value longer than its message")
    return Tag(number, context, False, False, size, at, end)


def _octet(octets: bytes, at: int) -> int:
    if at >= len(octets):
        raise DecodeError("tag cut short")
    return octets[at]


def application_value(octets: bytes, found: Tag) -> Value:
    """Return the value of an application tag; None for a kind that is not read."""
    content = octets[found.start : found.end]
    number = found.number
    if number == _BOOLEAN:
        return bool(found.value)
    if number in (_UNSIGNED, _ENUMERATED):
        return int.from_bytes(content[:8], "big")
    if number == _SIGNED:
        return int.from_bytes(content[:8], "big", signed=True)
    if number == _REAL and len(content) == 4:
        return float(struct.unpack(">f", content)[0])
    if number == _DOUBLE and len(content) == 8:
        return float(struct.unpack(">d", content)[0])
    if number == _TEXT and content[:1] == b"\0":
        return content[1:].decode("utf-8", "replace").strip("\0 ")
    return None


def object_identifier(octets: bytes, found: Tag) -> tuple[str, int]:
    """Return type and instance of an object identifier (20.2.14).  Raises `DecodeError`."""
    content = octets[found.start : found.end]
    right = found.context or found.number == _OBJECT
    if len(content) != 4 or not right:
        raise DecodeError("malformed object identifier")
    number = int.from_bytes(content, "big")
    return OBJECT_TYPES.get(number >> 22, f"type_{number >> 22}"), number & 0x3FFFFF
