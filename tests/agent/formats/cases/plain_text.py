"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    ("word", b"ON", {"": "ON"}),
    ("Dutch", "café gesloten".encode(), {"": "café gesloten"}),
)
INVALID = (b"", b"\x00\x01\x02\x03", b"\xff\xfe\xfd", b"\x01\x02ok\x03\x04")
