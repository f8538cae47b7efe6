"""Rows: why; content; leaves as path to value, or the form of a medium."""

from schouw_agent.records import Content

_TOPIC = "mast-10/sensor/outside_temperature/state"
CASES = (
    ("a number", Content(b"20.5", topic=_TOPIC), {"outside_temperature": 20.5}),
    ("a word", Content(b"ON", topic="mast-10/binary_sensor/motion/state"), {"motion": "ON"}),
    ("below a prefix", Content(b"3", topic="a/mast-10/sensor/co2/state"), {"co2": 3.0}),
)
INVALID = (
    b"", b"20.5", Content(b"20.5", topic="mast-10/sensor/state"), Content(b"", topic=_TOPIC),
    Content(b'{"a": 1}', topic=_TOPIC), Content(b"\xff\xfe", topic=_TOPIC),
    Content(b"20.5", topic="mast-10/sensor/x/command"), Content(b"1" * 300, topic=_TOPIC),
)  # fmt: skip
