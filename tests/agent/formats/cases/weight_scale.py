"""Rows: why; content; leaves as path to value, or the form of a medium."""

_MOMENT = "ea07 01 13 0c 00 00"

CASES = (
    ("kilograms", bytes.fromhex("02 1027" + _MOMENT), {"body.weight": 50.0}),
    ("pounds, stable", bytes.fromhex("23 1027" + _MOMENT),
     {"body.weight": 100.0}),
    ("who, and how tall", bytes.fromhex("0e 1027" + _MOMENT + "03 fa00 d606"),
     {"body.weight": 50.0, "body.person_number": 3, "body.mass_index": 25.0,
      "body.height": 1.75}),
    ("composition", bytes.fromhex("02 a6" + _MOMENT + "f401 1027"),
     {"body.weight": 50.0, "body.impedance": 500}),
)  # fmt: skip
INVALID = (
    b"",
    bytes.fromhex("00 1027" + _MOMENT),  # no moment announced
    bytes.fromhex("02 1027 ea07 0d 13 0c 00 00"),  # the thirteenth month
    bytes.fromhex("02 1027 eaf7 01 13 0c 00 00"),
    bytes.fromhex("02 1027" + _MOMENT + "00"),
    bytes.fromhex("42 1027" + _MOMENT),
    bytes.fromhex("ff a6" + _MOMENT + "f401 1027"),
    bytes(10),
    bytes(13),
)
