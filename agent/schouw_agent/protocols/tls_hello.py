"""TLS hello messages and the JA4 fingerprint of a client.

RFC 8446, 4.1 and RFC 5246, 7.4.1; RFC 6066, 3 (server name); RFC 7301 (ALPN); RFC 8701
(GREASE).  JA4: FoxIO, technical_details/JA4.md, the client part that is under the BSD licence.
"""

import hashlib
import struct
from functools import lru_cache
from typing import Any, NamedTuple

from schouw_agent.errors import DecodeError

SERVER_NAME, SIGNATURE_ALGORITHMS, ALPN, SUPPORTED_VERSIONS = 0x00, 0x0D, 0x10, 0x2B
_RETRY_RANDOM = hashlib.sha256(b"HelloRetryRequest").digest()
_EXTENSIONS_LIMIT = 512
_JA4_VERSIONS = {
    0x0304: "13",
    0x0303: "12",
    0x0302: "11",
    0x0301: "10",
    0x0300: "s3",
    0x0002: "s2",
    0xFEFF: "d1",
    0xFEFD: "d2",
    0xFEFC: "d3",
}


class ClientHello(NamedTuple):
    """What a client offers; GREASE values are left out."""

    legacy_version: int
    versions: tuple[int, ...]
    """Of the supported_versions extension; empty without one."""
    ciphers: tuple[int, ...]
    extensions: tuple[int, ...]
    server_name: str
    alpn: tuple[bytes, ...]
    signature_algorithms: tuple[int, ...]


class ServerHello(NamedTuple):
    """What a server chose."""

    version: int
    cipher: int
    alpn: str
    retry: bool
    """It is a HelloRetryRequest (RFC 8446, 4.1.4)."""


class _Reader:
    """Reads fields of fixed and of prefixed length."""

    def __init__(self, octets: bytes) -> None:
        self.octets = octets
        self.at = 0

    def take(self, count: int) -> bytes:
        end = self.at + count
        if end > len(self.octets):
            raise DecodeError("hello too short")
        taken = self.octets[self.at : end]
        self.at = end
        return taken

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def vector(self, size: int) -> bytes:
        octets, start = self.octets, self.at + size
        end = start + int.from_bytes(octets[self.at : start], "big")
        if end > len(octets):
            raise DecodeError("hello too short")
        self.at = end
        return octets[start:end]

    @property
    def more(self) -> bool:
        return self.at < len(self.octets)


def is_grease(value: int) -> bool:
    """Return whether a two-octet value is one of RFC 8701."""
    return value & 0x0F0F == 0x0A0A and value >> 8 == value & 0xFF


_GREASE = frozenset(value for value in range(1 << 16) if is_grease(value))


def version_name(version: int) -> str:
    """Return a version as text, such as "tls 1.2"."""
    if version >> 8 == 0x7F:  # drafts of TLS 1.3
        return "tls 1.3"
    names = {
        0x0002: "ssl 2.0",
        0x0300: "ssl 3.0",
        0xFEFF: "dtls 1.0",
        0xFEFD: "dtls 1.2",
        0xFEFC: "dtls 1.3",
    }
    if 0x0301 <= version <= 0x0304:
        return f"tls 1.{version - 0x0301}"
    return names.get(version, "tls")


def client_hello(body: bytes, *, datagram: bool = False) -> ClientHello:
    """Return a ClientHello from the body of its handshake message.

    With `datagram` it is one of DTLS, which has a cookie (RFC 6347, 4.2.1).  Raises `DecodeError`.
    """
    reader = _Reader(body)
    legacy_version = reader.number(2)
    if legacy_version >> 8 not in ((0xFE, 0x01) if datagram else (3,)):
        raise DecodeError("unknown version in a hello")
    reader.take(32)
    if len(reader.vector(1)) > 32:
        raise DecodeError("session id too long")
    if datagram:
        reader.vector(1)
    ciphers = reader.vector(2)
    reader.vector(1)
    extensions = _extensions(reader)
    # A client that comes again offers the same; what differs is random, and is told of by nobody.
    return (_remembered_offer if len(body) < _LONG else _offer)(
        legacy_version,
        ciphers,
        tuple(extensions),
        extensions.get(SUPPORTED_VERSIONS, b"\0"),
        extensions.get(SERVER_NAME, b""),
        extensions.get(ALPN, b""),
        extensions.get(SIGNATURE_ALGORITHMS, b"\0\0"),
    )


def _offer(
    legacy_version: int,
    ciphers: bytes,
    kinds: tuple[int, ...],
    versions: bytes,
    server_name: bytes,
    alpn: bytes,
    algorithms: bytes,
) -> ClientHello:
    return ClientHello(
        legacy_version,
        _numbers(_Reader(versions).vector(1)),
        _numbers(ciphers),
        tuple(kind for kind in kinds if not is_grease(kind)),
        _server_name(server_name),
        _protocols(alpn),
        _numbers(_Reader(algorithms).vector(2)),
    )


_LONG = 1024
"""Octets of a hello that is not worth remembering."""
_remembered_offer = lru_cache(maxsize=1024)(_offer)


def server_hello(body: bytes) -> ServerHello:
    """Return a ServerHello from the body of its handshake message.  Raises `DecodeError`."""
    reader = _Reader(body)
    version = reader.number(2)
    if version >> 8 not in (3, 0x7F, 0xFE, 0x01):
        raise DecodeError("unknown version in a hello")
    random = reader.take(32)
    draft = version >> 8 == 0x7F
    if not draft:
        reader.vector(1)
    cipher = reader.number(2)
    if not draft:
        reader.take(1)
    extensions = _extensions(reader)
    chosen = extensions.get(SUPPORTED_VERSIONS, b"")
    if len(chosen) == 2:
        version = int.from_bytes(chosen, "big")
    protocols = _protocols(extensions.get(ALPN, b""))
    alpn = protocols[0].decode("latin-1") if protocols else ""
    return ServerHello(version, cipher, alpn, random == _RETRY_RANDOM)


def _extensions(reader: _Reader) -> dict[int, bytes]:
    """Return the extensions by type in their order; a hello may end before them."""
    found: dict[int, bytes] = {}
    if not reader.more:
        return found
    block = _Reader(reader.vector(2))
    octets, size = block.octets, len(block.octets)
    while block.at < size:
        at = block.at
        if at + 4 > size:
            raise DecodeError("hello too short")
        block.at = at + 2
        found[octets[at] << 8 | octets[at + 1]] = block.vector(2)
        if len(found) > _EXTENSIONS_LIMIT:
            raise DecodeError("too many extensions")
    return found


def _numbers(octets: bytes) -> tuple[int, ...]:
    if len(octets) % 2:
        raise DecodeError("odd length of a list of numbers")
    values = struct.unpack(f">{len(octets) // 2}H", octets)
    return tuple([value for value in values if value not in _GREASE])


def _server_name(extension: bytes) -> str:
    if not extension:
        return ""
    names = _Reader(_Reader(extension).vector(2))
    while names.more:
        kind, name = names.number(1), names.vector(2)
        if kind == 0:
            return name[:255].decode("ascii", "replace").lower()
    return ""


def _protocols(extension: bytes) -> tuple[bytes, ...]:
    if not extension:
        return ()
    names = _Reader(_Reader(extension).vector(2))
    found = []
    while names.more:
        found.append(names.vector(1))
    return tuple(found)


def fields(hello: ClientHello, transport: str) -> dict[str, Any]:
    """Return what is told of a client's hello; `transport` as for `ja4`."""
    few = len(hello.ciphers) + len(hello.extensions) + len(hello.signature_algorithms) < _FEW
    return dict((_remembered_fields if few else _fields)(hello, transport))


def _fields(hello: ClientHello, transport: str) -> dict[str, Any]:
    return {
        "server_name": hello.server_name,
        "alpn": tuple(name.decode("latin-1") for name in hello.alpn),
        "legacy_version": version_name(hello.legacy_version),
        "versions": tuple(map(version_name, hello.versions)),
        "ja4": ja4(hello, transport),
    }


def ja4(hello: ClientHello, transport: str = "t") -> str:
    """Return the JA4 fingerprint of a client over TCP (t), QUIC (q) or DTLS (d)."""
    # Clients of one make offer the same, whoever they speak to.
    offer = hello._replace(server_name="")
    few = len(hello.ciphers) + len(hello.extensions) + len(hello.signature_algorithms) < _FEW
    return (_remembered_ja4 if few else _ja4)(offer, transport)


def _ja4(hello: ClientHello, transport: str) -> str:
    offered = hello.versions or (hello.legacy_version,)
    # The numbers of DTLS go down.
    version = min(offered) if transport == "d" else max(offered)
    start = (
        f"{transport}{_JA4_VERSIONS.get(version, '00')}"
        f"{'d' if SERVER_NAME in hello.extensions else 'i'}"
        f"{min(len(hello.ciphers), 99):02}{min(len(hello.extensions), 99):02}"
        f"{_ja4_alpn(hello.alpn)}"
    )
    ciphers = ",".join(sorted(f"{value:04x}" for value in hello.ciphers))
    kept = (value for value in hello.extensions if value not in (SERVER_NAME, ALPN))
    extensions = ",".join(sorted(f"{value:04x}" for value in kept))
    algorithms = ",".join(f"{value:04x}" for value in hello.signature_algorithms)
    whole = f"{extensions}_{algorithms}" if algorithms else extensions
    return f"{start}_{_ja4_hash(ciphers)}_{_ja4_hash(whole)}"


_FEW = 256
_remembered_ja4 = lru_cache(maxsize=1024)(_ja4)
_remembered_fields = lru_cache(maxsize=1024)(_fields)


def _ja4_alpn(alpn: tuple[bytes, ...]) -> str:
    if not alpn or not alpn[0]:
        return "00"
    first, last = alpn[0][:1], alpn[0][-1:]
    if first.isalnum() and last.isalnum():
        return (first + last).decode("ascii")
    digits = alpn[0].hex()
    return digits[0] + digits[-1]


def _ja4_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else "0" * 12
