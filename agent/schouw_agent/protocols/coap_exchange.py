"""What CoAP responses answer, and bodies in blocks (RFC 7252, 5.3; RFC 7959; RFC 7641)."""

from collections import OrderedDict
from typing import Any, NamedTuple

from schouw_agent.protocols import coap_packet as packets
from schouw_agent.records import Message

_TOKENS = 1024
_BODIES = 16
_BODY_LIMIT = 1 << 20
_REMEMBERED = 64
_REQUEST, _RESPONSE = packets.BLOCK1, packets.BLOCK2


class _Asked(NamedTuple):
    method: str
    path: str
    query: str
    host: str


class _Body:
    __slots__ = ("blocks", "complete", "octets")

    def __init__(self) -> None:
        self.octets = bytearray()
        self.blocks = 0
        self.complete = True


class Exchanges:
    """The requests of either side that may still be answered, within bounds."""

    def __init__(self) -> None:
        self._asked: OrderedDict[tuple[bool, bytes], _Asked] = OrderedDict()
        self._bodies: OrderedDict[tuple[bool, int, str, bytes], _Body] = OrderedDict()
        self._seen: OrderedDict[tuple[bool, int, int], None] = OrderedDict()

    def is_repeated(self, from_orig: bool, packet: packets.Packet) -> bool:
        """Tell whether a message was sent before, because nobody acknowledged it in time."""
        key = (from_orig, packet.message_id, packet.code)
        if key in self._seen:
            return True
        self._seen[key] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return False

    def message(self, from_orig: bool, packet: packets.Packet, end: int) -> Message | None:
        """Return what a request or response tells; None while blocks of its body are to come.

        Raises `DecodeError` if an option is malformed.
        """
        if packet.code in packets.METHODS:
            fields = self._request(from_orig, packet)
            kind, block = "request", _REQUEST
        else:
            fields = self._response(from_orig, packet)
            kind, block = "response", _RESPONSE
        payload: bytes | None = packet.payload
        if packet.number(block) >= 0:
            payload = self._block(from_orig, packet, block, fields)
        return None if payload is None else Message("coap", kind, fields, payload, end)

    def _request(self, from_orig: bool, packet: packets.Packet) -> dict[str, Any]:
        hosts = packet.values(packets.URI_HOST)
        asked = _Asked(
            packets.METHODS[packet.code],
            packet.path() or "/",
            "&".join(map(packets.text, packet.values(packets.URI_QUERY))),
            packets.text(hosts[0]) if hosts else "",
        )
        self._asked[from_orig, packet.token] = asked
        if len(self._asked) > _TOKENS:
            self._asked.popitem(last=False)
        return _fields(asked, packet)

    def _response(self, from_orig: bool, packet: packets.Packet) -> dict[str, Any]:
        # A token stays: notifications answer the same request again and again.
        asked = self._asked.get((not from_orig, packet.token), _Asked("", "", "", ""))
        fields = _fields(asked, packet) | {"status": packets.status(packet.code)}
        # The query was the client's to send.
        del fields["query"], fields["host"]
        return fields

    def _block(
        self, from_orig: bool, packet: packets.Packet, option: int, fields: dict[str, Any]
    ) -> bytes | None:
        """Return the body that a block completes; None if more are to come (RFC 7959, 2)."""
        block = packet.number(option)
        number, more = block >> 4, bool(block & 8)
        if option == _REQUEST and packet.code not in packets.METHODS:
            return packet.payload
        if not number and not more:
            return packet.payload
        tag = b"".join(packet.values(4))
        key = (from_orig, option, fields["path"], tag)
        body = self._bodies.get(key) if number else None
        if body is None:
            body = self._bodies[key] = _Body()
            body.complete = not number
            if len(self._bodies) > _BODIES:
                self._bodies.popitem(last=False)
        if number < body.blocks:
            return None
        body.complete = body.complete and number == body.blocks
        body.blocks = number + 1
        kept = packet.payload[: _BODY_LIMIT - len(body.octets)]
        body.complete = body.complete and len(kept) == len(packet.payload)
        body.octets += kept
        if more:
            return None
        del self._bodies[key]
        fields["blocks"] = body.blocks
        if not body.complete:
            fields["truncated"] = True
        return bytes(body.octets)


def _fields(asked: _Asked, packet: packets.Packet) -> dict[str, Any]:
    number = packet.number(packets.CONTENT_FORMAT)
    return {
        "method": asked.method,
        "path": asked.path,
        "query": asked.query,
        "host": asked.host,
        "content_type": packets.MEDIA_TYPES.get(number, ""),
        "observe": packet.number(packets.OBSERVE) >= 0,
    }
