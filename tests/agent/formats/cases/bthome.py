"""Rows: why; content; leaves as path to value, or the form of a medium."""

from schouw_agent.records import Content

_TOLD = {"service_uuid": "fcd2"}

CASES = (
    ("version 2", bytes.fromhex("40 02ca09 03bf13"), {"temperature": 25.06, "humidity": 50.55}),
    ("version 2, sent upon an event", bytes.fromhex("44 21 01"), {"motion": True}),
    ("below zero", bytes.fromhex("40 0161 4518ff"), {"battery": 97, "temperature": -23.2}),
    (
        "packet, battery, button",
        bytes.fromhex("40 0052 0164 3a01"),
        {"packet_seq": 82, "battery": 100, "button": 1},
    ),
    ("the same object twice", bytes.fromhex("40 02ca09 02cf09"), {"temperature": 25.11}),
    ("four octets with a sign", bytes.fromhex("40 630057d0ff"), {"acceleration": -3.123456}),
    (
        "text, firmware",
        bytes.fromhex("40 5302 6869 f200 0102"),
        {"text": "hi", "firmware_version": "2.1.0"},
    ),
    ("octets, told", Content(bytes.fromhex("40 540200ff"), fields=_TOLD), {"raw": b"\x00\xff"}),
    ("version 1", bytes.fromhex("2302ca09 0303bf13"), {"temperature": 25.06, "humidity": 50.55}),
    ("version 1, a flag, told", Content(bytes.fromhex("021101"), fields=_TOLD), {"opened": True}),
    ("version 1, floating point", bytes.fromhex("4306 fe70"), {"mass": 10224.0}),
)
INVALID = (
    b"",
    b"\x40",
    bytes.fromhex("40 03bf13 02ca09"),  # not ascending
    bytes.fromhex("40 02ca"),  # cut off
    bytes.fromhex("40 02ca0901"),  # an object without value
    bytes.fromhex("40 7001"),  # no such object
    bytes.fromhex("40 03ffff"),  # 655 % of humidity
    bytes.fromhex("40 2105"),  # neither true nor false
    bytes.fromhex("41 a47266c95f730011223378237214"),  # encrypted, and nobody says by whom
    bytes.fromhex("60 02ca09"),  # version 3
    bytes.fromhex("2303bf13"),  # a signed humidity
    bytes.fromhex("0402ca0900"),
    bytes.fromhex("4406 fe7011"),
    bytes.fromhex("8302ca09"),
    bytes.fromhex("021001"),  # version 1, but too short to tell
    bytes.fromhex("0202ca"),
    b"@A room with a view",
    b"#\x02" + bytes(300),
)
ENCRYPTED = (
    Content(bytes.fromhex("41 a47266c95f730011223378237214"), fields=_TOLD),
    Content(bytes.fromhex("45 a47266c95f730011223378237214"), topic="ble/BTHome/7"),
)
