"""WireGuard: a tunnel that is encrypted, known by its messages of fixed sizes.

Data alone say little: four octets of a type, a session and a count.  Both sides must look so, or
the port must be its own.
"""

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.counted import sealed

PORTS = frozenset({51820})
_HANDSHAKE = {1: 148, 2: 92, 3: 64}
"""Octets of initiation, response and cookie."""
_DATA = 4
_LEAST_DATA = 32
_PAD = 16
_CUT = 250
"""Octets from which a head may be cut off."""


def _score(head: bytes) -> float:
    if len(head) < _LEAST_DATA or head[1:4] != b"\0\0\0":
        return 0.0
    if head[0] == _DATA:
        # The count of packets, least octet first, begins with 0 whenever keys are made anew.
        fits = head[12:16] == b"\0\0\0\0" and (len(head) % _PAD == 0 or len(head) >= _CUT)
        return 0.3 if fits and any(head[4:8]) else 0.0
    return 0.9 if _HANDSHAKE.get(head[0]) == len(head) and any(head[4:8]) else 0.0


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are WireGuard."""
    scores = [_score(head) for head in (orig, resp) if head]
    if hint.transport != "udp" or not scores or not min(scores):
        return 0.0
    usual = not PORTS.isdisjoint((hint.orig_port, hint.resp_port))
    return max(max(scores), 0.75 if usual or len(scores) > 1 else 0.0)


DECODER = Decoder(
    id="wireguard",
    title="WireGuard",
    reference="J. Donenfeld, WireGuard: Next Generation Kernel Network Tunnel, 5.4",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe,
    open=sealed("wireguard"),
    screens=(Screen(octets={0: (*_HANDSHAKE, _DATA), 1: {0}, 2: {0}, 3: {0}}, least=_LEAST_DATA),),
)
