"""BACnet/IP: datagrams written out by hand from ANSI/ASHRAE 135, annex J and 20."""

import struct

ORIG, RESP = True, False


def link(function: int, rest: str | bytes) -> bytes:
    octets = bytes.fromhex(rest) if isinstance(rest, str) else rest
    return bytes([0x81, function]) + (4 + len(octets)).to_bytes(2, "big") + octets


WHO_IS = link(11, "01 20 ffff 00 ff 10 08")
I_AM = link(11, "01 00 10 00 c4 020004d2 22 05c4 91 03 21 2a")
FORWARDED = link(4, "c0000207 bac0 01 08 0001 01 05 10 08 09 01 19 ff")


def read(invoke: int, what: str) -> bytes:
    return link(10, bytes.fromhex("01 04 02 05") + bytes([invoke]) + bytes.fromhex("0c 0c" + what))


def answer(invoke: int, what: str, value: bytes) -> bytes:
    head = bytes.fromhex("01 00 30") + bytes([invoke]) + bytes.fromhex("0c 0c" + what)
    return link(10, head + b"\x3e" + value + b"\x3f")


def text(value: bytes) -> bytes:
    return bytes([0x75, len(value) + 1, 0]) + value


INPUT_VALUE, INPUT_UNITS = "00000005 19 55", "00000005 19 75"
DEGREES = "21.5 °C".encode()
VALUE = b"\x44" + struct.pack(">f", 21.5)


def case(name, *chunks, messages, **more):
    return {"name": name, "transport": "udp", "chunks": chunks, "messages": messages, **more}


CONTROLLER = ("identity", {"identity": {"device_type": "BACnet device"}}, b"")
CASES = [
    case("who is, I am", (ORIG, WHO_IS), (RESP, I_AM), port=47808, messages=[
        ("who_is", {}, b""),
        ("i_am", {"instance": 1234, "vendor_id": 42}, b""), CONTROLLER,
    ]),
    case("forwarded, and a message of the link alone",
         (ORIG, FORWARDED), (ORIG, link(5, "003c")), (ORIG, link(10, "01 80 00")),
         messages=[("who_is", {}, b""), ("network", {}, b""), ("network", {}, b"")]),
    case("values that are read",
         (ORIG, read(1, INPUT_VALUE)), (RESP, answer(1, INPUT_VALUE, VALUE)),
         (RESP, answer(2, INPUT_UNITS, b"\x91\x3e")),
         (RESP, answer(3, INPUT_VALUE, VALUE)),
         (RESP, answer(4, "00000005 19 4d", text(b"Water temperature"))),
         (RESP, answer(5, INPUT_VALUE, VALUE)),
         messages=[
             ("request", {"service": 12, "object_type": "analog_input", "instance": 5,
                          "property": "present_value"}, b""),
             ("response", {"content_type": "application/json"}, b'{"analog_input":21.5}'),
             ("response", {"property": "units", "unit": "°C"}, b""),
             ("response", {"topic": "analog_input/5", "content_type": "text/plain"}, DEGREES),
             ("response", {"text": "Water temperature"}, b""),
             ("response", {"topic": "Water temperature"}, DEGREES),
         ]),
    case("what the device is", (RESP, answer(4, "020004d2 19 46", text(b"Lock House 3"))),
         messages=[
             ("response", {"object_type": "device", "property": "model_name"}, b""),
             ("identity", {"identity": {"model": "Lock House 3"}}, b""),
         ]),
    case("acknowledged, refused and given up", (RESP, link(10, "01 00 20 07 0f")),
         (RESP, link(10, "01 00 50 07 0c 91 02 91 20")), (RESP, link(10, "01 00 60 07 09")),
         messages=[("acknowledgement", {"service": 15}, b""), ("error", {"service": 12}, b""),
                   ("reject", {}, b"")]),
]  # fmt: skip


def bad(name, octets):
    return {"name": name, "transport": "udp", "chunks": [(ORIG, octets)]}


INVALID = [
    bad("length does not fit", WHO_IS + b"\0"),
    bad("network header of version 2", link(10, "02 00 10 08")),
    bad("service that does not exist", link(11, "01 00 10 7f")),
    bad("I-Am that ends early", link(11, "01 00 10 00 c4 020004d2 22 05c4")),
    bad("value longer than its message", link(10, "01 00 30 01 0c 0c 00000005 19 55 3e 75 ff 00")),
]
NEAR_MISSES = [
    ("RTCP that starts like it", bytes.fromhex("81 c8 0006") + bytes(24), b""),
    ("length alone", bytes.fromhex("810a 0008 05 00 10 08"), b""),
]
