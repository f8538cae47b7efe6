"""NetBIOS: octets written out by hand from RFC 1002, 4."""

ORIG, RESP = True, False


def encoded(name: str, suffix: int) -> bytes:
    whole = name.encode().ljust(15) + bytes([suffix])
    return b"\x20" + b"".join(bytes([0x41 + (o >> 4), 0x41 + (o & 15)]) for o in whole) + b"\0"


HOST = encoded("GATEWAY-7", 0)
QUERY = bytes.fromhex("0007 0110 0001 0000 0000 0000") + encoded("SERVER", 0x20) + b"\0\x20\0\1"
REGISTER = (
    bytes.fromhex("0008 2910 0001 0000 0000 0001")
    + HOST
    + bytes.fromhex("0020 0001 c00c 0020 0001 000493e0 0006 0000 c0000207")
)
GROUP = REGISTER[:-6] + b"\x80" + REGISTER[-5:]
STATUS = (
    bytes.fromhex("0009 8400 0000 0001 0000 0000")
    + encoded("*", 0)
    + bytes.fromhex("0021 0001 00000000 0041 02")
    + b"WORKGROUP      \0\x84\0GATEWAY-7      \0\x04\0"
    + bytes(46)
)
DATAGRAM = (
    bytes.fromhex("11 0a 0010 c0000207 008a 0060 0000")
    + HOST
    + encoded("WORKGROUP", 0x1D)
    + b"\xffSMB\x25"
    + bytes(40)
)
SESSION = b"\x81\0\0\x44" + encoded("SERVER", 0x20) + HOST
KNOWN = ("identity", {"identity": {"host_name": "GATEWAY-7"}}, b"")


def case(name: str, messages, *chunks, **more):
    return {"name": name, "transport": "udp", "chunks": chunks, "messages": messages, **more}


CASES = [
    case("query", [("query", {"name": "SERVER", "suffix": 0x20}, b"")], (ORIG, QUERY), port=137),
    case("registration", [("registration", {"name": "GATEWAY-7"}, b""), KNOWN], (ORIG, REGISTER)),
    case("name of a group", [("registration", {"name": "GATEWAY-7"}, b"")], (ORIG, GROUP)),
    case("status", [("query", {"response": True}, b""), KNOWN], (RESP, STATUS), port=137),
    case(
        "datagram",
        [("datagram", {"name": "WORKGROUP", "source": "GATEWAY-7"}, b""), KNOWN],
        (ORIG, DATAGRAM),
        port=138,
    ),
    case(
        "SMB alone",
        [],
        (ORIG, b"\0\0\0\x44\xfeSMB" + bytes(64)),
        (RESP, b"\0\0\1\x04\xfeSMB" + bytes(256)),
        transport="tcp",
        port=445,
        wanted=False,
    ),
    case(
        "SMB 1, amid", [], (RESP, b"\0\0\0\x24\xffSMB" + bytes(32)), transport="tcp", wanted=False
    ),
    case(
        "session",
        [],
        (ORIG, SESSION),
        (RESP, b"\x82\0\0\0"),
        transport="tcp",
        port=139,
        wanted=False,
    ),
]
INVALID = [
    {"name": "short", "transport": "udp", "chunks": [(ORIG, QUERY[:9])]},
    {"name": "name cut", "transport": "udp", "chunks": [(ORIG, QUERY[:40])]},
    {"name": "scope beyond the message", "transport": "udp", "chunks": [(ORIG, QUERY[:45] + b"?")]},
]
NEAR_MISSES = [
    ("NetBIOS name of other letters", QUERY.replace(b"\x20FD", b"\x20ZD")[:46] + b"\0\0\0\0", b""),
    ("four octets and a name like SMB", b"\0\0\0\x24\xfbSMB" + bytes(32), b""),
    ("SMB and text", b"\0\0\0\x24\xfeSMB" + bytes(32), b"220 ready\r\n"),
    ("session that asks for no name", b"\x81\0\0\x44" + bytes(68), b""),
]
