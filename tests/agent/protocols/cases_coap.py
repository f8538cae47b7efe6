"""CoAP: messages written out by hand from RFC 7252, 7641, 7959 and 8323."""

ORIG, RESP = True, False


def options(*pairs: tuple[int, bytes]) -> bytes:
    found, last = b"", 0
    for number, value in pairs:
        delta, size = number - last, len(value)
        nibbles, extra = 0, b""
        for part, shift in ((delta, 4), (size, 0)):
            nibbles |= min(part, 13) << shift
            extra += bytes([part - 13]) if part >= 13 else b""
        found += bytes([nibbles]) + extra + value
        last = number
    return found


def packet(kind: int, code: int, number: int, *pairs, payload: bytes = b"", token=b"\x7a\x01"):
    head = bytes([0x40 | kind << 4 | len(token), code]) + number.to_bytes(2, "big") + token
    return head + options(*pairs) + (b"\xff" + payload if payload else b"")


CON, NON, ACK = 0, 1, 2
TEMPERATURE = ((11, b"sensors"), (11, b"temperature"))
ASK = packet(CON, 1, 1, (3, b"node.example"), (6, b""), *TEMPERATURE, (15, b"u=c"))
ANSWER = packet(ACK, 0x45, 1, (6, b"\x0c"), (12, b"2"), payload=b'{"t":21}')
NOTIFY = packet(NON, 0x45, 77, (6, b"\x0d"), (12, b"2"), payload=b'{"t":22}')
SIGNAL = bytes.fromhex("40 e1") + options((2, b"\x04\x80"), (4, b""))


def post(number: int, block: bytes, payload: bytes) -> bytes:
    return packet(
        CON,
        2,
        number,
        (11, b"up"),
        (12, b"\x3c"),
        (27, block),
        payload=payload,
        token=bytes([number]),
    )


def part(number: int, block: bytes, payload: bytes) -> bytes:
    return packet(ACK, 0x45, number, (12, b""), (23, block), payload=payload)


def streamed(code: int, pairs: bytes, payload: bytes = b"", token: bytes = b"\x05") -> bytes:
    body = pairs + (b"\xff" + payload if payload else b"")
    size = len(body)
    first, extra = (size, b"") if size < 13 else (13, bytes([size - 13]))
    return bytes([first << 4 | len(token)]) + extra + bytes([code]) + token + body


def case(name, *chunks, messages, **more):
    more.setdefault("transport", "udp")
    return {"name": name, "chunks": chunks, "messages": messages, **more}


ASKED = {"method": "GET", "path": "/sensors/temperature"}
RESPONSE = ASKED | {"status": "2.05", "content_type": "application/json", "observe": True}
CASES = [
    case(
        "observed, with a retransmission and a notification",
        (ORIG, ASK), (ORIG, ASK), (RESP, ANSWER), (RESP, NOTIFY), (ORIG, b"\x60\0\0\x4d"),
        messages=[
            ("request", ASKED | {"query": "u=c", "host": "node.example", "observe": True}, b""),
            ("response", RESPONSE | {"query": "absent"}, b'{"t":21}'),
            ("response", RESPONSE, b'{"t":22}'),
        ],
        port=5683,
    ),
    case(
        "body in blocks, one of them twice",
        (ORIG, post(1, b"\x08", b"a" * 16)), (ORIG, post(2, b"\x18", b"b" * 16)),
        (ORIG, post(3, b"\x18", b"b" * 16)), (ORIG, post(4, b"\x20", b"c")),
        messages=[
            ("request", {"path": "/up", "blocks": 3, "content_type": "application/cbor",
                         "truncated": "absent"}, b"a" * 16 + b"b" * 16 + b"c"),
        ],
    ),
    case(
        "answer in blocks, one missing",
        (ORIG, packet(CON, 1, 9, (11, b"large"))), (RESP, part(9, b"\x08", b"a" * 16)),
        (RESP, part(10, b"\x20", b"c")),
        messages=[
            ("request", {"path": "/large"}, b""),
            ("response", {"path": "/large", "blocks": 3, "truncated": True,
                          "content_type": "text/plain"}, b"a" * 16 + b"c"),
        ],
    ),
    case(
        "one block is the whole, and a request that was not seen",
        (ORIG, post(1, b"\x06", b"x")), (RESP, packet(NON, 0x84, 3, token=b"")),
        messages=[("request", {"blocks": "absent"}, b"x"),
                  ("response", {"status": "4.04", "path": ""}, b"")],
    ),
    case("only an answer, on its own port", (RESP, NOTIFY), port=5683, probed=False,
         messages=[("response", {"path": ""}, b'{"t":22}')]),
    case(
        "over TCP",
        (ORIG, SIGNAL + streamed(1, options(*TEMPERATURE))), (RESP, SIGNAL),
        (RESP, streamed(0x45, options((12, b"2")), b'{"t":21}') + streamed(0xE2, b"", token=b"")),
        transport="tcp",
        messages=[
            ("capabilities", {}, b""), ("request", ASKED, b""), ("capabilities", {}, b""),
            ("response", ASKED | {"content_type": "application/json"}, b'{"t":21}'),
            ("ping", {}, b""),
        ],
    ),
]  # fmt: skip


def bad(name, octets):
    return {"name": name, "transport": "udp", "chunks": [(ORIG, octets)]}


INVALID = [
    bad("version 2", b"\x80" + ASK[1:]),
    bad("token of nine octets", b"\x49\1\0\1" + bytes(9)),
    bad("option longer than its message", ASK[:-1]),
    bad("payload marker without a payload", ASK + b"\xff"),
    bad("unknown critical option", packet(CON, 1, 1, (11, b"a"), (101, b"b"))),
    bad("path that is no UTF-8", packet(CON, 1, 1, (11, b"\xff\xfe"))),
    bad("empty message with a token", b"\x41\0\0\1a"),
    {
        "name": "token of nine octets over TCP, after good capabilities",
        "chunks": [(ORIG, SIGNAL + b"\x09\1")],
        "kinds": ["capabilities"],
    },
]
NEAR_MISSES = [
    ("four letters", b"BUSY", b""),
    ("text that could be a header", b"Have a nice day, all of you", b""),
    ("MQTT-SN publish", bytes.fromhex("0c 0c 62 0001 0000") + b"21.50", b""),
]
