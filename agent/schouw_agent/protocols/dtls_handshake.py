"""The part of a DTLS connection that is in clear: hellos and certificates (RFC 6347, RFC 9147)."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Screen
from schouw_agent.protocols import tls_certificate, tls_hello
from schouw_agent.records import Message

_HANDSHAKE, _DATA, _WITH_ID = 22, 23, 25
_TYPES = range(20, 27)
_VERSIONS = (b"\xfe\xff", b"\xfe\xfd", b"\x01\x00")
"""DTLS 1.0, 1.2 (and 1.3 in records in clear), and what OpenSSL had before the standard."""
_RECORD_OCTETS = 13
SCREENS = (
    Screen(octets={0: _TYPES, 1: {0xFE, 0x01}, 2: {0xFF, 0xFD, 0x00}}, least=_RECORD_OCTETS),
)
_RECORD_LIMIT = (1 << 14) + 2048
_HANDSHAKE_OCTETS = 12
_HANDSHAKE_TYPES = frozenset({0, 1, 2, 3, 4, 8, 11, 12, 13, 14, 15, 16, 20, 21, 22, 23, 24, 25})
_CLIENT_HELLO, _SERVER_HELLO, _CERTIFICATE = 1, 2, 11
_READ = frozenset({_CLIENT_HELLO, _SERVER_HELLO, _CERTIFICATE})
_HELLO_LIMIT = 1 << 16
_FRAGMENTS_LIMIT = 64
_CUT = 250
"""Octets from which a head may be cut off."""


_Key = tuple[bool, int, int, int]
"""Direction, type, number and length of a handshake message."""


class Handshake:
    """What both sides say in clear; fragments may come in any order."""

    __slots__ = (
        "_client",
        "_count",
        "_fragments",
        "_held",
        "complete",
        "encryption",
        "server_name",
    )

    def __init__(self) -> None:
        self.server_name = ""
        self.encryption = "dtls"
        self.complete = False
        """Encrypted data were seen, or will follow at once: no more is to be learnt."""
        self._client: bool | None = None
        """The direction that the client's hello went in."""
        self._fragments: dict[_Key, dict[int, bytes]] = {}
        self._count = 0
        self._held = 0
        """Octets of fragments that were kept, also those that are not any more."""

    def read(self, from_orig: bool, octets: bytes, end: int, messages: list[Message]) -> None:
        """Add the hellos and certificates that a datagram completes.  Raises `DecodeError`."""
        at = 0
        while at + _RECORD_OCTETS <= len(octets):
            kind, version = octets[at], octets[at + 1 : at + 3]
            if 0x20 <= kind < 0x40 or kind == _WITH_ID:
                self.complete = True  # encrypted, behind an identifier of unknown length
                return
            if kind not in _TYPES or version not in _VERSIONS:
                raise DecodeError("unknown record type or version")
            start = at + _RECORD_OCTETS
            at = start + (octets[start - 2] << 8 | octets[start - 1])
            if at > len(octets):
                raise DecodeError("record longer than its datagram")
            clear = octets[start - 10 : start - 8] == b"\0\0"
            if kind == _HANDSHAKE and clear and not self.complete:
                self._handshake(from_orig, octets[start:at], end, messages)
            elif kind == _DATA:
                self.complete = True

    def _handshake(self, from_orig: bool, record: bytes, end: int, messages: list[Message]) -> None:
        at = 0
        while at + _HANDSHAKE_OCTETS <= len(record):
            kind = record[at]
            length, offset, size = (
                int.from_bytes(record[at + i : at + i + 3], "big") for i in (1, 6, 9)
            )
            number = record[at + 4] << 8 | record[at + 5]
            at += _HANDSHAKE_OCTETS
            fragment = record[at : at + size]
            at += size
            if offset + size > length or len(fragment) < size:
                raise DecodeError("fragment beyond its message")
            if kind in _READ:
                if length > _HELLO_LIMIT:
                    raise DecodeError("hello over the limit")
                body = self._whole((from_orig, kind, number, length), offset, fragment)
                if body is not None and kind == _CERTIFICATE:
                    self._certificate(from_orig, body, end, messages)
                elif body is not None:
                    self._hello(from_orig, kind, body, end, messages)

    def _whole(self, key: _Key, offset: int, fragment: bytes) -> bytes | None:
        """Return the message that a fragment completes, or None."""
        length = key[3]
        if len(fragment) == length:
            return fragment
        self._count += 1
        self._held += len(fragment)
        if self._count > _FRAGMENTS_LIMIT or self._held > _HELLO_LIMIT:
            raise DecodeError("too many fragments")
        parts = self._fragments.setdefault(key, {})
        if len(fragment) > len(parts.get(offset, b"")):
            parts[offset] = fragment
        body = b""
        for start, part in sorted(parts.items()):
            if start > len(body):
                return None
            body += part[len(body) - start :]
        if len(body) < length:
            return None
        del self._fragments[key]
        return body

    def _certificate(self, from_orig: bool, body: bytes, end: int, messages: list[Message]) -> None:
        shown = tls_certificate.first_of_list(body)
        if shown is None:
            return
        of_client = from_orig is self._client
        if not of_client and not self.server_name:
            self.server_name = shown.host
        fields = tls_certificate.fields(shown, of_client=of_client)
        messages.append(Message("dtls", "certificate", fields, b"", end))

    def _hello(
        self, from_orig: bool, kind: int, body: bytes, end: int, messages: list[Message]
    ) -> None:
        if kind == _CLIENT_HELLO:
            self._client = from_orig
            hello = tls_hello.client_hello(body, datagram=True)
            self.server_name = hello.server_name or self.server_name
            told = tls_hello.fields(hello, "d")
            messages.append(Message("dtls", "client_hello", told, b"", end))
            return
        answer = tls_hello.server_hello(body)
        name = tls_hello.version_name(answer.version)
        self.encryption = name if name.startswith("dtls") else "dtls"
        self.complete = name == "dtls 1.3" and not answer.retry
        fields = {
            "version": self.encryption,
            "cipher": f"{answer.cipher:04x}",
            "alpn": answer.alpn,
            "retry": answer.retry,
        }
        messages.append(Message("dtls", "server_hello", fields, b"", end))


def score(head: bytes) -> float:
    """Return how surely a datagram, or its head, consists of DTLS records."""
    at = 0
    best = 0.9
    while at + _RECORD_OCTETS <= len(head):
        if head[at] not in _TYPES or head[at + 1 : at + 3] not in _VERSIONS:
            # Behind a first record, encrypted ones may have the short header of DTLS 1.3.
            return best if at and 0x20 <= head[at] < 0x40 else 0.0
        if (
            head[at] == _WITH_ID
        ):  # its length is behind an identifier of unknown length (RFC 9146, 4)
            return 0.85 if head[at + 3 : at + 5] in (b"\0\1", b"\0\2") else 0.0
        length = head[at + 11] << 8 | head[at + 12]
        if not 0 < length <= _RECORD_LIMIT:
            return 0.0
        start = at + _RECORD_OCTETS
        if head[at] == _HANDSHAKE and head[at + 3 : at + 5] == b"\0\0":
            if not _is_handshake(head, start):
                return 0.0
            best = 0.98
        at = start + length
    whole = at == len(head) or (at > 0 and len(head) >= _CUT)
    return best if at and whole else 0.0


def _is_handshake(head: bytes, at: int) -> bool:
    if len(head) < at + _HANDSHAKE_OCTETS:
        return len(head) >= _CUT
    length, offset, size = (int.from_bytes(head[at + i : at + i + 3], "big") for i in (1, 6, 9))
    return head[at] in _HANDSHAKE_TYPES and offset + size <= length
