"""MPEG sound without a container: MP3, and AAC with ADTS headers."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.medium_form import sound_form
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

_AAC_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000,
              7350)  # fmt: skip
_MP3_RATES = (44100, 48000, 32000)
# kbit/s by index: of MPEG-1 layer 3, and of MPEG-2 and 2.5 layer 3.
_KILOBITS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KILOBITS_LOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_FRAMES = 3
"""So many in a row must fit: two octets of sync alone are common in anything."""


def _adts(octets: bytes, at: int) -> tuple[int, int, int]:
    """Return length, rate and channels of an ADTS frame; length 0 if there is none."""
    head = octets[at : at + 7]
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return 0, 0, 0
    index = head[2] >> 2 & 15
    length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    if index >= len(_AAC_RATES) or length < 7:
        return 0, 0, 0
    return length, _AAC_RATES[index], (head[2] & 1) << 2 | head[3] >> 6


def _mp3(octets: bytes, at: int) -> tuple[int, int, int]:
    """Return length, rate and channels of an MPEG layer 3 frame; length 0 if there is none."""
    head = octets[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0, 0, 0
    version, bits, index = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or bits in (0, 15) or index == 3:
        return 0, 0, 0
    rate = _MP3_RATES[index] >> {3: 0, 2: 1, 0: 2}[version]
    kilobits = (_KILOBITS if version == 3 else _KILOBITS_LOW)[bits]
    length = (144_000 if version == 3 else 72_000) * kilobits // rate + (head[2] >> 1 & 1)
    return length, rate, 1 if head[3] >> 6 == 3 else 2


_KINDS = {"AAC": _adts, "MP3": _mp3}


def _frames(octets: bytes) -> tuple[str, int, int] | None:
    """Return name, rate and channels of sound that starts right here; None if it is no such."""
    for name, read in _KINDS.items():
        at, rate, channels = 0, 0, 0
        for count in range(_FRAMES):
            length, own, many = read(octets, at)
            if not length or (count and own != rate):
                break
            rate, channels = own, many
            at += length
        else:
            return name, rate, channels
    return None


def _tagged(octets: bytes) -> bool:
    """Return whether an ID3 tag comes first, as only before MPEG sound."""
    return octets[:3] == b"ID3" and octets[3:4] in (b"\2", b"\3", b"\4") and len(octets) >= 10


def _probe(content: Content) -> float:
    octets = content.octets
    if _tagged(octets):
        return 0.95
    return 0.9 if octets[:1] == b"\xff" and _frames(octets) else 0.0


def _open(content: Content) -> Opened:
    octets = content.octets
    if not _probe(content):
        raise DecodeError("mpeg_audio: no frames")
    if _tagged(octets):
        size = sum((octets[6 + i] & 0x7F) << 7 * (3 - i) for i in range(4))
        octets = octets[10 + size :]
    name, rate, channels = _frames(octets) or ("MP3", 0, 0)
    return Opened(media=Medium("audio", sound_form(name, rate, channels)))


FORMAT = Format(
    id="mpeg_audio",
    title="MP3 or AAC sound",
    reference="ISO/IEC 11172-3, 2.4.2.3; ISO/IEC 13818-7, 6.2 (ADTS); ID3v2.4, 3.1",
    probe=_probe,
    open=_open,
)
