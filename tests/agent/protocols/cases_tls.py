"""TLS: records built from RFC 8446 and RFC 5246; the fingerprint is FoxIO's published example."""

ORIG, RESP = True, False


def vector(size: int, octets: bytes) -> bytes:
    return len(octets).to_bytes(size, "big") + octets


def numbers(text: str) -> bytes:
    return bytes.fromhex(text.replace(",", ""))


def record(kind: int, octets: bytes, version: bytes = b"\3\3") -> bytes:
    return bytes([kind]) + version + vector(2, octets)


def hello(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + vector(3, body)


def extension(kind: int, body: bytes = b"") -> bytes:
    return kind.to_bytes(2, "big") + vector(2, body)


def client_body(ciphers: bytes, extensions: bytes) -> bytes:
    start = b"\3\3" + bytes(range(32)) + vector(1, b"s" * 32)
    return start + vector(2, ciphers) + b"\1\0" + vector(2, extensions)


def server_body(cipher: bytes, extensions: bytes) -> bytes:
    return b"\3\3" + bytes(32) + vector(1, b"") + cipher + b"\0" + vector(2, extensions)


SNI = extension(0, vector(2, b"\0" + vector(2, b"Ingest.Example.org")))
# technical_details/JA4.md: the fingerprint t13d1516h2_8daaf6152771_e5627efa2ab1 with its lists;
# 0a0a, 1a1a are GREASE.
CIPHERS = numbers("0a0a,1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035")
EXTENSIONS = b"".join(
    (
        extension(0x1A1A),
        extension(0x001B),
        SNI,
        extension(0x0033),
        extension(0x0010, vector(2, vector(1, b"h2") + vector(1, b"http/1.1"))),
        extension(0x4469),
        extension(0x0017),
        extension(0x002D),
        extension(0x000D, vector(2, numbers("0403,0804,0401,0503,0805,0501,0806,0601"))),
        extension(0x0005),
        extension(0x0023),
        extension(0x0012),
        extension(0x002B, vector(1, numbers("0a0a,0304,0303"))),
        *(extension(kind) for kind in (0xFF01, 0x000B, 0x000A, 0x0015)),
    )
)
CLIENT = hello(1, client_body(CIPHERS, EXTENSIONS))
SERVER_13 = hello(2, server_body(b"\x13\x01", extension(0x2B, b"\3\4")))
PLAIN_CLIENT = hello(1, client_body(b"\x00\x2f", b""))
SERVER_12 = hello(2, server_body(b"\x00\x2f", extension(0x10, vector(2, vector(1, b"mqtt")))))
DATA = record(23, b"\x91\x07" * 40)

CASES = [
    {
        "name": "1.3",
        "port": 443,
        "chunks": [(ORIG, record(22, CLIENT, b"\3\1")), (RESP, record(22, SERVER_13) + DATA)],
        "messages": [
            (
                "client_hello",
                {
                    "server_name": "ingest.example.org",
                    "alpn": ("h2", "http/1.1"),
                    "legacy_version": "tls 1.2",
                    "versions": ("tls 1.3", "tls 1.2"),
                    "ja4": "t13d1516h2_8daaf6152771_e5627efa2ab1",
                },
                b"",
            ),
            ("server_hello", {"version": "tls 1.3", "cipher": "1301", "retry": False}, b""),
        ],
        "wanted": False,
        "server_name": "ingest.example.org",
        "encryption": "tls 1.3",
    },
    {
        "name": "1.2 with a hello over three records",
        "port": 8883,
        "chunks": [
            (
                ORIG,
                record(22, PLAIN_CLIENT[:3])
                + record(22, PLAIN_CLIENT[3:20])
                + record(22, PLAIN_CLIENT[20:]),
            ),
            (RESP, record(22, SERVER_12 + hello(11, b"\0\0\0"))),
        ],
        "messages": [
            ("client_hello", {"server_name": "", "alpn": (), "versions": ()}, b""),
            ("server_hello", {"version": "tls 1.2", "cipher": "002f", "alpn": "mqtt"}, b""),
        ],
        "wanted": False,
        "server_name": "",
        "encryption": "tls 1.2",
    },
    {
        "name": "client alone",
        "port": 443,
        "chunks": [(ORIG, record(22, CLIENT)), (ORIG, record(20, b"\1") + DATA)],
        "messages": [("client_hello", {}, b"")],
        "encryption": "tls",
    },
    {
        "name": "in the middle",
        "chunks": [(RESP, DATA + DATA)],
        "messages": [],
        "wanted": False,
        "encryption": "tls",
    },
    {
        "name": "SSL 2.0 hello for TLS 1.0",
        "port": 443,
        # 801c: 28 octets; type 1; version 0301; 3 of ciphers, no session, 16 of challenge.
        "chunks": [
            (ORIG, bytes.fromhex("801c 01 0301 0003 0000 0010 00002f") + bytes(range(16))),
            (RESP, record(22, SERVER_12)),
        ],
        "messages": [
            ("client_hello", {"legacy_version": "tls 1.0", "ja4": ""}, b""),
            ("server_hello", {"version": "tls 1.2"}, b""),
        ],
        "encryption": "tls 1.2",
    },
    {
        "name": "gap ends it",
        "port": 443,
        "chunks": [(ORIG, record(22, CLIENT)), (RESP, 300), (RESP, DATA)],
        "messages": [("client_hello", {}, b"")],
        "wanted": False,
        "encryption": "tls",
    },
]

NEAR_MISSES = [
    ("long record that starts with no message", bytes.fromhex("16 0301 0200") + b"\x99" * 100, b""),
    ("hello of megaoctets", bytes.fromhex("16 0301 0200 01 7f0000") + b"\x99" * 100, b""),
]

INVALID = [
    {"name": "text", "chunks": [(ORIG, b"GET / HTTP/1.1\r\n")]},
    {"name": "record too long", "chunks": [(ORIG, bytes.fromhex("16 0301 ffff 01"))]},
    {"name": "record of no octets", "chunks": [(ORIG, bytes.fromhex("16 0301 0000"))]},
    {
        "name": "extension longer than the hello",
        "chunks": [(ORIG, record(22, hello(1, client_body(b"\0\x2f", b"\0\0\0\x09a"))))],
    },
    {
        "name": "odd ciphers",
        "chunks": [(ORIG, record(22, hello(1, client_body(b"\0\x2f\0", b""))))],
    },
    {"name": "hello of two gigaoctets", "chunks": [(ORIG, record(22, b"\1\xff\xff\xff\3\3"))]},
    {
        "name": "neither record nor old hello",
        "chunks": [(ORIG, bytes.fromhex("801c 01 0301 0004 0000 0010 00002f"))],
    },
]
