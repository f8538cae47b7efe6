"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson


def _up(**uplink):
    head = {"DevEUI": "0004A30B001C0533", "FPort": "2", "Lrrid": "080E0001", "LrrLAT": "52.1"}
    return orjson.dumps({"DevEUI_uplink": {**head, **uplink}})


CASES = (
    ("decoded", _up(payload={"temp": 19.5}, payload_hex="00c3"),
     {"DevEUI_uplink.payload.temp": 19.5}),
    ("not decoded", _up(payload_hex="00c3"), {"DevEUI_uplink.payload_hex": b"\0\xc3"}),
    ("signal", _up(LrrRSSI=-101.0, LrrSNR=5.5),
     {"DevEUI_uplink.LrrRSSI": -101.0, "DevEUI_uplink.LrrSNR": 5.5}),
)  # fmt: skip
INVALID = (b"", b"{}", b'{"DevEUI_uplink": 1}', b'{"DevEUI_uplink": {"FPort": 2}}', b'["DevEUI"]')
SUBJECTS = (
    ("named", _up(CustomerData={"name": "pomp-4"}), "pomp-4",
     {"dev_eui": "0004a30b001c0533", "gateway": "080E0001"}),
    ("not named", _up(), "0004A30B001C0533",
     {"dev_eui": "0004a30b001c0533", "gateway": "080E0001"}),
)  # fmt: skip
