"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson


def _up(**uplink):
    return orjson.dumps({"device": "1A2B3C", "time": "1700000000", "data": "0102", **uplink})


CASES = (
    ("octets", _up(seqNumber=4), {"data": b"\1\2"}),
    ("radio", _up(station="0BA1", rssi=-120.5), {"data": b"\1\2", "rssi": -120.5}),
)
INVALID = (b"", b"{}", _up(), b'{"device": "a", "time": 1}', b'{"device": 1, "data": "", "lqi": 2}')
SUBJECTS = (
    ("device and station", _up(station="0BA1"), "1A2B3C", {"serial": "1A2B3C", "gateway": "0BA1"}),
)
