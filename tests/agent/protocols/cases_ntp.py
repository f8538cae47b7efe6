"""NTP: headers written out by hand from RFC 5905, 7.3."""

ORIG, RESP = True, False
STAMP = bytes.fromhex("e8a1b2c3d4e5f607")
# Leap 0, version 4; mode; stratum; poll 6; precision -20; root delay and dispersion; reference.
QUERY = bytes.fromhex("23 00 06 ec 00000000 00000000 00000000") + bytes(24) + STAMP
ANSWER = bytes.fromhex("24 02 06 ec 00000120 00000340 c0000201") + STAMP * 4
FOLLOWER = bytes.fromhex("23 03 0a e9 00000a20 00000b40 c0000201") + STAMP * 4
UNSET = bytes.fromhex("e3 00 03 fa 00010000 00010000 00000000") + bytes(24) + STAMP
SIGNED = QUERY + bytes.fromhex("00000001") + bytes(range(16))
MONITOR = bytes.fromhex("17 00 03 2a 00000000")
CONTROL = bytes.fromhex("16 02 0001 0000 0000 0000 0000")


def case(name: str, *chunks: tuple[bool, bytes], **more):
    return {"name": name, "transport": "udp", "chunks": chunks, "messages": [], **more}


CASES = [
    case("query and answer", (ORIG, QUERY), (RESP, ANSWER)),
    case("on its own port", (ORIG, QUERY), (RESP, ANSWER), port=123),
    case("answer alone", (RESP, ANSWER)),
    case("client whose clock was never set", (ORIG, UNSET)),
    case("client that follows a server", (ORIG, FOLLOWER)),
    case("with a digest", (ORIG, SIGNED), port=123),
    case("version 1", (ORIG, b"\x08" + QUERY[1:]), port=123, probed=False),
    case("monitoring", (ORIG, MONITOR), port=123, probed=False),
    case("control", (ORIG, CONTROL), port=123, probed=False),
]
INVALID = []  # nothing is read, so nothing is refused after recognition
NEAR_MISSES = [
    ("NTP header cut short", QUERY[:40], b""),
    ("version 0", b"\x03" + QUERY[1:], b""),
    ("stratum of no server", bytes([0x24, 77]) + ANSWER[2:], b""),
    ("control message without its data", CONTROL[:-1] + b"\x30", b""),
    ("private message of an unknown program", MONITOR[:2] + b"\x54" + MONITOR[3:], b""),
    ("poll of years", QUERY[:2] + b"\x40" + QUERY[3:], b""),
]
# On its own port less is asked.
ELSEWHERE = [
    ("NTP of a client whose times are far apart", b"\x23\0\x06\xec" + bytes(range(44)), b""),
    ("NTP of a server that answers in years", ANSWER[:40] + b"\1" + ANSWER[41:], b""),
    ("NTP of a client without any time", b"\x23" + bytes(47), b""),
]
