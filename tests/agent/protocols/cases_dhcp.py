"""DHCP: messages written out by hand from RFC 2131, 2 and RFC 2132."""

ORIG, RESP = True, False
MAC = bytes.fromhex("024200a1b2c3")
ADDRESS = bytes.fromhex("c0000207")


def option(code: int, value: bytes) -> bytes:
    return bytes([code, len(value)]) + value


def message(operation: int, own: bytes, options: bytes, name: bytes = b"", hops: int = 0) -> bytes:
    start = bytes([operation, 1, 6, hops]) + bytes.fromhex("3903f326 0000 0000") + bytes(4)
    head = start + own.rjust(4, b"\0") + bytes(8) + MAC + bytes(10) + name.ljust(64, b"\0")
    return head + bytes(128) + b"\x63\x82\x53\x63" + options + b"\xff"


PARAMETERS = option(55, bytes([1, 3, 6, 15]))
DISCOVER = message(
    1,
    b"",
    option(53, b"\1")
    + option(61, b"\1" + MAC)
    + option(12, b"cam-7")
    + option(60, b"udhcp 1.36")
    + PARAMETERS
    + option(161, b"https://mud.example.org/cam.json"),
)
ACK = message(2, ADDRESS, option(53, b"\5") + option(54, b"\xc0\0\2\1") + bytes(30))
FULL_NAME = message(
    1,
    b"",
    option(53, b"\3") + option(50, ADDRESS) + option(81, b"\4\0\0\5lamp7\7example\3org\0"),
)
OVERLOADED = message(
    1,
    b"",
    option(53, b"\1") + option(52, b"\2"),
    option(12, b"in-") + option(12, b"sname") + b"\xff",
)
BOOTP = b"\1\1\6\0" + bytes(24) + MAC + bytes(266)


def case(name: str, messages, *chunks, **more):
    return {"name": name, "transport": "udp", "chunks": chunks, "messages": messages, **more}


CASES = [
    case(
        "discover and acknowledgement",
        [
            (
                "discover",
                {
                    "mac": "02:42:00:a1:b2:c3",
                    "client_identifier": "01024200a1b2c3",
                    "parameters": (1, 3, 6, 15),
                    "vendor_class": "udhcp 1.36",
                },
                b"",
            ),
            (
                "identity",
                {
                    "identity": {
                        "mac": "02:42:00:a1:b2:c3",
                        "host_name": "cam-7",
                        "user_agent": "udhcp 1.36",
                        "mud_url": "https://mud.example.org/cam.json",
                    },
                    "about": "absent",
                },
                b"",
            ),
            ("ack", {"address": "192.0.2.7"}, b""),
            (
                "identity",
                {
                    "identity": {"mac": "02:42:00:a1:b2:c3"},
                    "about": "recipient",
                    "address": "192.0.2.7",
                },
                b"",
            ),
        ],
        (ORIG, DISCOVER),
        (RESP, ACK),
        orig_port=68,
        port=67,
    ),
    case(
        "full name",
        [
            ("request", {"address": "192.0.2.7"}, b""),
            (
                "identity",
                {"identity": {"mac": "02:42:00:a1:b2:c3", "host_name": "lamp7.example.org"}},
                b"",
            ),
        ],
        (ORIG, FULL_NAME),
    ),
    case(
        "options where the server's name stands, in parts",
        [
            ("discover", {}, b""),
            (
                "identity",
                {"identity": {"mac": "02:42:00:a1:b2:c3", "host_name": "in-sname"}},
                b"",
            ),
        ],
        (ORIG, OVERLOADED),
    ),
    case(
        "BOOTP",
        [("bootp_request", {}, b""), ("identity", {}, b"")],
        (ORIG, BOOTP),
        port=67,
        probed=False,
    ),
]
INVALID = [
    {"name": "short", "transport": "udp", "chunks": [(ORIG, DISCOVER[:200])]},
    {"name": "option cut", "transport": "udp", "chunks": [(ORIG, DISCOVER[:248])]},
]
NEAR_MISSES = [
    ("DHCP of no operation", b"\7" + DISCOVER[1:], b""),
    ("DHCP of seventy hops", message(1, b"", b"", hops=70), b""),
    ("DHCP without its cookie", DISCOVER[:34] + b"\1" + DISCOVER[35:236] + bytes(20), b""),
]
