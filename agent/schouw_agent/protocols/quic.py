"""QUIC: the client's hello, which its first packets hold, and that the rest is encrypted."""

from collections.abc import Collection, Sequence

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import quic_initial, tls_hello
from schouw_agent.records import Message

PORTS = frozenset({443, 8443, 784, 853})
_DATAGRAMS_LIMIT = 24
"""That are read in the hope of the whole hello."""
_HELLO_LIMIT = 1 << 16
_FRAGMENTS_LIMIT = 512
"""Some clients scatter their hello over many frames on purpose."""
_CLIENT_HELLO = 1
_CHLO = b"CHLO"
_TAGS_LIMIT = 128
_CUT = 250
"""Octets from which a head may be cut off."""


class Conversation:
    """The datagrams of a connection, until the client's hello is whole."""

    __slots__ = (
        "_count",
        "_held",
        "_keys",
        "_parts",
        "_positions",
        "encryption",
        "server_name",
        "wanted",
    )

    def __init__(self, _hint: PortHint) -> None:
        self.wanted = True
        self.server_name = ""
        self.encryption = "quic"
        self._positions = [0, 0]
        self._count = 0
        self._held = 0
        """Octets of the hello that have come, also those that came again."""
        self._keys: quic_initial.Keys | None = None
        self._parts: dict[int, bytes] = {}

    def feed(self, from_orig: bool, octets: bytes, /) -> Sequence[Message]:
        """Return the hello that this datagram completes.  Raises `DecodeError`."""
        self._positions[from_orig] += len(octets)
        self._count += 1
        if self._count >= _DATAGRAMS_LIMIT:
            self.wanted = False
        end = self._positions[from_orig]
        old = _old_version(octets)
        if old:
            return self._google(octets, old.decode(), end)
        messages: list[Message] = []
        for packet in quic_initial.long_packets(octets):
            if packet.initial and self.wanted:
                messages += self._initial(octets, packet, end)
        return messages

    def _initial(
        self, octets: bytes, packet: quic_initial.LongPacket, end: int
    ) -> Sequence[Message]:
        """Read an Initial packet if it is the client's: what the server sends has other keys."""
        keys = self._keys
        frames = quic_initial.opened(octets, packet, keys) if keys else None
        if frames is None:
            # The first one, or the first after a retry.
            keys = quic_initial.client_keys(packet.version, packet.destination)
            frames = quic_initial.opened(octets, packet, keys) if keys else None
            if frames is None:
                return ()
            self._keys = keys
        if packet.version == quic_initial.Q050:
            return self._google(frames, "Q050", end)
        for offset, part in quic_initial.crypto_frames(frames):
            self._held += len(part)
            if (
                offset + len(part) > _HELLO_LIMIT
                or self._held > _HELLO_LIMIT
                or len(self._parts) >= _FRAGMENTS_LIMIT
            ):
                raise DecodeError("hello over the limit")
            if len(part) > len(self._parts.get(offset, b"")):
                self._parts[offset] = part
        return self._hello(packet.version, end)

    def _hello(self, version: int, end: int) -> Sequence[Message]:
        stream = b""
        for offset, part in sorted(self._parts.items()):
            if offset > len(stream):
                return ()
            stream += part[len(stream) - offset :]
        length = int.from_bytes(stream[1:4], "big")
        if len(stream) < 4 or len(stream) < 4 + length:
            return ()
        self.wanted = False
        self._parts = {}
        if stream[0] != _CLIENT_HELLO:
            return ()
        hello = tls_hello.client_hello(stream[4 : 4 + length])
        self.server_name = hello.server_name
        fields = {**tls_hello.fields(hello, "q"), "version": _version_name(version)}
        return [Message("quic", "client_hello", fields, b"", end)]

    def _google(self, octets: bytes, version: str, end: int) -> Sequence[Message]:
        """Return the hello of Google's own handshake, if these octets have one."""
        tags = _tags(octets)
        name = tags.get(b"SNI\0", b"")
        if not tags:
            return ()
        self.wanted = False
        self.server_name = name[:255].decode("ascii", "replace").lower()
        fields = {"server_name": self.server_name, "version": version, "alpn": (), "ja4": ""}
        return [Message("quic", "client_hello", fields, b"", end)]

    def gap(self, from_orig: bool, octets: int, /) -> None:
        """Go on: what is missing may come again."""
        self._positions[from_orig] += octets

    def close(self) -> Sequence[Message]:
        """Return nothing more."""
        return ()


def _version_name(version: int) -> str:
    known = {quic_initial.V1: "1", quic_initial.V2: "2"}
    number = quic_initial.draft(version)
    return known.get(version) or (f"draft-{number}" if number else f"{version:08x}")


def _old_version(octets: bytes) -> bytes:
    """Return Google's version before Q050; empty if there is none.

    In a public header: flags with the version bit, an optional connection id of eight octets, the
    version.  From Q044 on in a long header, where it stands as it does today.
    """
    if not octets:
        return b""
    if octets[0] & 0x80:
        version = octets[1:5]
    elif octets[0] & 0x01:
        version = octets[9:13] if octets[0] & 0x08 else octets[1:5]
    else:
        return b""
    return version if version[:2] == b"Q0" and version[2:4].isdigit() and version < b"Q050" else b""


def _tags(octets: bytes) -> dict[bytes, bytes]:
    """Return the tags and values of a CHLO message, as far as they are there."""
    at = octets.find(_CHLO)
    count = int.from_bytes(octets[at + 4 : at + 6], "little")
    start = at + 8
    values = start + 8 * count
    if at < 0 or not 0 < count <= _TAGS_LIMIT or values > len(octets):
        return {}
    tags: dict[bytes, bytes] = {}
    begin = 0
    for entry in range(start, values, 8):
        end = int.from_bytes(octets[entry + 4 : entry + 8], "little")
        if end < begin:
            break
        tags[octets[entry : entry + 4]] = octets[values + begin : values + end]
        begin = end
    return tags


def _head_score(head: bytes) -> float:
    if len(head) < 8:
        return 0.0
    if _old_version(head):
        return 0.95
    if not head[0] & 0x80:
        return 0.0
    version = int.from_bytes(head[1:5], "big")
    if version and quic_initial.is_early(version):
        return 0.9
    if not version:
        return _negotiation_score(head)
    if not quic_initial.is_known(version) or not head[0] & 0x40 or head[5] > 20:
        return 0.0
    source = 6 + head[5]
    if source >= len(head) or head[source] > 20:
        return 0.0
    try:
        next(quic_initial.long_packets(head), None)
    except DecodeError:
        if len(head) < _CUT:
            return 0.0
    return 0.95


def _negotiation_score(head: bytes) -> float:
    """Judge a Version Negotiation: the ids, and then nothing but versions (RFC 9000, 17.2.1)."""
    at = 6 + head[5]
    if head[5] > 20 or at >= len(head) or head[at] > 20:
        return 0.0
    at += 1 + head[at]
    versions = [int.from_bytes(head[i : i + 4], "big") for i in range(at, len(head), 4)]
    sound = (len(head) - at) % 4 == 0 and any(map(quic_initial.is_known, versions))
    return 0.9 if sound else 0.0


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are QUIC: only its first packets show themselves."""
    heads = [head for head in (orig, resp) if head]
    if hint.transport != "udp" or not heads:
        return 0.0
    # What the other side sends may have a short header already, which looks like nothing.
    return max(_head_score(head) for head in heads)


_LONG = range(0x80, 0x100)
_DIGITS = b"0123456789"
_GREASED = range(0x0A, 0x100, 0x10)


def _screen(first: range, at: int, *version: Collection[int]) -> Screen:
    """Return what a packet looks like with such octets of a version at a place."""
    return Screen(octets={0: first, **dict(enumerate(version, at))}, least=8, either=True)


DECODER = Decoder(
    id="quic",
    title="QUIC 1 and 2, drafts, and Google QUIC",
    reference="RFC 9000, RFC 9001, RFC 9369; JA4 (FoxIO, BSD-3-Clause part)",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(
        _screen(_LONG, 1, b"\0", b"\0", b"\0", b"\0\1"),  # negotiation, and version 1
        _screen(_LONG, 1, b"\x6b", b"\x33", b"\x43", b"\xcf"),
        _screen(_LONG, 1, b"\x70", b"\x9a", b"\x50", b"\xc4"),
        _screen(_LONG, 1, b"\xff", b"\0\2", b"\0"),
        _screen(_LONG, 1, b"\xfa", b"\xce", b"\xb0"),
        _screen(_LONG, 1, b"QT", b"0", _DIGITS, _DIGITS),
        _screen(_LONG, 1, _GREASED, _GREASED, _GREASED, _GREASED),
        _screen(range(1, 0x80, 2), 1, b"Q", b"0", _DIGITS, _DIGITS),
        _screen(range(1, 0x80, 2), 9, b"Q", b"0", _DIGITS, _DIGITS),
    ),
)
