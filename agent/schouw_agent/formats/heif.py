"""HEIC and AVIF images: dimensions, and nothing of the picture."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.iso_boxes import Box, boxes, brands, find
from schouw_agent.formats.medium_form import image_form
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

_HEIC = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
_AVIF = frozenset((b"avif", b"avis"))


def _probe(content: Content) -> float:
    return 0.97 if content.octets[8:12] in _HEIC | _AVIF and brands(content.octets) else 0.0


def _largest(octets: bytes) -> tuple[int, int]:
    """Return the dimensions of the largest picture in it: others are its tiles and thumbnails."""
    found = [(0, 0)]
    for meta in find(octets, b"meta"):
        # A full box: four octets of version and flags come first.
        inner = Box(meta.kind, meta.start + 4, meta.end)
        for container in find(octets, b"iprp", b"ipco", within=inner):
            for box in boxes(octets, container.start, container.end):
                if box.kind == b"ispe" and box.end - box.start >= 12:
                    width, height = (
                        int.from_bytes(octets[box.start + at : box.start + at + 4], "big")
                        for at in (4, 8)
                    )
                    found.append((width, height))
    return max(found, key=lambda size: size[0] * size[1])


def _open(content: Content) -> Opened:
    if not _probe(content):
        raise DecodeError("heif: no such brand")
    named = "AVIF" if brands(content.octets) & _AVIF else "HEIC"
    return Opened(media=Medium("image", image_form(named, *_largest(content.octets))))


FORMAT = Format(
    id="heif",
    title="HEIC or AVIF image",
    reference="ISO/IEC 23008-12, 6.5.3 and 10.2; AV1 Image File Format 1.1, 6",
    probe=_probe,
    open=_open,
)
