"""Rows: why; content; leaves as path to value, or the form of a medium."""

import cbor2

CASES = (
    (
        "numbered labels",
        cbor2.dumps([{-2: "urn:dev:ow:10e2073a01080063:", 0: "temp", 1: "Cel", 2: 21.5}]),
        {"temp": 21.5},
    ),
    (
        "LwM2M, with octets",
        cbor2.dumps([{-2: "/3304/0/", 0: "5700", 2: 61}, {0: "5750", 8: b"ab"}]),
        {"humidity.value": 61, "humidity.application_type": b"ab"},
    ),
)
INVALID = (
    b"",
    cbor2.dumps([]),
    cbor2.dumps([1]),
    cbor2.dumps([{2: 21.5}]),
    cbor2.dumps({0: "temp", 2: 21.5}),
    cbor2.dumps([{0: "temp", 2: 21.5, 99: 1}]),
    cbor2.dumps([{0: "temp", 2: 21.5}])[:-1],
)
