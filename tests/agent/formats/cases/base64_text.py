"""Rows: why; content; leaves as path to value, or the form of a medium."""

import base64

_WAV = (
    b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00"
    b"\x40\x1f\x00\x00\x01\x00\x08\x00"
)

CASES = (
    ("JSON", base64.b64encode(b'{"t": 1, "u": 2}'), {"t": 1, "u": 2}),
    ("a sentence", base64.b64encode(b"the gate is open"), {"": "the gate is open"}),
    ("sound", base64.b64encode(_WAV), "WAV 8 kHz mono"),
    ("URL alphabet, no padding", base64.urlsafe_b64encode(_WAV).rstrip(b"="), "WAV 8 kHz mono"),
    ("lines", base64.encodebytes(_WAV + bytes(120)), "WAV 8 kHz mono"),
    ("video", base64.b64encode(b"\0\0\0\x28ftypisom\0\0\0\1isomiso2avc1mp41iso6x"), "MP4"),
    ("data URI", b"data:audio/wav;base64," + base64.b64encode(_WAV), "WAV 8 kHz mono"),
)
INVALID = (
    b"", b"abcd", b"Havenplein", base64.b64encode(bytes(range(120, 160))), b"QUJD!" * 9,
)  # fmt: skip
