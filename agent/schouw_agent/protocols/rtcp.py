"""RTCP: the reports on an RTP stream.

Its sender descriptions name users and machines; of those only the name of the software is told.
"""

from collections.abc import Iterator
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import rtp_packet
from schouw_agent.protocols.datagrams import DatagramConversation
from schouw_agent.protocols.identity import identity, text
from schouw_agent.protocols.rtp_media import MediaConversation
from schouw_agent.records import Message

# Sender and receiver report, description, goodbye, application, feedback, extended report.
_TYPES = range(200, 208)
_FIRST = frozenset({200, 201, 205, 206})
_SENDER, _RECEIVER, _DESCRIPTION = 200, 201, 202
_NAMES = {
    200: "sender_report", 201: "receiver_report", 202: "description", 203: "goodbye",
    204: "application", 205: "feedback", 206: "feedback", 207: "extended_report",
}  # fmt: skip
_HEADER_OCTETS = 8
_TOOL = 6
_CUT = 250
"""Octets from which a head may be cut off."""


def _packets(octets: bytes) -> Iterator[bytes]:
    """Yield the packets of a compound one (RFC 3550, 6.1).  Raises `DecodeError`."""
    at = 0
    while at + 4 <= len(octets):
        if octets[at] >> 6 != 2 or octets[at + 1] not in _TYPES:
            raise DecodeError("not an RTCP packet")
        end = at + 4 * (1 + int.from_bytes(octets[at + 2 : at + 4], "big"))
        if end > len(octets):
            raise DecodeError("packet longer than its datagram")
        yield octets[at:end]
        at = end
    if at != len(octets):
        raise DecodeError("octets behind the last packet")


def _read(octets: bytes, end: int) -> list[Message]:
    kinds: list[str] = []
    fields: dict[str, Any] = {}
    tool = ""
    for packet in _packets(octets):
        kinds.append(_NAMES[packet[1]])
        if packet[1] == _SENDER and len(packet) >= 28:
            fields["packets"] = int.from_bytes(packet[20:24], "big")
            fields["octets"] = int.from_bytes(packet[24:28], "big")
        if packet[1] in (_SENDER, _RECEIVER):
            start = 28 if packet[1] == _SENDER else 8
            if packet[0] & 0x1F and len(packet) >= start + 24:
                fields["lost_fraction"] = packet[start + 4] / 256
        elif packet[1] == _DESCRIPTION:
            tool = tool or _tool(packet)
    fields["kinds"] = tuple(kinds)
    return [
        Message("rtcp", "report", fields, b"", end),
        *identity("rtcp", end, {"user_agent": tool}),
    ]


class _Conversation(DatagramConversation):
    """The reports, and the media that may share their ports (RFC 5761)."""

    def __init__(self, hint: PortHint) -> None:
        super().__init__(hint)
        self._media = MediaConversation(hint)

    def _datagram(self, from_orig: bool, octets: bytes, end: int, messages: list[Message]) -> None:
        if rtp_packet.parse(octets) is None:
            self._media.skip(from_orig, len(octets))
            messages += _read(octets, end)
            return
        messages += self._media.feed(from_orig, octets)
        if self._media.sure:
            self.protocol = "rtp"
        self.wanted = self._media.wanted

    def _lose(self, from_orig: bool, octets: int) -> None:
        super()._lose(from_orig, octets)
        self._media.skip(from_orig, octets)


def _tool(packet: bytes) -> str:
    """Return the TOOL item of the first source that is described (RFC 3550, 6.5.6)."""
    at = 8
    while at + 2 <= len(packet) and packet[at]:
        length = packet[at + 1]
        if packet[at] == _TOOL:
            return text(packet[at + 2 : at + 2 + length])
        at += 2 + length
    return ""


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how well the first datagrams fit a compound packet (RFC 3550, 6.1 and A.2)."""
    heads = [head for head in (orig, resp) if head]
    if hint.transport != "udp":
        return 0.0
    return 0.8 if heads and all(_is_compound(head) for head in heads) else 0.0


def _is_compound(head: bytes) -> bool:
    """Tell whether packets of whole words follow each other up to the end."""
    if len(head) < _HEADER_OCTETS or head[1] not in _FIRST:
        return False
    at = 0
    while at + 4 <= len(head):
        if head[at] >> 6 != 2 or head[at + 1] not in _TYPES:
            return False
        at += 4 * (1 + int.from_bytes(head[at + 2 : at + 4], "big"))
    return at == len(head) or (len(head) >= _CUT and at < 1500)


DECODER = Decoder(
    id="rtcp",
    title="RTCP",
    reference="RFC 3550, 6; feedback RFC 4585",
    transports=frozenset({"udp"}),
    ports=frozenset(),
    probe=probe,
    open=_Conversation,
    screens=(Screen(octets={0: range(0x80, 0xC0), 1: _FIRST}, least=_HEADER_OCTETS),),
)
