"""MPEG transport streams: packets written out by hand from ISO/IEC 13818-1, 2.4.3 and 2.4.4."""

ORIG, RESP = True, False


def packet(number: int, payload: bytes, start: bool = True, control: int = 0x10) -> bytes:
    head = bytes([0x47, (0x40 if start else 0) | number >> 8, number & 0xFF, control])
    return head + payload.ljust(184, b"\xff")


ASSOCIATION = packet(0, bytes.fromhex("00 00b00d 0001 c1 00 00 0001 f000") + bytes(4))
PROGRAM = packet(
    0x1000,
    bytes.fromhex("00 02b017 0001 c1 00 00 e100 f000 1b e100 f000 0f e101 f000") + bytes(4),
)
VIDEO = packet(0x100, b"\0\0\1\xe0" + bytes(180))
MORE = packet(0x100, bytes(184), start=False, control=0x11)


def case(name: str, messages, *chunks, **more):
    return {"name": name, "transport": "udp", "chunks": chunks, "messages": messages, **more}


TABLES = ("media", {"encoding": "MP2T/90000"}, ASSOCIATION + PROGRAM)
CASES = [
    case(
        "tables apart",
        [TABLES],
        (ORIG, VIDEO + MORE * 6),
        (ORIG, MORE * 3 + ASSOCIATION),
        (ORIG, MORE + PROGRAM + MORE),
        port=1234,
        wanted=False,
        encryption="",
    ),
    case("one packet each", [TABLES], (ORIG, ASSOCIATION), (ORIG, PROGRAM)),
    case("one packet that starts a picture", [], (ORIG, VIDEO)),
]
INVALID = [
    {"name": "part of a packet", "transport": "udp", "chunks": [(ORIG, VIDEO[:-1])]},
    {"name": "no first octet", "transport": "udp", "chunks": [(ORIG, VIDEO + b"\0" + MORE[1:])]},
]
NEAR_MISSES = [
    ("188 octets of text", b"Gate seven open; ".ljust(188, b"x"), b""),
    ("188 octets amid a picture", MORE, b""),
    ("188 octets with an error mark", b"\x47\x80" + VIDEO[2:], b""),
    ("packets of another size", VIDEO + b"\0" + VIDEO, b""),
    ("packet with neither payload nor stuffing", VIDEO[:3] + b"\0" + VIDEO[4:], b""),
]
