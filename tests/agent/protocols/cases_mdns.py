"""mDNS: messages written out by hand from RFC 6762, 18 and RFC 6763."""

ORIG, RESP = True, False


def name(text: str) -> bytes:
    return b"".join(bytes([len(label)]) + label for label in text.encode().split(b"/")) + b"\0"


def record(owner: str, kind: int, data: bytes, klass: int = 0x8001) -> bytes:
    head = kind.to_bytes(2, "big") + klass.to_bytes(2, "big") + bytes.fromhex("00000078")
    return name(owner) + head + len(data).to_bytes(2, "big") + data


def message(flags: int, questions: tuple[bytes, ...], *records: bytes) -> bytes:
    counts = len(questions).to_bytes(2, "big") + len(records).to_bytes(2, "big") + bytes(4)
    return b"\0\0" + flags.to_bytes(2, "big") + counts + b"".join(questions) + b"".join(records)


def texts(*pairs: str) -> bytes:
    return b"".join(bytes([len(pair.encode())]) + pair.encode() for pair in pairs)


INSTANCE = "Weather ± mast/_http/_tcp/local"
QUERY = message(0, (name("_http/_tcp/local") + b"\0\x0c\x80\1", name("lamp/local") + b"\0\1\0\1"))
ANSWER = message(
    0x8400,
    (),
    record("_http/_tcp/local", 12, name(INSTANCE), 1),
    record(INSTANCE, 33, bytes(4) + b"\0\x50" + name("Mast-7/local")),
    record(INSTANCE, 16, texts("md=WM-300", "fv=2.1.0", "mac=024200A1B2C3", "plain")),
    record("Mast-7/local", 1, b"\xc0\0\x02\x07"),
)
LONG = message(
    0x8400,
    (),
    *(record(f"Sensor {i}/_coap/_udp/local", 16, texts("ty=" + "x" * 40)) for i in range(12)),
)

CASES = [
    {
        "name": "query",
        "transport": "udp",
        "port": 5353,
        "chunks": [(ORIG, QUERY)],
        "messages": [("query", {"name": "_http._tcp.local", "type": "PTR", "answers": ()}, b"")],
    },
    {
        "name": "response with a service and its host",
        "transport": "udp",
        "port": 5353,
        "chunks": [(ORIG, ANSWER)],
        "messages": [
            ("response", {"services": ("_http._tcp",), "name": ""}, b""),
            (
                "identity",
                {
                    "identity": {
                        "host_name": "Mast-7",
                        "name": "Weather ± mast",
                        "model": "WM-300",
                        "firmware": "2.1.0",
                        "mac": "02:42:00:a1:b2:c3",
                        "services": ("_http._tcp",),
                    }
                },
                b"",
            ),
        ],
    },
    {
        "name": "long response",
        "transport": "udp",
        "port": 5353,
        "chunks": [(ORIG, LONG)],
        "messages": [
            ("response", {"services": ("_coap._udp",)}, b""),
            ("identity", {}, b""),
        ],
    },
    {
        "name": "known answers say nothing of the asker",
        "transport": "udp",
        "port": 5353,
        "chunks": [
            (
                ORIG,
                message(
                    0,
                    (name("_http/_tcp/local") + b"\0\x0c\0\1",),
                    record("_http/_tcp/local", 12, name(INSTANCE)),
                ),
            )
        ],
        "messages": [("query", {"answers": ()}, b"")],
    },
]
INVALID = [
    {"name": "short", "transport": "udp", "chunks": [(ORIG, ANSWER[:11])]},
    {"name": "record cut", "transport": "udp", "chunks": [(ORIG, ANSWER[:-2])]},
    {
        "name": "name that points at itself",
        "transport": "udp",
        "chunks": [(ORIG, message(0x8400, (), b"\xc0\x0c" + bytes(10)))],
    },
]
NEAR_MISSES = [
    ("mDNS of another opcode", message(0x1800, (name("a/local") + b"\0\1\0\1",)), b""),
]
