"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson

_COUNT = {
    "counterSummary": {"8a1f-line": {"car": 12, "person": 3, "_total": 15}},
    "trackerSummary": {"totalItemsTracked": 40},
}
_FRAME = {"trackerDataForLastFrame": {"frameIndex": 9, "data": [{"id": 5, "name": "person"}]}}
CASES = (
    ("counts per line", orjson.dumps(_COUNT),
     {"counterSummary.car": 12, "counterSummary.person": 3}),
    ("a frame", orjson.dumps(_FRAME),
     {"trackerDataForLastFrame.frameIndex": 9, "trackerDataForLastFrame.data[].id": 5,
      "trackerDataForLastFrame.data[].name": "person"}),
    ("who passed", orjson.dumps({**_COUNT, "counterHistory": [{"id": 4, "name": "car"}]}),
     {"counterSummary.car": 12, "counterSummary.person": 3, "counterHistory[].id": 4,
      "counterHistory[].name": "car"}),
)  # fmt: skip
INVALID = (b"", b"{}", b'{"counterSummary": {}}', b'{"counterSummary": 3, "trackerSummary": 1}')
