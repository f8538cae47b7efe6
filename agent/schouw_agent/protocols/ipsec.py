"""IPsec over UDP: the exchange of its keys, and packets that went through a translated address.

Packets alone (ESP) are octets without a mark: they are believed on their own port, of both sides.
"""

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.counted import sealed

PORTS = frozenset({500, 4500})
_TRAVERSAL = 4500
"""The port of packets behind a translated address (RFC 3948)."""
_MARKER = b"\0\0\0\0"
"""Before an exchange of keys on that port: no packet has such an index."""
_HEADER_OCTETS = 28
_VERSIONS = frozenset({0x10, 0x20})
_EXCHANGES = {0x10: frozenset({*range(1, 7), 32, 33}), 0x20: range(34, 45)}
_PAYLOADS = {0x10: frozenset({*range(1, 22), 130, 131, 132}), 0x20: range(33, 55)}
"""Of the first payload (IANA); 0 where there is none."""
_CUT = 250
"""Octets from which a head may be cut off."""
_LEAST_PACKET = 24
_FIRST_INDEX = 256
_SOON = 1 << 24
"""Number of a packet, which begins with 1 whenever keys are made anew."""
_KEEP_ALIVE = b"\xff"


def _is_exchange(head: bytes) -> bool:
    """Return whether this is a message of IKE (RFC 2408, 3.1; RFC 7296, 3.1)."""
    if len(head) < _HEADER_OCTETS or head[17] not in _VERSIONS or not any(head[:8]):
        return False
    version, length = head[17], int.from_bytes(head[24:28], "big")
    if head[18] not in _EXCHANGES[version] or (head[16] and head[16] not in _PAYLOADS[version]):
        return False
    return length == len(head) or (len(head) >= _CUT and len(head) < length < 1 << 16)


def _is_packet(head: bytes) -> bool:
    if len(head) < _LEAST_PACKET or (len(head) % 4 and len(head) < _CUT):
        return False
    index, number = (int.from_bytes(head[at : at + 4], "big") for at in (0, 4))
    return index >= _FIRST_INDEX and 0 < number < _SOON


def _score(head: bytes, traversal: bool) -> float:
    if _is_exchange(head):
        return 0.97
    if head.startswith(_MARKER) and _is_exchange(head[4:]):
        return 0.98
    return 0.6 if traversal and (_is_packet(head) or head == _KEEP_ALIVE) else 0.0


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are IKE, or packets of ESP on the port for them."""
    heads = [head for head in (orig, resp) if head]
    if hint.transport != "udp" or not heads or all(head == _KEEP_ALIVE for head in heads):
        return 0.0
    traversal = _TRAVERSAL in (hint.orig_port, hint.resp_port)
    scores = [_score(head, traversal) for head in heads]
    if not min(scores) or (max(scores) < 0.9 and len(heads) < 2):
        return 0.0
    return max(scores)


DECODER = Decoder(
    id="ipsec",
    title="IPsec: IKE, and ESP over UDP",
    reference="RFC 7296, 3.1; RFC 2408, 3.1; RFC 3948; RFC 4303, 2",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe,
    open=sealed("ipsec"),
    screens=(
        Screen(octets={17: _VERSIONS}, least=_HEADER_OCTETS),
        Screen(octets={0: {0}, 1: {0}, 2: {0}, 3: {0}, 21: _VERSIONS}, least=_HEADER_OCTETS + 4),
        Screen(octets={}, ports=frozenset({_TRAVERSAL})),
    ),
)
