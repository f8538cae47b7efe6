"""The RTP packet (RFC 3550, 5.1) and the static payload types (RFC 3551, 6)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

STATIC_ENCODINGS: Mapping[int, str] = {
    0: "PCMU/8000",
    3: "GSM/8000",
    4: "G723/8000",
    5: "DVI4/8000",
    6: "DVI4/16000",
    7: "LPC/8000",
    8: "PCMA/8000",
    9: "G722/8000",
    10: "L16/44100/2",
    11: "L16/44100",
    12: "QCELP/8000",
    13: "CN/8000",
    14: "MPA/90000",
    15: "G728/8000",
    16: "DVI4/11025",
    17: "DVI4/22050",
    18: "G729/8000",
    25: "CelB/90000",
    26: "JPEG/90000",
    28: "nv/90000",
    31: "H261/90000",
    32: "MPV/90000",
    33: "MP2T/90000",
    34: "H263/90000",
}
MEDIA_PACKETS = 4
"""Packets of a source that are delivered; the rest is bulk media."""
RTCP = range(72, 77)
"""RTCP packet types 200 to 204 look like a marker with these (RFC 5761, 4)."""
_PROFILES = frozenset({0xBEDE, 0xABAC}) | frozenset(range(0x1000, 0x1010))
"""Extension profiles of RFC 8285 and ONVIF Streaming, 6.3."""


class RtpPacket(NamedTuple):
    """An RTP packet without its contributing sources, extension and padding."""

    payload_type: int
    marker: bool
    sequence: int
    source: int
    payload: bytes
    plain: bool
    """No contributing sources, no padding, and no extension of an unknown profile."""


def parse(octets: bytes) -> RtpPacket | None:
    """Return the packet, or None if the octets are RTCP or cannot be RTP."""
    if len(octets) < 12 or octets[0] >> 6 != 2:
        return None
    payload_type = octets[1] & 0x7F
    if payload_type in RTCP or not (payload_type in STATIC_ENCODINGS or payload_type >= 96):
        return None
    sources = octets[0] & 0x0F
    at = 12 + 4 * sources
    end = len(octets)
    plain = not sources
    if octets[0] & 0x10:
        if at + 4 > end:
            return None
        plain = plain and (octets[at] << 8 | octets[at + 1]) in _PROFILES
        at += 4 + 4 * (octets[at + 2] << 8 | octets[at + 3])
    if octets[0] & 0x20:
        plain = False
        if not 0 < octets[-1] <= end - at:
            return None
        end -= octets[-1]
    if at > end:
        return None
    return RtpPacket(
        payload_type,
        bool(octets[1] & 0x80),
        octets[2] << 8 | octets[3],
        int.from_bytes(octets[8:12], "big"),
        octets[at:end],
        plain,
    )


def is_rtcp(octets: bytes) -> bool:
    """Return whether octets are an RTCP packet multiplexed with RTP (RFC 5761, 4)."""
    return len(octets) >= 8 and octets[0] >> 6 == 2 and (octets[1] & 0x7F) in RTCP


def fields(packet: RtpPacket, encoding: str) -> dict[str, Any]:
    """Return what is told of a packet."""
    return {
        "payload_type": packet.payload_type,
        "sequence": packet.sequence,
        "marker": packet.marker,
        "encoding": encoding or STATIC_ENCODINGS.get(packet.payload_type, ""),
    }
