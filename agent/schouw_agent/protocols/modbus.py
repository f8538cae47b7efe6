"""Modbus/TCP: what is asked of meters, pumps and controllers, and the numbers they answer."""

from typing import Any

import orjson

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import modbus_pdu as pdus
from schouw_agent.protocols.frames import FramedConversation
from schouw_agent.records import Message

PORTS = frozenset({502, 802})
_HEADER_OCTETS = 7
_LONGEST = 260
_BARE = 2
"""Unit and function alone: a serial frame over TCP may look like that too."""
_EXCEPTION = 3
"""Length of a response that refuses."""
_PENDING = 256


class Conversation(FramedConversation):
    """The two sides of one connection."""

    header_octets = _HEADER_OCTETS + 1

    def __init__(self, hint: PortHint) -> None:
        super().__init__(hint)
        self._client_is_orig = not (hint.orig_port in PORTS and hint.resp_port not in PORTS)
        self._asked: dict[int, pdus.Asked] = {}

    def _length(self, header: bytes) -> int:
        """Return the octets of a frame (MODBUS Messaging on TCP/IP V1.0b, 3.1.3)."""
        length = header[4] << 8 | header[5]
        if header[2] or header[3] or not 2 <= length <= _LONGEST:
            raise DecodeError("malformed header")
        return 6 + length

    def _frame(self, from_orig: bool, octets: bytes, end: int, messages: list[Message]) -> None:
        transaction, unit = octets[0] << 8 | octets[1], octets[6]
        pdu = octets[_HEADER_OCTETS:]
        fields: dict[str, Any] = {"unit": unit, "function": pdu[0] & 0x7F}
        if from_orig == self._client_is_orig:
            request, values = pdus.request(pdu)
            if len(self._asked) >= _PENDING:
                self._asked.clear()
            self._asked[transaction] = request
            messages.append(_message("request", fields, request, values, end))
            return
        asked = self._asked.pop(transaction, None)
        if asked is not None and asked.function != fields["function"]:
            asked = None
        if pdu[0] & 0x80:
            fields["exception"] = pdu[1] if len(pdu) > 1 else 0
            messages.append(_message("exception", fields, asked, {}, end))
            return
        messages.append(_message("response", fields, asked, pdus.response(pdu, asked), end))
        identity = pdus.identity(pdu)
        if identity:
            messages.append(Message("modbus", "identity", {"identity": identity}, b"", end))


def _message(
    kind: str,
    fields: dict[str, Any],
    asked: pdus.Asked | None,
    values: dict[str, list[int]],
    end: int,
) -> Message:
    """Return a message; its payload is the values as JSON, by kind of register."""
    if asked is not None and asked.address >= 0:
        fields |= {"address": asked.address, "quantity": asked.quantity}
    payload = orjson.dumps(values) if values else b""
    fields["content_type"] = "application/json" if values else ""
    return Message("modbus", kind, fields, payload, end)


def _fits(head: bytes, from_server: bool, strict: bool) -> bool:
    """Tell whether a head is a chain of frames, all that are seen in full of the right shape."""
    at = 0
    while at < len(head):
        header = head[at : at + _HEADER_OCTETS + 1]
        if header[2:4].strip(b"\0"):
            return at > 0 and not strict
        if len(header) < _HEADER_OCTETS + 1:
            return at > 0
        length = header[4] << 8 | header[5]
        if not 2 <= length <= _LONGEST:
            return False
        pdu = head[at + _HEADER_OCTETS : at + 6 + length]
        whole = at + 6 + length <= len(head)
        excepted = pdu[0] & 0x80 and (length != _EXCEPTION or not from_server)
        if excepted or not pdu[0] & 0x7F:
            return False
        shape = pdus.fits_response if from_server else pdus.fits_request
        if strict and whole and not shape(pdu):
            return False
        if strict and not at and (not whole or length == _BARE):
            return False
        at += 6 + length
    return True


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are frames of Modbus/TCP."""
    ends = {hint.orig_port, hint.resp_port}
    strict = not PORTS & ends
    swapped = hint.orig_port in PORTS and hint.resp_port not in PORTS
    for head, from_server in ((orig, swapped), (resp, not swapped)):
        if head and (head[2:4] != b"\0\0" or not _fits(head, from_server, strict)):
            return 0.0
    if not orig and not resp:
        return 0.0
    return 0.85 if strict else 0.95


DECODER = Decoder(
    id="modbus",
    title="Modbus/TCP",
    reference="MODBUS Messaging on TCP/IP V1.0b, 3; MODBUS Application Protocol V1.1b3, 6",
    transports=frozenset({"tcp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(Screen(octets={2: {0}, 3: {0}, 4: {0, 1}}),),
)
