"""Rows: why; content; leaves as path to value, or the form of a medium."""

import struct


def _file(size=40, width=320, height=240, planes=1, depth=24):
    pixels = 14 + size
    shape = "<HHHH" if size == 12 else "<iiHH"
    header = struct.pack("<I", size) + struct.pack(shape, width, height, planes, depth)
    return b"BM" + struct.pack("<IHHI", 999, 0, 0, pixels) + header.ljust(size, b"\0") + bytes(8)


CASES = (
    ("usual", _file(), "BMP 320×240"),
    ("from the top down", _file(height=-240), "BMP 320×240"),
    ("of OS/2", _file(size=12), "BMP 320×240"),
)
INVALID = (
    b"", b"BM", b"BM" + bytes(60), _file(size=41), _file(planes=2), _file(depth=7), _file(width=0),
    b"BMW 3-serie, kleur blauw, bouwjaar 2014, gezien op de kade",
)  # fmt: skip
