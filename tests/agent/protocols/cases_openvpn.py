"""OpenVPN: resets written out by hand from the description of its packets."""

import random

ORIG, RESP = True, False
CLIENT, SERVER = bytes(range(1, 9)), bytes(range(11, 19))
RESET = b"\x38" + CLIENT + b"\0" + bytes(4)
ANSWER = b"\x40" + SERVER + b"\1" + bytes(4) + CLIENT + bytes(4)
DIGEST = random.Random(1194).randbytes(20) + b"\0\0\0\1\x65\0\0\0"
"""Of a packet, its number and the time, before what it acknowledges."""


def counted(packet: bytes) -> bytes:
    return len(packet).to_bytes(2, "big") + packet


def case(name: str, *chunks, **more):
    told = {"transport": "udp", "messages": [], "wanted": False, "encryption": "openvpn"}
    return {"name": name, "chunks": chunks, **told, **more}


CASES = [
    case("resets", (ORIG, RESET), (RESP, ANSWER), port=1194),
    case(
        "with digests",
        (ORIG, RESET[:9] + DIGEST + RESET[9:]),
        (RESP, ANSWER[:9] + DIGEST + ANSWER[9:]),
    ),
    case("the server first", (RESP, RESET), (ORIG, ANSWER)),
    case("over TCP", (ORIG, counted(RESET)), (RESP, counted(ANSWER)), transport="tcp"),
]
INVALID = []  # nothing is read, so nothing is refused after recognition
NEAR_MISSES = [
    ("one reset", RESET, b""),
    ("resets of two sessions", RESET, ANSWER.replace(CLIENT, SERVER)),
    ("resets without a number", b"\x38" + bytes(13), b"\x40" + bytes(25)),
    ("a reset of another kind", b"\x39" + RESET[1:], ANSWER),
    ("a reset of a version whose answers are sealed", b"\x50" + RESET[1:] + bytes(200), ANSWER),
]
