"""Rows: why; content; leaves as path to value, or the form of a medium."""

_STREAM = (16_000 << 44 | 0 << 41 | 15 << 36 | 32_000).to_bytes(8, "big")
CASES = (
    ("whole header", b"fLaC\0\0\0\x22" + bytes(10) + _STREAM + bytes(16), "FLAC 16 kHz mono 2.0 s"),
    ("cut off", b"fLaC\0\0\0\x22", "FLAC"),
)
INVALID = (b"", b"fLa", b"FLAC\0\0\0\x22")
