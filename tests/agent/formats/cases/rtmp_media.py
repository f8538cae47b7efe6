"""Rows: why; content; leaves as path to value, or the form of a medium."""

from schouw_agent.records import Content


def _tag(tag, octets, protocol="rtmp"):
    return Content(octets, protocol=protocol, fields={"tag": tag})


CASES = (
    ("key frame of AVC", _tag("video", b"\x17\0\0\0\0\1\x64"), "H.264"),
    ("codec by its name", _tag("video", b"\x90hvc1\1"), "H.265"),
    ("AAC", _tag("audio", b"\xaf\0\x12\x10"), "AAC"),
    ("sound by its name", _tag("audio", b"\x90Opus"), "Opus"),
)
INVALID = (
    _tag("video", b"\x1f\0\0\0"),
    _tag("audio", b"\xcf\0"),
    _tag("video", b"\x90abcd"),
    _tag("video", b"\x17\0\0\0\0", "http"),
    _tag("video", b""),
)
