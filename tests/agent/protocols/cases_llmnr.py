"""LLMNR: messages written out by hand from RFC 4795, 2.1."""

ORIG, RESP = True, False
NAME = b"\x07Gateway\0"
QUERY = bytes.fromhex("a1b2 0000 0001 0000 0000 0000") + NAME + b"\0\1\0\1"
ANSWER = (
    bytes.fromhex("a1b2 8000 0001 0001 0000 0000")
    + NAME
    + b"\0\1\0\1\xc0\x0c\0\1\0\1"
    + bytes.fromhex("0000001e 0004 c0000207")
)
ASKED = ("query", {"name": "gateway", "type": "A"}, b"")
TOLD = [
    ("response", {"answers": (("gateway", "A", "192.0.2.7"),)}, b""),
    ("identity", {"identity": {"host_name": "gateway"}}, b""),
]
# Only the port tells it from DNS.
CASES = [
    {
        "name": "query and answer",
        "transport": "udp",
        "port": 5355,
        "chunks": [(ORIG, QUERY), (RESP, ANSWER)],
        "messages": [ASKED, *TOLD],
        "probed": False,
    },
    {
        "name": "over TCP",
        "port": 5355,
        "chunks": [
            (ORIG, len(QUERY).to_bytes(2, "big") + QUERY),
            (RESP, len(ANSWER).to_bytes(2, "big") + ANSWER),
        ],
        "messages": [ASKED, *TOLD],
        "probed": False,
    },
]
INVALID = [
    {"name": "short", "transport": "udp", "chunks": [(ORIG, QUERY[:11])]},
    {"name": "name cut", "transport": "udp", "chunks": [(ORIG, QUERY[:16])]},
]
NEAR_MISSES = [("LLMNR with a reserved opcode", b"\0\1\x18\0\0\1" + QUERY[6:], b"")]
