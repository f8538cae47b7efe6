"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson


def _up(**uplink):
    return orjson.dumps({"cmd": "rx", "EUI": "0004A30B001C0535", "fcnt": 12, "port": 1, **uplink})


CASES = (
    ("decoded", _up(data="0a", decoded={"data": {"co2": 620}}), {"decoded.data.co2": 620}),
    ("not decoded", _up(data="0a0b", rssi=-90), {"data": b"\x0a\x0b", "rssi": -90}),
    ("still encrypted", _up(encdata="0c0d"), {"encdata": b"\x0c\x0d"}),
)
INVALID = (b"", b"{}", b'{"cmd": "rx"}', b'{"cmd": "rx", "EUI": 4, "data": ""}', b'{"EUI": "x"}')
SUBJECTS = (
    ("device and gateway", _up(gws=[{"gweui": "0016C001F0000002", "rssi": -80}]),
     "0004A30B001C0535", {"dev_eui": "0004a30b001c0535", "gateway": "0016C001F0000002"}),
)  # fmt: skip
