"""Rows: why; content; leaves as path to value, or the form of a medium."""

CASES = (
    ("plate as a record",
     b'{"camera": {"id": "c-1", "naam": "Kade"}, "voertuig": {"kenteken": {"kentekenHash": "ab"}}}',
     {"camera.id": "c-1", "camera.naam": "Kade", "voertuig.kenteken.kentekenHash": "ab"}),
    ("without a plate", b'{"camera": {}, "voertuig": {"merk": "X"}}', {"voertuig.merk": "X"}),
)  # fmt: skip
INVALID = (b"", b"{}", b'{"camera": {}}', b'{"camera": 1, "voertuig": {}}', b"[]")
