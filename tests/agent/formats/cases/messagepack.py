"""Rows: why; content; leaves as path to value, or the form of a medium."""

import msgpack

from schouw_agent.records import Content

CASES = (
    ("map", msgpack.packb({"t": 21.5, "s": {"x": "on"}}), {"t": 21.5, "s.x": "on"}),
    ("list of maps", msgpack.packb([{"t": 1}, {"t": 2}]), {"[].t": 2}),
    ("octets", msgpack.packb({"raw": b"\xff\x00"}), {"raw": b"\xff\x00"}),
    ("moment", msgpack.packb({"at": msgpack.Timestamp(1768780800)}), {"at": None}),
    (
        "numbers alone, declared",
        Content(msgpack.packb([1, 2]), media_type="application/msgpack"),
        {"[]": [1, 2]},
    ),
)
INVALID = (
    b"",
    b"\x80",
    msgpack.packb([1, 2, 3]),
    msgpack.packb({1: 2}),
    msgpack.packb({"a": 1}) + b"\x00",
    msgpack.packb({"a": 1})[:-1],
    b"\x91" * 2000 + b"\x00",
    b"\xdd\xff\xff\xff\xff",
    b"\x81\xa1\x07\x01",
)
