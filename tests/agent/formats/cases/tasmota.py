"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson

from schouw_agent.records import Content

_TIME = "2026-05-12T10:00:00"
_DISCOVERY = {
    "ip": "192.0.2.8", "dn": "mast-9", "fn": ["mast-9"], "hn": "mast-9-1234", "mac": "02A1B2C3D4E5",
    "md": "Sonoff Basic", "sw": "13.4.0", "ft": "%prefix%/%topic%/", "tp": ["cmnd", "stat", "tele"],
}  # fmt: skip
CASES = (
    ("readings", orjson.dumps({"Time": _TIME, "AM2301": {"Temperature": 20.5}, "TempUnit": "C"}),
     {"Time": _TIME, "AM2301.Temperature": 20.5}),
    ("by the topic", Content(orjson.dumps({"Time": _TIME, "ENERGY": {"Power": 40}}),
                             topic="tele/mast-9/SENSOR"), {"Time": _TIME, "ENERGY.Power": 40}),
    ("state", orjson.dumps({"Time": _TIME, "Uptime": "0T1", "Heap": 25, "Wifi": {"RSSI": 70}}),
     {"Time": _TIME, "Uptime": "0T1", "Heap": 25, "Wifi.RSSI": 70}),
    ("discovery", orjson.dumps(_DISCOVERY),
     {"mac": "02A1B2C3D4E5", "ip": "192.0.2.8", "md": "Sonoff Basic", "sw": "13.4.0"}),
)  # fmt: skip
INVALID = (
    b"", b"{}", orjson.dumps({"Time": _TIME, "temp": 20}), b'{"Time": 3, "TempUnit": "C"}',
    Content(b'{"Time": "now"}', topic="tele/mast-9/SENSOR"),
)  # fmt: skip
SUBJECTS = (
    ("readings are the sender's own", CASES[0][1], "", {}),
    ("discovery", CASES[3][1], "",
     {"name": "mast-9", "serial": "02A1B2C3D4E5", "model": "Sonoff Basic", "firmware": "13.4.0"}),
)  # fmt: skip
