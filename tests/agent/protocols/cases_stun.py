"""STUN: messages written out by hand from RFC 8489, 5 and RFC 3489, 11."""

ORIG, RESP = True, False
ID = bytes(range(12))


def message(kind: int, attributes: bytes, cookie: bytes = b"\x21\x12\xa4\x42") -> bytes:
    return kind.to_bytes(2, "big") + len(attributes).to_bytes(2, "big") + cookie + ID + attributes


SOFTWARE = b"\x80\x22\0\6cam/1.\0\0"
MAPPED = b"\0\x20\0\x08\0\1\x33\x44" + bytes.fromhex("e112a645")
REQUEST = message(0x0001, SOFTWARE)
SUCCESS = message(0x0101, MAPPED)
CLASSIC = message(0x0101, b"\0\1\0\x08\0\1\x33\x44\xc0\0\2\7", b"\7\7\7\7")
ZOOM = message(1, b"\1\1\0\x04abcd", b"\7\7\7\7")
CHANNEL = b"\x40\0\0\4" + b"abcd"


def case(name: str, messages, *chunks, **more):
    return {"name": name, "transport": "udp", "chunks": chunks, "messages": messages, **more}


CASES = [
    case(
        "binding",
        [("identity", {"identity": {"user_agent": "cam/1."}}, b"")],
        (ORIG, REQUEST),
        (RESP, SUCCESS),
        (ORIG, REQUEST),
        encryption="",
    ),
    case("classic answer", [], (RESP, CLASSIC)),
    case("classic request", [], (ORIG, message(1, b"", b"\7\7\7\7")), port=3478, probed=False),
    case("classic request with an attribute of a maker", [], (ORIG, ZOOM), port=3478, probed=False),
    case("attribute that is not padded", [], (ORIG, message(3, b"\x40\0\0\5abcde"))),
    case("channel", [], (ORIG, REQUEST[:2] + b"\0\0" + REQUEST[4:20]), (ORIG, CHANNEL)),
    case("over TCP", [], (ORIG, REQUEST), (RESP, SUCCESS), transport="tcp", wanted=False),
    case(
        "over TCP with lengths",
        [],
        (ORIG, len(REQUEST).to_bytes(2, "big") + REQUEST),
        transport="tcp",
        wanted=False,
    ),
]
INVALID = [
    {"name": "text", "transport": "udp", "chunks": [(ORIG, b"M-SEARCH")]},
    {"name": "length that does not fit", "transport": "udp", "chunks": [(ORIG, REQUEST[:-4])]},
]
NEAR_MISSES = [
    ("classic STUN with octets behind", CLASSIC + b"\0", b""),
    ("classic STUN of a length that is no multiple of four", message(1, b"\0", b"\7\7\7\7"), b""),
    ("a channel alone", CHANNEL, b""),
]
ELSEWHERE = [
    ("classic request with an attribute of a maker", ZOOM, b""),
    ("classic STUN with unknown attributes", message(1, b"\x7f\1\0\0", b"\7\7\7\7"), b""),
]
