"""WebSocket without its handshake; with it, see the cases of HTTP.  Frames after RFC 6455, 5."""

ORIG, RESP = True, False


def masked(first: int, payload: bytes) -> bytes:
    mask = b"\x37\xfa\x21\x3d"
    octets = bytes(octet ^ mask[i % 4] for i, octet in enumerate(payload))
    return bytes([first, 0x80 | len(payload)]) + mask + octets


VALUE = b'{"dB": 61.5, "id": 7}'
CASES = [
    {
        "name": "text of a client, and what it is answered",
        "chunks": [(ORIG, masked(0x81, VALUE)), (RESP, b"\x81\x02ok\x89\x00")],
        "messages": [("text", {"path": ""}, VALUE), ("text", {}, b"ok")],
        "protocol": "websocket",
    },
]
CASES.append(
    {
        "name": "binary of a client, and text that it is answered",
        "chunks": [(ORIG, masked(0x82, b"\1\2")), (RESP, b"\x81\x15" + VALUE)],
        "messages": [("binary", {}, b"\1\2"), ("text", {}, VALUE)],
    }
)
PUBLISH = bytes.fromhex("30 1b 000c") + b"street/noise" + VALUE[:13]
CASES += [
    {
        "name": "MQTT that a server delivers, and pings of the client",
        "chunks": [(RESP, b"\x82\x1d" + PUBLISH), (ORIG, masked(0x82, b"\xc0\0"))],
        "messages": [("publish", {"topic": "street/noise"}, VALUE[:13]), ("pingreq", {}, b"")],
        "protocols": ("mqtt",),
        "protocol": "mqtt",
    },
    {
        "name": "MQTT of which a server delivers several in one frame",
        "chunks": [(RESP, b"\x82\x3a" + PUBLISH * 2)],
        "messages": [("publish", {"topic": "street/noise"}, VALUE[:13])] * 2,
        "protocols": ("mqtt",),
    },
    {
        "name": "MQTT that a client publishes, longer than the head that is looked at",
        "chunks": [
            (
                ORIG,
                b"\x82\xfe\x0b\xc9\0\0\0\0" + bytes.fromhex("30 c617 000c") + b"street/noise"
                + b"x" * 3000,
            ),
            (RESP, b"\x82\x02\xd0\0"),
        ],
        "messages": [("publish", {"topic": "street/noise"}, b"x" * 3000), ("pingresp", {}, b"")],
        "protocols": ("mqtt",),
    },
]  # fmt: skip
SHORT = bytes.fromhex("30 25 0003") + b"a/1" + b'{"dB": 61.5, "id": "street-sound"}'[:32]
LONG = bytes.fromhex("30 c702 0003") + b"a/1" + b'{"dB": 61.5, "id": 7}  ' * 14
CASES += [
    {
        "name": "MQTT with a short topic, and more in one frame of two segments",
        "chunks": [
            (RESP, b"\x82\x7e\x04\x05" + (LONG * 3)[:600]),
            (RESP, (LONG * 3 + SHORT)[600:]),
        ],
        "messages": [("publish", {"topic": "a/1"}, each) for each in (*[LONG[8:]] * 3, SHORT[7:])],
        "protocols": ("mqtt",),
    },
    {
        "name": "pings of MQTT, before anything is published",
        "chunks": [(ORIG, masked(0x82, b"\xc0\0")), (RESP, b"\x82\x02\xd0\0")],
        "messages": [("pingreq", {}, b""), ("pingresp", {}, b"")],
        "protocols": ("mqtt",),
    },
    {
        "name": "a ping of WebSocket between packets of MQTT",
        "chunks": [(RESP, b"\x82\x02\xd0\0\x89\0\x82\x1d" + PUBLISH)],
        "messages": [("pingresp", {}, b""), ("publish", {"topic": "street/noise"}, VALUE[:13])],
        "protocols": ("mqtt",),
    },
]
INVALID = [
    {
        "name": "reserved bit, after a good message",
        "chunks": [(ORIG, masked(0x81, VALUE) + masked(0xB1, VALUE))],
        "kinds": ["text"],
    },
    {"name": "ping in parts", "chunks": [(ORIG, b"\x09\x80abcd")]},
    {"name": "length in more octets than it needs", "chunks": [(ORIG, b"\x82\xfe\0\5abcd")]},
]
BLOB = LONG[:8] + bytes(range(128, 256))
NEAR_MISSES = [
    ("binary frame of other octets", b"", b"\x82\x1d" + bytes(29)),
    ("binary frame with MQTT and another length", b"", b"\x82\x1e" + PUBLISH + b"\0"),
    ("binary frame longer than the MQTT in it", b"", b"\x82\x7e\x0f\0" + PUBLISH),
    ("frame of several packets with a short topic, and octets", b"", b"\x82\x7e\x0f\0" + BLOB),
    ("one answer to a ping of MQTT", b"", b"\x82\x02\xd0\0"),
    (
        "binary frame of MQTT, then one of other octets",
        b"",
        b"\x82\x1d" + PUBLISH + b"\x82\x04abcd",
    ),
    ("masked frame of octets that are no text", masked(0x81, bytes(range(24))), b""),
    ("frame without a mask from the client", b"\x81\x15" + VALUE, b"\x81\x15" + VALUE),
]
