"""OPC UA: messages written out by hand from OPC 10000-6, 7.1."""

ORIG, RESP = True, False

URL = b"opc.tcp://plc.example:4840"
BUFFERS = bytes.fromhex("00000000 00000100 00000100 00000000 00000000")
HELLO = b"HELF" + (32 + len(URL)).to_bytes(4, "little") + BUFFERS
HELLO += len(URL).to_bytes(4, "little") + URL
ANSWER = b"ACKF" + (28).to_bytes(4, "little") + BUFFERS
POLICY = b"http://opcfoundation.org/UA/SecurityPolicy#None"
OPEN = b"OPNF\x84\0\0\0" + bytes(4) + len(POLICY).to_bytes(4, "little") + POLICY + bytes(69)
MESSAGE = b"MSGF\x20\0\0\0" + bytes.fromhex("01000000 01000000 33000000 01000000") + bytes(8)
ERROR = b"ERRF\x10\0\0\0" + bytes.fromhex("00007d80 ffffffff")


def case(name, *chunks, **more):
    return {"name": name, "chunks": chunks, "messages": [], **more}


CASES = [
    case("hello, acknowledge", (ORIG, HELLO), (RESP, ANSWER), (ORIG, OPEN), port=4840),
    case("channel that is renewed", (ORIG, OPEN)),
    case("messages of an older connection", (RESP, MESSAGE * 2)),
    case("hello that is refused", (ORIG, HELLO), (RESP, ERROR)),
]
INVALID = []  # nothing is read, so nothing is refused after recognition
NEAR_MISSES = [
    ("words in capitals", b"MSGFROM the\nharbour", b""),
    ("hello without buffers", b"HELF" + (40).to_bytes(4, "little") + bytes(32), b""),
    ("open channel without a policy", b"OPNF\x20\0\0\0" + bytes(24), b""),
]
