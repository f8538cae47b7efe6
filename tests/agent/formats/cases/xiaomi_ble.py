"""Rows: why; content; leaves as path to value, or the form of a medium."""

from schouw_agent.records import Content

_ADDRESS = "03020155aa02"  # 02:aa:55:01:02:03
_TOLD = {"service_uuid": "fe95"}

CASES = (
    (
        "with an address",
        bytes.fromhex("5040 d603 01" + _ADDRESS + "1910 01 00"),
        {"door_open": True},
    ),
    (
        "address and capability",
        bytes.fromhex("7020 5b04 0f" + _ADDRESS + "09 0d10 04 d7002201"),
        {"temperature": 21.5, "humidity": 29.0},
    ),
    (
        "a capability of input and output",
        bytes.fromhex("7020 5b04 0f" + _ADDRESS + "290000 0410 02 d700"),
        {"temperature": 21.5},
    ),
    (
        "two objects and padding",
        bytes.fromhex("5050 830a 01" + _ADDRESS + "0f0003640000 0a10015b 07"),
        {"motion": True, "illuminance": 100, "battery": 91},
    ),
    ("floating point", bytes.fromhex("4050 e116 08 014c 04 0000ac41"), {"temperature": 21.5}),
    (
        "who opened a lock",
        bytes.fromhex("4040 9303 08 0600 05 0100008000"),
        {"fingerprint.key_id": "01000080", "fingerprint.result": 0},
    ),
)
INVALID = (
    b"",
    bytes.fromhex("5040 d603 01"),
    bytes.fromhex("5040 d603 01" + _ADDRESS + "1910 02 00"),  # another length
    bytes.fromhex("5040 d603 01" + _ADDRESS + "1110 01 00"),  # no such object
    bytes.fromhex("5040 d603 01" + _ADDRESS + "1910 01 00 112233"),
    bytes.fromhex("5010 d603 01" + _ADDRESS + "1910 01 00"),  # no object announced
    bytes.fromhex("5090 d603 01" + _ADDRESS + "1910 01 00"),  # version 9
    bytes.fromhex("5858 5b05 2a" + _ADDRESS + "a1b2c3d4e5f60718"),  # encrypted, and untold
    b"P@ a plain text",
)
ENCRYPTED = (Content(bytes.fromhex("5858 5b05 2a" + _ADDRESS + "a1b2c3d4e5f60718"), fields=_TOLD),)
