"""WAV sound: rate, channels and duration."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.medium_form import sound_form
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

_MOST_CHUNKS = 64
_STREAMED = 0xFFFFFFFF


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
    seconds = sound / octets_a_second if octets_a_second else 0
    return Opened(media=Medium("audio", sound_form("WAV", rate, channels, seconds)))


FORMAT = Format(
    id="wav",
    title="WAV sound",
    reference="Microsoft Multimedia Programming Interface 1.0, RIFF WAVE; EBU Tech 3306",
    probe=_probe,
    open=_open,
)
