"""RTCP: packets written out by hand from RFC 3550, 6.4 to 6.6."""

ORIG, RESP = True, False
SENDER = bytes.fromhex("80c80006 00000007") + bytes(20)
RECEIVER = bytes.fromhex("81c90007 00000001") + bytes(24)
DESCRIPTION = bytes.fromhex("81ca0003 00000007 0104") + b"a@b." + b"\0\0"
GOODBYE = bytes.fromhex("81cb0001 00000007")
FEEDBACK = bytes.fromhex("81ce0002 00000001 00000007")


def case(name: str, *chunks: tuple[bool, bytes]):
    return {"name": name, "transport": "udp", "chunks": chunks, "messages": []}


CASES = [
    case("sender report with description", (ORIG, SENDER + DESCRIPTION)),
    case("both directions", (ORIG, SENDER + DESCRIPTION), (RESP, RECEIVER + GOODBYE)),
    case("feedback", (RESP, FEEDBACK)),
]
INVALID = []  # nothing is read, so nothing is refused after recognition
NEAR_MISSES = [
    ("RTCP that ends amid a packet", SENDER[:-4], b""),
    ("RTCP with octets behind", SENDER + b"\0\0", b""),
    ("RTCP that begins with a description", DESCRIPTION, b""),
    ("RTCP followed by another version", SENDER + b"\x40" + DESCRIPTION[1:], b""),
]
