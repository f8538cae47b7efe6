"""QUIC: the sample packet of RFC 9001, A.2 and packets made with its keys.

`protect` is written from RFC 9001, 5; the sample packet shows that it is right.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ORIG, RESP = True, False
DESTINATION = bytes.fromhex("8394c8f03e515708")
V1 = (b"\0\0\0\1", bytes.fromhex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a"), b"quic ", 0xC0)
V2 = (
    bytes.fromhex("6b3343cf"),
    bytes.fromhex("0dede3def700a6db819381be6e269dcbf9bd2ed9"),
    b"quicv2 ",
    0xD0,
)
D29 = (
    bytes.fromhex("ff00001d"),
    bytes.fromhex("afbfec289993d24c9e9786f19c6111e04390a899"),
    b"quic ",
    0xC0,
)
Q050 = (b"Q050", bytes.fromhex("504574efd066fe2f9d945cfcdbd3a7f0d3b56b45"), b"quic ", 0xC0)
# RFC 9001, A.2: the CRYPTO frame of the sample.
SAMPLE = bytes.fromhex(
    "060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e868"
    "04fe3a47f06a2b69484c00000413011302010000c000000010000e00000b6578"
    "616d706c652e636f6dff01000100000a00080006001d00170018001000070005"
    "04616c706e000500050100000000003300260024001d00209370b2c9caa47fba"
    "baf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b000302030400"
    "0d0010000e0403050306030203080408050806002d00020101001c0002400100"
    "3900320408ffffffffffffffff05048000ffff07048000ffff08011001048000"
    "75300901100f088394c8f03e51570806048000ffff"
)
HELLO = SAMPLE[4:]


def expand(secret: bytes, label: bytes, size: int) -> bytes:
    whole = b"tls13 " + label
    info = size.to_bytes(2, "big") + bytes([len(whole)]) + whole + b"\0\1"
    return hmac.digest(secret, info, hashlib.sha256)[:size]


def protect(kind, frames: bytes, number: int, to: bytes = DESTINATION, key: bytes = DESTINATION):
    version, salt, label, first = kind
    secret = expand(hmac.digest(salt, key, "sha256"), b"client in", 32)
    header = bytes([first | 3]) + version + bytes([len(to)]) + to + b"\0\0"
    header += (0x4000 | len(frames) + 20).to_bytes(2, "big")
    numbered = header + number.to_bytes(4, "big")
    vector = int.from_bytes(expand(secret, label + b"iv", 12), "big") ^ number
    sealed = AESGCM(expand(secret, label + b"key", 16)).encrypt(
        vector.to_bytes(12, "big"), frames, numbered
    )
    cipher = Cipher(algorithms.AES(expand(secret, label + b"hp", 16)), modes.ECB())  # noqa: S305
    mask = cipher.encryptor().update(sealed[:16])
    hidden = bytes(a ^ b for a, b in zip(number.to_bytes(4, "big"), mask[1:5], strict=True))
    return bytes([numbered[0] ^ mask[0] & 15]) + header[1:] + hidden + sealed


def crypto(start: int, end: int) -> bytes:
    part = HELLO[start:end]
    return (
        b"\6" + (0x4000 | start).to_bytes(2, "big") + (0x4000 | len(part)).to_bytes(2, "big") + part
    )


def chlo(**tags: bytes) -> bytes:
    """Google's CHLO: names with their ends, then the values."""
    entries, values = b"", b""
    for name, value in sorted(tags.items()):
        values += value
        entries += name.encode().ljust(4, b"\0") + len(values).to_bytes(4, "little")
    return b"CHLO" + len(tags).to_bytes(2, "little") + b"\0\0" + entries + values


PADDED = SAMPLE.ljust(1162, b"\0")
FIRST = protect(V1, PADDED, 2)
GOOGLE = chlo(PAD=b"-" * 300, SNI=b"cloud.example.org", VER=b"Q043")
OLD = b"\x0d" + bytes(8) + b"Q043" + b"\1" + bytes(12) + b"\xa0\1\0\0" + GOOGLE
TOLD = (
    "client_hello",
    {"server_name": "example.com", "alpn": ("alpn",), "version": "1"},
    b"",
)
GOOGLE_TOLD = ("client_hello", {"server_name": "cloud.example.org", "version": "Q043"}, b"")


def case(name: str, messages, *chunks, **more):
    base = {"name": name, "transport": "udp", "port": 443, "encryption": "quic"}
    return {**base, "chunks": chunks, "messages": messages, **more}


def told(**changes):
    return ("client_hello", {**TOLD[1], **changes}, b"")


CASES = [
    case("sample", [TOLD], (ORIG, FIRST), server_name="example.com", wanted=False),
    case("version 2", [told(version="2")], (ORIG, protect(V2, PADDED, 2))),
    case("draft", [told(version="draft-29")], (ORIG, protect(D29, PADDED, 2))),
    case(
        "hello in pieces out of order, over two packets and two datagrams",
        [TOLD],
        (ORIG, protect(V1, crypto(150, 241) + b"\1" + crypto(0, 60), 0)),
        (RESP, b"\x40" + bytes(40)),
        (
            ORIG,
            protect(V1, b"\2\0\0\0\0", 1) + protect(V1, crypto(60, 160), 2, b"new", DESTINATION),
        ),
        server_name="example.com",
    ),
    case(
        "after a retry",
        [TOLD],
        (ORIG, protect(V1, b"\1".ljust(1000, b"\0"), 0)),
        (RESP, b"\xf0\0\0\0\1\0\4abcd" + bytes(40)),
        (ORIG, protect(V1, PADDED, 1, b"abcd", b"abcd")),
    ),
    case("versions on offer", [], (RESP, b"\xca" + bytes(6) + b"\0\0\0\1\xff\0\0\x1d")),
    case("Google's, before packets had long headers", [GOOGLE_TOLD], (ORIG, OLD)),
    case(
        "Google's, in the first long headers",
        [("client_hello", {"server_name": "cloud.example.org", "version": "Q046"}, b"")],
        (ORIG, b"\xc3Q046\x50" + bytes(24) + GOOGLE),
    ),
    case("an early draft", [], (ORIG, b"\xff\xff\0\0\x12\x55" + bytes(40))),
    case(
        "Google's, inside an Initial packet",
        [("client_hello", {"server_name": "cloud.example.org", "version": "Q050"}, b"")],
        (ORIG, protect(Q050, b"\x08\0" + GOOGLE, 1)),
    ),
    case("another version", [], (ORIG, b"\xc3\xfa\xce\xb0\x09" + FIRST[5:])),
    case("a draft of version 2", [], (ORIG, b"\xd3\x70\x9a\x50\xc4" + FIRST[5:])),
]
INVALID = [
    {
        "name": "packet longer than its datagram",
        "transport": "udp",
        "chunks": [(ORIG, FIRST[:-1])],
    },
    {
        "name": "frame that does not belong there",
        "transport": "udp",
        "chunks": [(ORIG, protect(V1, b"\x18".ljust(60, b"\0"), 2))],
    },
    {
        "name": "the same octets over and over",
        "transport": "udp",
        "chunks": [(ORIG, protect(V1, b"\6\1\x7f\0" + bytes(0x3F00), i)) for i in range(5)],
    },
    {
        "name": "hello at an end out of reach",
        "transport": "udp",
        "chunks": [(ORIG, protect(V1, b"\6\xbf\xff\xff\xff\1a".ljust(60, b"\0"), 2))],
    },
]
NEAR_MISSES = [
    ("QUIC of an unknown version", b"\xc3\x12\x34\x56\x78" + FIRST[5:], b""),
    ("QUIC without its fixed bit", b"\x83" + FIRST[1:], b""),
    ("QUIC with an id of thirty octets", FIRST[:5] + b"\x1e" + bytes(400), b""),
    ("versions on offer that nobody has", b"\xca" + bytes(6) + b"abcdabcd", b""),
]
