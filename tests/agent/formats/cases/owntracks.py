"""Rows: why; content; leaves as path to value, or the form of a medium."""

from schouw_agent.records import Content

CASES = (
    ("where it is", b'{"_type": "location", "lat": 52.1, "tid": "sj", "tst": 1}',
     {"_type": "location", "lat": 52.1, "tid": "sj", "tst": 1}),
    ("by the topic", Content(b'{"_type": "card", "name": "x"}', topic="owntracks/a/b"),
     {"_type": "card", "name": "x"}),
)  # fmt: skip
INVALID = (
    b"", b"{}", b'{"_type": 3}', b'{"_type": "reading", "tst": 1}', b'{"_type": "status"}',
    b'{"_type": "encrypted"}',
)  # fmt: skip
