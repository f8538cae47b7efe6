"""RTP over UDP, recognised without the session that set it up."""

from collections.abc import Iterable

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import rtp_packet
from schouw_agent.records import Message

PORTS = frozenset({5004})
_CONFIRMED = 3
"""Packets in sequence that make it sure."""
_PATIENCE = 64
"""Packets of one direction that are read while the other has few."""
_STEP = 100
"""By how much the sequence number may move between packets that arrive in order, or late."""
_OTHERS = frozenset(
    {53, 67, 68, 69, 123, 137, 138, 161, 162, 443, 500, 514, 1900, 3478, 4500}
    | {4789, 5353, 5355, 5683, 5684, 47808}
)
_PUNCH = b"\x80" + bytes(11)
"""What viewers built on FFmpeg send first, to open a way through NAT."""
_PAYLOAD_TYPES = frozenset({0, 3, 8, 9, 14, 26, 32, 33, 34}) | frozenset(range(96, 128))


class _Side:
    __slots__ = ("count", "heads", "held", "octets", "sequence", "source")

    def __init__(self) -> None:
        self.octets = 0
        self.count = 0
        """Packets in sequence."""
        self.heads: list[bytes] = []
        """The first two octets of each payload that is told: of one alone, chance says anything."""
        self.held: list[Message] = []
        """Until it is sure."""
        self.sequence = 0
        self.source = 0
        """Of the last packet, if any was counted."""


class Conversation:
    """The RTP packets between two ports, in both directions."""

    __slots__ = ("_sides", "encryption", "server_name", "wanted")

    def __init__(self, _hint: PortHint) -> None:
        self.wanted = True
        self.server_name = ""
        self.encryption = ""
        self._sides = (_Side(), _Side())

    def feed(self, from_orig: bool, octets: bytes, /) -> list[Message]:
        """Return the media that this datagram confirms.  Raises `DecodeError` if it is not RTP."""
        side = self._sides[from_orig]
        side.octets += len(octets)
        if not self.wanted or rtp_packet.is_rtcp(octets):
            return []
        packet = rtp_packet.parse(octets)
        if packet is None:
            return self._stray()
        if not packet.payload:  # keeps a way through NAT open (RFC 6263, 4.6)
            return []
        if not self._follows(side, packet):
            return []
        seen = [s.count for s in self._sides if s.count]
        # The other direction may only answer now and then: it is not waited for long.
        if min(seen) >= rtp_packet.MEDIA_PACKETS or max(seen) >= _PATIENCE:
            self.wanted = False
        if side.count > rtp_packet.MEDIA_PACKETS:
            return []
        told = rtp_packet.fields(packet, "")
        side.heads.append(packet.payload[:2])
        side.held.append(Message("rtp", "media", told, packet.payload, side.octets))
        if side.count < _CONFIRMED:
            return []
        heads = {"heads": tuple(side.heads)}
        messages = [each._replace(fields={**each.fields, **heads}) for each in side.held]
        side.held = []
        return messages

    def _stray(self) -> list[Message]:
        # STUN and DTLS may share the ports of a stream that is already sure (RFC 7983).
        if any(s.count >= _CONFIRMED for s in self._sides):
            return []
        self.wanted = False
        raise DecodeError("datagram is not RTP")

    def _follows(self, side: _Side, packet: rtp_packet.RtpPacket) -> bool:
        """Count a packet; return False for a repeated one.  Raises `DecodeError` on a break."""
        step = (packet.sequence - side.sequence + 0x8000 & 0xFFFF) - 0x8000
        same = packet.source == side.source
        side.sequence, side.source = packet.sequence, packet.source
        if not side.count:
            side.count = 1
            return True
        if same and step == 0:
            return False
        if side.count < _CONFIRMED and (not same or abs(step) > _STEP):
            self.wanted = False
            raise DecodeError("source or sequence does not go on")
        side.count += 1
        return True

    def gap(self, _from_orig: bool, _octets: int, /) -> None:
        """Do nothing: a lost datagram is a step in the sequence."""

    def close(self) -> list[Message]:
        """Return nothing more.  Raises `DecodeError` if too few packets came to be sure."""
        self.wanted = False
        if all(side.count < _CONFIRMED for side in self._sides):
            raise DecodeError("too few packets to tell RTP")
        return []


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
    # Media goes to an even port (RFC 3550, 11); a viewer behind NAT may use any.
    if hint.resp_port % 2 and hint.orig_port % 2:
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
    open=Conversation,
    screens=(
        Screen(octets={0: range(0x80, 0xC0), 1: _marked(_PAYLOAD_TYPES)}, least=12),
        # One direction may hold nothing but reports.
        Screen(octets={0: range(0x80, 0xC0), 1: _marked(rtp_packet.RTCP)}, least=8),
    ),
)
