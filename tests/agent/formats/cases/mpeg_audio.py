"""Rows: why; content; leaves as path to value, or the form of a medium."""

_MP3 = b"\xff\xfb\x90\xc4" + bytes(413)  # 128 kbit/s, 44.1 kHz, one channel: 417 octets
_LOW = b"\xff\xf3\x48\xc4" + bytes(140)  # MPEG-2, 32 kbit/s, 16 kHz: 144 octets


def _aac(size=100):
    head = [0xFF, 0xF1, 1 << 6 | 8 << 2, 1 << 6 | size >> 11, size >> 3 & 0xFF, (size & 7) << 5, 0]
    return bytes(head) + bytes(size - 7)


CASES = (
    ("MP3", _MP3 * 3, "MP3 44.1 kHz mono"),
    ("MP3 of speech", _LOW * 3, "MP3 16 kHz mono"),
    ("MP3 behind its tags", b"ID3\4\0\0\0\0\0\5title" + _MP3 * 3, "MP3 44.1 kHz mono"),
    ("tags of which the sound is still to come", b"ID3\3\0\0\0\0\2\0", "MP3"),
    ("AAC", _aac() * 3, "AAC 16 kHz mono"),
)
INVALID = (
    b"", b"\xff\xfb", _MP3, _MP3 * 2, b"\xff" * 2000, b"\xff\xf1" + bytes(500), b"ID3",
    b"ID3x\0\0\0\0\0\0",
    _MP3 + _LOW * 3,
)  # fmt: skip
