"""Dahua's protocols: DHIP, which is JSON behind a header, and DVRIP, recognised and counted.

The layouts are as tools for them have it; there is no published specification.
"""

from typing import Any

import orjson

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.identity import identity, line
from schouw_agent.protocols.stream import BODY_LIMIT, OctetBuffer, StreamConversation
from schouw_agent.records import Message

PORTS = frozenset({37777, 37778, 37810, 5000})
_DHIP = b"\x20\0\0\0DHIP"
_HEADER_OCTETS = 32
_LOGIN_END = b"\xa1\xaa"
_DVRIP = (b"\xa0", b"\xb0", b"\xf6")
_LOGINS = frozenset({b"\x60", b"\x58"})
_FACTS = {
    "DeviceType": "model",
    "SerialNo": "serial",
    "Version": "firmware",
    "Vendor": "vendor",
    "MachineName": "name",
    "DeviceClass": "device_type",
}


class Conversation(StreamConversation):
    """The messages of DHIP; what is DVRIP is only counted."""

    def __init__(self, hint: PortHint) -> None:
        super().__init__()
        self._datagrams = hint.transport == "udp"
        self.survives = self._datagrams
        self.unread = False
        self._buffers = (OctetBuffer(), OctetBuffer())

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        buffer = self._buffers[from_orig]
        buffer.append(octets)
        try:
            while self.wanted and len(buffer):
                if not self._message(buffer, messages):
                    break
        finally:
            if self._datagrams:
                buffer.skip(len(buffer))

    def _message(self, buffer: OctetBuffer, messages: list[Message]) -> bool:
        """Read the next message; return whether it was whole."""
        header = buffer.peek(_HEADER_OCTETS)
        if header[:1] in _DVRIP:
            if len(header) < _HEADER_OCTETS:
                return False
            if not _is_dvrip(header):
                raise DecodeError("unknown header")
            self.wanted = False
            self.unread = True
            return False
        if header[: len(_DHIP)] != _DHIP[: len(header)]:
            raise DecodeError("unknown header")
        if len(header) < _HEADER_OCTETS:
            return False
        length = int.from_bytes(header[16:20], "little")
        if length > BODY_LIMIT:
            raise DecodeError("message over the limit")
        if len(buffer) < _HEADER_OCTETS + length:
            return False
        body = buffer.take(_HEADER_OCTETS + length)[_HEADER_OCTETS:]
        messages += _told(body, buffer.position)
        return True

    def _lose(self, from_orig: bool, octets: int) -> None:
        """Give up a stream: nothing marks where the next message starts."""
        self._buffers[from_orig].lose(octets)
        self.wanted = self._datagrams


def _told(body: bytes, end: int) -> list[Message]:
    """Return a message with its JSON, but of a login only that it is one."""
    body = body.rstrip(b"\0\r\n ")
    try:
        value = orjson.loads(body)
    except ValueError:
        return [Message("dahua", "other", {"method": ""}, b"", end)]
    value = value if isinstance(value, dict) else {}
    method = line(str(value.get("method", "")))
    fields: dict[str, Any] = {"method": method}
    if method == "global.login":
        return [Message("dahua", "login", fields, b"", end)]
    parameters = value.get("params")
    device = parameters.get("deviceInfo") if isinstance(parameters, dict) else None
    if isinstance(device, dict):
        facts = {to: line(str(device.get(name, ""))) for name, to in _FACTS.items()}
        facts["mac"] = line(str(value.get("mac", ""))).lower()
        return [
            Message("dahua", "device", fields, b"", end),
            *identity("dahua", end, facts),
        ]
    kind = "request" if method else "response"
    return [Message("dahua", kind, fields, body, end)]


def _is_dvrip(head: bytes) -> bool:
    """Return whether a head is one of a login, or of JSON (0xF6)."""
    if head[:1] == b"\xa0":
        return head[3:4] in _LOGINS and (len(head) < 32 or head[30:32] == _LOGIN_END)
    if head[:1] == b"\xb0":
        return head[3:4] in _LOGINS
    return head[:4] == b"\xf6\0\0\0" and len(head) >= 32


def _head_score(head: bytes, usual: bool) -> float:
    if head.startswith(_DHIP) and len(head) >= _HEADER_OCTETS:
        return 0.98
    if head[:1] == b"\xa0":
        return 0.95 if len(head) >= 32 and _is_dvrip(head) else 0.0
    if head[:1] == b"\xb0":
        return 0.8 if usual and _is_dvrip(head) else 0.0
    return 0.9 if _is_dvrip(head) and head[32:33] == b"{" else 0.0


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are Dahua's: by the name in the header, or the end of a login."""
    heads = [head for head in (orig, resp) if head]
    if not heads:
        return 0.0
    if orig[:1] == b"\xa0" and resp[:1] == b"\xb0":
        heads = [orig]
    usual = bool(PORTS & {hint.orig_port, hint.resp_port})
    return min(_head_score(head, usual) for head in heads)


DECODER = Decoder(
    id="dahua",
    title="Dahua DHIP and DVRIP",
    reference="as open tools for Dahua's devices have it (discovery and JSON console)",
    transports=frozenset({"tcp", "udp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(
        Screen(octets=dict(enumerate({each} for each in _DHIP))),
        Screen(octets={0: {0xA0}, 3: {0x60, 0x58}}),
        Screen(octets={0: {0xB0}}),
        Screen(octets=dict(enumerate({each} for each in b"\xf6\0\0\0"))),
    ),
)
