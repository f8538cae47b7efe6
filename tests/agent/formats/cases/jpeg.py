"""Rows: why; content; leaves as path to value, or the form of a medium."""

_START = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_FRAME = b"\xff\xc0\x00\x11\x08\x01\xe0\x02\x80\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"

_TIFF = b"II*\0\x08\0\0\0\0\0\0\0\0\0"
_EXIF = b"\xff\xe1\x00\x16Exif\0\0" + _TIFF

CASES = (
    ("whole header", _START + _FRAME, "JPEG 640×480"),
    ("with EXIF", _START + _EXIF + _FRAME, "JPEG 640×480 with EXIF"),
    ("fill octets", _START + b"\xff\xff" + _FRAME[1:], "JPEG 640×480"),
    ("cut before the frame", _START, "JPEG"),
    ("cut in the frame", _START + _FRAME[:6], "JPEG"),
    ("scan without a frame", _START + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00", "JPEG"),
)
INVALID = (b"", b"\xff\xd8", b"\xff\xd8\xff\x00", b"GIF89a", _FRAME)
MALFORMED = (_START + b"\x00\x00\x00\x00", _START + b"\xff\xc0\x00\x01\x00")
