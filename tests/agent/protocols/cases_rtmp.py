"""RTMP: chunks and commands written out by hand from Adobe RTMP 1.0, 5 and 7."""

ORIG, RESP = True, False


def text(value: str) -> bytes:
    return b"\2" + len(value).to_bytes(2, "big") + value.encode()


def pair(name: str, value: bytes) -> bytes:
    return len(name).to_bytes(2, "big") + name.encode() + value


NUMBER = b"\0" + bytes(8)
END = b"\0\0\x09"


def chunks(kind: int, body: bytes, size: int = 128, number: int = 3, late: bool = False) -> bytes:
    stamp = b"\xff\xff\xff" if late else bytes(3)
    extended = bytes(4) if late else b""
    head = bytes([number]) + stamp + len(body).to_bytes(3, "big") + bytes([kind]) + bytes(4)
    parts = [body[at : at + size] for at in range(0, len(body), size)] or [b""]
    return head + extended + (bytes([0xC0 | number]) + extended).join(parts)


SHAKE = b"\3" + bytes(8) + bytes(range(256)) * 5 + bytes(248) + bytes(1536)
CONNECT = (
    text("connect")
    + NUMBER
    + b"\3"
    + pair("app", text("live?key=not-told"))
    + pair("fpad", b"\1\0")
    + pair("flashVer", text("FMLE/3.0 (compatible; cam)"))
    + pair("tcUrl", text("rtmp://Media.example.org:1935/live?key=not-told"))
    + pair("list", b"\x08\0\0\0\0" + END)
    + END
)
PUBLISH = text("publish") + NUMBER + b"\5" + text("gate") + text("live")
VIDEO = b"\x17\1" + bytes(3000)
AUDIO = b"\xaf\1" + bytes(40)
SIZE = chunks(1, b"\0\0\x10\0", number=2)
TOLD = [
    ("connect", {"path": "/live", "host": "media.example.org"}, b""),
    ("identity", {"identity": {"user_agent": "FMLE/3.0 (compatible; cam)"}}, b""),
    ("publish", {"path": "/live", "stream": "gate"}, b""),
]
CASES = [
    {
        "name": "publisher",
        "port": 1935,
        "chunks": [
            (ORIG, SHAKE),
            (RESP, SHAKE),
            (ORIG, chunks(20, CONNECT) + SIZE + chunks(17, b"\0" + PUBLISH, 4096)),
            (RESP, chunks(20, text("_result") + NUMBER + b"\x11")),
            (ORIG, chunks(9, VIDEO, 4096, 6, late=True) + chunks(8, AUDIO, 4096, 4)),
        ],
        "messages": [
            *TOLD,
            ("media", {"tag": "video", "path": "/live"}, VIDEO[:64]),
            ("media", {"tag": "audio"}, AUDIO),
        ],
        "server_name": "media.example.org",
        "encryption": "",
        "wanted": False,
    },
    {
        "name": "two streams of chunks that alternate",
        "port": 1935,
        "chunks": [
            (ORIG, SHAKE),
            (
                ORIG,
                b"\6"
                + bytes(3)
                + b"\0\0\xc8\x09"
                + bytes(4)
                + VIDEO[:128]
                + b"\4"
                + bytes(3)
                + b"\0\0\x2a\x08"
                + bytes(4)
                + AUDIO
                + b"\xc6"
                + VIDEO[128:200],
            ),
        ],
        "messages": [("media", {"tag": "audio"}, AUDIO), ("media", {"tag": "video"}, VIDEO[:64])],
    },
    {
        "name": "gap ends it",
        "port": 1935,
        "chunks": [(ORIG, SHAKE), (ORIG, chunks(20, CONNECT)), (ORIG, 50), (ORIG, AUDIO)],
        "messages": TOLD[:2],
        "wanted": False,
    },
]
INVALID = [
    {"name": "another version", "chunks": [(ORIG, b"\6" + SHAKE[1:])]},
    {"name": "chunk of no stream", "chunks": [(ORIG, SHAKE + b"\xc3" + bytes(20))]},
    {"name": "unknown type", "chunks": [(ORIG, SHAKE + chunks(99, b"abc"))]},
    {"name": "chunks of no size", "chunks": [(ORIG, SHAKE + chunks(1, bytes(4)))]},
]
NEAR_MISSES = [
    ("RDP", bytes.fromhex("03000013 0e e00000 00000001 00080000000000"), b""),
    ("ISO over TCP of thirty-three", b"\3\0\0\x21" + bytes(29), b""),
]
