"""MQTT 5 properties and the types that packets are made of (OASIS MQTT 5.0, 1.5, 2.2.2)."""

from collections.abc import Mapping
from typing import Any

from schouw_agent.errors import DecodeError

_BYTE, _TWO, _FOUR, _VARINT, _TEXT, _BINARY, _PAIR = range(7)

_PROPERTIES: Mapping[int, tuple[str, int]] = {
    0x01: ("payload_format", _BYTE),
    0x02: ("message_expiry_seconds", _FOUR),
    0x03: ("content_type", _TEXT),
    0x08: ("response_topic", _TEXT),
    0x09: ("correlation_data", _BINARY),
    0x0B: ("subscription_id", _VARINT),
    0x11: ("session_expiry_seconds", _FOUR),
    0x12: ("assigned_client_id", _TEXT),
    0x13: ("server_keep_alive_seconds", _TWO),
    0x15: ("authentication_method", _TEXT),
    0x16: ("authentication_data", _BINARY),
    0x17: ("request_problem", _BYTE),
    0x18: ("will_delay_seconds", _FOUR),
    0x19: ("request_response", _BYTE),
    0x1A: ("response_information", _TEXT),
    0x1C: ("server_reference", _TEXT),
    0x1F: ("reason_text", _TEXT),
    0x21: ("receive_maximum", _TWO),
    0x22: ("topic_alias_maximum", _TWO),
    0x23: ("topic_alias", _TWO),
    0x24: ("maximum_qos", _BYTE),
    0x25: ("retain_available", _BYTE),
    0x26: ("user_properties", _PAIR),
    0x27: ("maximum_packet_octets", _FOUR),
    0x28: ("wildcard_available", _BYTE),
    0x29: ("subscription_id_available", _BYTE),
    0x2A: ("shared_subscription_available", _BYTE),
}

# OASIS MQTT 5.0, table 2-4.
FOR_CONNECT = frozenset({0x11, 0x15, 0x16, 0x17, 0x19, 0x21, 0x22, 0x26, 0x27})
FOR_CONNACK = frozenset(
    {0x11, 0x12, 0x13, 0x15, 0x16, 0x1A, 0x1C, 0x1F, 0x21, 0x22}
    | {0x24, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A}
)
FOR_PUBLISH = frozenset({0x01, 0x02, 0x03, 0x08, 0x09, 0x0B, 0x23, 0x26})
FOR_WILL = frozenset({0x01, 0x02, 0x03, 0x08, 0x09, 0x18, 0x26})
FOR_ACK = frozenset({0x1F, 0x26})
FOR_SUBSCRIBE = frozenset({0x0B, 0x26})
FOR_UNSUBSCRIBE = frozenset({0x26})
FOR_DISCONNECT = frozenset({0x11, 0x1C, 0x1F, 0x26})
FOR_AUTH = frozenset({0x15, 0x16, 0x1F, 0x26})


def variable_length(data: bytes, start: int, stop: int) -> tuple[int, int]:
    """Return a variable byte integer and where it ends; (-1, start) if `stop` comes first.

    Raises `DecodeError` when it takes more than four octets (MQTT 5.0, 1.5.5).
    """
    value = shift = 0
    for i in range(start, min(stop, start + 4)):
        octet = data[i]
        value |= (octet & 0x7F) << shift
        if octet < 0x80:
            return value, i + 1
        shift += 7
    if stop - start >= 4:
        raise DecodeError("variable byte integer too long")
    return -1, start


def two_octets(data: bytes, start: int, stop: int) -> int:
    """Return a two byte integer.  Raises `DecodeError` if it passes `stop`."""
    if start + 2 > stop:
        raise DecodeError("packet too short")
    return data[start] << 8 | data[start + 1]


def binary(data: bytes, start: int, stop: int) -> tuple[bytes, int]:
    """Return length-prefixed octets and where they end.  Raises `DecodeError` past `stop`."""
    end = start + 2 + two_octets(data, start, stop)
    if end > stop:
        raise DecodeError("field longer than its packet")
    return data[start + 2 : end], end


def text(data: bytes, start: int, stop: int) -> tuple[str, int]:
    """Return a UTF-8 string and where it ends.  Raises `DecodeError` if it is not one."""
    octets, end = binary(data, start, stop)
    return decode_text(octets), end


def decode_text(octets: bytes) -> str:
    """Return octets as text.  Raises `DecodeError` on ill-formed UTF-8 or U+0000 (1.5.4)."""
    try:
        decoded = octets.decode()
    except UnicodeDecodeError:
        raise DecodeError("text is not UTF-8") from None
    if "\0" in decoded:
        raise DecodeError("text holds U+0000")
    return decoded


def properties(
    data: bytes, start: int, stop: int, allowed: frozenset[int]
) -> tuple[dict[str, Any], int]:
    """Return the properties by name and where they end.

    User properties are a tuple of (name, value) pairs.  Raises `DecodeError` if one
    is malformed, repeated or not allowed in this packet.
    """
    length, i = variable_length(data, start, stop)
    end = i + length
    if length < 0 or end > stop:
        raise DecodeError("properties longer than their packet")
    found: dict[str, Any] = {}
    pairs: list[tuple[str, str]] = []
    while i < end:
        kind = data[i]
        if kind not in allowed:
            raise DecodeError("property not allowed here")
        name, form = _PROPERTIES[kind]
        if form == _PAIR:
            key, i = text(data, i + 1, end)
            value, i = text(data, i, end)
            pairs.append((key, value))
            continue
        if name in found and kind != 0x0B:
            raise DecodeError("property repeated")
        found[name], i = _value(data, i + 1, end, form)
    if pairs:
        found["user_properties"] = tuple(pairs)
    return found, end


def _value(data: bytes, start: int, stop: int, form: int) -> tuple[Any, int]:
    if form == _TEXT:
        return text(data, start, stop)
    if form == _BINARY:
        return binary(data, start, stop)
    if form == _VARINT:
        number, end = variable_length(data, start, stop)
        if number < 0:
            raise DecodeError("packet too short")
        return number, end
    end = start + (1, 2, 4)[form]
    if end > stop:
        raise DecodeError("packet too short")
    return int.from_bytes(data[start:end], "big"), end
