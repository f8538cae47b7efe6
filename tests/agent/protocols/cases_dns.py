"""DNS: octets written out by hand from RFC 1035, 4.1."""

ORIG, RESP = True, False

HEADER_QUERY = bytes.fromhex("1234 0100 0001 0000 0000 0000")
WWW = b"\x05cloud\x07Example\x03org\x00"
QUERY = HEADER_QUERY + WWW + bytes.fromhex("0001 0001")


def response(answers: int, records: bytes, question: bytes = WWW, kind: str = "0001") -> bytes:
    header = bytes.fromhex("1234 8180 0001") + answers.to_bytes(2, "big") + bytes(4)
    return header + question + bytes.fromhex(kind + "0001") + records


# c00c: pointer to the question; CNAME to "a" + pointer to "example.org" (offset 18); then A, AAAA.
ADDRESSES = bytes.fromhex(
    "c00c 0005 0001 0000003c 0004 0161 c012"
    "c02f 0001 0001 0000003c 0004 c0000207"
    "c02f 001c 0001 0000003c 0010 20010db8000000000000000000000007"
)
SERVICE = b"\x05_mqtt\x04_tcp" + WWW[6:]
# SRV 0 5 8883 "b.example.org" (pointer to offset 23); TXT of 4 octets.
SERVICES = bytes.fromhex(
    "c00c 0021 0001 0000003c 000a 0000 0005 22b3 0162 c017 c00c 0010 0001 0000003c 0004 03613d62"
)

CASES = [
    {
        "name": "address over UDP",
        "transport": "udp",
        "port": 53,
        "chunks": [(ORIG, QUERY), (RESP, response(3, ADDRESSES))],
        "messages": [
            (
                "query",
                {"name": "cloud.example.org", "type": "A", "rcode": 0, "answers": ()},
                b"",
            ),
            (
                "response",
                {
                    "name": "cloud.example.org",
                    "answers": (
                        ("cloud.example.org", "CNAME", "a.example.org"),
                        ("a.example.org", "A", "192.0.2.7"),
                        ("a.example.org", "AAAA", "2001:db8::7"),
                    ),
                },
                b"",
            ),
        ],
    },
    {
        "name": "service and text",
        "transport": "udp",
        "port": 53,
        "chunks": [(RESP, response(2, SERVICES, SERVICE, "0021"))],
        "messages": [
            (
                "response",
                {
                    "name": "_mqtt._tcp.example.org",
                    "type": "SRV",
                    "answers": (
                        ("_mqtt._tcp.example.org", "SRV", "b.example.org:8883"),
                        ("_mqtt._tcp.example.org", "TXT", "4"),
                    ),
                },
                b"",
            )
        ],
    },
    {
        "name": "no such name, with EDNS, and octets that are no text",
        "transport": "udp",
        "port": 53,
        "chunks": [
            (
                RESP,
                bytes.fromhex("0001 8183 0001 0000 0000 0001 03 61 2e ff 00 0001 0001")
                + bytes.fromhex("00 0029 04d0 00000000 0000"),
            )
        ],
        "messages": [("response", {"name": "a\\046\\255", "rcode": 3}, b"")],
    },
    {
        "name": "over TCP, two in one",
        "port": 53,
        "chunks": [
            (ORIG, len(QUERY).to_bytes(2, "big") + QUERY),
            (ORIG, len(QUERY).to_bytes(2, "big") + QUERY),
            (RESP, bytes([0, len(response(3, ADDRESSES))]) + response(3, ADDRESSES)),
        ],
        "messages": [
            ("query", {"name": "cloud.example.org"}, b""),
            ("query", {"name": "cloud.example.org"}, b""),
            ("response", {"type": "A"}, b""),
        ],
    },
    {
        "name": "who has an address, as it was once asked",
        "transport": "udp",
        "port": 53,
        "probed": False,
        # Opcode 1, no question, one answer: the root, A, IN, 0 s, 192.0.2.7.
        "chunks": [
            (
                ORIG,
                bytes.fromhex("1234 0800 0000 0001 0000 0000 00 0001 0001 00000000 0004 c0000207"),
            )
        ],
        "messages": [("query", {"name": "", "answers": (("", "A", "192.0.2.7"),)}, b"")],
    },
]

INVALID = [
    {"name": "short", "transport": "udp", "chunks": [(ORIG, QUERY[:11])]},
    {
        "name": "name that points at itself",
        "transport": "udp",
        "chunks": [(ORIG, HEADER_QUERY + bytes.fromhex("c00c 0001 0001"))],
    },
    {
        "name": "names that point at each other",
        "transport": "udp",
        "chunks": [(ORIG, HEADER_QUERY + bytes.fromhex("c00e c00c 0001 0001"))],
    },
    {
        "name": "label beyond the message",
        "transport": "udp",
        "chunks": [(ORIG, HEADER_QUERY + b"\x3fabc")],
    },
    {
        "name": "record longer than the message",
        "transport": "udp",
        "chunks": [(RESP, response(1, bytes.fromhex("c00c 0001 0001 0000003c 0009 c0")))],
    },
    {
        "name": "65535 questions",
        "transport": "udp",
        "chunks": [(ORIG, bytes.fromhex("1234 0100 ffff 0000 0000 0000") + WWW)],
    },
    {"name": "text over TCP", "chunks": [(ORIG, b"\0\x20" + b"GET / HTTP/1.1 and more text here")]},
    {"name": "TCP message shorter than a header", "chunks": [(ORIG, b"\0\x05hello")]},
]

NEAR_MISSES = [
    ("CoAP", bytes.fromhex("44 01 0007 01020304 b4 74656d70"), b""),
    (
        "SNMP",
        bytes.fromhex("3026 020101 0406 7075626c6963 a019 0201 2a 0201 00 0201 00")
        + bytes.fromhex("300e 300c 0608 2b06010201010100 0500"),
        b"",
    ),
    ("Prometheus", b'# HELP temp Temperature.\n# TYPE temp gauge\ntemp{room="a"} 21.5\n', b""),
    ("JSON", b'{"temperature": 21.5, "humidity": 40}\n', b'{"ok":true}'),
    (
        "Sparkplug protobuf",
        bytes.fromhex("08 c0de8dd9c231 12 0e 0a0474656d70 1809 650000ac41"),
        b"",
    ),
    ("Modbus", bytes.fromhex("0001 0000 0006 01 03 0000 0002"), b""),
    ("NMEA", b"$GPGGA,120000,5222.0,N,00453.0,E,1,08,0.9,5.0,M,46.9,M,,*47\r\n", b""),
    ("HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9), b""),
    ("SIP", b"OPTIONS sip:a@example.org SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n\r\n", b""),
    ("syslog", b"<13>1 2026-01-01T00:00:00Z host app - - - text", b""),
    ("LDAP", bytes.fromhex("300c 020101 6007 020103 0400 8000"), b""),
    ("AMQP", b"AMQP\0\0\x09\x01", b""),
    ("Redis", b"*1\r\n$4\r\nPING\r\n", b"+PONG\r\n"),
    (
        "MQTT 5, a topic by its alias, and a packet id where Modbus has a length",
        bytes.fromhex("3225 0000 0006 05 01 01 23 0002") + b'{"count":7,"unit":"people"}',
        b"",
    ),
    ("NATS", b'CONNECT {"verbose":false}\r\nPING\r\n', b'INFO {"server_id":"x"}\r\n'),
    ("IEC 60870-5-104", bytes.fromhex("680e 0000 0000 64 01 0600 0100 000000 14"), b""),
    ("OPC UA", b"HELF" + bytes.fromhex("38000000 00000000 00000100") + bytes(40), b""),
    ("WireGuard", bytes.fromhex("04000000 01000000") + bytes(24), b""),
]
