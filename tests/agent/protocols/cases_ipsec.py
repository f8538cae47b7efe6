"""IPsec: exchanges of keys written out by hand from RFC 7296, 3.1 and RFC 2408, 3.1."""

import random

ORIG, RESP = True, False
CHANCE = random.Random(4500)


def exchange(version: int, kind: int, payload: int, body: bytes, answer: bool = False) -> bytes:
    return (
        bytes(range(1, 9)) + (bytes(range(9, 17)) if answer else bytes(8))
        + bytes([payload, version, kind, 0x20 if answer else 8]) + bytes(4)
        + (28 + len(body)).to_bytes(4, "big") + body
    )  # fmt: skip


def packet(number: int, size: int = 88) -> bytes:
    return b"\xc0\1\2\3" + number.to_bytes(4, "big") + CHANCE.randbytes(size - 8)


INIT = exchange(0x20, 34, 33, b"\0\0\0\x08" + bytes(4))
ANSWER = exchange(0x20, 34, 33, b"\0\0\0\x08" + bytes(4), answer=True)
MAIN = exchange(0x10, 2, 1, b"\0\0\0\x08" + bytes(4))


def case(name: str, *chunks, **more):
    told = {"transport": "udp", "messages": [], "wanted": False, "encryption": "ipsec"}
    return {"name": name, "chunks": chunks, **told, **more}


CASES = [
    case("version 2", (ORIG, INIT), (RESP, ANSWER), port=500),
    case("version 1", (ORIG, MAIN), port=500),
    case("longer than the head", (ORIG, exchange(0x20, 34, 33, bytes(600))), port=500),
    case(
        "behind a translated address",
        (ORIG, b"\0\0\0\0" + INIT),
        (RESP, b"\0\0\0\0" + ANSWER),
        (ORIG, packet(1)),
        port=4500,
    ),
    case("packets", (ORIG, packet(7)), (RESP, packet(9)), port=4500, probed=False),
    case("alive", (ORIG, b"\xff"), (RESP, packet(9)), port=4500, probed=False),
]
INVALID = []  # nothing is read, so nothing is refused after recognition
NEAR_MISSES = [
    ("IPsec of a version that is none", INIT[:17] + b"\x30" + INIT[18:], b""),
    ("an exchange of another length", INIT + b"\0", b""),
    ("an exchange without a number", bytes(8) + INIT[8:], b""),
    ("packets of one side", packet(7), b""),
    ("packets with an index that is reserved", b"\0\0\0\7" + packet(7)[4:], packet(7)),
    ("alive, and no more", b"\xff", b"\xff"),
]
ELSEWHERE = [("packets", packet(7), packet(9))]
