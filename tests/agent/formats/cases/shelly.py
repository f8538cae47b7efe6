"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson

_SOURCE = "shellyplusht-02a1b2c3d4e5"


def _notify(**message):
    return orjson.dumps({"src": _SOURCE, "dst": "x/events", "method": "NotifyStatus", **message})


CASES = (
    ("status", _notify(params={"ts": 1.5, "temperature:0": {"id": 0, "tC": 20.5}}),
     {"params.ts": 1.5, "params.temperature:0.id": 0, "params.temperature:0.tC": 20.5}),
    ("an answer", _notify(id=1, result={"wifi": {"rssi": -60}}), {"result.wifi.rssi": -60}),
)  # fmt: skip
INVALID = (b"", b"{}", _notify(), b'{"src": "mast-9", "params": {}}', b'{"src": 1, "params": {}}')
SUBJECTS = (("the sender itself", CASES[0][1], "", {"name": _SOURCE, "serial": "02A1B2C3D4E5"}),)
