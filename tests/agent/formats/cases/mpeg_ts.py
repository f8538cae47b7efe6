"""Rows: why; content; leaves as path to value, or the form of a medium."""


def _packet(pid, body=b"", start=True):
    head = bytes([0x47, 0x40 * start | pid >> 8, pid & 0xFF, 0x10])
    return (head + body).ljust(188, b"\xff")


def _map(*types):
    rows = b"".join(bytes([kind, 0xE1, 0, 0xF0, 0]) for kind in types)
    section = b"\2" + (0xB000 | 13 + len(rows)).to_bytes(2, "big") + bytes(7) + b"\xf0\0" + rows
    return _packet(0x1000, b"\0" + section + bytes(4))


_ANY = _packet(0x100, start=False)
CASES = (
    ("video with sound", _map(0x1B, 0x0F) + _ANY, "MPEG-TS H.264 with sound"),
    ("video", _map(0x24) + _ANY, "MPEG-TS H.265"),
    ("sound", _map(0x0F) + _ANY, "MPEG-TS sound"),
    ("its map not yet seen", _ANY * 2, "MPEG-TS"),
    ("cut off", _ANY * 4 + _ANY[:80], "MPEG-TS"),
)
INVALID = (b"", b"G", _ANY, _ANY + b"x" * 188, b"GET / HTTP/1.1\r\n" * 30, _ANY + _ANY[:100])
