"""AMQP 1.0: links with their addresses, and the messages that are transferred over them.

OASIS AMQP 1.0, part 2 (transport), 3 (messaging) and 5 (security).
"""

from collections import OrderedDict
from typing import Any

import orjson

from schouw_agent.errors import DecodeError
from schouw_agent.protocols.amqp_types import Described, Reader
from schouw_agent.protocols.stream import BODY_LIMIT
from schouw_agent.records import Message

_OPEN, _ATTACH, _TRANSFER, _DETACH = 0x10, 0x12, 0x14, 0x16
_SASL_INIT = 0x41
_PROPERTIES, _APPLICATION, _DATA, _SEQUENCE, _VALUE = 0x73, 0x74, 0x75, 0x76, 0x77
_SECTIONS = range(0x70, 0x79)
_PERFORMATIVES = frozenset({*range(0x10, 0x19), *range(0x40, 0x45)})
_LINKS = 1024
_UNFINISHED = 64
_CREDENTIALS = {"PLAIN": "password", "LOGIN": "password", "ANONYMOUS": ""}
"""By SASL mechanism: what travels in clear; others prove without telling."""


class Links:
    """The links of one connection, in both directions."""

    def __init__(self) -> None:
        self._addresses: OrderedDict[tuple[bool, int, int], str] = OrderedDict()
        self._unfinished: OrderedDict[tuple[bool, int, int], bytearray] = OrderedDict()
        self._held = 0
        """Octets of all unfinished messages together."""
        self.server_name = ""

    def frame(self, from_orig: bool, octets: bytes, end: int) -> list[Message]:
        """Return the messages of a frame in full.  Raises `DecodeError`."""
        start = 4 * octets[4]
        if start < 8 or start > len(octets):
            raise DecodeError("malformed frame header")
        if start == len(octets):  # keeps the connection alive
            return []
        channel = octets[6] << 8 | octets[7]
        reader = Reader(octets[start:])
        performative = reader.value()
        if not isinstance(performative, Described) or not isinstance(performative.value, list):
            raise DecodeError("no performative")
        kind, values = performative.descriptor, performative.value
        if kind not in _PERFORMATIVES:
            raise DecodeError("unknown performative")
        if kind == _OPEN:
            self.server_name = self.server_name or (_text(values, 1) if from_orig else "")
            return [Message("amqp", "open", {"client_id": _text(values, 0)}, b"", end)]
        if kind == _SASL_INIT:
            told = {"credentials": _CREDENTIALS.get(_text(values, 0), "other")}
            return [Message("amqp", "authentication", told, b"", end)]
        if kind == _ATTACH:
            return [self._attach(from_orig, channel, values, end)]
        if kind == _DETACH:
            self._addresses.pop((from_orig, channel, _number(values, 0)), None)
        elif kind == _TRANSFER:
            return self._transfer(from_orig, channel, values, octets[start + reader.at :], end)
        return []

    def _attach(self, from_orig: bool, channel: int, values: list[Any], end: int) -> Message:
        receives = bool(values[2]) if len(values) > 2 else False
        source, target = _address(values, 5), _address(values, 6)
        address = target or source
        if not receives:
            self._addresses[from_orig, channel, _number(values, 1)] = address
            if len(self._addresses) > _LINKS:
                self._addresses.popitem(last=False)
        told = {"topic": address, "role": "receiver" if receives else "sender"}
        return Message("amqp", "attach", told, b"", end)

    def _transfer(
        self, from_orig: bool, channel: int, values: list[Any], octets: bytes, end: int
    ) -> list[Message]:
        key = (from_orig, channel, _number(values, 0))
        parts = self._unfinished.pop(key, None)
        more = len(values) > 5 and values[5] is True
        aborted = len(values) > 9 and values[9] is True
        if parts is not None:
            self._held -= len(parts)
            parts += octets
        if aborted:
            return []
        if more:
            self._keep(key, bytearray(octets) if parts is None else parts)
            return []
        return [self._message(key, octets if parts is None else bytes(parts), end)]

    def _keep(self, key: tuple[bool, int, int], parts: bytearray) -> None:
        if self._held + len(parts) > BODY_LIMIT or len(self._unfinished) >= _UNFINISHED:
            raise DecodeError("unfinished messages over the limit")
        self._unfinished[key] = parts
        self._held += len(parts)

    def _message(self, key: tuple[bool, int, int], octets: bytes, end: int) -> Message:
        """Return a message of its sections (3.2)."""
        reader = Reader(octets)
        fields: dict[str, Any] = {"topic": self._addresses.get(key, ""), "content_type": ""}
        data, values = bytearray(), []
        while not reader.done:
            section = reader.value()
            if not isinstance(section, Described) or section.descriptor not in _SECTIONS:
                raise DecodeError("unknown section")
            kind, value = section
            if kind == _PROPERTIES and isinstance(value, list):
                fields["topic"] = fields["topic"] or _text(value, 2)
                fields["content_type"] = _text(value, 6).partition(";")[0].strip().lower()
            elif kind == _DATA and isinstance(value, bytes):
                data += value
            elif kind in (_VALUE, _SEQUENCE):
                values.append(value)
            elif kind == _APPLICATION and isinstance(value, dict):
                fields["user_properties"] = tuple((k, str(v)) for k, v in list(value.items())[:64])
        return Message("amqp", "publish", fields, bytes(data) or _payload(values), end)


def _payload(values: list[Any]) -> bytes:
    """Return the octets of a message whose body is a value: as they are, or as JSON."""
    value = values[0] if len(values) == 1 else values
    if not values:
        return b""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    return orjson.dumps(value, default=lambda _: None)


def _text(values: list[Any], index: int) -> str:
    value = values[index] if index < len(values) else ""
    return value if isinstance(value, str) else ""


def _number(values: list[Any], index: int) -> int:
    value = values[index] if index < len(values) else 0
    return value if isinstance(value, int) else 0


def _address(values: list[Any], index: int) -> str:
    """Return the address of a source or target (3.5)."""
    terminus = values[index] if index < len(values) else None
    if isinstance(terminus, Described) and isinstance(terminus.value, list):
        return _text(terminus.value, 0)
    return ""
