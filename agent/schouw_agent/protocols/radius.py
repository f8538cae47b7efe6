"""RADIUS: who may use the network, recognised and counted.  It names users, and is not read."""

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.counted import recognise

PORTS = frozenset({1812, 1813, 1645, 1646, 1700, 3799})
_CODES = frozenset({1, 2, 3, 4, 5, 11, 12, 13, *range(40, 46)})
_HEADER_OCTETS = 20
_LONGEST = 4096
_CUT = 250
"""Octets from which a head may be cut off."""
_SURE = 2


def _attributes(head: bytes) -> int:
    """Return how many attributes follow each other up to the end of a packet; -1 if they do not."""
    if len(head) < _HEADER_OCTETS or head[0] not in _CODES:
        return -1
    length = head[2] << 8 | head[3]
    if not _HEADER_OCTETS <= length <= _LONGEST:
        return -1
    if length > len(head) and len(head) < _CUT:
        return -1
    at, end = _HEADER_OCTETS, min(length, len(head))
    found = 0
    while at + 2 <= end:
        if head[at + 1] < 2 or not head[at]:
            return -1
        at += head[at + 1]
        found += 1
    return found if at == end or len(head) >= _CUT else -1


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are RADIUS: attributes that fill their packet (RFC 2865, 3 and 5)."""
    heads = [head for head in (orig, resp) if head]
    if hint.transport != "udp" or not heads:
        return 0.0
    counts = [_attributes(head) for head in heads]
    if min(counts) < 0:
        return 0.0
    if PORTS & {hint.orig_port, hint.resp_port}:
        return 0.95
    whole = all(head[2] << 8 | head[3] == len(head) < _CUT for head in heads)
    return 0.8 if min(counts) >= _SURE and whole else 0.0


DECODER = Decoder(
    id="radius",
    title="RADIUS",
    reference="RFC 2865, RFC 2866, RFC 5176",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe,
    open=recognise,
    screens=(Screen(octets={0: _CODES, 2: range(_LONGEST // 256 + 1)}, least=_HEADER_OCTETS),),
)
