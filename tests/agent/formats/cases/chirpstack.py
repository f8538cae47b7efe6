"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson

_INFO = {
    "deviceName": "geluid-2",
    "devEui": "0004a30b001c0531",
    "deviceProfileName": "SoundBox 2",
    "tags": {},
}
_HEARD = [{"gatewayId": "0016c001f0000001", "rssi": -97, "snr": 7.5, "location": {"latitude": 1.0}}]


def _four(**event):
    return orjson.dumps({"deviceInfo": _INFO, "devAddr": "00189440", "fCnt": 3, **event})


def _three(**event):
    head = {"applicationID": "4", "deviceName": "deur", "devEUI": "AASjCwAcBTI=", "fCnt": 9}
    return orjson.dumps({**head, **event})


CASES = (
    ("4: decoded, and so not opaque", _four(object={"laeq": 61.5}, data="AQI="),
     {"object.laeq": 61.5}),
    ("4: not decoded", _four(data="AQI="), {"data": b"\1\2"}),
    ("4: the radio's figures; the gateway's place is the gateway's", _four(rxInfo=_HEARD),
     {"rxInfo[].rssi": -97, "rxInfo[].snr": 7.5}),
    ("4: battery", _four(batteryLevel=88.5), {"batteryLevel": 88.5}),
    ("3: decoded, as text", _three(objectJSON='{"open": true}', data="AQI="),
     {"objectJSON.open": True}),
    ("3: decoded", _three(object={"open": False}), {"object.open": False}),
    ("3: octets in hexadecimal", _three(data="0102ff"), {"data": b"\1\2\xff"}),
)  # fmt: skip
INVALID = (
    b"", b"{}", b'{"deviceInfo": {"devEui": "0004a30b001c0531"}}', b'{"devEUI": "x", "fCnt": 1}',
    b'{"deviceInfo": 3, "fCnt": 1}', b"[1]",
)  # fmt: skip
SUBJECTS = (
    ("4", _four(rxInfo=_HEARD), "geluid-2",
     {"dev_eui": "0004a30b001c0531", "name": "geluid-2", "gateway": "0016c001f0000001",
      "model": "SoundBox 2"}),
    ("3: the EUI in base64", _three(), "deur", {"dev_eui": "0004a30b001c0532", "name": "deur"}),
)  # fmt: skip
