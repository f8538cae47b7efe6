"""Rows: why; content; leaves as path to value, or the form of a medium."""

import struct

from schouw_agent.records import Content

_TYPE = "application/vnd.oma.lwm2m+tlv"
_WARM = bytes.fromhex("e4 1644") + struct.pack(">f", 21.5) + bytes.fromhex("e3 1645") + b"Cel"

CASES = (
    (
        "one instance, by its path",
        Content(_WARM, topic="/3303/0"),
        {"temperature.value": 21.5, "temperature.unit": "Cel"},
    ),
    (
        "all instances",
        Content(bytes([0x08, 0, len(_WARM)]) + _WARM, topic="3303", media_type=_TYPE),
        {"temperature.value": 21.5, "temperature.unit": "Cel"},
    ),
    (
        "device: text, number, several of one",
        Content(
            bytes.fromhex("c8 00 0e") + b"Maker of lamps" + bytes.fromhex("c1 09 57"
            "86 07 41 00 64 41 01 65"), topic="/3/0",
        ),
        {"device.manufacturer": "Maker of lamps", "device.battery_level": 87,
         "device.supply_voltage": 101},
    ),
    (
        "where it is",
        Content(bytes.fromhex("c8 00 08") + struct.pack(">d", 52.5), topic="/6/0"),
        {"location.latitude": 52.5},
    ),
    ("of an unknown object", Content(_WARM, media_type=_TYPE),
     {"lwm2m.value": 21.5, "lwm2m.unit": "Cel"}),
)  # fmt: skip
INVALID = (
    b"",
    _WARM,
    Content(_WARM[:-1], topic="/3303/0"),
    Content(_WARM, topic="/9999/0"),
    Content(_WARM, topic="lamp/3303"),
    Content(b"\xcc\x09\x01\x01\x57", topic="/3/0"),
    Content(b"\xc1\x09", topic="/3/0"),
    Content(b"\x41\x00\x41" * 2000, topic="/3/0"),
    Content(b"21.5", topic="/3303/0/5700"),
    Content(b"\x08\x00\x12\x08\x00\x0f\x08\x00\x0c\x08\x00\x09\x08\x00\x06\x08\x00\x03\xc1\x09\x01",
            topic="/3/0"),
)  # fmt: skip
