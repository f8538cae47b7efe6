"""The Initial packets of a QUIC client, which anyone may open (RFC 9001, 5.2; RFC 9369, 3.3).

Their keys follow from the connection id that the client chose and a number that the version fixes.
They keep middleboxes from meddling, not from reading.
"""

import hashlib
import hmac
from collections.abc import Iterator
from typing import NamedTuple

from schouw_agent.errors import DecodeError

V1, V2, Q050 = 0x00000001, 0x6B3343CF, 0x51303530
_V1_SALT = bytes.fromhex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a")
_SALTS = {
    V1: _V1_SALT,
    V2: bytes.fromhex("0dede3def700a6db819381be6e269dcbf9bd2ed9"),
    Q050: bytes.fromhex("504574efd066fe2f9d945cfcdbd3a7f0d3b56b45"),
    0x54303530: bytes.fromhex("7ff579e5acd072915580304c43a2367c60488310"),
    0x54303531: bytes.fromhex("7a4edef4e7ccee5fa4506c19124fc8ccda6e033d"),
}
_DRAFTS = (
    (22, bytes.fromhex("7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a")),
    (28, bytes.fromhex("c3eef712c72ebb5a11a7d2432bb46365bef9f502")),
    (32, bytes.fromhex("afbfec289993d24c9e9786f19c6111e04390a899")),
    (34, _V1_SALT),
)
"""Salts of the drafts, each up to the draft that stands before it."""
_V2_DRAFTS = frozenset({0xFF020000, 0x709A50C4})
"""Whose packets are not opened."""
_FIRST_DRAFT = 22
"""Earlier ones have other headers."""
_MVFST = {0xFACEB001: 22, 0xFACEB002: 27, 0xFACEB00E: 29}
"""Versions of one library, and the drafts that they follow."""
_SAMPLE_OCTETS = 16
_TAG_OCTETS = 16
CONNECTION_ID_LIMIT = 20


class LongPacket(NamedTuple):
    """A packet with a long header (RFC 9000, 17.2)."""

    version: int
    initial: bool
    destination: bytes
    """Connection id."""
    start: int
    """Where it starts in its datagram."""
    number_at: int
    """Where its packet number starts; -1 if it has none or its place is not known."""
    end: int


def draft(version: int) -> int:
    """Return the IETF draft that a version follows; 0 if none."""
    if version >> 8 == 0xFF0000:
        return version & 0xFF
    return _MVFST.get(version, 0)


def is_known(version: int) -> bool:
    """Return whether a version number is in use, or was."""
    if version in _SALTS or version in _V2_DRAFTS or version >> 8 == 0xFACEB0:
        return True
    number = draft(version)
    return 1 <= number <= 34 or is_google(version) or version & 0x0F0F0F0F == 0x0A0A0A0A


def is_google(version: int) -> bool:
    """Return whether it is one of Google's versions, such as Q043 or T050."""
    text = version.to_bytes(4, "big")
    return text[:2] in (b"Q0", b"T0") and text[2:].isdigit()


def is_early(version: int) -> bool:
    """Return whether its long headers are of before they were settled (RFC 8999)."""
    text = version.to_bytes(4, "big")
    return 0 < draft(version) < _FIRST_DRAFT or (is_google(version) and text[2:] < b"50")


def _salt(version: int) -> bytes | None:
    if version in _SALTS:
        return _SALTS[version]
    number = draft(version)
    if number < _FIRST_DRAFT:
        return None
    return next((salt for last, salt in _DRAFTS if number <= last), None)


def long_packets(octets: bytes) -> Iterator[LongPacket]:
    """Yield the packets with long headers that a datagram starts with (RFC 9000, 12.2).

    Raises `DecodeError` when one runs out of the datagram.
    """
    at = 0
    while at + 7 <= len(octets) and octets[at] & 0x80:
        packet = _long_packet(octets, at)
        yield packet
        if packet.end <= at:
            return
        at = packet.end


def _long_packet(octets: bytes, at: int) -> LongPacket:
    first, version = octets[at], int.from_bytes(octets[at + 1 : at + 5], "big")
    if is_early(version):
        return LongPacket(version, False, b"", at, -1, len(octets))
    here = at + 6 + octets[at + 5]
    destination = octets[at + 6 : here]
    if len(destination) > CONNECTION_ID_LIMIT or here >= len(octets):
        raise DecodeError("connection id too long")
    here += 1 + octets[here]
    kind = first >> 4 & 3
    if version == V2:
        kind = (kind - 1) % 4
    if not version or kind == 3 or not is_known(version):  # negotiation or retry: without a number
        return LongPacket(version, False, destination, at, -1, len(octets))
    if kind == 0:
        length, here = _varint(octets, here)
        here += length
    length, here = _varint(octets, here)
    if here + length > len(octets):
        raise DecodeError("packet longer than its datagram")
    return LongPacket(version, kind == 0, destination, at, here, here + length)


def _varint(octets: bytes, at: int) -> tuple[int, int]:
    """Return a variable-length integer and where it ends (RFC 9000, 16)."""
    if at >= len(octets) or at + (size := 1 << (octets[at] >> 6)) > len(octets):
        raise DecodeError("number longer than its packet")
    value = int.from_bytes(octets[at : at + size], "big")
    return value & (1 << 8 * size - 2) - 1, at + size


class Keys(NamedTuple):
    """What protects the Initial packets of a client."""

    key: bytes
    vector: bytes
    header: bytes


def client_keys(version: int, destination: bytes) -> Keys | None:
    """Return the keys for the connection id that a client first sent to; None if not known."""
    salt = _salt(version)
    if salt is None:
        return None
    initial = hmac.digest(salt, destination, "sha256")
    secret = _expand(initial, b"client in", 32)
    prefix = b"quicv2 " if version == V2 else b"quic "
    return Keys(
        _expand(secret, prefix + b"key", 16),
        _expand(secret, prefix + b"iv", 12),
        _expand(secret, prefix + b"hp", 16),
    )


def _expand(secret: bytes, label: bytes, size: int) -> bytes:
    """Return HKDF-Expand-Label of up to one block, with SHA-256 (RFC 8446, 7.1)."""
    whole = b"tls13 " + label
    info = size.to_bytes(2, "big") + bytes([len(whole)]) + whole + b"\0\1"
    return hmac.digest(secret, info, hashlib.sha256)[:size]


def opened(octets: bytes, packet: LongPacket, keys: Keys) -> bytes | None:
    """Return the frames of an Initial packet, or None if the keys are not its own."""
    # Only a capture with QUIC in it needs these, and they are slow to load on a gateway.
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    at = packet.number_at
    sample = octets[at + 4 : at + 4 + _SAMPLE_OCTETS]
    if len(sample) < _SAMPLE_OCTETS or at + 4 + _TAG_OCTETS > packet.end:
        return None
    # A single block of AES is what RFC 9001, 5.4.3 has for the mask.
    mask = Cipher(algorithms.AES(keys.header), modes.ECB()).encryptor().update(sample)  # noqa: S305
    first = octets[packet.start] ^ mask[0] & 0x0F
    size = (first & 3) + 1
    number = bytes(
        octet ^ hidden for octet, hidden in zip(octets[at : at + size], mask[1:], strict=False)
    )
    header = bytes([first]) + octets[packet.start + 1 : at] + number
    value = int.from_bytes(number, "big")
    nonce = (int.from_bytes(keys.vector, "big") ^ value).to_bytes(12, "big")
    try:
        return AESGCM(keys.key).decrypt(nonce, octets[at + size : packet.end], header)
    except InvalidTag:
        return None


def crypto_frames(frames: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield offset and octets of the CRYPTO frames of an Initial packet (RFC 9000, 19.6).

    Raises `DecodeError` when a frame runs out of it or does not belong there (RFC 9000, 12.5).
    """
    at = 0
    while at < len(frames):
        kind = frames[at]
        at += 1
        if kind in (0x00, 0x01):  # padding, ping
            continue
        if kind in (0x02, 0x03):
            at = _after_ack(frames, at, kind == 0x03)
        elif kind == 0x06:
            offset, at = _varint(frames, at)
            length, at = _varint(frames, at)
            if at + length > len(frames):
                raise DecodeError("frame longer than its packet")
            yield offset, frames[at : at + length]
            at += length
        elif kind == 0x1C:
            return
        else:
            raise DecodeError("unexpected frame")


def _after_ack(frames: bytes, at: int, counts: bool) -> int:
    _, at = _varint(frames, at)
    _, at = _varint(frames, at)
    ranges, at = _varint(frames, at)
    _, at = _varint(frames, at)
    for _ in range(2 * ranges + 3 * counts):
        _, at = _varint(frames, at)
    return at
