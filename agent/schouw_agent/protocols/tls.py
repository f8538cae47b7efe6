"""TLS over TCP: the hellos in clear, and that the rest is encrypted."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.tls_conversation import (
    CHANGE_CIPHER,
    HANDSHAKE,
    HEARTBEAT,
    TlsConversation,
    check_header,
    old_version,
)

PORTS = frozenset({443, 8443, 8883})
_MESSAGES = frozenset({0, 1, 2, 4, 8, 11, 12, 13, 14, 15, 16, 20, 22, 24, 25, 67})
"""Types of handshake messages (IANA, TLS HandshakeType)."""


def _head_score(head: bytes) -> float:
    if head[0] >= 0x80:
        return 0.95 if len(head) >= 11 and old_version(head) >= 0 else 0.0
    at = count = 0
    while at < len(head):
        try:
            check_header(head[at : at + 5])
        except DecodeError:
            return 0.0
        if len(head) - at < 5:
            break
        at += 5 + (head[at + 3] << 8 | head[at + 4])
        count += 1
    if not count:
        return 0.0
    body = head[5:]
    hello = head[0] == HANDSHAKE and body[:1] in (b"\x01", b"\x02") and body[4:5] in (b"", b"\3")
    if hello and len(body) >= 6:
        return 0.98
    if head[0] == HANDSHAKE and count == 1 and at > len(head) and not _is_message(body):
        return 0.0
    return 0.8 if count > 1 or at == len(head) else 0.7


def _is_message(body: bytes) -> bool:
    """Tell whether a long record starts with a handshake message in clear.

    Encrypted ones are a few dozen octets long, and come in one piece.
    """
    return not body or (body[0] in _MESSAGES and body[1:2] in (b"", b"\0", b"\1"))


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
    open=TlsConversation,
    screens=(
        Screen(octets={0: range(CHANGE_CIPHER, HEARTBEAT + 1), 1: {3}, 2: range(5)}),
        Screen(octets={0: range(0x80, 0x100), 2: {1}}),
    ),
)
