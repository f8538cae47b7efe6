"""NATS: what is published to its servers, and what they deliver, to whom.

Credentials are told by their kind alone.
"""

import re
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import nats_lines as lines
from schouw_agent.protocols.identity import identity, line
from schouw_agent.protocols.stream import BODY_LIMIT, HEADER_LIMIT, OctetBuffer, StreamConversation
from schouw_agent.protocols.tls_conversation import HANDSHAKE, TlsConversation
from schouw_agent.records import Message

PORTS = frozenset({4222})
_END = b"\r\n"
_HELLO = bytes([HANDSHAKE, 3])
"""How TLS begins, which a client may go on with once the server has spoken."""
_TELLING = frozenset({b"INFO", b"CONNECT"})
"""Operations with a JSON object behind them, as no other protocol has."""
_JSON = re.compile(rb'(?i:INFO|CONNECT)[ \t]+\{\s*"')


class _Side:
    __slots__ = ("buffer", "lost", "pending")

    def __init__(self) -> None:
        self.buffer = OctetBuffer()
        self.lost = False
        """Something is missing, and no whole message has come since."""
        self.pending: lines.Operation | None = None
        """An operation whose payload is to come."""


class Conversation(StreamConversation):
    """The two sides of a connection between a client and a server."""

    def __init__(self, hint: PortHint) -> None:
        super().__init__()
        self._hint = hint
        self._sides = (_Side(), _Side())
        self._secure: TlsConversation | None = None
        self._begun = [0, 0]
        """Octets of each side before TLS."""

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        side = self._sides[from_orig]
        if self._secure is None:
            side.buffer.append(octets)
            while self._step(side, messages):
                pass
            if self._secure is None:
                return
            octets = self._begin(from_orig)
        self._pass(self._secure, from_orig, octets, messages)

    def _step(self, side: _Side, messages: list[Message]) -> bool:
        """Read one thing; return False if more octets are needed for it."""
        if side.pending is not None:
            return self._body(side, side.pending, messages)
        if side.buffer.peek(1) == bytes([HANDSHAKE]) and not side.lost:
            # The server has said that it speaks TLS, and the client begins.
            self._secure, self.encryption = TlsConversation(self._hint), "tls"
            return False
        octets = side.buffer.take_through(b"\n", HEADER_LIMIT)
        if octets is None:
            return False
        try:
            operation = lines.parse(octets.rstrip(_END))
        except DecodeError:
            if side.lost:
                return True
            raise
        if operation.total > BODY_LIMIT:
            raise DecodeError("message over the limit")
        if operation.total >= 0:
            side.pending = operation
        else:
            messages += _told(operation, side.buffer.position)
        return True

    def _body(self, side: _Side, operation: lines.Operation, messages: list[Message]) -> bool:
        if len(side.buffer) < operation.total + len(_END):
            return False
        side.pending = None
        body = side.buffer.take(operation.total)
        if side.buffer.take(len(_END)) != _END:
            if side.lost:  # a line of a payload looked like an operation
                return True
            raise DecodeError("payload without its end")
        side.lost = False
        messages.append(_message(operation, body, side.buffer.position))
        return True

    def _begin(self, from_orig: bool) -> bytes:
        """Return the octets with which one side begins TLS."""
        own, other = self._sides[from_orig].buffer, self._sides[not from_orig].buffer
        other.skip(len(other))
        self._begun[from_orig], self._begun[not from_orig] = own.position, other.position
        return own.take(len(own))

    def _pass(
        self, secure: TlsConversation, from_orig: bool, octets: bytes, messages: list[Message]
    ) -> None:
        """Hand octets to TLS, whose positions count from where it began."""
        try:
            found = secure.feed(from_orig, octets)
        finally:
            self.server_name = secure.server_name or self.server_name
            self.encryption = secure.encryption or self.encryption
        self.wanted = secure.wanted
        begun = self._begun[from_orig]
        messages += [m._replace(protocol="nats", end=m.end + begun) for m in found]
        # An error that came behind these is kept back, and there may be no next call.
        secure.feed(from_orig, b"")

    def _lose(self, from_orig: bool, octets: int) -> None:
        """Go on at the next line that is an operation; under TLS nothing can be found again."""
        if self._secure is not None:
            self.wanted = False
            return
        side = self._sides[from_orig]
        side.buffer.lose(octets)
        side.pending, side.lost = None, True


def _told(operation: lines.Operation, end: int) -> list[Message]:
    """Return what an operation without a payload tells."""
    if operation.name == b"INFO":
        version = lines.members(operation.stated).get("version")
        named = f"nats-server/{line(version)}" if isinstance(version, str) and version else ""
        return identity("nats", end, {"user_agent": named})
    if operation.name == b"CONNECT":
        stated = lines.members(operation.stated)
        name = stated.get("name")
        fields: dict[str, Any] = {
            "client_id": name if isinstance(name, str) else "",
            "credentials": lines.credentials(stated),
            "from_client": True,
        }
        return [Message("nats", "connect", fields, b"", end)]
    if operation.name == b"SUB":
        wanted = (lines.topic(operation.subject),)
        return [
            Message("nats", "subscribe", {"topic_filters": wanted, "from_client": True}, b"", end)
        ]
    return []


def _message(operation: lines.Operation, body: bytes, end: int) -> Message:
    """Return what was published or delivered."""
    payload = body[operation.header :]
    fields: dict[str, Any] = {
        "topic": lines.topic(operation.subject),
        "content_type": "",
        "from_client": operation.name in lines.PUBLISHING,
    }
    status = ""
    if operation.header:
        status, told = lines.header_fields(body[: operation.header])
        kinds = [value for name, value in told if name.lower() == "content-type"]
        fields["content_type"] = kinds[0].partition(";")[0].strip().lower() if kinds else ""
        if told:
            fields["user_properties"] = told
    if status or lines.is_housekeeping(operation.subject, payload):
        return Message("nats", "control", fields, b"", end)
    return Message("nats", "publish", fields, payload, end)


def _score(head: bytes, usual: bool) -> float:
    if head.startswith(_HELLO):
        return 0.3
    first, newline, rest = head.partition(b"\n")
    name = first.split(None, 1)[0].upper() if first.strip() else b""
    if not newline:
        if _JSON.match(first):
            return 0.95
        begun = any(each.startswith(name) for each in lines.OPERATIONS) if name else False
        return 0.3 if begun and not first[:1].isspace() else 0.0
    try:
        operation = lines.parse(first.rstrip(_END))
        if operation.stated:
            lines.members(operation.stated)
    except DecodeError:
        return 0.0
    if operation.total >= 0:
        after = rest[operation.total : operation.total + len(_END)]
        return 0.85 if _END.startswith(after) else 0.0
    if operation.name in _TELLING:
        return 0.95
    return 0.6 if usual else 0.4


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are operations of NATS."""
    if hint.transport != "tcp" or not (orig or resp):
        return 0.0
    usual = bool(PORTS & {hint.orig_port, hint.resp_port})
    scores = [_score(head, usual) for head in (orig, resp) if head]
    return max(scores) if min(scores) else 0.0


def _letters(name: bytes) -> dict[int, frozenset[int]]:
    return {at: frozenset(name[at : at + 1] + name[at : at + 1].lower()) for at in range(3)}


DECODER = Decoder(
    id="nats",
    title="NATS",
    reference="NATS documentation, client protocol; ADR-4 (headers); under TLS after INFO",
    transports=frozenset({"tcp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=tuple(Screen(octets=_letters(name), either=True) for name in sorted(lines.OPERATIONS)),
)
