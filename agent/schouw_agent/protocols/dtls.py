"""DTLS: the hellos in clear, and that the rest is encrypted."""

from schouw_agent.plugins import Decoder, PortHint
from schouw_agent.protocols import dtls_handshake
from schouw_agent.protocols.multiplexed import MultiplexedConversation

PORTS = frozenset({4433, 5684})


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are DTLS records."""
    heads = [head for head in (orig, resp) if head]
    if hint.transport != "udp" or not heads:
        return 0.0
    return min(dtls_handshake.score(head) for head in heads)


DECODER = Decoder(
    id="dtls",
    title="DTLS 1.0, 1.2 and 1.3",
    reference="RFC 6347, RFC 9147; JA4 (FoxIO, BSD-3-Clause part)",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe,
    open=MultiplexedConversation,
    screens=dtls_handshake.SCREENS,
)
