"""MPEG transport streams: which streams they carry, and nothing of what those show or say."""

from collections.abc import Iterator

from schouw_agent.errors import DecodeError
from schouw_agent.formats.medium_form import video_form
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

_PACKET, _SYNC = 188, 0x47
_LOOKED_AT = 400
_VIDEO = {0x01: "MPEG-1", 0x02: "MPEG-2", 0x10: "MPEG-4", 0x1B: "H.264", 0x24: "H.265"}
_AUDIO = frozenset((0x03, 0x04, 0x0F, 0x11, 0x81, 0x87))
_FEWEST, _FEWEST_CUT = 2, 4
"""Packets in a row, where they fill the octets, and where the last is cut off."""


def _is_packet(octets: bytes, at: int) -> bool:
    """Return whether a sound packet header stands here: sync, no error, and some content."""
    head = octets[at : at + 4]
    return len(head) == 4 and head[0] == _SYNC and not head[1] & 0x80 and bool(head[3] & 0x30)


def _probe(content: Content) -> float:
    octets = content.octets
    if octets[:1] != b"\x47":
        return 0.0
    starts = range(0, min(len(octets), _LOOKED_AT * _PACKET), _PACKET)
    exact = len(octets) % _PACKET == 0
    enough = len(starts) >= (_FEWEST if exact else _FEWEST_CUT)
    whole = starts if exact else starts[:-1]  # of the last one, the header may be cut off
    return 0.95 if enough and all(_is_packet(octets, at) for at in whole) else 0.0


def _stream_types(octets: bytes) -> Iterator[int]:
    """Yield the types of the streams that the program maps name."""
    for at in range(0, min(len(octets), _LOOKED_AT * _PACKET), _PACKET):
        packet = octets[at : at + _PACKET]
        if len(packet) < _PACKET or not packet[1] & 0x40 or not packet[3] & 0x10:
            continue
        start = 4 + (1 + packet[4] if packet[3] & 0x20 else 0)
        if start >= _PACKET:
            continue
        start += 1 + packet[start]
        section = packet[start:]
        if len(section) >= 12 and section[0] == 2:
            yield from _program_map(section)


def _program_map(section: bytes) -> Iterator[int]:
    end = min(3 + (int.from_bytes(section[1:3], "big") & 0x0FFF) - 4, len(section))
    at = 12 + (int.from_bytes(section[10:12], "big") & 0x0FFF)
    while at + 5 <= end:
        yield section[at]
        at += 5 + (int.from_bytes(section[at + 3 : at + 5], "big") & 0x0FFF)


def _open(content: Content) -> Opened:
    if not _probe(content):
        raise DecodeError("mpeg_ts: no packets in a row")
    types = set(_stream_types(content.octets))
    sound = not _AUDIO.isdisjoint(types)
    names = sorted(_VIDEO[each] for each in types & _VIDEO.keys())
    if sound and not names:
        return Opened(media=Medium("audio", "MPEG-TS sound"))
    form = video_form(" ".join(("MPEG-TS", *names)), sound=sound)
    return Opened(media=Medium("video", form))


FORMAT = Format(
    id="mpeg_ts",
    title="MPEG transport stream",
    reference="ISO/IEC 13818-1, 2.4.3.2 and 2.4.4.8",
    probe=_probe,
    open=_open,
    streams=True,
)
