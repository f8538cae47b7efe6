"""BMP images: dimensions, and nothing of the picture."""

import struct

from schouw_agent.errors import DecodeError
from schouw_agent.formats.medium_form import image_form
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

# Sizes of the header of each version, and the depths of colour that there are.
_HEADERS = frozenset((12, 40, 52, 56, 64, 108, 124))
_DEPTHS = frozenset((1, 2, 4, 8, 16, 24, 32))


def _header(octets: bytes) -> tuple[int, int] | None:
    """Return width and height; None if these octets are no BMP."""
    if octets[:2] != b"BM" or len(octets) < 30:
        return None
    pixels, size = struct.unpack_from("<II", octets, 10)
    if size not in _HEADERS or pixels < 14 + size:
        return None
    if size == 12:
        width, height, planes, depth = struct.unpack_from("<HHHH", octets, 18)
    else:
        width, height, planes, depth = struct.unpack_from("<iiHH", octets, 18)
    if planes != 1 or depth not in _DEPTHS or not width or not height:
        return None
    return width, abs(height)


def _probe(content: Content) -> float:
    return 0.95 if _header(content.octets) else 0.0


def _open(content: Content) -> Opened:
    size = _header(content.octets)
    if size is None:
        raise DecodeError("bmp: no header")
    return Opened(media=Medium("image", image_form("BMP", *size)))


FORMAT = Format(
    id="bmp",
    title="BMP image",
    reference="Microsoft Windows GDI, BITMAPFILEHEADER, BITMAPCOREHEADER and BITMAPINFOHEADER",
    probe=_probe,
    open=_open,
)
