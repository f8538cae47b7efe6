"""JPEG images: dimensions and where they were taken, and nothing of the picture."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.medium_form import image_form
from schouw_agent.formats.tiff_tags import Tags, read_tags
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

# SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC).
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_STANDALONE = frozenset((0x01, *range(0xD0, 0xD9)))
_SCAN = 0xDA
_EXIF = 0xE1
_EXIF_HEAD = b"Exif\0\0"
_FIRST = frozenset((0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xFE, *range(0xE0, 0xF0)))
_MOST_SEGMENTS = 256


def _probe(content: Content) -> float:
    octets = content.octets
    if len(octets) < 4 or octets[:3] != b"\xff\xd8\xff":
        return 0.0
    return 0.95 if octets[3] in _FIRST else 0.0


def _read(octets: bytes) -> tuple[tuple[int, int] | None, Tags | None]:
    """Return width and height, and the tags of EXIF, each as far as they are there."""
    at = 2
    tags = None
    for _ in range(_MOST_SEGMENTS):
        while octets[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 4 > len(octets):
            break
        if octets[at] != 0xFF:
            raise DecodeError("jpeg: no marker where one must be")
        marker = octets[at + 1]
        if marker in _STANDALONE:
            at += 2
            continue
        length = int.from_bytes(octets[at + 2 : at + 4], "big")
        if length < 2:
            raise DecodeError("jpeg: segment too short")
        if marker in _FRAMES:
            if at + 9 > len(octets):
                break
            height = int.from_bytes(octets[at + 5 : at + 7], "big")
            return (int.from_bytes(octets[at + 7 : at + 9], "big"), height), tags
        if marker == _SCAN:
            break
        body = octets[at + 4 : at + 2 + length]
        if marker == _EXIF and body.startswith(_EXIF_HEAD):
            tags = read_tags(body[len(_EXIF_HEAD) :])
        at += 2 + length
    return None, tags


def _open(content: Content) -> Opened:
    if _probe(content) == 0:
        raise DecodeError("jpeg: no start of image")
    size, tags = _read(content.octets)
    return Opened(
        media=Medium("image", image_form("JPEG", *(size or (0, 0)), exif=tags is not None)),
        leaves=tags.leaves() if tags else (),
    )


FORMAT = Format(
    id="jpeg",
    title="JPEG image",
    reference="ITU-T T.81, B.1 and B.2",
    probe=_probe,
    open=_open,
)
