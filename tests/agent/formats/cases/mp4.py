"""Rows: why; content; leaves as path to value, or the form of a medium."""


def _box(kind, body=b""):
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def _track(handler, width=0, height=0):
    head = bytes(76) + width.to_bytes(2, "big") + bytes(2) + height.to_bytes(2, "big") + bytes(2)
    media = _box(b"mdia", _box(b"hdlr", bytes(8) + handler + bytes(12)))
    return _box(b"trak", _box(b"tkhd", head) + media)


def _file(*tracks, brand=b"isom"):
    kind = _box(b"ftyp", brand + bytes(4) + b"mp41")
    return kind + (_box(b"moov", _box(b"mvhd", bytes(100)) + b"".join(tracks)) if tracks else b"")


_VIDEO, _SOUND = _track(b"vide", 1280, 720), _track(b"soun")
CASES = (
    ("video", _file(_VIDEO), "MP4 1280×720"),
    ("with sound", _file(_VIDEO, _SOUND), "MP4 1280×720 with sound"),
    ("sound alone", _file(_SOUND), "MP4"),
    ("sound alone, its tracks not yet seen", _file(brand=b"M4A "), "MP4"),
    ("its tracks not yet seen", _file(), "MP4"),
    ("a fragment", _box(b"moof", _box(b"mfhd", bytes(8))) + _box(b"mdat", b"x"), "MP4 fragment"),
    ("a segment", _box(b"styp", b"msdh" + bytes(4) + b"msdh"), "MP4 fragment"),
    ("a size of 64 bits", b"\0\0\0\1moov" + (16 + 16).to_bytes(8, "big") + _box(b"mvhd", bytes(8)),
     "MP4"),
)  # fmt: skip
INVALID = (
    b"", b"ftyp", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", b"\0\0\0\4moov", _box(b"moof", b"x" * 8),
    b"\0\0\0\2ftypisom", b"the moov",
)  # fmt: skip
