"""Rows: why; content; leaves as path to value, or the form of a medium."""

import datetime as dt

import cbor2

from schouw_agent.records import Content

_WAV = (
    b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00"
    b"\x40\x1f\x00\x00\x01\x00\x08\x00"
)

CASES = (
    ("map", cbor2.dumps({"t": 21.5, "s": {"x": "on"}}), {"t": 21.5, "s.x": "on"}),
    ("list of maps", cbor2.dumps([{"t": 1}, {"t": 2}]), {"[].t": 2}),
    ("without a length", b"\xbf\x61t\x01\xff", {"t": 1}),
    ("numbered, and says what it is", b"\xd9\xd9\xf7" + cbor2.dumps({1: 2}), {"1": 2}),
    (
        "numbers alone, declared",
        Content(cbor2.dumps([1, 2]), media_type="application/cbor"),
        {"[]": [1, 2]},
    ),
    (
        "moment",
        cbor2.dumps({"at": dt.datetime(2026, 1, 19, tzinfo=dt.UTC)}),
        {"at": "2026-01-19T00:00:00+00:00"},
    ),
    ("fraction", cbor2.dumps({"f": cbor2.CBORTag(4, [-1, 5])}), {"f": 0.5}),
    ("sound inside", cbor2.dumps({"clip": _WAV}), "WAV 8 kHz mono"),
)
INVALID = (
    b"",
    b"\x80",
    cbor2.dumps([1, 2, 3]),
    cbor2.dumps({1: 2}),
    cbor2.dumps({"a": 1}) + b"\x00",
    cbor2.dumps({"a": 1})[:-1],
    b"\xa1\x61a\xd8\x23\x63(a+",  # a regular expression
    b"\xd8\x1c\x81\xd8\x1d\x00",  # a list that holds itself
    b"\x9b" + b"\xff" * 8,
    b"\x81" * 1000 + b"\x00",
    b"\xff",
    b"\xbf\x61t\xff",
    Content(b"\xa1", media_type="application/cbor"),
)
