"""LLDP: frames written out by hand from IEEE 802.1AB clause 8, RFC 8520 and ANSI/TIA-1057."""

import struct

ORIG = True
PORT = 0x88CC


def element(kind: int, value: bytes) -> bytes:
    return struct.pack(">H", kind << 9 | len(value)) + value


CHASSIS = element(1, b"\x04\x02\0\0\0\0\x01")
CHASSIS_NAME = element(1, b"\x07rack-7")
CHASSIS_ADDRESS = element(1, b"\x05\x01" + bytes([192, 0, 2, 1]))
ON_PORT = element(2, b"\x05eth0")
ON_MAC = element(2, b"\x03\x02\0\0\0\0\x02")
TTL = element(3, b"\0\x78")
END = element(0, b"")
FIRST = CHASSIS + ON_PORT + TTL
NAME = element(5, b"camera-3.example")
DESCRIPTION = element(6, b"Plein camera 4K\n")
CAPABILITIES = element(7, struct.pack(">HH", 0x0094, 0x0090))
MANAGED = element(8, b"\x05\x01" + bytes([192, 0, 2, 9]) + b"\x02\0\0\0\1\0")
MANAGED_SIX = element(
    8, b"\x11\x02" + bytes.fromhex("20010db8") + bytes(11) + b"\x09\x02\0\0\0\1\0"
)
MUD = element(127, bytes.fromhex("00005e01") + b"https://example.org/mud/camera")
MUD_ELSEWHERE = element(127, bytes.fromhex("00005e01") + b"javascript:alert(1)")


def med(kind: int, value: bytes) -> bytes:
    return element(127, bytes.fromhex("0012bb") + bytes((kind,)) + value)


def case(name: str, frame: bytes, identity: dict, **fields):
    return {
        "name": name, "transport": "ethernet", "port": PORT, "chunks": [(ORIG, frame)],
        "messages": [("identity", {"identity": identity, **fields}, b"")],
    }  # fmt: skip


MAC = {"mac": "02:00:00:00:00:01"}
CASES = [
    case("the least", FIRST + END, MAC, port="eth0"),
    case("all of it", FIRST + NAME + DESCRIPTION + CAPABILITIES + MANAGED + MUD + END,
         MAC | {"host_name": "camera-3.example", "model": "Plein camera 4K",
                "services": ("router", "station"), "mud_url": "https://example.org/mud/camera"},
         port="eth0", address="192.0.2.9"),
    case("managed by IPv6", FIRST + MANAGED_SIX + END, MAC, address="2001:db8::9"),
    case("named chassis", CHASSIS_NAME + ON_MAC + TTL + END, {"name": "rack-7"},
         port="02:00:00:00:00:02"),
    case("chassis with an address", CHASSIS_ADDRESS + ON_PORT + TTL + END, {"name": "192.0.2.1"}),
    case("padded by Ethernet", FIRST + END + bytes(30), MAC),
    case("no address of MUD", FIRST + MUD_ELSEWHERE + END, MAC),
    case("inventory", FIRST + DESCRIPTION + med(6, b"1.2") + med(7, b"9") + med(8, b"SN-1")
         + med(9, b"Example") + med(10, b"C-4") + med(1, b"\0\1\2") + END,
         MAC | {"model": "C-4", "firmware": "1.2", "serial": "SN-1", "vendor": "Example"}),
    {"name": "twice", "transport": "ethernet", "port": PORT,
     "chunks": [(ORIG, FIRST + END), (ORIG, FIRST + END), (ORIG, FIRST + NAME + END)],
     "messages": [("identity", {"identity": MAC}, b""),
                  ("identity", {"identity": MAC | {"host_name": "camera-3.example"}}, b"")]},
]  # fmt: skip


def bad(name: str, frame: bytes):
    return {"name": name, "transport": "ethernet", "port": PORT, "chunks": [(ORIG, frame)]}


INVALID = [
    bad("no time to live", CHASSIS + ON_PORT + NAME + END),
    bad("another order", ON_PORT + CHASSIS + TTL + END),
    bad("cut off", FIRST + NAME[:-3]),
    bad("empty chassis", element(1, b"\x04") + ON_PORT + TTL),
]
NEAR_MISSES = [
    ("port first", ON_PORT + CHASSIS + TTL + END, b""),
    ("chassis without an id", element(1, b"\x04") + ON_PORT + TTL + END, b""),
]
