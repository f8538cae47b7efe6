"""Telnet: negotiations written out by hand from RFC 855."""

ORIG, RESP = True, False


def case(name: str, *chunks, **more):
    return {"name": name, "chunks": chunks, "messages": [], **more}


CASES = [
    case("offers", (RESP, bytes.fromhex("fffd18 fffd20 fffd23 fffd27"))),
    case("offers, then text", (RESP, bytes.fromhex("fffb01 fffb03") + b"login: ")),
    case("with a value", (ORIG, bytes.fromhex("fffb18 fffa1800") + b"VT220\xff\xf0")),
    case("one offer on its port", (RESP, bytes.fromhex("fffb01")), port=23, probed=False),
]
INVALID = []  # nothing is read, so nothing is refused after recognition
NEAR_MISSES = [
    ("a commented image", bytes.fromhex("ffd8ffe0 0010 4a464946 00"), b""),
    ("offer of an option that is none", bytes.fromhex("fffb60 fffb03"), b""),
]
