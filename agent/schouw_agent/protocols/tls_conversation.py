"""A TLS connection over TCP: hellos and certificates, as far as they are in clear."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import PortHint
from schouw_agent.protocols import tls_certificate, tls_hello
from schouw_agent.protocols.stream import OctetBuffer, StreamConversation
from schouw_agent.records import Message

CHANGE_CIPHER, _ALERT, HANDSHAKE, _DATA, HEARTBEAT = range(20, 25)
_CLIENT_HELLO, _SERVER_HELLO, _CERTIFICATE = 1, 2, 11
_BEFORE_CERTIFICATE = frozenset({0, 4, 23})
"""Handshake messages that may stand between a hello and a certificate of the same side."""
_RECORD_LIMIT = (1 << 14) + 2048
"""RFC 5246, 6.2.3; RFC 8446, 5.2 allows less."""
_HANDSHAKE_LIMIT = 1 << 17
_RECORDS_LIMIT = 64
"""Records that are read in the hope of a ServerHello."""


class _Side:
    __slots__ = ("buffer", "client", "done", "greeted", "handshake", "started")

    def __init__(self) -> None:
        self.buffer = OctetBuffer()
        self.handshake = bytearray()
        self.started = False
        self.client = False
        """It sent the hello of a client."""
        self.greeted = False
        """Its hello was seen."""
        self.done = False
        """Nothing more that is in clear can come from this side."""


class TlsConversation(StreamConversation):
    """The two sides of one TLS connection, as long as it is in clear."""

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
            check_header(header)
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
        version = old_version(head)
        length = (head[0] & 0x7F) << 8 | head[1]
        if version < 0:
            raise DecodeError("neither a record nor an SSL 2.0 hello")
        if len(side.buffer) < 2 + length:
            return False
        side.buffer.skip(2 + length)
        side.started = side.greeted = True
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
        if kind == HANDSHAKE and not side.done:
            side.handshake += record
            while self.wanted and not side.done and self._handshake(side, messages):
                pass
        elif kind in (_DATA, CHANGE_CIPHER, HANDSHAKE, HEARTBEAT):
            self.encryption = self.encryption or "tls"
            # Encrypted from here on. Without a hello before it, this is the middle of a connection.
            side.done = True
            if not any(s.greeted for s in self._sides):
                self.wanted = False
        # The other side may have been silent so far, or out of sight.
        if all(s.done for s in self._sides) or self._records >= _RECORDS_LIMIT:
            self.wanted = False

    def _handshake(self, side: _Side, messages: list[Message]) -> bool:
        """Read the next handshake message, if it is whole; return whether it was."""
        held = side.handshake
        if len(held) < 4:
            return False
        kind = held[0]
        length = int.from_bytes(held[1:4], "big")
        if kind not in (_CLIENT_HELLO, _SERVER_HELLO, _CERTIFICATE):
            # Keys, or a hello that was before what was captured.
            side.done = kind not in _BEFORE_CERTIFICATE or not side.greeted
            self.encryption = self.encryption or "tls"
            if side.done:
                return False
        if length > _HANDSHAKE_LIMIT:
            raise DecodeError("hello over the limit")
        if len(held) < 4 + length:
            return False
        body = bytes(held[4 : 4 + length])
        del held[: 4 + length]
        end = side.buffer.position
        if kind == _CERTIFICATE:
            side.done = True
            self._certificate(side, body, end, messages)
        elif kind == _CLIENT_HELLO:
            side.greeted = side.client = True
            self._client(body, end, messages)
        elif kind == _SERVER_HELLO:
            side.greeted = True
            self._server(body, end, messages)
        return True

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
        # From TLS 1.3 on, certificates are encrypted.
        self.wanted = self.encryption != "tls 1.3"

    def _certificate(self, side: _Side, body: bytes, end: int, messages: list[Message]) -> None:
        """Tell whose certificate a side shows; a server's gives a name if its client gave none."""
        shown = tls_certificate.first_of_list(body)
        if shown is None:
            return
        if not side.client and not self.server_name:
            self.server_name = shown.host
        fields = tls_certificate.fields(shown, of_client=side.client)
        messages.append(Message("tls", "certificate", fields, b"", end))

    def _lose(self, from_orig: bool, octets: int) -> None:
        """Give up: records cannot be found again in octets that look random."""
        self._sides[from_orig].buffer.lose(octets)
        self.encryption = self.encryption or "tls"
        self.wanted = False


def check_header(header: bytes) -> None:
    """Refuse what cannot be the header of a record as soon as it shows."""
    if header and not CHANGE_CIPHER <= header[0] <= HEARTBEAT:
        raise DecodeError("unknown record type")
    if len(header) > 1 and (header[1] != 3 or (len(header) > 2 and header[2] > 4)):
        raise DecodeError("unknown record version")
    if len(header) == 5 and not 0 < (header[3] << 8 | header[4]) <= _RECORD_LIMIT:
        raise DecodeError("record length out of range")


def old_version(head: bytes) -> int:
    """Return the version in an SSL 2.0 hello; -1 if it is none (RFC 6101, E.1)."""
    length = (head[0] & 0x7F) << 8 | head[1]
    version = head[3] << 8 | head[4]
    ciphers, session, challenge = (head[i] << 8 | head[i + 1] for i in (5, 7, 9))
    known = version == 2 or 0x0300 <= version <= 0x0303
    whole = ciphers and ciphers % 3 == 0 and session in (0, 16) and 16 <= challenge <= 32
    if head[2] == 1 and known and whole and length == 9 + ciphers + session + challenge:
        return version
    return -1
