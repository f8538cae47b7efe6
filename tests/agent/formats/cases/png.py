"""Rows: why; content; leaves as path to value, or the form of a medium."""

_HEAD = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0\x08\2\0\0\0\0\0\0\0"
_EXIF = b"\0\0\0\x0eeXIfII*\0\x08\0\0\0\0\0\0\0\0\0" + bytes(4)
CASES = (
    ("header", _HEAD, "PNG 640×480"),
    ("with EXIF", _HEAD + _EXIF, "PNG 640×480 with EXIF"),
    ("cut off", _HEAD[:20], "PNG"),
    ("a chunk that lies about its length", _HEAD + b"\xff\xff\xff\xffIDAT", "PNG 640×480"),
)
INVALID = (b"", b"\x89PNG", b"\x89PNG\n\n\n\n", b"PNG\r\n\x1a\n")
