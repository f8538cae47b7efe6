"""End devices of The Things Stack: the API's answer, and the lines of its CLI."""

API = b"""{"end_devices": [{"ids": {"device_id": "lucht-01", "dev_eui": "0257480000000121",
 "application_ids": {"application_id": "havenplein"}}, "name": "Luchtmeter", "attributes":
 {"register": "WH-HP-001"}, "locations": {"frm-payload": {"latitude": 1, "longitude": 1},
 "user": {"latitude": 52.37, "longitude": 4.89, "source": "SOURCE_REGISTRY"}}}]}"""
LINES = b"""{"ids": {"device_id": "a-1", "dev_eui": "0257480000000122"}}

{"ids": {"device_id": "a-2"}, "locations": {"user": {"latitude": 0, "longitude": 0}}}
{"ids": "broken"}
"""

CASES = [
    (
        "end-devices.json",
        API,
        [
            ({"dev_eui": "0257480000000121", "name": "lucht-01"},
             ("lucht-01", "Luchtmeter", "WH-HP-001"), (52.37, 4.89)),
        ],
        0,
    ),
    (
        "export.json",
        LINES,
        [({"dev_eui": "0257480000000122", "name": "a-1"}, ("a-1",)), ({"name": "a-2"}, ("a-2",))],
        1,
    ),
]  # fmt: skip

INVALID = [
    (b'{"ids": {"device_id": ""}}', "nothing by which a device could be known"),
    (b'[{"ids": {"device_id": "x"', "not valid JSON"),
]
