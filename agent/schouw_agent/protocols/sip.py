"""SIP: door phones, emergency pillars and intercoms that call, and the media they agree on."""

import re
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import sdp, sip_fields, text_head
from schouw_agent.protocols.stream import BODY_LIMIT, OctetBuffer, StreamConversation
from schouw_agent.records import Message

PORTS = frozenset({5060})
_URI = rb"(?:[sS][iI][pP][sS]?|[tT][eE][lL]|[uU][rR][nN]):"
_REQUEST = re.compile(rb"([A-Z]{2,20}) (" + _URI + rb"\S{1,4096}) SIP/2\.0")
_RESPONSE = re.compile(rb"SIP/2\.0 ([1-6][0-9]{2})(?: .*)?", re.DOTALL)
_HEAD = re.compile(
    rb"[A-Z]{2,20} " + _URI + rb"(?:\S{1,4096} SIP/2\.0\r?\n|[\x20-\x7e]{180,}\r?\Z)"
    rb"|SIP/2\.0 [1-6][0-9]{2}[ \r\n]"
)
_KEEP_ALIVE = b"\r\n\0 "
_LONGEST_AGENT = 120
_FIRST = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ" + _KEEP_ALIVE)


class _Side:
    __slots__ = ("agent", "buffer", "head", "pending")

    def __init__(self) -> None:
        self.buffer = OctetBuffer()
        self.head = text_head.HeadReader()
        self.pending: tuple[str, dict[str, Any], dict[str, str], int] | None = None
        """Kind, fields, header fields and length of a message whose body is to come."""
        self.agent = ""


class Conversation(StreamConversation):
    """The requests and responses between two ports."""

    def __init__(self, hint: PortHint) -> None:
        super().__init__()
        self._datagrams = hint.transport == "udp"
        self.survives = self._datagrams
        self._sides = (_Side(), _Side())

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        side = self._sides[from_orig]
        if self._datagrams:
            _clear(side)
            if not octets.strip(_KEEP_ALIVE):
                side.buffer.append(octets)
                side.buffer.skip(len(octets))
                return
        side.buffer.append(octets)
        while self._step(side, messages):
            pass
        if self._datagrams and side.head.begun:
            raise DecodeError("head cut off")

    def _step(self, side: _Side, messages: list[Message]) -> bool:
        """Read one thing; return False if more octets are needed for it."""
        if side.pending is not None:
            return self._body(side, messages)
        if not side.head.begun and side.buffer.peek(1) in (b"\r", b"\n", b"\0"):
            return bool(side.buffer.skip(1))  # keeps the way open (RFC 5626, 3.5.1)
        lines = side.head.read(side.buffer)
        start = lines[0] if lines else side.head.start_line
        if start and not (_REQUEST.fullmatch(start) or _RESPONSE.fullmatch(start)):
            raise DecodeError("malformed start line")
        if lines is None:
            return False
        self._head(side, lines)
        return True

    def _head(self, side: _Side, lines: list[bytes]) -> None:
        headers = sip_fields.full_names(text_head.fields(lines[1:]))
        told = sip_fields.fields(headers)
        response = _RESPONSE.fullmatch(lines[0])
        request = _REQUEST.fullmatch(lines[0])
        if response is not None:
            kind = "response"
            told["status"] = int(response[1])
        else:
            kind = "request"
            told["method"] = request[1].decode() if request else ""
            told["host"] = sip_fields.host(request[2].decode("latin-1") if request else "")
            secret = headers.get("authorization", headers.get("proxy-authorization", ""))
            told["credentials"] = text_head.credentials(secret)
        length = len(side.buffer) if self._datagrams else 0
        if "content-length" in headers:
            length = text_head.content_length(headers["content-length"])
        if length > BODY_LIMIT:
            raise DecodeError("body over the limit")
        side.pending = (kind, told, headers, length)

    def _body(self, side: _Side, messages: list[Message]) -> bool:
        """Deliver a message once its body is there, with what follows from it."""
        if side.pending is None:
            return False
        kind, told, headers, length = side.pending
        if len(side.buffer) < length:
            if not self._datagrams:
                return False
            told["truncated"] = True
        side.pending = None
        payload = side.buffer.take(length)
        if self._datagrams:
            side.buffer.skip(len(side.buffer))
        end = side.buffer.position
        description = told["content_type"] == "application/sdp"
        messages.append(Message("sip", kind, told, b"" if description else payload, end))
        agent = headers.get("user-agent", headers.get("server", ""))[:_LONGEST_AGENT]
        if agent and agent != side.agent:
            side.agent = agent
            messages.append(
                Message("sip", "identity", {"identity": {"user_agent": agent}}, b"", end)
            )
        if description:
            messages += _sessions(payload, end)
        return True

    def _lose(self, from_orig: bool, octets: int) -> None:
        """Give up a stream: its place is lost.  A lost datagram says nothing of the next one."""
        side = self._sides[from_orig]
        side.buffer.lose(octets)
        _clear(side)
        self.wanted = self._datagrams


def _clear(side: _Side) -> None:
    side.head.clear()
    side.pending = None
    side.buffer.skip(len(side.buffer))


def _sessions(description: bytes, end: int) -> list[Message]:
    """Return a message of kind session for each medium that a description says where to send."""
    found = []
    for medium in sdp.parse(description):
        if medium.port:
            told = {
                "transport": "udp",
                "receiver": medium.address,
                "client_port": medium.port,
                "media": medium.media,
                "payload_types": dict(medium.payload_types),
            }
            found.append(Message("sip", "session", told, b"", end))
    return found


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:  # noqa: ARG001
    """Return how surely these are the first octets of SIP."""
    heads = [head for each in (orig, resp) if (head := each.lstrip(_KEEP_ALIVE))]
    return 0.98 if heads and all(_HEAD.match(head) for head in heads) else 0.0


DECODER = Decoder(
    id="sip",
    title="SIP",
    reference="RFC 3261; RFC 3264 and RFC 8866 (SDP)",
    transports=frozenset({"udp", "tcp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(Screen(octets=dict.fromkeys(range(3), _FIRST)),),
)
