"""IEC 60870-5-104: APDUs written out by hand from the standard."""

ORIG, RESP = True, False

START, STARTED = bytes.fromhex("6804 07000000"), bytes.fromhex("6804 0b000000")
# Interrogation C_IC_NA_1; then M_ME_NC_1 with a short floating point value.
ASKED = bytes.fromhex("680e 0000 0000 64 01 0600 0100 000000 14")
VALUE = bytes.fromhex("6812 0200 0200 0d 01 0300 0100 010000 0000ac41 00")
SEEN = bytes.fromhex("6804 0100 0400")


def case(name, *chunks, **more):
    return {"name": name, "chunks": chunks, "messages": [], **more}


CASES = [
    case("start and interrogation", (ORIG, START + ASKED), (RESP, STARTED + ASKED + VALUE)),
    case("values that are acknowledged", (RESP, VALUE * 3), (ORIG, SEEN)),
    case("a value on its own port", (RESP, VALUE), port=2404, probed=False),
]
INVALID = []  # nothing is read, so nothing is refused after recognition
NEAR_MISSES = [
    ("text that begins with h", b"hello world,\n this is text", b""),
    ("unnumbered APDU that is too long", bytes.fromhex("6806 07000000 0000"), b""),
    ("APDU with a cause that does not exist", bytes.fromhex("680e 0000 0000 64 01 3f00 0100"), b""),
    ("wireless M-Bus frame", bytes.fromhex("68 1e 1e 68 53 fe 51 08 00 00 00 72"), b""),
]
