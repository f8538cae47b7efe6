"""Rows: why; message; what must be found, category by key path; topic."""

from schouw_agent.records import Content

_WAV = (
    b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00"
    b"\x40\x1f\x00\x00\x01\x00\x08\x00"
)
_H264 = {"encoding": "H264/90000"}

_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"

CASES = (
    (
        "a picture",
        _JPEG,
        {"": "still_image"},
    ),
    (
        "sound",
        _WAV,
        {"": "audio_stream"},
    ),
    (
        "video in RTP packets",
        Content(b"\x67\x42\xc0\x1f", protocol="rtp", fields=_H264),
        {"": "video_stream"},
    ),
    ("of a drone", _JPEG, {"": "aerial_imagery"}, "drone/3/image"),
    ("of a face, Dutch", _JPEG, {"": "face_image"}, "camera/gezicht/1"),
    ("words about a picture", {"format": "JPEG"}, {}),
    ("the first octets and no more", b"\xff\xd8", {}),
)
