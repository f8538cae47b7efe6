"""Rows: why; content; leaves as path to value, or the form of a medium."""


def _page(body, position=0, flags=2):
    lacing = bytes([1, len(body)])
    place = position.to_bytes(8, "little", signed=True)
    return b"OggS\0" + bytes([flags]) + place + bytes(12) + lacing + body


_OPUS = b"OpusHead\1\1\x38\1" + (16_000).to_bytes(4, "little") + bytes(3)
_VORBIS = b"\1vorbis" + bytes(4) + b"\2" + (44_100).to_bytes(4, "little") + bytes(14)
_SPEEX = b"Speex   " + bytes(28) + (8_000).to_bytes(4, "little") + bytes(8) + b"\1" + bytes(3)
CASES = (
    ("Opus", _page(_OPUS) + _page(b"x", 96_000, 4), "Ogg Opus 16 kHz mono 2.0 s"),
    ("Vorbis", _page(_VORBIS), "Ogg Vorbis 44.1 kHz stereo"),
    ("Speex", _page(_SPEEX), "Ogg Speex 8 kHz mono"),
    ("FLAC", _page(b"\x7fFLAC\1\0"), "Ogg FLAC"),
    ("video", _page(b"\x80theora\3\2"), "Ogg Theora"),
    ("something else", _page(b"other"), "Ogg"),
    ("a position that is no time", _page(_OPUS) + _page(b"x", -1, 4), "Ogg Opus 16 kHz mono"),
)
INVALID = (b"", b"OggS", b"OggS\0\2", b"OggS\1" + bytes(40))
