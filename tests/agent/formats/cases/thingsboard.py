"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    ("one device", b'{"mast-6": [{"ts": 1, "values": {"temp": 20}}]}', {"values.temp": 20}),
    ("two", b'{"mast-6": [{"values": {"temp": 20}}], "mast-7": [{"values": {"co2": 500}}]}',
     {"values.temp": 20, "values.co2": 500}),
)  # fmt: skip
INVALID = (
    b"", b"{}", b'{"a": []}', b'{"a": [1]}', b'{"a": [{"ts": 1}]}', b'{"values": {"temp": 20}}',
    b'{"a": [{"values": {}, "other": 1}]}',
)  # fmt: skip
SUBJECTS = (
    ("one", CASES[0][1], "mast-6", {}, ["mast-6"]),
    ("two", CASES[1][1], "", {}, ["mast-6", "mast-7"]),
)
