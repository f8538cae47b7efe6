"""SNMP: messages put together by hand after RFC 1157, RFC 3416 and RFC 3412."""

ORIG, RESP = True, False


def tlv(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    size = len(body)
    return bytes([tag, size] if size < 128 else [tag, 0x82, size >> 8, size & 255]) + body


def number(value: int) -> bytes:
    return tlv(2, value.to_bytes(max(1, (value.bit_length() + 8) // 8), "big"))


def binding(oid: str, value: bytes = b"\5\0") -> bytes:
    return tlv(0x30, tlv(6, bytes.fromhex(oid)), value)


def pdu(tag: int, *bindings: bytes, error: int = 0) -> bytes:
    return tlv(tag, number(4711), number(error), number(0), tlv(0x30, *bindings))


def message(version: int, body: bytes, community: bytes = b"city-7") -> bytes:
    return tlv(0x30, number(version), tlv(4, community), body)


def secured(flags: int, data: bytes) -> bytes:
    header = tlv(0x30, number(9), number(65507), tlv(4, bytes([flags])), number(3))
    return tlv(0x30, number(3), header, tlv(4, tlv(0x30, tlv(4, b""))), data)


DESCRIPTION, NAME, UPTIME = "2b06010201010100", "2b06010201010500", "2b06010201010300"
TRAP = tlv(
    0xA4, tlv(6, bytes.fromhex("2b060104")), tlv(0x40, bytes([192, 0, 2, 9])), number(6),
    number(1), tlv(0x43, b"\x01\x02"), tlv(0x30, binding(UPTIME, tlv(0x43, b"\7"))),
)  # fmt: skip


def case(name, *chunks, messages, **more):
    return {"name": name, "transport": "udp", "chunks": chunks, "messages": messages, **more}


CASES = [
    case(
        "get, and who answers",
        (ORIG, message(1, pdu(0xA0, binding(DESCRIPTION), binding(NAME)))),
        (
            RESP,
            message(
                1,
                pdu(
                    0xA2,
                    binding(DESCRIPTION, tlv(4, b"Quay Camera 3, firmware 2.1")),
                    binding(NAME, tlv(4, b"cam-quay-3")),
                ),
            ),
        ),
        messages=[
            (
                "get",
                {
                    "version": "2c",
                    "credentials": "community",
                    "oids": ("1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.5.0"),
                    "encrypted": False,
                },
                b"",
            ),
            ("response", {"error": 0, "credentials": ""}, b""),
            (
                "identity",
                {"identity": {"model": "Quay Camera 3, firmware 2.1", "host_name": "cam-quay-3"}},
                b"",
            ),
        ],
        port=161,
    ),
    case(
        "version 1: trap, and an error",
        (ORIG, message(0, TRAP)),
        (RESP, message(0, pdu(0xA2, binding(UPTIME), error=2))),
        messages=[
            ("trap", {"version": "1", "oids": ("1.3.6.1.2.1.1.3.0",)}, b""),
            ("response", {"error": 2}, b""),
        ],
        port=162,
    ),
    case(
        "version 2c: bulk, inform, trap, and one without bindings",
        (ORIG, message(1, pdu(0xA5, binding(UPTIME), error=0))),
        (ORIG, message(1, pdu(0xA6, binding(UPTIME)))),
        (ORIG, message(1, pdu(0xA7, binding(UPTIME)), community=b"")),
        (ORIG, message(1, pdu(0xA1))),
        messages=[
            ("get_bulk", {}, b""),
            ("inform", {}, b""),
            ("trap", {}, b""),
            ("get_next", {"oids": ()}, b""),
        ],
    ),
    case(
        "version 3: in clear, then encrypted",
        (ORIG, secured(4, tlv(0x30, tlv(4, b""), tlv(4, b""), pdu(0xA0)))),
        (RESP, secured(3, tlv(4, bytes(40)))),
        messages=[
            ("get", {"version": "3", "credentials": "", "encrypted": False}, b""),
            ("message", {"version": "3", "encrypted": True}, b""),
        ],
        encryption="snmp privacy",
    ),
    case(
        "long response",
        (RESP, message(1, pdu(0xA2, *[binding(UPTIME)] * 100))),
        messages=[("response", {"oids": ("1.3.6.1.2.1.1.3.0",) * 64}, b"")],
    ),
]


def bad(name, octets, **more):
    return {"name": name, "transport": "udp", "chunks": [(ORIG, octets)], **more}


GET = message(1, pdu(0xA0, binding(UPTIME)))
INVALID = [
    bad("octets behind it", GET + b"\0"),
    bad("version 4", message(4, pdu(0xA0))),
    bad("bulk in version 1", message(0, pdu(0xA5))),
    bad("value longer than its binding", GET[:-2] + b"\5\1"),
    bad("no sequence", b"\x31" + GET[1:]),
    bad("identifier that does not end", message(1, pdu(0xA0, binding("2b86")))),
    bad("size of version 3 below the least", tlv(0x30, number(3), tlv(0x30, number(1), number(5)))),
]
NEAR_MISSES = [
    ("LDAP search", tlv(0x30, number(1), tlv(0x60, number(3), tlv(4, b""), b"\x80\0")), b""),
    ("Kerberos-like sequence", tlv(0x30, tlv(0xA1, number(5)), tlv(0xA2, number(10))), b""),
]
