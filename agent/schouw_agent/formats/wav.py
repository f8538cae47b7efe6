"""WAV sound: rate, channels and duration."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

_MOST_CHUNKS = 64
_STREAMED = 0xFFFFFFFF
_CHANNELS = {1: "mono", 2: "stereo"}


def _probe(content: Content) -> float:
    octets = content.octets
    return 0.95 if octets[:4] in (b"RIFF", b"RF64") and octets[8:12] == b"WAVE" else 0.0


def _open(content: Content) -> Opened:
    octets = content.octets
    if _probe(content) == 0:
        raise DecodeError("wav: no RIFF WAVE header")
    rate = channels = octets_a_second = 0
    sound = 0
    at = 12
    for _ in range(_MOST_CHUNKS):
        if at + 8 > len(octets):
            break
        name, size = octets[at : at + 4], int.from_bytes(octets[at + 4 : at + 8], "little")
        if name == b"fmt " and at + 20 <= len(octets):
            channels = int.from_bytes(octets[at + 10 : at + 12], "little")
            rate = int.from_bytes(octets[at + 12 : at + 16], "little")
            octets_a_second = int.from_bytes(octets[at + 16 : at + 20], "little")
        elif name == b"data":
            sound = len(octets) - at - 8 if size in (0, _STREAMED) else size
            break
        at += 8 + size + (size & 1)
    return Opened(media=Medium("audio", _form(rate, channels, octets_a_second, sound)))


def _form(rate: int, channels: int, octets_a_second: int, sound: int) -> str:
    parts = ["WAV"]
    if rate:
        parts.append(f"{rate / 1000:g} kHz")
    if channels:
        parts.append(_CHANNELS.get(channels, f"{channels} channels"))
    if octets_a_second and sound:
        parts.append(f"{sound / octets_a_second:.1f} s")
    return " ".join(parts)


FORMAT = Format(
    id="wav",
    title="WAV sound",
    reference="Microsoft Multimedia Programming Interface 1.0, RIFF WAVE; EBU Tech 3306",
    probe=_probe,
    open=_open,
)
