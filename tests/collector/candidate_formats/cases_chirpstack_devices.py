"""Devices of ChirpStack: both versions, a single device, tags, and what is none."""

V4 = b"""{"totalCount": 2, "result": [
 {"devEui": "0257480000000121", "name": "lucht-01", "description":
  "Mast Havenplein, bel 06-12345678", "deviceProfileName": "pm-sensor"},
 {"devEui": "", "name": "leeg"}]}"""
V3 = b'{"totalCount": "1", "result": [{"devEUI": "0257480000000122", "name": "WH-2"}]}'
ONE = b'{"device": {"devEui": "0257480000000123", "name": "bin", "tags": {"register": "WH-HP-3"}}}'

# File name, octets, marks and names of each candidate, number of errors.
CASES = [
    (
        "devices.json",
        V4,
        [
            ({"dev_eui": "0257480000000121", "name": "lucht-01"},
             ("lucht-01", "Mast Havenplein, bel […]")),
            ({"name": "leeg"}, ("leeg",)),
        ],
        0,
    ),
    ("v3.json", V3, [({"dev_eui": "0257480000000122", "name": "wh-2"}, ("WH-2",))], 0),
    ("one.json", ONE, [({"dev_eui": "0257480000000123", "name": "bin"}, ("bin", "WH-HP-3"))], 0),
]  # fmt: skip

INVALID = [
    (b'{"result": [{"devEui": 7}, 3]}', "nothing by which a device could be known"),
    (b'{"devEui": [', "not valid JSON"),
]
