"""Rows: why; content; leaves as path to value, or the form of a medium."""

import gzip
import zlib

CASES = (
    ("gzip", gzip.compress(b'{"temp": 21.5}', mtime=0), {"temp": 21.5}),
    ("zlib", zlib.compress(b'{"temp": 21.5}'), {"temp": 21.5}),
    ("members, one after another", gzip.compress(b'{"temp"', mtime=0) + gzip.compress(b":21.5}"),
     {"temp": 21.5}),
    ("twice", gzip.compress(zlib.compress(b'{"temp": 21.5}')), {"temp": 21.5}),
    ("plain text is kept", gzip.compress(b"the gate is open"), {"": "the gate is open"}),
)  # fmt: skip
INVALID = (
    b"",
    b"\x1f\x8b\x08",
    b"\x1f\x8b\x08\xff" + bytes(20),
    b"x\x9c of a longer text",
    b"x\x9d" + bytes(20),
    b"xylophone and others",
)
MALFORMED = (gzip.compress(b"0123456789" * 9)[:-9], b"\x1f\x8b\x08\x00" + b"\xff" * 40)
BOMB = gzip.compress(gzip.compress(bytes(64 * 2**20), 9), 9)
