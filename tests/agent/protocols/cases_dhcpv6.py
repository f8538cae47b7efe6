"""DHCPv6: messages written out by hand from RFC 8415, 8 and 21."""

ORIG, RESP = True, False


def option(code: int, value: bytes) -> bytes:
    return code.to_bytes(2, "big") + len(value).to_bytes(2, "big") + value


CLIENT = option(1, bytes.fromhex("0001 0001 2a1b2c3d 024200a1b2c3"))
SERVER = option(2, bytes.fromhex("0003 0001 024200000001"))
SOLICIT = (
    b"\1\x12\x34\x56"
    + CLIENT
    + option(8, b"\0\0")
    + option(16, bytes.fromhex("00007ed9 0005") + b"cam/2")
    + option(39, b"\0\5cam-7\7example\0")
    + option(112, b"https://mud.example.org/cam.json")
)
REPLY = b"\7\x12\x34\x56" + SERVER + CLIENT
PEER = bytes.fromhex("fe800000000000000000000000000007")
RELAYED = (
    b"\x0c\0" + bytes(16) + PEER + option(79, b"\0\1\2\x42\0\xa1\xb2\xc4") + option(9, SOLICIT)
)
KNOWN = {
    "mac": "02:42:00:a1:b2:c3",
    "host_name": "cam-7.example",
    "user_agent": "cam/2",
    "mud_url": "https://mud.example.org/cam.json",
}


def case(name: str, messages, *chunks):
    return {"name": name, "transport": "udp", "port": 547, "chunks": chunks, "messages": messages}


CASES = [
    case(
        "solicit and reply",
        [
            ("solicit", {"duid": "000100012a1b2c3d024200a1b2c3", "relays": 0}, b""),
            ("identity", {"identity": KNOWN}, b""),
            ("reply", {"duid": "00030001024200000001"}, b""),
        ],
        (ORIG, SOLICIT),
        (RESP, REPLY),
    ),
    case(
        "relayed: not about the relay",
        [
            (
                "relay_forward",
                {
                    "relays": 1,
                    "client": "fe80::7",
                    "client_identity": {**KNOWN, "mac": "02:42:00:a1:b2:c4"},
                },
                b"",
            )
        ],
        (ORIG, RELAYED),
    ),
]
INVALID = [
    {"name": "short", "transport": "udp", "chunks": [(ORIG, b"\1\2")]},
    {"name": "relay cut", "transport": "udp", "chunks": [(ORIG, RELAYED[:22])]},
    {"name": "option cut", "transport": "udp", "chunks": [(ORIG, SOLICIT[:-1])]},
    {"name": "relay of nothing", "transport": "udp", "chunks": [(ORIG, RELAYED[:34])]},
]
NEAR_MISSES = [
    ("DHCPv6 of an unknown type", b"\x63" + SOLICIT[1:], b""),
    ("DHCPv6 with octets behind", REPLY + b"\0", b""),
]
