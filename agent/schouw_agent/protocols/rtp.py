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
_PAYLOAD_TYPES = frozenset({0, 3, 4, 8, 9, 10, 11, 14, 18, 26, 31, 32, 33, 34}) | frozenset(
    range(96, 128)
)
_SOURCES = 4
"""Sources of one direction that are told apart: sound and pictures may share the ports."""
_UNSURE = "unknown"
"""As which the flow is told until packets in sequence have shown what it is."""


class _Source:
    __slots__ = ("count", "heads", "held", "sequence")

    def __init__(self, sequence: int) -> None:
        self.count = 1
        """Packets in sequence."""
        self.heads: list[bytes] = []
        """The first two octets of each payload that is told: of one alone, chance says anything."""
        self.held: list[Message] = []
        """Until it is sure."""
        self.sequence = sequence
        """Of the last packet."""


class _Side:
    __slots__ = ("count", "octets", "sources", "told")

    def __init__(self) -> None:
        self.octets = 0
        self.count = 0
        self.told = 0
        """Where the last message ended."""
        self.sources: dict[int, _Source] = {}


class Conversation:
    """The RTP packets between two ports, in both directions."""

    __slots__ = ("_sides", "encryption", "protocol", "server_name", "wanted")

    def __init__(self, _hint: PortHint) -> None:
        self.wanted = True
        self.server_name = ""
        self.encryption = ""
        self.protocol = _UNSURE
        self._sides = (_Side(), _Side())

    def feed(self, from_orig: bool, octets: bytes, /) -> list[Message]:
        """Return the media that this datagram confirms.  Raises `DecodeError` if it is not RTP."""
        side = self._sides[from_orig]
        side.octets += len(octets)
        if not self.wanted or rtp_packet.is_rtcp(octets):
            return []
        packet = rtp_packet.parse(octets)
        if packet is None:
            # STUN and DTLS may share the ports of a stream that is already sure (RFC 7983).
            return self._odd("datagram is not RTP")
        if not packet.payload:  # keeps a way through NAT open (RFC 6263, 4.6)
            return []
        source = self._source(side, packet)
        if source is None:
            return []
        side.count += 1
        if source.count >= _CONFIRMED:
            self.protocol = ""
        seen = [each.count for each in self._sides if each.count]
        # The other direction may only answer now and then: it is not waited for long.
        if self._sure and (min(seen) >= rtp_packet.MEDIA_PACKETS or max(seen) >= _PATIENCE):
            self.wanted = False
        if source.count > rtp_packet.MEDIA_PACKETS:
            return []
        told = rtp_packet.fields(packet, "")
        source.heads.append(packet.payload[:2])
        source.held.append(Message("rtp", "media", told, packet.payload, side.octets))
        if source.count < _CONFIRMED:
            return []
        return _told(side, source)

    @property
    def _sure(self) -> bool:
        return not self.protocol

    def _odd(self, reason: str) -> list[Message]:
        if self._sure:
            return []
        self.wanted = False
        raise DecodeError(reason)

    def _source(self, side: _Side, packet: rtp_packet.RtpPacket) -> _Source | None:
        """Return the source with this packet counted, or None if the packet is passed over.

        Raises `DecodeError` on a break before anything is sure.
        """
        source = side.sources.get(packet.source)
        if source is None:
            if len(side.sources) == _SOURCES:
                self._odd("too many sources")
                return None
            source = side.sources[packet.source] = _Source(packet.sequence)
            return source
        step = (packet.sequence - source.sequence + 0x8000 & 0xFFFF) - 0x8000
        if step == 0:
            return None
        source.sequence = packet.sequence
        if source.count < _CONFIRMED and abs(step) > _STEP:
            self._odd("sequence does not go on")
            return None
        source.count += 1
        return source

    def gap(self, _from_orig: bool, _octets: int, /) -> None:
        """Do nothing: a lost datagram is a step in the sequence."""

    def close(self) -> list[Message]:
        """Return nothing more.  Raises `DecodeError` if too few packets came to be sure."""
        self.wanted = False
        if not self._sure:
            raise DecodeError("too few packets to tell RTP")
        return []


def _told(side: _Side, source: _Source) -> list[Message]:
    """Return the messages that were held, none of them before what another source has told."""
    heads = {"heads": tuple(source.heads)}
    messages = [
        each._replace(fields={**each.fields, **heads}, end=max(each.end, side.told))
        for each in source.held
    ]
    side.told = side.octets
    source.held = []
    return messages


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
    open=Conversation,
    screens=(
        Screen(octets={0: range(0x80, 0xC0), 1: _marked(_PAYLOAD_TYPES)}, least=12),
        # One direction may hold nothing but reports.
        Screen(octets={0: range(0x80, 0xC0), 1: _marked(rtp_packet.RTCP)}, least=8),
    ),
)
