"""The STUN message and TURN's channels, as they share ports with media (RFC 8489, 5; RFC 8656)."""

from schouw_agent.plugins import Screen

_COOKIE = b"\x21\x12\xa4\x42"
_HEADER_OCTETS = 20
_METHODS = frozenset({*range(1, 0x10), 0x80, 0x81, 0x82, 0x83})
"""IANA, STUN methods: Binding, TURN's, those of RFC 6062, and TURN's of other drafts and makers."""
_CLASSIC = frozenset({0x0001, 0x0101, 0x0111, 0x0002, 0x0102, 0x0112})
_CLASSIC_TURN = frozenset({0x0003, 0x0103, 0x0113, 0x0004, 0x0104, 0x0114, 0x0115, 0x0118})
_ATTRIBUTES = frozenset({*range(1, 0x26), *range(0x8000, 0x8080)})
_CUT = 250
"""Octets from which a head may be cut off."""
SCREENS = (
    Screen(octets={0: range(0x40), **dict(enumerate(((o,) for o in _COOKIE), 4))}, least=20),
    Screen(octets={0: {0, 1}, 1: range(0x20)}, least=20),
)
"""Of its datagrams."""


def score(head: bytes, usual: bool) -> float:
    """Return how surely a datagram, or its head, is a STUN message; `usual` if its port says so."""
    if len(head) < _HEADER_OCTETS or head[0] > 0x3F:
        return 0.0
    length = head[2] << 8 | head[3]
    if length + _HEADER_OCTETS != len(head) and (
        len(head) < _CUT or length + _HEADER_OCTETS < len(head)
    ):
        return 0.0
    kind = head[0] << 8 | head[1]
    method = kind & 0x0F | kind >> 1 & 0x70 | kind >> 2 & 0x0F80
    if head[4:8] == _COOKIE:
        # Some calls pad no attribute; the cookie and the length leave little doubt all the same.
        return 0.98 if method in _METHODS and not length & 3 else 0.8
    if length & 3 or (kind not in _CLASSIC and kind not in _CLASSIC_TURN):
        return 0.0
    # RFC 3489 has no cookie: the attributes must fit, or the port must be its own.
    if not length:
        return 0.7 if usual and kind == 1 else 0.0
    return 0.85 if _attributes_fit(head, usual or kind in _CLASSIC_TURN) else 0.0


def _attributes_fit(head: bytes, wider: bool) -> bool:
    """Return whether known attributes follow each other to the end (RFC 3489, 11.2)."""
    at = _HEADER_OCTETS
    count = 0
    while at + 4 <= len(head):
        kind, length = head[at] << 8 | head[at + 1], head[at + 2] << 8 | head[at + 3]
        if kind not in _ATTRIBUTES and not wider:
            return False
        at += 4 + (length + 3 & ~3)
        count += 1
    return count > 0 and (at == len(head) or len(head) >= _CUT)


def software(octets: bytes) -> bytes:
    """Return the SOFTWARE attribute of a message; empty if it has none (RFC 8489, 14.14)."""
    at = _HEADER_OCTETS
    while at + 4 <= len(octets):
        length = octets[at + 2] << 8 | octets[at + 3]
        if octets[at : at + 2] == b"\x80\x22":
            return octets[at + 4 : at + 4 + length]
        at += 4 + (length + 3 & ~3)
    return b""


def channel_data(octets: bytes) -> bytes | None:
    """Return what a TURN channel carries (RFC 8656, 12.4), or None if it is none."""
    if len(octets) < 4 or not 0x40 <= octets[0] <= 0x4F:
        return None
    end = 4 + (octets[2] << 8 | octets[3])
    return octets[4:end] if end <= len(octets) <= end + 3 else None
