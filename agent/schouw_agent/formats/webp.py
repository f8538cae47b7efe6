"""WebP images: dimensions, and nothing of the picture."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.medium_form import image_form
from schouw_agent.formats.tiff_tags import Tags, read_tags
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

_MOST_CHUNKS = 64


def _probe(content: Content) -> float:
    octets = content.octets
    return 0.97 if octets[:4] == b"RIFF" and octets[8:12] == b"WEBP" else 0.0


def _dimensions(octets: bytes) -> tuple[int, int]:
    kind, body = octets[12:16], octets[20:32]
    if kind == b"VP8X" and len(body) >= 10:
        width, height = (int.from_bytes(body[at : at + 3], "little") + 1 for at in (4, 7))
        return width, height
    if kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a" and len(body) >= 10:
        width, height = (int.from_bytes(body[at : at + 2], "little") & 0x3FFF for at in (6, 8))
        return width, height
    if kind == b"VP8L" and body[:1] == b"\x2f" and len(body) >= 5:
        packed = int.from_bytes(body[1:5], "little")
        return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    return 0, 0


def _exif(octets: bytes) -> Tags | None:
    at = 12
    for _ in range(_MOST_CHUNKS):
        if at + 8 > len(octets):
            break
        size = int.from_bytes(octets[at + 4 : at + 8], "little")
        if octets[at : at + 4] == b"EXIF":
            return read_tags(octets[at + 8 : at + 8 + size].removeprefix(b"Exif\0\0"))
        at += 8 + size + (size & 1)
    return None


def _open(content: Content) -> Opened:
    if not _probe(content):
        raise DecodeError("webp: no RIFF WEBP header")
    tags = _exif(content.octets)
    form = image_form("WebP", *_dimensions(content.octets), exif=tags is not None)
    return Opened(media=Medium("image", form), leaves=tags.leaves() if tags else ())


FORMAT = Format(
    id="webp",
    title="WebP image",
    reference="RFC 9649, 2.4 to 2.7",
    probe=_probe,
    open=_open,
)
