"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    ("a row of channels in it", b"036700d704687a",
     {"": "036700d704687a", "channel_3.temperature": 21.5, "channel_4.humidity": 61.0}),
    ("prefix, quotes", b'"0x036700D704687A"',
     {"": '"0x036700D704687A"', "channel_3.temperature": 21.5, "channel_4.humidity": 61.0}),
    ("blanks", b"03 67 00 d7 04 68 7a\r\n",
     {"": "03 67 00 d7 04 68 7a\r\n", "channel_3.temperature": 21.5, "channel_4.humidity": 61.0}),
    ("JSON, of the length of a digest", b'{"a": 12345678}'.hex().encode() + b"20", {"a": 12345678}),
    ("text", b"the gate is open now".hex().encode(), {"": "the gate is open now"}),
)  # fmt: skip
INVALID = (
    b"",
    b"21.5",
    b"20260119",
    b"123456789012",
    b"deadbeef",  # a word of letters alone
    b"021a4b000001",
    b"02:1a:4b:00:00:01",
    b"9f" * 32,
    b"036700d704687",
    b"0x03",
    b"036700d7 and more",
    b"\xff" * 20,
)
