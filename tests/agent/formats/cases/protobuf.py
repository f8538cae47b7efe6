"""Rows: why; content; leaves as path to value, or the form of a medium."""

import struct

from schouw_agent.records import Content

_TYPE = "application/x-protobuf"
_FLOAT = b"\x1d" + struct.pack("<f", 21.5)

CASES = (
    (
        "text, numbers",
        b"\x0a\x08lamp-017\x10\x96\x01" + _FLOAT,
        {"field1": "lamp-017", "field2": 150, "field3": 21.5},
    ),
    (
        "a message inside, repeated",
        b"\x08\x01\x12\x07\x0a\x03abc\x10\x05\x12\x07\x0a\x03abd\x10\x06\x18\x07",
        {"field1": 1, "field2[].field1": "abd", "field2[].field2": 6, "field3": 7},
    ),
    (
        "below zero, double",
        b"\x0a\x05kade1\x10" + b"\xff" * 9 + b"\x01\x19" + struct.pack("<d", -3.25),
        {"field1": "kade1", "field2": -1, "field3": -3.25},
    ),
    ("declared", Content(b"\x08\x96\x01", media_type=_TYPE), {"field1": 150}),
)
INVALID = (
    b"",
    b"\x08\x96\x01",
    b"\x08\x01\x10\x02\x18\x03\x20\x04",  # numbers alone
    b"\x10\x96\x01\x0a\x08lamp-017" + _FLOAT,  # not in order
    b"\x0a\x08lamp-017\x08\x96\x01" + _FLOAT,  # one field of two types
    b"\x0a\x08lamp-017\x10\x96\x01" + _FLOAT + b"\x00",
    b"\x0a\x08lamp-017\x10\x96\x01\x9a\x3f\x01a",  # a field over 1,000
    b"\nA line of text\nand another one\n",
    b"\x0a\xff\xff\xff\xff\x0f",
    bytes(range(64)),
    Content(b"\x08", media_type=_TYPE),
)
