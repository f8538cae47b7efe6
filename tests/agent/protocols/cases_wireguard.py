"""WireGuard: messages of the sizes of its paper, 5.4, with random octets in them."""

import random

ORIG, RESP = True, False
CHANCE = random.Random(51820)


def message(kind: int, size: int) -> bytes:
    return bytes([kind, 0, 0, 0]) + CHANCE.randbytes(size - 4)


def data(count: int, size: int, session: bytes = b"\7\1\2\3") -> bytes:
    head = b"\4\0\0\0" + session + count.to_bytes(8, "little")
    return head + CHANCE.randbytes(size - len(head))


INITIATION, RESPONSE, COOKIE = message(1, 148), message(2, 92), message(3, 64)


def case(name: str, *chunks, **more):
    told = {"transport": "udp", "messages": [], "wanted": False, "encryption": "wireguard"}
    return {"name": name, "chunks": chunks, **told, **more}


CASES = [
    case("handshake", (ORIG, INITIATION), (RESP, RESPONSE), (ORIG, data(0, 32))),
    case("under load", (ORIG, INITIATION), (RESP, COOKIE)),
    case("amid", (ORIG, data(7, 112)), (RESP, data(900, 1456))),
    case("amid, one side, on its port", (ORIG, data(7, 112)), port=51820, probed=False),
]
INVALID = []  # nothing is read, so nothing is refused after recognition
NEAR_MISSES = [
    ("an initiation of another size", INITIATION + b"\0", b""),
    ("data without a session", data(7, 112, bytes(4)), data(7, 112)),
    ("data that are not padded", data(7, 113), data(7, 112)),
    ("an initiation that text answers", INITIATION, b"220 ready\r\n" + bytes(30)),
]
ELSEWHERE = [("data of one side", data(7, 112), b"")]
