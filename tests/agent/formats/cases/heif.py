"""Rows: why; content; leaves as path to value, or the form of a medium."""


def _box(kind, body):
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def _size(width, height):
    return _box(b"ispe", bytes(4) + width.to_bytes(4, "big") + height.to_bytes(4, "big"))


def _file(brand, *sizes):
    parts = _box(b"iprp", _box(b"ipco", b"".join(sizes)))
    return _box(b"ftyp", brand + bytes(4) + b"mif1" + brand) + _box(b"meta", bytes(4) + parts)


CASES = (
    ("of a telephone: the whole, not a tile", _file(b"heic", _size(512, 512), _size(4032, 3024)),
     "HEIC 4032×3024"),
    ("AVIF", _file(b"avif", _size(320, 240)), "AVIF 320×240"),
    ("cut off", _file(b"heic")[:24], "HEIC"),
)  # fmt: skip
INVALID = (b"", b"\0\0\0\x18ftypisom", b"\0\0\0\x04ftypheic", b"ftypheic")
