"""FLAC sound: rate, channels and duration."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.medium_form import sound_form
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened


def _probe(content: Content) -> float:
    return 0.97 if content.octets[:4] == b"fLaC" else 0.0


def _open(content: Content) -> Opened:
    octets = content.octets
    if not _probe(content):
        raise DecodeError("flac: no marker")
    rate = channels = samples = 0
    if len(octets) >= 26 and octets[4] & 0x7F == 0:  # STREAMINFO comes first
        packed = int.from_bytes(octets[18:26], "big")
        rate, channels = packed >> 44, (packed >> 41 & 7) + 1
        samples = packed & (1 << 36) - 1
    seconds = samples / rate if rate else 0
    return Opened(media=Medium("audio", sound_form("FLAC", rate, channels, seconds)))


FORMAT = Format(
    id="flac",
    title="FLAC sound",
    reference="RFC 9639, 8.2",
    probe=_probe,
    open=_open,
)
