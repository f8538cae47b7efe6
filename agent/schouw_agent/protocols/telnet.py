"""Telnet: a terminal in clear, recognised by how its sides negotiate, and counted."""

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.counted import recognise

PORTS = frozenset({23, 2323})
_IAC, _SUBNEGOTIATION, _SUBNEGOTIATION_END = 0xFF, 0xFA, 0xF0
_OFFERS = range(0xFB, 0xFF)
"""WILL, WONT, DO, DONT."""
_OPTIONS_LIMIT = 50
"""IANA, Telnet options; those beyond are of MUDs and the like."""
_SURE = 2


def _negotiations(head: bytes) -> int:
    """Return how many negotiations a head starts with; 0 if another octet follows an IAC."""
    at = found = 0
    while at + 2 < len(head) and head[at] == _IAC:
        if head[at + 1] in _OFFERS and head[at + 2] < _OPTIONS_LIMIT:
            at += 3
        elif head[at + 1] == _SUBNEGOTIATION and head[at + 2] < _OPTIONS_LIMIT:
            end = head.find(bytes((_IAC, _SUBNEGOTIATION_END)), at)
            at = len(head) if end < 0 else end + 2
        else:
            return 0
        found += 1
    return found


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely a side starts with negotiations (RFC 854); the other may just write."""
    if hint.transport != "tcp" or not (orig or resp):
        return 0.0
    usual = bool(PORTS & {hint.orig_port, hint.resp_port})
    found = max(_negotiations(orig), _negotiations(resp))
    if found >= _SURE or (found and usual):
        return 0.9
    return 0.0


DECODER = Decoder(
    id="telnet",
    title="Telnet",
    reference="RFC 854, RFC 855",
    transports=frozenset({"tcp"}),
    ports=PORTS,
    probe=probe,
    open=recognise,
    screens=(Screen(octets={0: {_IAC}, 1: {_SUBNEGOTIATION, *_OFFERS}}, either=True),),
)
