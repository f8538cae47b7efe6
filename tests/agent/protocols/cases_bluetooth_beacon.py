"""Bluetooth beacons, written out by hand from their specifications."""

ORIG = True
ADDRESS = b"\x01\0\0\0\0\x02"


def advertisement(*elements: tuple[int, bytes]) -> bytes:
    body = ADDRESS + b"".join(bytes((1 + len(v), k)) + v for k, v in elements)
    return b"\xd6\xbe\x89\x8e\x02" + bytes((len(body),)) + body + b"\0\0\0"


FLAGS = (1, b"\x06")
NAME = (9, b"plein-1")
IBEACON = (0xFF, b"\x4c\0\x02\x15" + bytes(range(16)) + b"\0\1\0\2\xc5")
ALTBEACON = (0xFF, b"\x18\x01\xbe\xac" + bytes(20) + b"\xc5\0")
EDDYSTONE = (0x16, b"\xaa\xfe\0\xe7" + bytes(18))
NEARBY = (0xFF, b"\x4c\0\x10\x05\x01\x18\x01\x02\x03")
LOST = (0xFF, b"\x4c\0\x12\x19" + bytes(25))
EPHEMERAL = (0x16, b"\xaa\xfe\x30\xe7" + bytes(8))
EXPOSURE = (0x16, b"\x6f\xfd" + bytes(20))


def case(name: str, frame: bytes, /, **identity: str):
    told = {"mac": "02:00:00:00:00:01", **identity}
    return {
        "name": name, "transport": "bluetooth", "port": 0, "chunks": [(ORIG, frame)],
        "messages": [("identity", {"identity": told}, b"")],
    }  # fmt: skip


CASES = [
    case("iBeacon", advertisement(FLAGS, IBEACON), device_type="iBeacon"),
    case("AltBeacon", advertisement(FLAGS, ALTBEACON), device_type="AltBeacon"),
    case(
        "Eddystone", advertisement(FLAGS, EDDYSTONE, NAME), device_type="Eddystone", name="plein-1"
    ),
]


def bad(name: str, *elements: tuple[int, bytes]):
    frame = advertisement(*elements)
    return {"name": name, "transport": "bluetooth", "port": 0, "chunks": [(ORIG, frame)]}


PEOPLE = [
    ("a telephone nearby", NEARBY),
    ("a tag that is looked for", LOST),
    ("a beacon that hides", EPHEMERAL),
    ("a contact warning", EXPOSURE),
    ("a name alone", NAME),
]
INVALID = [bad(name, FLAGS, element) for name, element in PEOPLE]
NEAR_MISSES = [(name, advertisement(FLAGS, element), b"") for name, element in PEOPLE]
