"""Rows: why; content; leaves as path to value, or the form of a medium."""

_SETS = b"\0\0\0\1\x67\x42\0\x1e\x95" + b"\0\0\0\1\x68\xce\x3c\x80"
_SLICE = b"\0\0\1\x65\x88\x84\0\x10"
_SETS_265 = b"".join(
    b"\0\0\0\1" + kind + b"\1\x0c\1\xff\xff" for kind in (b"\x40", b"\x42", b"\x44")
)
CASES = (
    ("H.264", _SETS + _SLICE, "H.264"),
    ("with a delimiter first", b"\0\0\0\1\x09\x10\x80\x80" + _SETS + _SLICE, "H.264"),
    ("short start codes", _SETS.replace(b"\0\0\0\1", b"\0\0\1") + _SLICE, "H.264"),
    ("H.265", _SETS_265 + b"\0\0\1\x26\1\xaf\x10", "H.265"),
)
INVALID = (
    b"", b"\0\0\0\1", _SLICE, _SETS[:9], b"\0\0\1" + bytes(40), b"\0\0\1\x67" + b"\0\0\1" * 20,
    b"\0\0\1\xe7\0\0\0" + b"\0\0\1\xe8\0\0\0",
)  # fmt: skip
