"""RTCP: the reports on an RTP stream, recognised and counted.

Its sender descriptions name users and machines; they are not read.
"""

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.counted import count

# Sender and receiver report, description, goodbye, application, feedback, extended report.
_TYPES = range(200, 208)
_FIRST = frozenset({200, 201, 205, 206})
_HEADER_OCTETS = 8


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:  # noqa: ARG001
    """Return how well the first datagrams fit a compound packet (RFC 3550, 6.1 and A.2)."""
    heads = [head for head in (orig, resp) if head]
    return 0.8 if heads and all(_is_compound(head) for head in heads) else 0.0


def _is_compound(octets: bytes) -> bool:
    """Tell whether packets of whole words follow each other up to the end."""
    if len(octets) < _HEADER_OCTETS or octets[1] not in _FIRST:
        return False
    at = 0
    while at + 4 <= len(octets):
        if octets[at] >> 6 != 2 or octets[at + 1] not in _TYPES:
            return False
        at += 4 * (1 + int.from_bytes(octets[at + 2 : at + 4], "big"))
    return at == len(octets)


DECODER = Decoder(
    id="rtcp",
    title="RTCP",
    reference="RFC 3550, 6; feedback RFC 4585",
    transports=frozenset({"udp"}),
    ports=frozenset(),
    probe=probe,
    open=count,
    screens=(Screen(octets={0: range(0x80, 0xC0), 1: _FIRST}, least=_HEADER_OCTETS),),
)
