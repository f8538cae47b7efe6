"""Rows: why; content; leaves as path to value, or the form of a medium."""

_HEAD = b"RIFF\0\1\0\0AVI LIST\xc0\0\0\0hdrlavih\x38\0\0\0" + bytes(32)
_SIZE = (640).to_bytes(4, "little") + (480).to_bytes(4, "little") + bytes(16)
CASES = (
    ("video", _HEAD + _SIZE, "AVI 640×480"),
    (
        "with sound",
        _HEAD + _SIZE + b"LIST\x40\0\0\0strlstrh\x38\0\0\0auds",
        "AVI 640×480 with sound",
    ),
    ("cut off", _HEAD[:40], "AVI"),
)
INVALID = (b"", b"RIFF", b"RIFF\0\0\0\0WAVE", b"AVI ")
