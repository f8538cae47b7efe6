"""Rows: why; content; leaves as path to value, or the form of a medium."""

from schouw_agent.records import Content

_TYPE = "application/x-www-form-urlencoded"

CASES = (
    ("pairs", Content(b"a=1&b=x+y", media_type=_TYPE), {"a": "1", "b": "x y"}),
    ("empty value", Content(b"a=", media_type=_TYPE), {"a": ""}),
)
INVALID = (Content(b"a=1"), Content(b"a", media_type=_TYPE))
MALFORMED = (
    Content(b"a=\xff", media_type=_TYPE),
    Content(b"&".join([b"a=1"] * 300), media_type=_TYPE),
)
