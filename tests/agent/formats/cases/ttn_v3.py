"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson

_IDS = {"device_id": "lucht-3", "dev_eui": "0004A30B001C0530"}


def _up(**uplink):
    return orjson.dumps({"end_device_ids": _IDS, "uplink_message": uplink})


_HEARD = [
    {
        "gateway_ids": {"gateway_id": "haven-gw"},
        "rssi": -101,
        "snr": 4.5,
        "location": {"latitude": 52.0},
    }
]

CASES = (
    ("decoded: the octets are not opaque then",
     _up(decoded_payload={"temp": 21.5}, frm_payload="AQID"),
     {"uplink_message.decoded_payload.temp": 21.5}),
    ("not decoded", _up(f_port=2, frm_payload="AQID"), {"uplink_message.frm_payload": "AQID"}),
    ("radio; the gateway's place is the gateway's", _up(rx_metadata=_HEARD),
     {"uplink_message.rx_metadata[].rssi": -101, "uplink_message.rx_metadata[].snr": 4.5}),
    ("its own place", _up(locations={"user": {"latitude": 52.1}}),
     {"uplink_message.locations.user.latitude": 52.1}),
    ("join", orjson.dumps({"end_device_ids": _IDS, "join_accept": {}}), {}),
    ("parts of other types", _up(rx_metadata="x", settings=[], locations=3), {}),
)  # fmt: skip
INVALID = (
    b"", b"{}", b'{"end_device_ids": 1}', b'{"end_device_ids": {"device_id": 4}}',
    b'{"end_device_ids": {"device_id": "a"}}', b'["uplink_message"]', b"{",
)  # fmt: skip
SUBJECTS = (
    ("device and gateway", _up(rx_metadata=_HEARD), "lucht-3",
     {"name": "lucht-3", "dev_eui": "0004a30b001c0530", "gateway": "haven-gw"}),
)  # fmt: skip
