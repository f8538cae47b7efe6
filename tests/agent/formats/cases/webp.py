"""Rows: why; content; leaves as path to value, or the form of a medium."""


def _file(kind, body):
    size = len(body).to_bytes(4, "little")
    return b"RIFF\x40\0\0\0WEBP" + kind + size + body


_EXTENDED = b"\x08\0\0\0\x7f\x02\0\xdf\x01\0"
_LOSSLESS = b"\x2f" + ((639 | 479 << 14).to_bytes(4, "little")) + b"\0\0\0"
CASES = (
    ("extended", _file(b"VP8X", _EXTENDED), "WebP 640×480"),
    ("lossy", _file(b"VP8 ", b"\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01"), "WebP 640×480"),
    ("lossless", _file(b"VP8L", _LOSSLESS), "WebP 640×480"),
    ("with EXIF", _file(b"VP8X", _EXTENDED) + b"EXIF\x0e\0\0\0II*\0\x08\0\0\0" + bytes(6),
     "WebP 640×480 with EXIF"),
    ("cut off", _file(b"VP8 ", b""), "WebP"),
)  # fmt: skip
INVALID = (b"", b"RIFF", b"RIFF\0\0\0\0WAVE", b"RIFF\0\0\0\0WEB")
