"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson

_STREAM = {
    "name": "geluid kade",
    "unitOfMeasurement": {"symbol": "dB(A)"},
    "ObservedProperty": {"name": "LAeq"},
    "Thing": {"name": "kade-1"},
}
_TIME = "2026-05-12T10:00:00Z"
_WITH_STREAM = orjson.dumps({"phenomenonTime": _TIME, "result": 61.5, "Datastream": _STREAM})
CASES = (
    ("with its datastream", _WITH_STREAM, {"result": 61.5}),
    ("alone", orjson.dumps({"phenomenonTime": _TIME, "result": 3}), {"result": 3}),
    ("an object", orjson.dumps({"resultTime": _TIME, "result": {"a": 1}}), {"result.a": 1}),
    ("a page", orjson.dumps({"value": [{"resultTime": _TIME, "result": 4}]}),
     {"value[].result": 4}),
    ("of a datastream", orjson.dumps(
        {**_STREAM, "Observations": [{"phenomenonTime": _TIME, "result": 5}]}),
     {"Observations[].result": 5}),
)  # fmt: skip
INVALID = (
    b"", b"{}", b'{"result": 3}', b'{"phenomenonTime": "x"}', b'{"value": [{"result": 1}]}',
    b'{"value": 4}', b"[]",
)  # fmt: skip
SUBJECTS = (("of a thing", _WITH_STREAM, "kade-1", {}, ["kade-1"]),)
