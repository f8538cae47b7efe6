"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson


def _up(**uplink):
    head = {"app_id": "haven", "dev_id": "bak-7", "hardware_serial": "0004A30B001C0536", "port": 1}
    return orjson.dumps({**head, **uplink})


CASES = (
    ("decoded", _up(payload_raw="AQI=", payload_fields={"fill": 80}), {"payload_fields.fill": 80}),
    ("not decoded", _up(payload_raw="AQI="), {"payload_raw": b"\1\2"}),
    ("its own place", _up(metadata={"latitude": 52.1, "gateways": [{"gtw_id": "g", "rssi": -60}]}),
     {"metadata.latitude": 52.1, "metadata.gateways[].rssi": -60}),
)  # fmt: skip
INVALID = (b"", b"{}", b'{"dev_id": "a"}', b'{"dev_id": "a", "hardware_serial": "b"}')
SUBJECTS = (
    ("device", _up(payload_raw="AQ=="), "bak-7", {"dev_eui": "0004a30b001c0536", "name": "bak-7"}),
)
