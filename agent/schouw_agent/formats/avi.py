"""AVI video: dimensions, and whether there is sound with it."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.medium_form import video_form
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

_HEADERS_MAX = 64 << 10


def _probe(content: Content) -> float:
    octets = content.octets
    return 0.97 if octets[:4] == b"RIFF" and octets[8:12] == b"AVI " else 0.0


def _open(content: Content) -> Opened:
    if not _probe(content):
        raise DecodeError("avi: no RIFF AVI header")
    head = content.octets[:_HEADERS_MAX]
    width = height = 0
    at = head.find(b"avih")
    if 0 < at <= len(head) - 48:
        width, height = (int.from_bytes(head[at + i : at + i + 4], "little") for i in (40, 44))
    # The header of each stream says what it carries.
    sound = b"strh" in head and b"auds" in head
    return Opened(media=Medium("video", video_form("AVI", width, height, sound=sound)))


FORMAT = Format(
    id="avi",
    title="AVI video",
    reference="Microsoft Learn, AVI RIFF file reference: AVIMAINHEADER and AVISTREAMHEADER",
    probe=_probe,
    open=_open,
)
