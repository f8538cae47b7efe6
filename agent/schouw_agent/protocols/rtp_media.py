"""RTP packets that follow each other: media without the session that set it up, once it is sure."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import PortHint
from schouw_agent.protocols import rtp_packet
from schouw_agent.records import Message

_CONFIRMED = 3
"""Packets in sequence that make it sure."""
_PATIENCE = 64
"""Packets of one direction that are read while the other, or one of its sources, has few."""
_STEP = 100
"""By how much the sequence number may move between packets that arrive in order, or late."""
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
        """Until there are enough to tell what they are."""
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

    @property
    def enough(self) -> bool:
        """All that is to be told of the sources that were seen has come."""
        return all(each.count >= rtp_packet.MEDIA_PACKETS for each in self.sources.values())


class MediaConversation:
    """The RTP packets between two ports, in both directions, RTCP among them or not."""

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
        # The other direction or source may only answer now and then: it is not waited for long.
        if self.sure and (side.count >= _PATIENCE or all(each.enough for each in self._sides)):
            self.wanted = False
        if source.count <= rtp_packet.MEDIA_PACKETS:
            told = rtp_packet.fields(packet, "")
            source.heads.append(packet.payload[:2])
            source.held.append(Message("rtp", "media", told, packet.payload, side.octets))
        if not self.wanted:
            return self._rest()
        return _told(side, source) if source.count == rtp_packet.MEDIA_PACKETS else []

    @property
    def sure(self) -> bool:
        """Packets of a source have followed each other."""
        return not self.protocol

    def _odd(self, reason: str) -> list[Message]:
        if self.sure:
            return []
        # What comes before the first packet may be to open a way through NAT.
        self.wanted = not any(side.count for side in self._sides)
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

    def skip(self, from_orig: bool, octets: int) -> None:
        """Pass over octets that are not for this conversation."""
        self._sides[from_orig].octets += octets

    def gap(self, _from_orig: bool, _octets: int, /) -> None:
        """Do nothing: a lost datagram is a step in the sequence."""

    def close(self) -> list[Message]:
        """Return the media of short streams.  Raises `DecodeError` if all are too short."""
        self.wanted = False
        if not self.sure:
            raise DecodeError("too few packets to tell RTP")
        return self._rest()

    def _rest(self) -> list[Message]:
        """Return what is held of the sources that are sure."""
        return [
            message
            for side in self._sides
            for source in side.sources.values()
            if source.count >= _CONFIRMED
            for message in _told(side, source)
        ]


def _told(side: _Side, source: _Source) -> list[Message]:
    """Return the messages that were held, none of them before what another source has told."""
    heads = {"heads": tuple(source.heads)}
    messages = [
        each._replace(fields={**each.fields, **heads}, end=max(each.end, side.told))
        for each in source.held
    ]
    side.told = messages[-1].end if messages else side.told
    source.held = []
    return messages
