"""Rows: why; content; leaves as path to value, or the form of a medium."""

from schouw_agent.records import Content

_HINT = "city/lpp/up"

CASES = (
    (
        "two of the climate",
        bytes.fromhex("0367 00d7 0468 7a"),
        {"channel_3.temperature": 21.5, "channel_4.humidity": 61.0},
    ),
    (
        "below zero",
        bytes.fromhex("0167 ffd7 0166 01"),
        {"channel_1.temperature": -4.1, "channel_1.presence": True},
    ),
    (
        "a place",
        bytes.fromhex("0188 080220 00a604 0003e8 0273 2791"),
        {
            "channel_1.location.latitude": 52.4832,
            "channel_1.location.longitude": 4.25,
            "channel_1.location.altitude": 10.0,
            "channel_2.air_pressure": 1012.9,
        },
    ),
    (
        "three axes, and said to be this",
        Content(bytes.fromhex("0671 04d2 fb2e 0000"), topic=_HINT),
        {"channel_6.acceleration[]": [1.234, -1.234, 0.0]},
    ),
    (
        "one number, and said to be this",
        Content(bytes.fromhex("0202 0186"), topic=_HINT),
        {"channel_2.analog_input": 3.9},
    ),
)
INVALID = (
    b"",
    bytes.fromhex("0202 0186"),  # one number of unknown meaning, and nobody says it is this
    bytes.fromhex("0367 00d7"),
    bytes.fromhex("0367 1001 0468 71"),  # 409.7 °C: another maker's octets, the other way round
    bytes.fromhex("0175 5c 0367 3401 0468 65"),  # a battery of one octet, as others send it
    bytes.fromhex("0367 00d7 0468"),
    bytes.fromhex("0367 00d7 0367 00d7"),  # one channel twice
    bytes.fromhex("0367 00d7 0468 ff"),  # 127.5 %
    bytes.fromhex("4167 00d7 4268 7a"),  # channels that nobody has
    bytes.fromhex("0188 ffffff 200000 000000 0468 7a"),
    bytes.fromhex("0302 00d7 0403 007a"),
    Content(bytes.fromhex("03ff 00"), topic=_HINT),
    b"gate open now",
)
