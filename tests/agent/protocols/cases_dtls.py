"""DTLS: records built from RFC 6347, 4 and RFC 9147, 4."""

ORIG, RESP = True, False


def vector(size: int, octets: bytes) -> bytes:
    return len(octets).to_bytes(size, "big") + octets


def record(kind: int, octets: bytes, epoch: int = 0, version: bytes = b"\xfe\xfd") -> bytes:
    return bytes([kind]) + version + epoch.to_bytes(2, "big") + bytes(6) + vector(2, octets)


def fragment(kind: int, number: int, body: bytes, start: int = 0, end: int | None = None) -> bytes:
    part = body[start:end]
    head = bytes([kind]) + len(body).to_bytes(3, "big") + number.to_bytes(2, "big")
    return head + start.to_bytes(3, "big") + len(part).to_bytes(3, "big") + part


def extension(kind: int, body: bytes) -> bytes:
    return kind.to_bytes(2, "big") + vector(2, body)


SNI = extension(0, vector(2, b"\0" + vector(2, b"Lamp.example.org")))
BODY = (
    b"\xfe\xfd" + bytes(range(32)) + b"\0" + vector(1, b"cookie") + vector(2, b"\xc0\x2b\x13\x01")
    + b"\1\0" + vector(2, SNI)
)  # fmt: skip
SERVER = b"\xfe\xfd" + bytes(32) + b"\0\xc0\x2b\0"
SERVER_13 = b"\xfe\xfd" + bytes(32) + b"\0\x13\x01\0" + vector(2, extension(0x2B, b"\xfe\xfc"))
VERIFY = b"\xfe\xff" + vector(1, b"cookie")
DATA = record(23, bytes(range(40)), 1)
HELLO = (
    "client_hello",
    {
        "server_name": "lamp.example.org",
        "legacy_version": "dtls 1.2",
        # sha256("1301,c02b") from coreutils' sha256sum; no extension but the name.
        "ja4": "dd2d020100_777cda164f4b_000000000000",
    },
    b"",
)


def case(name: str, messages, *chunks, **more):
    return {"name": name, "transport": "udp", "chunks": chunks, "messages": messages, **more}


CASES = [
    case(
        "1.2",
        [HELLO, ("server_hello", {"version": "dtls 1.2", "cipher": "c02b"}, b"")],
        (ORIG, record(22, fragment(1, 0, BODY), version=b"\xfe\xff")),
        (RESP, record(22, fragment(3, 0, VERIFY), version=b"\xfe\xff")),
        (RESP, record(22, fragment(2, 1, SERVER)) + record(22, fragment(14, 2, b""))),
        (ORIG, DATA),
        server_name="lamp.example.org",
        encryption="dtls 1.2",
    ),
    case(
        "1.3, with encrypted records behind",
        [("server_hello", {"version": "dtls 1.3"}, b"")],
        (RESP, record(22, fragment(2, 0, SERVER_13)) + b"\x2e\0\1\0\x20" + bytes(32)),
        encryption="dtls 1.3",
    ),
    case(
        "fragments in any order",
        [HELLO],
        (ORIG, record(22, fragment(1, 0, BODY, 40, 70))),
        (ORIG, record(22, fragment(1, 0, BODY, 60))),
        (ORIG, record(22, fragment(1, 0, BODY, 0, 45))),
        server_name="lamp.example.org",
    ),
    case("with an identifier", [], (ORIG, record(25, bytes(40), 1)), encryption="dtls"),
    case("in the middle", [], (ORIG, DATA + DATA), encryption="dtls"),
]
INVALID = [
    {
        "name": "record cut",
        "transport": "udp",
        "chunks": [(ORIG, record(22, fragment(1, 0, BODY))[:-3])],
    },
    {
        "name": "fragment beyond its message",
        "transport": "udp",
        "chunks": [(ORIG, record(22, b"\1\0\0\4\0\0\0\0\2\0\0\3abc"))],
    },
    {
        "name": "fragments that never end",
        "transport": "udp",
        "chunks": [(ORIG, record(22, fragment(1, i, bytes(9000), 1))) for i in range(8)],
    },
    {
        "name": "hello of sixteen megaoctets",
        "transport": "udp",
        "chunks": [(ORIG, record(22, b"\1\xff\xff\xff\0\0\0\0\0\0\0\3abc"))],
    },
]
NEAR_MISSES = [
    ("DTLS of an unknown version", record(22, fragment(1, 0, BODY), version=b"\xfe\xf0"), b""),
    ("DTLS with octets behind", DATA + b"\0", b""),
    ("DTLS record of nothing", record(23, b"", 1), b""),
    ("DTLS of an unknown handshake", record(22, fragment(99, 0, BODY)), b""),
]
