"""Rows: why; content; leaves as path to value, or the form of a medium."""

import struct


def _file(order, entries, more=b""):
    mark = b"II" if order == "<" else b"MM"
    rows = b"".join(struct.pack(order + "HHI4s", *row) for row in entries)
    head = mark + struct.pack(order + "HI", 42, 8)
    return head + struct.pack(order + "H", len(entries)) + rows + bytes(4) + more


def _short(order, value):
    return struct.pack(order + "HH", value, 0)


def _with_size(order):
    size = [(256, 3, 1, _short(order, 640)), (257, 3, 1, _short(order, 480))]
    return _file(order, size)


def _somewhere(first=52):
    """An image taken at 52°30'0" north and 4°54'36" west."""
    order = ">"
    gps = 8 + 2 + 12 + 4
    degrees = gps + 2 + 4 * 12 + 4
    rows = [
        (1, 2, 2, b"N\0\0\0"), (2, 5, 3, struct.pack(">I", degrees)),
        (3, 2, 2, b"W\0\0\0"), (4, 5, 3, struct.pack(">I", degrees + 24)),
    ]  # fmt: skip
    directory = struct.pack(">H", 4) + b"".join(struct.pack(">HHI4s", *row) for row in rows)
    values = struct.pack(">12I", first, 1, 30, 1, 0, 1, 4, 1, 54, 1, 360, 10)
    link = (0x8825, 4, 1, struct.pack(">I", gps))
    return _file(order, [link], directory + bytes(4) + values)


CASES = (
    ("little end first", _with_size("<"), "TIFF 640×480"),
    ("big end first", _with_size(">"), "TIFF 640×480"),
    ("a directory beyond the end", b"II*\0\xff\xff\0\0", "TIFF"),
    ("where it was taken", _somewhere(), {"exif.latitude": 52.5, "exif.longitude": -4.91}),
    ("nowhere on earth", _somewhere(first=99), {}),
)
INVALID = (b"", b"II*", b"II*\0", b"MM\0+\0\0\0\x08", b"IIxx\0\0\0\0")
