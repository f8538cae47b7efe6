"""MQTT-SN: messages written out by hand from MQTT-SN 1.2, 5.4."""

ORIG, RESP = True, False


def sn(kind: int, body: bytes = b"") -> bytes:
    size = len(body) + 2
    if size < 256:
        return bytes([size, kind]) + body
    return b"\1" + (size + 2).to_bytes(2, "big") + bytes([kind]) + body


CONNECT = sn(4, b"\x04\x01\x00\x3clamp-7")
REGISTER = sn(10, b"\0\0\0\1city/lamp")
REGACK = sn(11, b"\0\5\0\1\0")
LONG = b"21.5 " * 80


def case(name, *chunks, messages, **more):
    return {"name": name, "transport": "udp", "chunks": chunks, "messages": messages, **more}


CASES = [
    case(
        "registered topic, also in a long message and from a forwarder",
        (ORIG, CONNECT), (RESP, sn(5, b"\0")), (ORIG, REGISTER), (RESP, REGACK),
        (ORIG, sn(12, b"\x30\0\5\0\x0221.5")),
        (RESP, sn(13, b"\0\5\0\2\0")), (ORIG, sn(12, b"\x00\0\5\0\0" + LONG)),
        (ORIG, sn(0xFE, b"\1node") + sn(12, b"\x01\0\7\0\0on")),
        messages=[
            ("connect", {"client_id": "lamp-7", "from_client": True}, b""),
            ("connack", {"from_client": False}, b""),
            ("register", {}, b""), ("regack", {}, b""),
            ("publish", {"topic": "city/lamp", "qos": 1, "retain": True, "client_id": "lamp-7",
                         "topic_id": "absent"}, b"21.5"),
            ("puback", {}, b""),
            ("publish", {"topic": "city/lamp", "qos": 0}, LONG),
            ("publish", {"topic": "predefined/7"}, b"on"),
        ],
        port=10000,
    ),
    case(
        "subscribed by name, short name, unknown id, and a will",
        (ORIG, CONNECT), (ORIG, sn(7, b"\x10gone/lamp")), (ORIG, sn(9, b"bye")),
        (ORIG, sn(18, b"\x20\0\3city/cmd")), (RESP, sn(19, b"\x20\0\x09\0\3\0")),
        (RESP, sn(12, b"\x20\0\x09\0\4go")), (ORIG, sn(12, b"\x62td\0\0" b"7")),
        (RESP, sn(12, b"\0\0\x63\0\0?")), (RESP, sn(10, b"\0\x63\0\5city/new")),
        (RESP, sn(12, b"\0\0\x63\0\0!")), (ORIG, sn(22)), (ORIG, sn(20, b"\0\0\6city/cmd")),
        messages=[
            ("connect", {}, b""), ("will_topic", {}, b""),
            ("will", {"topic": "gone/lamp"}, b"bye"),
            ("subscribe", {"topic_filters": ("city/cmd",)}, b""), ("suback", {}, b""),
            ("publish", {"topic": "city/cmd", "from_client": False}, b"go"),
            ("publish", {"topic": "td", "qos": -1, "from_client": True}, b"7"),
            ("publish", {"topic": "", "topic_id": 99}, b"?"), ("register", {}, b""),
            ("publish", {"topic": "city/new"}, b"!"), ("pingreq", {}, b""),
            ("unsubscribe", {"topic_filters": ("city/cmd",)}, b""),
        ],
    ),
]  # fmt: skip
INVALID = [
    {"name": name, "transport": "udp", "chunks": [(ORIG, octets)]}
    for name, octets in (
        ("octets behind the message", CONNECT + b"\0"),
        ("unknown type", sn(3)),
        ("acknowledgement that is too long", sn(11, b"\0\5\0\1\0\0")),
        ("name that is no UTF-8", sn(10, b"\0\0\0\1\xff\xfe\xfd")),
        ("nothing within", b"\4\xfe\1\0"),
        ("reserved kind of topic", sn(12, b"\x03\0\5\0\2x")),
    )
]
NEAR_MISSES = [
    ("connection of another protocol version", sn(4, b"\x04\x02\x00\x3clamp-7"), b""),
    ("name of control characters", sn(10, b"\0\0\0\1\1\2\3\4"), b""),
]
