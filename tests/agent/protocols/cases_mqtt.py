"""MQTT: octets of both sides, written out by hand from OASIS MQTT 5.0 and 3.1.1, chapter 3."""

ORIG, RESP = True, False

# 10 CONNECT, 25 octets: "MQTT" level 4, flags 02 (clean), 60 s, client id "counter-7".
CONNECT_311 = bytes.fromhex("10 15 0004 4d515454 04 02 003c 0009 636f756e7465722d37")
CONNACK_311 = bytes.fromhex("20 02 00 00")
# Level 5; properties 05: 11 session expiry 60 s; client id empty.
CONNECT_5 = bytes.fromhex("10 12 0004 4d515454 05 02 003c 05 11 0000003c 0000")
# Properties: 12 assigned client id "auto-1", 22 topic alias maximum 10.
CONNACK_5 = bytes.fromhex("20 0f 00 00 0c 12 0006 6175746f2d31 22 000a")


def publish(topic: bytes, payload: bytes, flags: int = 0, middle: bytes = b"") -> bytes:
    body = len(topic).to_bytes(2, "big") + topic + middle + payload
    size = len(body)  # of at most 16,383 octets: one or two octets of length
    length = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])
    return bytes([0x30 | flags]) + length + body


# Level 4, no flags but "clean", 60 s, client id "a".
PLAIN_CONNECT = bytes.fromhex("10 0d 0004 4d515454 04 02 003c 0001 61")
COUNT = publish(b"street/counter/7", b'{"people": 3}')

CASES = [
    {
        "name": "3.1.1 with QoS 0 and 1",
        "port": 1883,
        "chunks": [
            (ORIG, CONNECT_311),
            (RESP, CONNACK_311),
            (ORIG, COUNT + COUNT),
            # QoS 1, retained, packet id 7; then the same repeated (DUP).
            (ORIG, publish(b"street/noise", b"61.5", 0x3, b"\x00\x07")),
            (ORIG, publish(b"street/noise", b"61.5", 0xB, b"\x00\x07")),
            (RESP, bytes.fromhex("40 02 0007")),
            (ORIG, bytes.fromhex("c0 00")),
            (RESP, bytes.fromhex("d0 00")),
            (ORIG, bytes.fromhex("e0 00")),
        ],
        "messages": [
            (
                "connect",
                {
                    "client_id": "counter-7",
                    "version": "3.1.1",
                    "clean": True,
                    "keep_alive_seconds": 60,
                    "credentials": "",
                    "will_topic": "",
                },
                b"",
            ),
            ("connack", {"reason": 0, "client_id": "counter-7"}, b""),
            (
                "publish",
                {
                    "topic": "street/counter/7",
                    "qos": 0,
                    "retain": False,
                    "dup": False,
                    "client_id": "counter-7",
                    "version": "3.1.1",
                    "content_type": "",
                    "from_client": True,
                },
                b'{"people": 3}',
            ),
            ("publish", {"topic": "street/counter/7"}, b'{"people": 3}'),
            ("publish", {"qos": 1, "retain": True, "dup": False}, b"61.5"),
            ("publish", {"qos": 1, "retain": True, "dup": True}, b"61.5"),
            ("puback", {"packet_id": 7, "client_id": "counter-7"}, b""),
            ("pingreq", {"version": "3.1.1"}, b""),
            ("pingresp", {"version": "3.1.1"}, b""),
            ("disconnect", {"client_id": "counter-7"}, b""),
        ],
        "wanted": True,
    },
    {
        "name": "3.1 with QoS 2, will, user name and password",
        "port": 1883,
        "chunks": [
            # "MQIsdp" level 3, flags ee: user name, password, will retain, QoS 1, will, clean.
            # Client id "a", will topic "w/a", will message "gone", user name "u", password "pw".
            (
                ORIG,
                bytes.fromhex(
                    "10 21 0006 4d5149736470 03 ee 001e 0001 61 0003 772f61 0004 676f6e65"
                    "0001 75 0002 7077"
                ),
            ),
            (RESP, CONNACK_311),
            (ORIG, publish(b"t/a", b"x", 0x4, b"\x00\x01")),
            (RESP, bytes.fromhex("50 02 0001")),
            (ORIG, bytes.fromhex("6a 02 0001")),  # PUBREL repeated: DUP, allowed in 3.1
            (RESP, bytes.fromhex("70 02 0001")),
        ],
        "messages": [
            (
                "connect",
                {
                    "client_id": "a",
                    "version": "3.1",
                    "credentials": "password",
                    "will_topic": "w/a",
                    "keep_alive_seconds": 30,
                },
                b"",
            ),
            (
                "will",
                {"topic": "w/a", "qos": 1, "retain": True, "client_id": "a", "version": "3.1"},
                b"gone",
            ),
            ("connack", {}, b""),
            ("publish", {"topic": "t/a", "qos": 2, "version": "3.1"}, b"x"),
            ("pubrec", {"packet_id": 1}, b""),
            ("pubrel", {"packet_id": 1}, b""),
            ("pubcomp", {"packet_id": 1}, b""),
        ],
    },
    {
        "name": "3.1.1 subscriber and deliveries",
        "port": 1883,
        "chunks": [
            (ORIG, CONNECT_311),
            (RESP, CONNACK_311),
            # Packet id 5: "a/#" QoS 1, "b/+" QoS 0.
            (ORIG, bytes.fromhex("82 0e 0005 0003 612f23 01 0003 622f2b 00")),
            (RESP, bytes.fromhex("90 04 0005 01 80")),
            (RESP, publish(b"a/x", b"7", 0x1)),
            (ORIG, bytes.fromhex("a2 07 0006 0003 612f23")),
            (RESP, bytes.fromhex("b0 02 0006")),
        ],
        "messages": [
            ("connect", {}, b""),
            ("connack", {}, b""),
            ("subscribe", {"topic_filters": ("a/#", "b/+"), "client_id": "counter-7"}, b""),
            ("suback", {"reasons": (1, 0x80)}, b""),
            ("publish", {"topic": "a/x", "retain": True, "from_client": False}, b"7"),
            ("unsubscribe", {"topic_filters": ("a/#",)}, b""),
            ("unsuback", {"packet_id": 6}, b""),
        ],
    },
    {
        "name": "5 with topic alias, content type and assigned client id",
        "port": 1883,
        "chunks": [
            (ORIG, CONNECT_5),
            (RESP, CONNACK_5),
            # Properties 03 topic alias 1 (23 0001) and content type "application/json; v=1".
            (
                ORIG,
                publish(
                    b"s/1",
                    b"{}",
                    0,
                    bytes.fromhex("1b 23 0001 03 0015") + b"application/JSON; v=1",
                ),
            ),
            (ORIG, publish(b"", b"[]", 0, bytes.fromhex("03 23 0001"))),
            (ORIG, publish(b"", b"1", 0, bytes.fromhex("03 23 0002"))),
            # User property a=b, response topic "r"; QoS 1, packet id 9.
            (
                ORIG,
                publish(b"s/2", b"1", 2, bytes.fromhex("0009 0b 26 0001 61 0001 62 08 0001 72")),
            ),
            (RESP, bytes.fromhex("40 04 0009 10 00")),
            (ORIG, publish(b"s/1", b"plain", 0, b"\x00")),
            (ORIG, publish(b"s/1", b"again", 0, b"\x00")),
            (ORIG, bytes.fromhex("f0 09 18 07 15 0004 6e6f6e65")),  # AUTH, method "none"
            (RESP, bytes.fromhex("e0 02 8d 00")),  # DISCONNECT: keep alive timeout
        ],
        "messages": [
            ("connect", {"client_id": "", "version": "5"}, b""),
            ("connack", {"assigned_client_id": "auto-1", "client_id": "auto-1"}, b""),
            (
                "publish",
                {"topic": "s/1", "content_type": "application/json", "client_id": "auto-1"},
                b"{}",
            ),
            ("publish", {"topic": "s/1", "content_type": ""}, b"[]"),
            ("publish", {"topic": "", "topic_alias": 2}, b"1"),
            (
                "publish",
                {
                    "topic": "s/2",
                    "qos": 1,
                    "user_properties": (("a", "b"),),
                    "response_topic": "r",
                },
                b"1",
            ),
            ("puback", {"packet_id": 9, "reason": 0x10}, b""),
            ("publish", {"topic": "s/1", "content_type": ""}, b"plain"),
            ("publish", {"topic": "s/1", "content_type": ""}, b"again"),
            ("auth", {"authentication_method": "none"}, b""),
            ("disconnect", {"reason": 0x8D}, b""),
        ],
    },
    {
        "name": "5 with the same properties again, and others under the same topic",
        "port": 1883,
        "chunks": [
            (ORIG, CONNECT_5),
            (RESP, CONNACK_5),
            # Content type "a/b" twice, "c/d" once, none once; at QoS 1 with packet ids.
            (ORIG, publish(b"s/1", b"1", 2, bytes.fromhex("0001 06 03 0003 612f62"))),
            (ORIG, publish(b"s/1", b"2", 2, bytes.fromhex("0002 06 03 0003 612f62"))),
            (ORIG, publish(b"s/1", b"3", 2, bytes.fromhex("0003 06 03 0003 632f64"))),
            (ORIG, publish(b"s/1", b"4", 2, bytes.fromhex("0004 00"))),
            (ORIG, publish(b"s/1", b"", 2, bytes.fromhex("0005 06 03 0003 612f62"))),
        ],
        "messages": [
            ("connect", {}, b""),
            ("connack", {}, b""),
            ("publish", {"topic": "s/1", "content_type": "a/b"}, b"1"),
            ("publish", {"topic": "s/1", "content_type": "a/b"}, b"2"),
            ("publish", {"topic": "s/1", "content_type": "c/d"}, b"3"),
            ("publish", {"topic": "s/1", "content_type": ""}, b"4"),
            ("publish", {"topic": "s/1", "content_type": "a/b"}, b""),
        ],
    },
    {
        "name": "3.1.1 without its CONNECT",
        "chunks": [(ORIG, COUNT), (ORIG, COUNT)],
        "messages": [
            ("publish", {"client_id": "", "version": "3.1.1"}, b'{"people": 3}'),
            ("publish", {"client_id": "", "topic": "street/counter/7"}, b'{"people": 3}'),
        ],
    },
    {
        "name": "capture that starts amid a packet",
        "port": 1883,
        "chunks": [(ORIG, b'"half": [1, 2, 3]}' + COUNT + COUNT)],
        "messages": [
            ("publish", {"topic": "street/counter/7", "version": "3.1.1"}, b'{"people": 3}'),
            ("publish", {"topic": "street/counter/7"}, b'{"people": 3}'),
        ],
    },
    {
        "name": "capture that starts with octets like a CONNECT of 90",
        "port": 1883,
        "probed": False,
        "chunks": [(ORIG, b"\x10\x5a no protocol name" + COUNT * 4), (ORIG, 9), (ORIG, COUNT * 2)],
        "messages": [("publish", {"topic": "street/counter/7"}, b'{"people": 3}')] * 6,
    },
    {
        "name": "5 without its CONNECT",
        "chunks": [
            (ORIG, publish(b"street/counter/7", b'{"n": 3}', 0, b"\x02\x01\x01")),
            (ORIG, publish(b"street/counter/7", b'{"n": 4}', 0, b"\x00")),
        ],
        "messages": [
            ("publish", {"version": "5"}, b'{"n": 3}'),
            ("publish", {"version": "5"}, b'{"n": 4}'),
        ],
    },
    {
        "name": "pings only",
        "chunks": [(ORIG, b"\xc0\x00"), (RESP, b"\xd0\x00")],
        "messages": [("pingreq", {"version": ""}, b""), ("pingresp", {}, b"")],
    },
    {
        "name": "gap inside a packet leaves the next one known",
        "port": 1883,
        "chunks": [
            (ORIG, CONNECT_311 + publish(b"t/long", b"z" * 300)[:100]),
            (ORIG, 50),
            (ORIG, publish(b"t/long", b"z" * 300)[150:] + publish(b"t/a", b"1")),
        ],
        "messages": [("connect", {}, b""), ("publish", {"topic": "t/a"}, b"1")],
    },
    {
        "name": "gap between packets is searched",
        "port": 1883,
        "chunks": [
            (ORIG, CONNECT_311),
            (ORIG, 1000),
            (ORIG, b'"half": 1}' + COUNT + COUNT + publish(b"t/a", b"1")),
        ],
        "messages": [
            ("connect", {}, b""),
            ("publish", {"topic": "street/counter/7"}, b'{"people": 3}'),
            ("publish", {"topic": "street/counter/7"}, b'{"people": 3}'),
            ("publish", {"topic": "t/a"}, b"1"),
        ],
    },
]

INVALID = [
    {"name": "text", "chunks": [(ORIG, b"GET / HTTP/1.1\r\n\r\n")]},
    {"name": "reserved type 0", "chunks": [(ORIG, bytes.fromhex("00 00"))]},
    {"name": "QoS 3", "chunks": [(ORIG, publish(b"a/b", b"1", 6, b"\x00\x01"))]},
    {"name": "length of five octets", "chunks": [(ORIG, bytes.fromhex("30 ff ff ff ff 01"))]},
    {"name": "topic longer than its packet", "chunks": [(ORIG, bytes.fromhex("30 03 0009 61"))]},
    {"name": "wildcard in a topic name", "chunks": [(ORIG, publish(b"a/#", b"1"))]},
    {"name": "topic is not UTF-8", "chunks": [(ORIG, publish(b"a\xff", b"1"))]},
    {"name": "unknown level", "chunks": [(ORIG, PLAIN_CONNECT.replace(b"TT\4", b"TT\11"))]},
    {
        "name": "octets left over in CONNECT",
        "chunks": [(ORIG, b"\x10\x0e" + PLAIN_CONNECT[2:] + b"0")],
    },
    {
        "name": "property that a PUBLISH may not have",
        "chunks": [(ORIG, CONNECT_5 + publish(b"a/b", b"1", 0, bytes.fromhex("03 21 0001")))],
        "kinds": ["connect"],
    },
    {
        "name": "property longer than the properties",
        "chunks": [(ORIG, CONNECT_5 + publish(b"a/b", b"1", 0, bytes.fromhex("03 03 0009")))],
        "kinds": ["connect"],
    },
    {
        "name": "no topic and no alias",
        "kinds": ["connect"],
        "chunks": [(ORIG, CONNECT_5 + publish(b"", b"1", 0, b"\x00"))],
    },
]
