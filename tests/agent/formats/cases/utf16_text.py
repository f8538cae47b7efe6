"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    ("little-endian, marked", '{"temp": 21.5}'.encode("utf-16"), {"temp": 21.5}),
    ("big-endian", '{"temp": 21.5}'.encode("utf-16-be"), {"temp": 21.5}),
    ("plain", "the gate is open".encode("utf-16-le"), {"": "the gate is open"}),
)
INVALID = (
    b"",
    b"a\0b\0",
    b"a\0b\0c\0d\0e",
    bytes(16),
    b"\xff\xfe\x00\xd8\x00\xd8\x00\xd8",
    b"\x01\x00\x02\x00\x03\x00\x04\x00",
    b"the gate is open",
)
