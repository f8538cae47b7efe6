"""RADIUS: packets written out by hand from RFC 2865, 3."""

ORIG, RESP = True, False


def packet(code: int, *attributes: tuple[int, bytes]) -> bytes:
    body = b"".join(bytes([kind, 2 + len(value)]) + value for kind, value in attributes)
    return bytes([code, 7]) + (20 + len(body)).to_bytes(2, "big") + bytes(range(16)) + body


REQUEST = packet(1, (1, b"x"), (4, b"\xc0\0\2\7"), (32, b"switch-7"))
ACCEPT = packet(2, (6, b"\0\0\0\1"), (25, b"abc"))


def case(name: str, *chunks, **more):
    return {"name": name, "transport": "udp", "chunks": chunks, "messages": [], **more}


CASES = [
    case("request and answer", (ORIG, REQUEST), (RESP, ACCEPT), port=1812),
    case("long", (ORIG, packet(1, *[(79, bytes(90))] * 8)), port=1812, probed=False),
    case("no attributes, on its port", (ORIG, packet(12)), port=1812, probed=False),
    case(
        "change of authorisation, one attribute",
        (ORIG, packet(43, (1, b"x"))),
        port=1700,
        probed=False,
    ),
]
INVALID = []  # nothing is read, so nothing is refused after recognition
NEAR_MISSES = [
    ("RADIUS of an unknown code", packet(99, (1, b"x"), (4, b"abcd")), b""),
    ("attribute beyond its packet", REQUEST[:-1], b""),
    ("attribute of no length", REQUEST[:21] + b"\1" + REQUEST[22:], b""),
]
ELSEWHERE = [
    # A game's datagrams: the head is cut off where the length says that it ends.
    (
        "long, on another port",
        b"\5\7\1\0" + bytes(range(16)) + b"\1\x76" + bytes(116) + b"\2\x76" + bytes(116),
        b"",
    ),
]
