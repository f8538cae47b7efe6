"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    ("a key with the separator in it", b'{"PM2.5": 4.4}', {"PM2_5": 4.4}),
    ("object", b'{"a": 1, "b": {"c": "x"}}', {"a": 1, "b.c": "x"}),
    ("list positions", b'{"s": [{"v": 1}, {"v": 2}]}', {"s[].v": 2}),
    ("numbers stay one leaf", b'{"n": [1, 2.5, 3]}', {"n[]": [1, 2.5, 3]}),
    ("bare list", b'["x", "y"]', {"[]": "y"}),
    ("bare text", b'"on"', {"": "on"}),
    ("empty", b"{}", {}),
    ("no numbers", b'{"m": [true, null]}', {"m[]": None}),
)
INVALID = (b"{", b'{"a":}', b"{'a': 1}", b"\xff{}")
