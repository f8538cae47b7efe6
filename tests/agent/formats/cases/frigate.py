"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson

from schouw_agent.records import Content


def _event(**seen):
    now = {"id": "1.5-x", "camera": "kade_1", "label": "person", **seen}
    return orjson.dumps({"before": {"id": "1.5-x", "score": 0.4}, "after": now, "type": "new"})


_NOW = {"after.id": "1.5-x", "after.camera": "kade_1", "after.label": "person"}
CASES = (
    ("an event, as it is now", _event(score=0.8), {**_NOW, "after.score": 0.8}),
    ("recognised", _event(sub_label=["Saartje", 0.9]),
     {**_NOW, "after.sub_label[]": 0.9}),
    ("how many", Content(b"3", topic="frigate/kade_1/person"), {"person": 3}),
    ("how many in a zone", Content(b"2", topic="frigate/kade_1/vak/car"), {"car": 2}),
    ("a review", Content(b'{"camera": "kade_1", "severity": "alert"}', topic="frigate/reviews"),
     {"camera": "kade_1", "severity": "alert"}),
)  # fmt: skip
INVALID = (
    b"", b"{}", b"3", Content(b"ON", topic="frigate/kade_1/person"), b'{"after": {"camera": "a"}}',
    Content(b"3", topic="frigate/kade_1/recordings"), b'{"after": 3, "before": 4}',
)  # fmt: skip
MALFORMED = (Content(b"9" * 40, topic="frigate/kade_1/person"),)
SUBJECTS = (
    ("the camera", CASES[0][1], "kade_1", {}),
    ("the camera, by topic", CASES[2][1], "kade_1", {}),
)
