"""CDP: frames written out by hand from its frame format."""

import struct

ORIG = True
PORT = 0x2000
HEAD = b"\x02\xb4\x12\x34"


def element(kind: int, value: bytes) -> bytes:
    return struct.pack(">HH", kind, 4 + len(value)) + value


NAME = element(1, b"switch-2.example")
ADDRESS = element(2, struct.pack(">I", 1) + b"\x01\x01\xcc\0\x04" + bytes([192, 0, 2, 5]))
SIX = element(2, struct.pack(">I", 1) + b"\x02\x08\xaa\xaa\x03\0\0\0\x86\xdd\0\x10"
              + bytes.fromhex("20010db8") + bytes(11) + b"\x05")  # fmt: skip
ON_PORT = element(3, b"GigabitEthernet0/1")
ABLE = element(4, struct.pack(">I", 0x28))
SOFTWARE = element(5, b"Example OS,\nVersion 15.2")
PLATFORM = element(6, b"example WS-1")


def case(name: str, frame: bytes, identity: dict, **fields):
    return {
        "name": name, "transport": "ethernet", "port": PORT, "chunks": [(ORIG, frame)],
        "messages": [("identity", {"identity": identity, **fields}, b"")],
    }  # fmt: skip


CASES = [
    case("the least", HEAD + NAME, {"host_name": "switch-2.example"}),
    case("version 1", b"\x01" + HEAD[1:] + NAME, {"host_name": "switch-2.example"}),
    case("all of it", HEAD + NAME + ADDRESS + ON_PORT + ABLE + SOFTWARE + PLATFORM,
         {"host_name": "switch-2.example", "services": ("switch", "igmp"),
          "firmware": "Example OS, Version 15.2", "model": "example WS-1"},
         port="GigabitEthernet0/1", address="192.0.2.5"),
    case("IPv6", HEAD + NAME + SIX, {"host_name": "switch-2.example"}, address="2001:db8::5"),
    case("padded by Ethernet", HEAD + NAME + bytes(20), {"host_name": "switch-2.example"}),
]  # fmt: skip


def bad(name: str, frame: bytes):
    return {"name": name, "transport": "ethernet", "port": PORT, "chunks": [(ORIG, frame)]}


INVALID = [
    bad("cut off", HEAD + NAME[:-2]),
    bad("length below its header", HEAD + struct.pack(">HH", 1, 3) + b"x"),
    bad("nothing said", HEAD),
    bad("version 9", b"\x09" + HEAD[1:] + NAME),
]
NEAR_MISSES = [
    ("version 3", b"\x03" + HEAD[1:] + NAME, b""),
    ("an element below its header", HEAD + b"\0\1\0\3", b""),
]
