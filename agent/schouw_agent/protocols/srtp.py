"""SRTP: media that is encrypted, known by the STUN or DTLS that it shares its ports with.

RTP and SRTP look alike; without such a neighbour it is told as RTP.
"""

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import dtls_handshake, rtp_packet, stun_message
from schouw_agent.protocols.multiplexed import MultiplexedConversation


def _is_media(head: bytes) -> bool:
    return rtp_packet.is_rtcp(head) or rtp_packet.parse(head) is not None


def _is_neighbour(head: bytes) -> bool:
    return max(stun_message.score(head, False), dtls_handshake.score(head)) > 0


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely one side sends media and the other answers with STUN or DTLS."""
    if hint.transport != "udp" or not orig or not resp:
        return 0.0
    mixed = (_is_media(orig) and _is_neighbour(resp)) or (_is_media(resp) and _is_neighbour(orig))
    return 0.9 if mixed else 0.0


_MEDIA = frozenset(
    marker | kind
    for marker in (0, 0x80)
    for kind in (*rtp_packet.STATIC_ENCODINGS, *rtp_packet.RTCP, *range(96, 128))
)
"""Second octets of RTP and RTCP."""


DECODER = Decoder(
    id="srtp",
    title="SRTP",
    reference="RFC 3711, RFC 5764, RFC 7983",
    transports=frozenset({"udp"}),
    ports=frozenset(),
    probe=probe,
    open=MultiplexedConversation,
    screens=(
        Screen(octets={0: range(0x80, 0xC0), 1: _MEDIA}, least=8),
        *stun_message.SCREENS,
        *dtls_handshake.SCREENS,
    ),
)
