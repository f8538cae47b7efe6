"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson


def _up(**uplink):
    head = {"dev_eui": "0004A30B001C0534", "devaddr": "340000E2", "name": "peil-1", "port": 2}
    return orjson.dumps({**head, **uplink})


_HEARD = [{"name": "wide-blue-gull", "rssi": -110, "snr": -3.2, "lat": 52.1, "long": 4.9}]
CASES = (
    ("decoded", _up(payload="AQI=", decoded={"status": "success", "payload": {"level": 1.5}}),
     {"decoded.payload.level": 1.5}),
    ("not decoded", _up(payload="AQI="), {"payload": b"\1\2"}),
    ("the hotspot's place is somebody's house, and not the device's", _up(hotspots=_HEARD),
     {"hotspots[].rssi": -110, "hotspots[].snr": -3.2}),
)  # fmt: skip
INVALID = (b"", b"{}", b'{"dev_eui": "0004A30B001C0534"}', b'{"devaddr": "x", "payload": "AQ=="}')
SUBJECTS = (
    ("device and hotspot", _up(hotspots=_HEARD), "peil-1",
     {"dev_eui": "0004a30b001c0534", "name": "peil-1", "gateway": "wide-blue-gull"}),
)  # fmt: skip
