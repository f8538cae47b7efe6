"""802.11 beacons, written out by hand from IEEE 802.11 clause 9."""

import struct

ORIG = True
PORT = 0x80
AP = b"\x02\0\0\0\0\x01"
HEAD = b"\x80\0\0\0" + b"\xff" * 6 + AP + AP + b"\x10\0"
FIXED = bytes(8) + b"\x64\0"
INFRASTRUCTURE, AD_HOC = b"\x11\0", b"\x02\0"


def element(kind: int, value: bytes) -> bytes:
    return bytes((kind, len(value))) + value


def attribute(kind: int, value: bytes) -> bytes:
    return struct.pack(">HH", kind, len(value)) + value


NAME = element(0, b"Stadsnet")
SETUP = element(221, bytes.fromhex("0050f204") + attribute(0x104A, b"\x10")
                + attribute(0x1021, b"Example") + attribute(0x1023, b"AP-9")
                + attribute(0x1042, b"SN-2"))  # fmt: skip
CISCO = element(133, bytes(10) + b"ap-plein".ljust(16, b"\0") + b"\1\0")
IDENTITY = {"mac": "02:00:00:00:00:01", "services": ("access point",)}


def case(name: str, frame: bytes, identity: dict):
    return {
        "name": name, "transport": "ieee80211", "port": PORT, "chunks": [(ORIG, frame)],
        "messages": [("identity", {"identity": IDENTITY | identity}, b"")],
    }  # fmt: skip


CASES = [
    case("named", HEAD + FIXED + INFRASTRUCTURE + NAME + element(1, b"\x82"), {"name": "Stadsnet"}),
    case("hidden", HEAD + FIXED + INFRASTRUCTURE + element(0, b""), {}),
    case("hidden by zeros", HEAD + FIXED + INFRASTRUCTURE + element(0, bytes(8)), {}),
    case("says what it is", HEAD + FIXED + INFRASTRUCTURE + NAME + SETUP + CISCO,
         {"name": "Stadsnet", "vendor": "Example", "model": "AP-9", "serial": "SN-2",
          "host_name": "ap-plein"}),
    case("with a check sequence", HEAD + FIXED + INFRASTRUCTURE + NAME + b"\x12\x34\x56\x78",
         {"name": "Stadsnet"}),
    case("with a control field", b"\x80\x80" + HEAD[2:] + bytes(4) + FIXED + INFRASTRUCTURE + NAME,
         {"name": "Stadsnet"}),
]  # fmt: skip
INVALID = [
    {"name": name, "transport": "ieee80211", "port": PORT, "chunks": [(ORIG, frame)]}
    for name, frame in (
        ("cut off", HEAD + FIXED),
        ("another frame", b"\x40" + HEAD[1:] + FIXED + INFRASTRUCTURE + NAME),
    )
]
