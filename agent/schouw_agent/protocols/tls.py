"""TLS over TCP: the hellos in clear, and that the rest is encrypted."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import tls_hello
from schouw_agent.protocols.stream import OctetBuffer, StreamConversation
from schouw_agent.records import Message

PORTS = frozenset({443, 8443, 8883})
_CHANGE_CIPHER, _ALERT, _HANDSHAKE, _DATA, _HEARTBEAT = range(20, 25)
_CLIENT_HELLO, _SERVER_HELLO = 1, 2
_RECORD_LIMIT = (1 << 14) + 2048
"""RFC 5246, 6.2.3; RFC 8446, 5.2 allows less."""
_HANDSHAKE_LIMIT = 1 << 17
_RECORDS_LIMIT = 64
"""Records that are read in the hope of a ServerHello."""


class _Side:
    __slots__ = ("buffer", "done", "handshake", "started")

    def __init__(self) -> None:
        self.buffer = OctetBuffer()
        self.handshake = bytearray()
        self.started = False
        self.done = False
        """The hello of this side was seen, or it can no longer come."""


class Conversation(StreamConversation):
    """The two sides of one TLS connection, until both hellos were seen."""

    def __init__(self, _hint: PortHint) -> None:
        super().__init__()
        self._sides = (_Side(), _Side())
        self._records = 0

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        side = self._sides[from_orig]
        side.buffer.append(octets)
        if not side.started and not self._old_hello(side, messages):
            return
        while self.wanted:
            header = side.buffer.peek(5)
            _check_header(header)
            if len(header) < 5:
                return
            length = header[3] << 8 | header[4]
            if len(side.buffer) < 5 + length:
                return
            record = side.buffer.take(5 + length)[5:]
            self._record(side, header[0], record, messages)

    def _old_hello(self, side: _Side, messages: list[Message]) -> bool:
        """Read an SSL 2.0 hello at the start, if there is one; return whether records follow.

        RFC 6101, appendix E: older clients offer SSL 3.0 and TLS 1.0 in it.
        """
        head = side.buffer.peek(11)
        if head[:1] < b"\x80":
            side.started = bool(head)
            return side.started
        if len(head) < 11:
            return False
        version = _old_version(head)
        length = (head[0] & 0x7F) << 8 | head[1]
        if version < 0:
            raise DecodeError("neither a record nor an SSL 2.0 hello")
        if len(side.buffer) < 2 + length:
            return False
        side.buffer.skip(2 + length)
        side.started = side.done = True
        fields = {
            "server_name": "",
            "alpn": (),
            "legacy_version": tls_hello.version_name(version),
            "versions": (),
            "ja4": "",
        }
        messages.append(Message("tls", "client_hello", fields, b"", side.buffer.position))
        self.encryption = "ssl 2.0" if version == 2 else "tls"
        self.wanted = version != 2
        return self.wanted

    def _record(self, side: _Side, kind: int, record: bytes, messages: list[Message]) -> None:
        self._records += 1
        if kind == _HANDSHAKE and not side.done:
            side.handshake += record
            self._handshake(side, messages)
        elif kind in (_DATA, _CHANGE_CIPHER, _HANDSHAKE, _HEARTBEAT):
            self.encryption = self.encryption or "tls"
            # Without a hello before it, this is the middle of a connection.
            if not any(s.done for s in self._sides):
                self.wanted = False
        if self._records >= _RECORDS_LIMIT:
            self.wanted = False

    def _handshake(self, side: _Side, messages: list[Message]) -> None:
        held = side.handshake
        if len(held) < 4:
            return
        length = int.from_bytes(held[1:4], "big")
        if held[0] not in (_CLIENT_HELLO, _SERVER_HELLO):
            # Such as a certificate: the hello was before what was captured.
            side.done = True
            self.encryption = self.encryption or "tls"
            return
        if length > _HANDSHAKE_LIMIT:
            raise DecodeError("hello over the limit")
        if len(held) < 4 + length:
            return
        body = bytes(held[4 : 4 + length])
        kind = held[0]
        side.handshake = bytearray()
        side.done = True
        if kind == _CLIENT_HELLO:
            self._client(body, side.buffer.position, messages)
        else:
            self._server(body, side.buffer.position, messages)

    def _client(self, body: bytes, end: int, messages: list[Message]) -> None:
        hello = tls_hello.client_hello(body)
        self.server_name = hello.server_name
        self.encryption = self.encryption or "tls"
        fields = tls_hello.fields(hello, "t")
        messages.append(Message("tls", "client_hello", fields, b"", end))

    def _server(self, body: bytes, end: int, messages: list[Message]) -> None:
        hello = tls_hello.server_hello(body)
        self.encryption = tls_hello.version_name(hello.version)
        fields = {
            "version": self.encryption,
            "cipher": f"{hello.cipher:04x}",
            "alpn": hello.alpn,
            "retry": hello.retry,
        }
        messages.append(Message("tls", "server_hello", fields, b"", end))
        self.wanted = False

    def _lose(self, from_orig: bool, octets: int) -> None:
        """Give up: records cannot be found again in octets that look random."""
        self._sides[from_orig].buffer.lose(octets)
        self.encryption = self.encryption or "tls"
        self.wanted = False


def _check_header(header: bytes) -> None:
    """Refuse what cannot be the header of a record as soon as it shows."""
    if header and not _CHANGE_CIPHER <= header[0] <= _HEARTBEAT:
        raise DecodeError("unknown record type")
    if len(header) > 1 and (header[1] != 3 or (len(header) > 2 and header[2] > 4)):
        raise DecodeError("unknown record version")
    if len(header) == 5 and not 0 < (header[3] << 8 | header[4]) <= _RECORD_LIMIT:
        raise DecodeError("record length out of range")


def _old_version(head: bytes) -> int:
    """Return the version in an SSL 2.0 hello; -1 if it is none (RFC 6101, E.1)."""
    length = (head[0] & 0x7F) << 8 | head[1]
    version = head[3] << 8 | head[4]
    ciphers, session, challenge = (head[i] << 8 | head[i + 1] for i in (5, 7, 9))
    known = version == 2 or 0x0300 <= version <= 0x0303
    whole = ciphers and ciphers % 3 == 0 and session in (0, 16) and 16 <= challenge <= 32
    if head[2] == 1 and known and whole and length == 9 + ciphers + session + challenge:
        return version
    return -1


def _head_score(head: bytes) -> float:
    if head[0] >= 0x80:
        return 0.95 if len(head) >= 11 and _old_version(head) >= 0 else 0.0
    at = count = 0
    while at < len(head):
        try:
            _check_header(head[at : at + 5])
        except DecodeError:
            return 0.0
        if len(head) - at < 5:
            break
        at += 5 + (head[at + 3] << 8 | head[at + 4])
        count += 1
    if not count:
        return 0.0
    body = head[5:]
    hello = head[0] == _HANDSHAKE and body[:1] in (b"\x01", b"\x02") and body[4:5] in (b"", b"\3")
    if hello and len(body) >= 6:
        return 0.98
    return 0.8 if count > 1 or at == len(head) else 0.7


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are the first octets of TLS."""
    heads = [head for head in (orig, resp) if head]
    if hint.transport != "tcp" or not heads:
        return 0.0
    return min(_head_score(head) for head in heads)


DECODER = Decoder(
    id="tls",
    title="TLS 1.0 to 1.3, and SSL",
    reference="RFC 8446, RFC 5246; JA4 (FoxIO, BSD-3-Clause part)",
    transports=frozenset({"tcp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(
        Screen(octets={0: range(_CHANGE_CIPHER, _HEARTBEAT + 1), 1: {3}, 2: range(5)}),
        Screen(octets={0: range(0x80, 0x100), 2: {1}}),
    ),
)
