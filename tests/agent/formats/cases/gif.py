"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    ("of 1987", b"GIF87a\x40\x01\xf0\x00", "GIF 320×240"),
    ("of 1989", b"GIF89a\x40\x01\xf0\x00\xf7\0\0", "GIF 320×240"),
    ("no size", b"GIF89a" + bytes(4), "GIF"),
)
INVALID = (b"", b"GIF89a", b"GIF90a\x40\x01\xf0\x00", b"GIFT89a\0\0\0\0")
