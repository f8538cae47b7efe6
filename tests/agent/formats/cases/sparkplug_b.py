"""Rows: why; content; leaves as path to value, or the form of a medium.

The octets are put together by hand from the protocol buffer definition of Sparkplug B.
"""

import struct

from schouw_agent.records import Content, Term


def _varint(value):
    out = b""
    while value > 0x7F:
        out, value = out + bytes([value & 0x7F | 0x80]), value >> 7
    return out + bytes([value])


def _number(field, value):
    return _varint(field << 3) + _varint(value)


def _octets(field, value):
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _metric(name="", alias=None, kind=10, rest=b""):
    head = _octets(1, name.encode()) if name else b""
    return head + (b"" if alias is None else _number(2, alias)) + _number(4, kind) + rest


def _payload(*metrics, topic="spBv1.0/haven/NDATA/kade"):
    octets = _number(1, 1_700_000_000_000) + b"".join(_octets(2, m) for m in metrics)
    return Content(octets + _number(3, 1), topic=topic)


_BIRTH = "spBv1.0/haven/DBIRTH/kade/geluid-3"
_DOUBLE = _varint(13 << 3 | 1) + struct.pack("<d", 61.5)
_FLOAT = _varint(12 << 3 | 5) + struct.pack("<f", 20.5)
_UNIT = _octets(9, _octets(1, b"engUnit") + _octets(2, _number(1, 12) + _octets(8, b"dB(A)")))
_BORN = _payload(_metric("Geluid/LAeq", 7, rest=_UNIT + _DOUBLE), topic=_BIRTH)
_TABLE = _octets(
    17,
    _number(1, 2) + _octets(2, b"plate") + _octets(2, b"speed") + _octets(3, b"\x0c\x03")
    + _octets(4, _octets(1, _octets(6, b"XX-01-ZZ")) + _octets(1, _number(1, 40))),
)  # fmt: skip
CASES = (
    ("a birth", _BORN, {"Geluid.LAeq": 61.5}),
    ("known by its alias", _payload(_metric(alias=7, rest=_FLOAT)), {"@7": 20.5}),
    ("negative", _payload(_metric("t", kind=3, rest=_number(10, 2**32 - 4))), {"t": -4}),
    ("unsigned", _payload(_metric("n", kind=7, rest=_number(10, 2**32 - 4))), {"n": 2**32 - 4}),
    ("yes or no", _payload(_metric("on", kind=11, rest=_number(14, 1))), {"on": True}),
    ("text", _payload(_metric("s", kind=12, rest=_octets(15, b"open"))), {"s": "open"}),
    ("octets", _payload(_metric("o", kind=17, rest=_octets(16, b"\1\2"))), {"o": b"\1\2"}),
    ("a template", _payload(
        _metric("mast", kind=19, rest=_octets(18, _octets(2, _metric("t", rest=_DOUBLE))))),
     {"mast.t": 61.5}),
    ("a table", _payload(_metric("passages", kind=16, rest=_TABLE)),
     {"passages[].plate": "XX-01-ZZ", "passages[].speed": 40}),
    ("what a node is told is not what it says", _payload(
        _metric("Node Control/Rebirth", kind=11, rest=_number(14, 1)),
        topic="spBv1.0/haven/NCMD/kade"), {}),
    ("nothing new", _payload(), {}),
)  # fmt: skip
INVALID = (
    b"", Content(b"\x08\x01", topic="other/haven/NDATA/kade"),
    Content(b"\x08\x01", topic="spBv1.0/haven/DDATA/kade"),
    Content(b"\x08\x01", topic="spBv1.0/haven/NDATA/kade/x"),
    Content(b"{}", topic="spBv1.0/STATE/scada"), Content(b"\x0a\xff", topic=_BIRTH),
)  # fmt: skip
MALFORMED = (Content(_octets(2, b"\xff\xff"), topic=_BIRTH),)
SUBJECTS = (
    ("a device", _BORN, "geluid-3", {"name": "geluid-3"}),
    ("a node", CASES[1][1], "kade", {"name": "kade"}),
)
TERMS = (
    ("at birth", _BORN, {"spBv1.0/haven/kade": {"@7": Term("Geluid.LAeq", "dB(A)")}}),
    ("later", CASES[1][1], {}),
)
