"""AMQP: frames written out by hand from AMQP 1.0, part 2 and 3, and from 0-9-1, 2.3 and 4.2."""

ORIG, RESP = True, False


def text(value: str) -> bytes:
    return b"\xa1" + bytes([len(value)]) + value.encode()


def symbol(value: str) -> bytes:
    return b"\xa3" + bytes([len(value)]) + value.encode()


def binary(value: bytes) -> bytes:
    return b"\xa0" + bytes([len(value)]) + value


def listed(code: int, *values: bytes) -> bytes:
    body = b"".join(values)
    return b"\0\x53" + bytes([code]) + b"\xc0" + bytes([len(body) + 1, len(values)]) + body


def frame(performative: bytes, payload: bytes = b"", kind: int = 0, channel: int = 0) -> bytes:
    body = b"\2" + bytes([kind]) + channel.to_bytes(2, "big") + performative + payload
    return (4 + len(body)).to_bytes(4, "big") + body


NULL, TRUE, FALSE, ZERO = b"\x40", b"\x41", b"\x42", b"\x43"
SASL, PLAIN = b"AMQP\3\1\0\0", b"AMQP\0\1\0\0"
MECHANISMS = frame(listed(0x40, symbol("PLAIN")), kind=1)
INIT = frame(listed(0x41, symbol("PLAIN"), binary(b"\0u\0p")), kind=1)
OUTCOME = frame(listed(0x44, b"\x50\0"), kind=1)
OPEN = frame(listed(0x10, text("quay-gateway"), text("hub.example")))
SOURCE, TARGET = listed(0x28, NULL), listed(0x29, text("noise/quay"))
ATTACH = frame(listed(0x12, text("l"), ZERO, FALSE, NULL, NULL, SOURCE, TARGET))
LISTEN = frame(
    listed(0x12, text("m"), b"\x52\1", TRUE, NULL, NULL, listed(0x28, text("cmd")), TARGET)
)
PROPERTIES = listed(0x73, *[NULL] * 6, symbol("application/json; charset=utf-8"))
APPLICATION = b"\0\x53\x74" + b"\xc1\x06\x02" + symbol("k") + b"\x54\7"


def transfer(payload: bytes, *more: bytes) -> bytes:
    return frame(listed(0x14, ZERO, ZERO, binary(b"t"), ZERO, TRUE, *more), payload)


BODY = (
    PROPERTIES + APPLICATION + b"\0\x53\x75" + binary(b'{"dB": ') + b"\0\x53\x75" + binary(b"61}")
)
MAPPED = b"\0\x53\x77\xc1\x08\x02" + text("lux") + b"\x54\x2a"


def frame_0(kind: int, body: bytes, channel: int = 1) -> bytes:
    return (
        bytes([kind]) + channel.to_bytes(2, "big") + len(body).to_bytes(4, "big") + body + b"\xce"
    )


def short(value: str) -> bytes:
    return bytes([len(value)]) + value.encode()


START = frame_0(1, bytes.fromhex("000a000a 0009 00000000") + b"\0\0\0\5PLAIN\0\0\0\5en_US", 0)
START_OK = frame_0(
    1, bytes.fromhex("000a000b 00000000") + short("PLAIN") + b"\0\0\0\4\0u\0p" + short("en_US"), 0
)
PUBLISH = frame_0(
    1, bytes.fromhex("003c0028 0000") + short("amq.topic") + short("city.noise") + b"\0"
)
DELIVER = frame_0(
    1, bytes.fromhex("003c003c") + short("c1") + bytes(9) + short("x") + short("city.cmd")
)
HEADER = frame_0(2, bytes.fromhex("003c0000 0000000000000004 8000") + short("text/plain"))
EMPTY = frame_0(2, bytes.fromhex("003c0000 0000000000000000 0000"))

CASES = [
    {
        "name": "1.0 with SASL, in parts, as data and as a value",
        "port": 5672,
        "chunks": [
            (ORIG, SASL), (RESP, SASL + MECHANISMS), (ORIG, INIT), (RESP, OUTCOME),
            (ORIG, PLAIN + OPEN + ATTACH + LISTEN + transfer(BODY)),
            (RESP, PLAIN),
            (ORIG, transfer(BODY[:40], TRUE) + b"\0\0\0\x08\2\0\0\0" + transfer(BODY[40:])),
            (ORIG, transfer(MAPPED)),
        ],
        "messages": [
            ("authentication", {"credentials": "password"}, b""),
            ("open", {"client_id": "quay-gateway"}, b""),
            ("attach", {"topic": "noise/quay", "role": "sender"}, b""),
            ("attach", {"role": "receiver"}, b""),
            (
                "publish",
                {
                    "topic": "noise/quay",
                    "content_type": "application/json",
                    "user_properties": (("k", "7"),),
                },
                b'{"dB": 61}',
            ),
            ("publish", {"topic": "noise/quay"}, b'{"dB": 61}'),
            ("publish", {"content_type": ""}, b'{"lux":42}'),
        ],
        "server_name": "hub.example",
    },
    {
        "name": "1.0 from amid the connection",
        "chunks": [(RESP, transfer(b"\0\x53\x77" + text("on")))],
        "messages": [("publish", {"topic": ""}, b"on")],
    },
    {
        "name": "0-9-1",
        "port": 5672,
        "chunks": [
            (ORIG, b"AMQP\0\0\x09\1"), (RESP, START), (ORIG, START_OK),
            (ORIG, PUBLISH + HEADER + frame_0(3, b"61") + frame_0(8, b"", 0) + frame_0(3, b".5")),
            (RESP, DELIVER + EMPTY),
        ],
        "messages": [
            ("authentication", {"credentials": "password"}, b""),
            (
                "publish",
                {"topic": "city.noise", "exchange": "amq.topic", "content_type": "text/plain"},
                b"61.5",
            ),
            ("deliver", {"topic": "city.cmd"}, b""),
        ],
    },
    {
        "name": "TLS inside",
        "chunks": [(ORIG, b"AMQP\2\1\0\0"), (RESP, b"AMQP\2\1\0\0")],
        "messages": [],
        "encryption": "tls",
        "wanted": False,
    },
    {
        "name": "0-9-1 with a gap within a frame",
        "chunks": [
            (ORIG, b"AMQP\0\0\x09\1" + PUBLISH[:20]), (ORIG, 4),
            (ORIG, PUBLISH[24:] + PUBLISH + HEADER + frame_0(3, b"61.5")),
        ],
        "messages": [("publish", {"topic": "city.noise"}, b"61.5")],
    },
]  # fmt: skip
INVALID = [
    {
        "name": "frame without its end, after a good one",
        "chunks": [(ORIG, START_OK + frame_0(8, b"")[:-1] + b"\0")],
        "kinds": ["authentication"],
    },
    {"name": "body longer than told", "chunks": [(ORIG, PUBLISH + HEADER + frame_0(3, b"12345"))]},
    {"name": "unknown performative", "chunks": [(ORIG, PLAIN + frame(listed(0x30)))]},
    {"name": "list of the wrong length", "chunks": [(ORIG, frame(b"\0\x53\x10\xc0\x09\x01\x43"))]},
    {"name": "values too deep", "chunks": [(ORIG, frame(b"\0" * 40))]},
    {
        "name": "offset before the header",
        "chunks": [(ORIG, bytes.fromhex("00000009 01 000000 40"))],
    },
    {"name": "unknown section", "chunks": [(ORIG, transfer(b"\0\x53\x11\x40"))]},
]
NEAR_MISSES = [
    ("Kafka request", bytes.fromhex("0000001a 0003 0001 00000001 0006") + b"sensor", b""),
    ("name and other octets", b"AMQP\x09\x09\x09\x09", b""),
]
