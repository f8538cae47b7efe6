"""RTP: octets written out by hand from RFC 3550, 5.1."""

ORIG, RESP = True, False


def packet(sequence: int, payload: bytes, kind: int = 96, first: int = 0x80, source: int = 7):
    head = bytes([first, kind]) + (sequence & 0xFFFF).to_bytes(2, "big")
    return head + bytes.fromhex("0001e240") + source.to_bytes(4, "big") + payload


CASES = [
    {
        "name": "four are enough",
        "transport": "udp",
        "port": 5004,
        # The sequence number wraps; the third packet bears a marker.
        "chunks": [
            (RESP, packet(65530 + i, b"\x65%d" % i, 0xE0 if i == 2 else 0x60)) for i in range(30)
        ],
        "messages": [
            (
                "media",
                {
                    "payload_type": 96,
                    "sequence": (65530 + i) % 65536,
                    "marker": i == 2,
                    "encoding": "",
                    "ssrc": "absent",
                },
                b"\x65%d" % i,
            )
            for i in range(4)
        ],
        "wanted": False,
    },
    {
        "name": "with sources, extension, padding and RTCP between",
        "transport": "udp",
        "port": 40000,
        "chunks": [
            (ORIG, packet(1, b"one", 0)),
            # CC 1, X: source list, extension of 1 word, then "two" and 2 octets of padding.
            (
                ORIG,
                packet(2, bytes.fromhex("00000009 bede0001 10aa0000") + b"two\0\2", 0, 0xB1),
            ),
            (ORIG, bytes.fromhex("80c80006 00000007") + bytes(20)),
            (ORIG, packet(3, b"three", 0)),
            (ORIG, packet(3, b"three", 0)),
            (ORIG, packet(4, b"four", 8)),
        ],
        "messages": [
            ("media", {"encoding": "PCMU/8000", "sequence": 1}, b"one"),
            ("media", {"encoding": "PCMU/8000", "sequence": 2}, b"two"),
            ("media", {"sequence": 3}, b"three"),
            ("media", {"encoding": "PCMA/8000", "sequence": 4}, b"four"),
        ],
    },
    {
        "name": "viewer that opens a way through NAT first",
        "transport": "udp",
        "orig_port": 12062,
        "port": 38908,
        "chunks": [
            (ORIG, bytes.fromhex("80000000 00000000 00000000")),
            *[(RESP, packet(i, b"\x65")) for i in range(3)],
        ],
        "messages": [("media", {"sequence": i}, b"\x65") for i in range(3)],
    },
    {
        "name": "sound and pictures over the same ports",
        "transport": "udp",
        "port": 40004,
        "chunks": [
            (ORIG, packet(n, b"%d" % n, kind, source=source))
            for n in range(1, 4)
            for kind, source in ((18, 7), (96, 8))
        ],
        "messages": [
            ("media", {"encoding": encoding, "sequence": n}, b"%d" % n)
            for encoding in ("G729/8000", "")
            for n in range(1, 4)
        ],
    },
    {
        "name": "odd ports, as behind NAT, and both ends send",
        "transport": "udp",
        "orig_port": 20001,
        "port": 16385,
        # One datagram alone to an odd port is not enough.
        "probed": False,
        "chunks": [(side, packet(n, b"%d" % n, 8)) for n in range(1, 4) for side in (ORIG, RESP)],
        "messages": [
            ("media", {"sequence": n}, b"%d" % n) for side in (ORIG, RESP) for n in range(1, 4)
        ],
    },
    {
        "name": "late packet, and STUN on the same port once it is sure",
        "transport": "udp",
        "port": 40002,
        "chunks": [
            (ORIG, packet(10, b"a", 26)),
            (ORIG, packet(12, b"c", 26)),
            (ORIG, packet(11, b"b", 26)),
            (RESP, bytes.fromhex("0001 0000 2112a442") + bytes(12)),
        ],
        # The first datagram back is STUN, so that heads of both directions do not agree.
        "probed": False,
        "messages": [
            ("media", {"encoding": "JPEG/90000"}, b"a"),
            ("media", {"sequence": 12}, b"c"),
            ("media", {"sequence": 11}, b"b"),
        ],
    },
]

INVALID = [
    {
        "name": "another source",
        "transport": "udp",
        "chunks": [(ORIG, packet(1, b"a")), (ORIG, packet(2, b"b", source=8))],
    },
    {
        "name": "sequence jumps",
        "transport": "udp",
        "chunks": [(ORIG, packet(1, b"a")), (ORIG, packet(9000, b"b"))],
    },
    {
        "name": "a source for each packet",
        "transport": "udp",
        "chunks": [(ORIG, packet(n, b"a", source=n)) for n in range(6)],
    },
    {"name": "too few", "transport": "udp", "chunks": [(ORIG, packet(1, b"a"))]},
    {
        "name": "something else follows",
        "transport": "udp",
        "chunks": [(ORIG, packet(1, b"a")), (ORIG, b"text")],
    },
    {
        "name": "more padding than packet",
        "transport": "udp",
        "chunks": [(ORIG, packet(1, b"abc\xff", 96, 0xA0))],
    },
    {
        "name": "extension longer than the packet",
        "transport": "udp",
        "chunks": [(ORIG, packet(1, bytes.fromhex("bede00ff"), 96, 0x90))],
    },
]
