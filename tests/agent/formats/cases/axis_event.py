"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson

_EVENT = {
    "topic": "axis:CameraApplicationPlatform/ObjectAnalytics/Device1Scenario1",
    "serial": "acce8e000001",
    "message": {"source": {}, "data": {"active": "1", "human": "2"}},
}
_FRAME = {
    "frame": {
        "timestamp": "2026-05-12T10:00:00Z",
        "observations": [{"track_id": "17", "class": {"type": "Human"}}],
    }
}
CASES = (
    ("an event", orjson.dumps(_EVENT),
     {"event": "Device1Scenario1", "message.data.active": "1", "message.data.human": "2"}),
    ("a frame of the scene", orjson.dumps(_FRAME),
     {"frame.timestamp": "2026-05-12T10:00:00Z", "frame.observations[].track_id": "17",
      "frame.observations[].class.type": "Human"}),
)  # fmt: skip
INVALID = (
    b"", b"{}", b'{"topic": "a/b", "message": {}}', b'{"topic": "axis:a", "message": "x"}',
    b'{"frame": 3}', b'{"frame": {"observations": []}}',
)  # fmt: skip
SUBJECTS = (("the sender itself", CASES[0][1], "", {"serial": "ACCE8E000001"}),)
