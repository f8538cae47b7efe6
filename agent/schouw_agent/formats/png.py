"""PNG images: dimensions and where they were taken, and nothing of the picture."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.medium_form import image_form
from schouw_agent.formats.tiff_tags import Tags, read_tags
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MOST_CHUNKS = 64


def _probe(content: Content) -> float:
    return 0.97 if content.octets.startswith(_SIGNATURE) else 0.0


def _open(content: Content) -> Opened:
    octets = content.octets
    if not _probe(content):
        raise DecodeError("png: no signature")
    width = height = 0
    if octets[12:16] == b"IHDR" and len(octets) >= 24:
        width, height = (int.from_bytes(octets[at : at + 4], "big") for at in (16, 20))
    tags = _exif(octets)
    form = image_form("PNG", width, height, exif=tags is not None)
    return Opened(media=Medium("image", form), leaves=tags.leaves() if tags else ())


def _exif(octets: bytes) -> Tags | None:
    at = len(_SIGNATURE)
    for _ in range(_MOST_CHUNKS):
        if at + 8 > len(octets):
            break
        size = int.from_bytes(octets[at : at + 4], "big")
        if octets[at + 4 : at + 8] == b"eXIf":
            return read_tags(octets[at + 8 : at + 8 + size])
        at += 12 + size
    return None


FORMAT = Format(
    id="png",
    title="PNG image",
    reference="W3C Portable Network Graphics (Third Edition), 5.2 and 11.2.1; 11.3.3.4 (eXIf)",
    probe=_probe,
    open=_open,
)
