"""RTP over UDP, recognised without the session that set it up."""

from collections.abc import Iterable

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import rtp_packet
from schouw_agent.protocols.rtp_media import MediaConversation

PORTS = frozenset({5004})
_OTHERS = frozenset(
    {53, 67, 68, 69, 123, 137, 138, 161, 162, 443, 500, 514, 1900, 3478, 4500}
    | {4789, 5353, 5355, 5683, 5684, 47808}
)
_PUNCH = b"\x80" + bytes(11)
"""What viewers built on FFmpeg send first, to open a way through NAT."""
_PAYLOAD_TYPES = frozenset({0, 3, 4, 8, 9, 10, 11, 14, 18, 26, 31, 32, 33, 34}) | frozenset(
    range(96, 128)
)


def _head_score(head: bytes) -> float:
    packet = rtp_packet.parse(head)
    if packet is None or packet.payload_type not in _PAYLOAD_TYPES:
        return 0.0
    if not packet.payload:
        return 0.55 if head == _PUNCH else 0.0
    return 0.55 if packet.plain else 0.35


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are RTP: never very, from a first datagram alone."""
    heads = [head for head in (orig, resp) if head]
    ports = {hint.orig_port, hint.resp_port}
    if hint.transport != "udp" or not heads or _OTHERS & ports:
        return 0.0
    # Media goes to an even port (RFC 3550, 11); behind NAT it may be any, if both ends send.
    if hint.resp_port % 2 and hint.orig_port % 2 and len(heads) == 1:
        return 0.0
    scores = [_head_score(head) for head in heads if not rtp_packet.is_rtcp(head)]
    if not scores or min(scores) == 0:
        return 0.0
    return min(0.8, max(scores) + (0.2 if len(scores) > 1 else 0.0))


def _marked(payload_types: Iterable[int]) -> frozenset[int]:
    """Return the values of an octet with a payload type, with and without the marker."""
    return frozenset(marker | kind for marker in (0, 0x80) for kind in payload_types)


DECODER = Decoder(
    id="rtp",
    title="RTP",
    reference="RFC 3550, RFC 3551",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe,
    open=MediaConversation,
    screens=(
        Screen(octets={0: range(0x80, 0xC0), 1: _marked(_PAYLOAD_TYPES)}, least=12),
        # One direction may hold nothing but reports.
        Screen(octets={0: range(0x80, 0xC0), 1: _marked(rtp_packet.RTCP)}, least=8),
    ),
)
