"""SRTP: packets of RFC 3550, 5.1 between STUN messages of RFC 8489, 5."""

ORIG, RESP = True, False
PLAIN_BINDING = b"\0\1\0\0\x21\x12\xa4\x42" + bytes(12)


def packet(number: int) -> bytes:
    # An extension of a profile that RTP alone would not be believed with.
    return b"\x90\x60" + number.to_bytes(2, "big") + bytes(8) + b"\x77\x77\0\0" + bytes(40)


CASES = [
    {
        "name": "media answered by STUN",
        "transport": "udp",
        "chunks": [
            (ORIG, packet(1)),
            (RESP, PLAIN_BINDING),
            (ORIG, packet(2)),
            (ORIG, packet(3)),
        ],
        "messages": [],
        "wanted": False,
        "encryption": "srtp",
    },
]
INVALID = [{"name": "text", "transport": "udp", "chunks": [(ORIG, b"M-SEARCH")]}]
NEAR_MISSES = [("media answered by text", packet(1), b"ok")]
