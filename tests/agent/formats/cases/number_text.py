"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    ("point", b"21.5", {"": 21.5}),
    ("comma and unit", "21,5 °C".encode(), {"": 21.5}),
    ("sign and exponent", b" -1.2e3 ", {"": -1200.0}),
    ("unit glued", b"812mm", {"": 812.0}),
)
INVALID = (b"", b"21.5 parsecs", b"1.2.3", b"12:30", b"\xff21", b"1" * 50)
