"""DNP3: link frames written out by hand from IEEE 1815-2012, 9.2."""

ORIG, RESP = True, False


def crc(octets: bytes) -> bytes:
    value = 0
    for octet in octets:
        value ^= octet
        for _ in range(8):
            value = (value >> 1) ^ 0xA6BC if value & 1 else value >> 1
    return (value ^ 0xFFFF).to_bytes(2, "little")


def frame(control: int, data: bytes) -> bytes:
    header = bytes([5, 0x64, 5 + len(data), control]) + bytes.fromhex("0a00 0100")
    return header + crc(header) + data + crc(data)


# Transport and application octets: read of class 0 to 3; an unsolicited response.
READ = frame(0xC4, bytes.fromhex("c0 c1 01 3c0206 3c0306 3c0406"))
UNSOLICITED = frame(0x44, bytes.fromhex("c0 f0 82 8000"))


def case(name, *chunks, **more):
    return {"name": name, "chunks": chunks, "messages": [], **more}


CASES = [
    case("read and answer", (ORIG, READ), (RESP, UNSOLICITED), port=20000),
    case("the outstation speaks first", (RESP, UNSOLICITED)),
    case("from amid a frame", (ORIG, READ[7:] + UNSOLICITED)),
    case("over UDP", (ORIG, READ), (RESP, UNSOLICITED), transport="udp"),
]
INVALID = []  # nothing is read, so nothing is refused after recognition
NEAR_MISSES = [
    ("DNP3 with a wrong checksum", READ[:8] + b"\0\0" + READ[10:], b""),
    ("DNP3 header cut short", READ[:9], b""),
    (
        "DNP3 link function that does not exist",
        bytes.fromhex("0564 05 c7 0a00 0100") + crc(bytes.fromhex("0564 05 c7 0a00 0100")),
        b"",
    ),
]
