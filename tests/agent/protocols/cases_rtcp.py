"""RTCP: packets written out by hand from RFC 3550, 6.4 to 6.6."""

ORIG, RESP = True, False
SENDER = bytes.fromhex("80c80006 00000007") + bytes(12) + bytes.fromhex("00000064 00004e20")
RECEIVER = bytes.fromhex("81c90007 00000001 00000007 40000003") + bytes(16)
DESCRIPTION = bytes.fromhex("81ca0003 00000007 0104") + b"a@b." + b"\0\0"
TOOL = bytes.fromhex("81ca0005 00000007 0102") + b"a@" + b"\6\6cam/3." + bytes(4)
GOODBYE = bytes.fromhex("81cb0001 00000007")
FEEDBACK = bytes.fromhex("81ce0002 00000001 00000007")


def media(sequence: int) -> bytes:
    return bytes([0x80, 96, 0, sequence]) + bytes.fromhex("0001e240 00000007") + b"a%d" % sequence


def case(name: str, messages, *chunks: tuple[bool, bytes]):
    return {"name": name, "transport": "udp", "chunks": chunks, "messages": messages}


SENT = (
    "report",
    {"kinds": ("sender_report", "description"), "packets": 100, "octets": 20000},
    b"",
)
CASES = [
    case(
        "sender report with a description that is kept back", [SENT], (ORIG, SENDER + DESCRIPTION)
    ),
    case(
        "software",
        [SENT, ("identity", {"identity": {"user_agent": "cam/3."}}, b"")],
        (ORIG, SENDER + TOOL),
    ),
    case(
        "both directions",
        [SENT, ("report", {"kinds": ("receiver_report", "goodbye"), "lost_fraction": 0.25}, b"")],
        (ORIG, SENDER + DESCRIPTION),
        (RESP, RECEIVER + GOODBYE),
    ),
    case("feedback", [("report", {"kinds": ("feedback",)}, b"")], (RESP, FEEDBACK)),
    {
        **case(
            "media over the same ports, behind a report",
            [
                SENT,
                ("media", {"sequence": 1, "heads": (b"a1", b"a2", b"a3", b"a4")}, b"a1"),
                *[("media", {"sequence": n}, b"a%d" % n) for n in range(2, 5)],
            ],
            (ORIG, SENDER + DESCRIPTION),
            *[(ORIG, media(n)) for n in range(1, 9)],
        ),
        "protocols": ("rtcp", "rtp"),
        "protocol": "rtp",
        "wanted": False,
    },
    {
        **case("one packet of media", [SENT], (ORIG, SENDER + DESCRIPTION), (ORIG, media(1))),
        "protocol": "",
    },
]
INVALID = [
    {"name": "amid a packet", "transport": "udp", "chunks": [(ORIG, SENDER[:-4])]},
    {"name": "octets behind", "transport": "udp", "chunks": [(ORIG, SENDER + b"\0\0")]},
    {"name": "another version", "transport": "udp", "chunks": [(ORIG, b"\x40" + SENDER[1:])]},
]
NEAR_MISSES = [
    ("RTCP that ends amid a packet", SENDER[:-4], b""),
    ("RTCP with octets behind", SENDER + b"\0\0", b""),
    ("RTCP that begins with a description", DESCRIPTION, b""),
    ("RTCP followed by another version", SENDER + b"\x40" + DESCRIPTION[1:], b""),
]
