"""Rows: why; message; what must be found, category by key path; topic."""

_H40 = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"
_SIDE_CODES = (
    "ZZ-01-01", "01-01-ZZ", "01-ZZ-01", "ZZ-01-ZZ", "ZZ-ZZ-01", "01-ZZ-ZZ", "01-ZZZ-1", "1-ZZZ-01",
    "ZZ-001-Z", "Z-001-ZZ", "ZZZ-01-Z", "Z-01-ZZZ", "1-ZZ-001", "001-ZZ-1",
)  # fmt: skip

CASES = (
    *(
        (f"side code {i}", {"kenteken": plate}, {"kenteken": "licence_plate_raw"})
        for i, plate in enumerate(_SIDE_CODES, 1)
    ),
    ("without hyphens", {"licensePlate": "ZZ001Z"}, {"licensePlate": "licence_plate_raw"}),
    (
        "deeper",
        {"vehicle": {"plate": {"number": "ZZ-001-Z"}}},
        {"vehicle.plate.number": "licence_plate_raw"},
    ),
    ("Belgian", {"plate": "1-ZZZ-001"}, {"plate": "licence_plate_raw"}),
    ("German", {"kennzeichen": "ZZ-Z 1001"}, {"kennzeichen": "licence_plate_raw"}),
    ("French", {"plate_number": "ZZ-001-ZZ"}, {"plate_number": "licence_plate_raw"}),
    ("British", {"numberPlate": "ZZ01 ZZZ"}, {"numberPlate": "licence_plate_raw"}),
    ("hashed, Dutch", {"kentekenHash": _H40}, {"kentekenHash": "licence_plate_hashed"}),
    ("hashed, English", {"plate_hash": "9f" * 32}, {"plate_hash": "licence_plate_hashed"}),
    (
        "its looks alone, among vehicles, is a question",
        {"passage": {"ref": "ZZ-001-Z"}},
        {"passage.ref": "licence_plate_raw"},
    ),
    ("the same looks elsewhere are a part number", {"part": "ZZ-001-Z"}, {}),
    ("how sure the reader was", {"plate_confidence": 0.93}, {}),
    ("where it is from", {"kenteken": {"landcode": "NL"}}, {}),
    ("a plate of metal", {"plate_temperature": 21.0}, {}),
    ("a count", {"plates": 12}, {}),
    ("not read", {"plate": "unknown"}, {}),
    ("a licence of software", {"license": "GPL version two only"}, {}),
)
