"""Ogg: Opus, Vorbis, Speex and FLAC sound, and Theora video."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.medium_form import sound_form
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

_HEADER = 27
_OPUS_RATE = 48_000
"""Positions in an Opus stream count at this rate, whatever was recorded."""
_TAIL = 64 << 10


def _probe(content: Content) -> float:
    return 0.97 if content.octets[:5] == b"OggS\0" and len(content.octets) >= _HEADER else 0.0


def _open(content: Content) -> Opened:
    octets = content.octets
    if not _probe(content):
        raise DecodeError("ogg: no page")
    first = octets[_HEADER + octets[26] :][:64]
    if first[:7] == b"\x80theora":
        return Opened(media=Medium("video", "Ogg Theora"))
    name, channels, rate, clock = _sound(first)
    seconds = _last_position(octets) / clock if clock else 0
    return Opened(media=Medium("audio", sound_form(name, rate, channels, seconds)))


def _sound(first: bytes) -> tuple[str, int, int, int]:
    """Return name, channels, rate, and the rate of positions, as the first packet says."""
    if first[:8] == b"OpusHead" and len(first) >= 16:
        return "Ogg Opus", first[9], int.from_bytes(first[12:16], "little"), _OPUS_RATE
    if first[:7] == b"\x01vorbis" and len(first) >= 16:
        rate = int.from_bytes(first[12:16], "little")
        return "Ogg Vorbis", first[11], rate, rate
    if first[:8] == b"Speex   " and len(first) >= 52:
        rate = int.from_bytes(first[36:40], "little")
        return "Ogg Speex", int.from_bytes(first[48:52], "little"), rate, rate
    return ("Ogg FLAC" if first[:5] == b"\x7fFLAC" else "Ogg"), 0, 0, 0


def _last_position(octets: bytes) -> int:
    """Return the position on the last page, in samples; 0 if there is but one."""
    at = octets.rfind(b"OggS\0", max(_HEADER, len(octets) - _TAIL))
    position = int.from_bytes(octets[at + 6 : at + 14], "little", signed=True) if at > 0 else 0
    return max(0, position) if position < 1 << 48 else 0


FORMAT = Format(
    id="ogg",
    title="Ogg sound or video",
    reference="RFC 3533, 6; RFC 7845, 5.1",
    probe=_probe,
    open=_open,
)
