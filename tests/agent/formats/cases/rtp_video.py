"""Rows: why; content; leaves as path to value, or the form of a medium."""

from schouw_agent.records import Content


def _packet(payload_type, encoding="", protocol="rtp"):
    fields = {"payload_type": payload_type, **({"encoding": encoding} if encoding else {})}
    return Content(b"\x40\1\x0c\1", protocol=protocol, fields=fields)


CASES = (
    ("announced", _packet(98, "H265/90000"), "H.265"),
    ("announced in small letters", _packet(98, "vp8/90000"), "VP8"),
    ("by its static type", _packet(26), "JPEG"),
    ("interleaved in RTSP", _packet(96, "AV1/90000", "rtsp"), "AV1"),
)
INVALID = (
    b"", _packet(98), _packet(98, "OPUS/48000/2"), _packet(26, "L16/44100"),
    _packet(26, protocol=""),
    _packet(33), _packet("26"),
)  # fmt: skip
