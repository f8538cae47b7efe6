"""Rows: why; content; leaves as path to value, or the form of a medium."""

from schouw_agent.records import Content


def _rtp(payload, *others, **fields):
    heads = tuple(each[:2] for each in (*others, payload))
    return Content(payload, protocol="rtp", fields={**fields, "heads": heads})


_BEFORE = (b"\x68\xce", b"\x7c\x05")


CASES = (
    ("described", _rtp(b"\x41\x9a\x00", encoding="H264/90000", payload_type=96), "H.264"),
    ("described, in lower case", _rtp(b"\x41\x9a", encoding="h264"), "H.264"),
    ("parameter set, not described", _rtp(b"\x67\x42\xc0\x1f", *_BEFORE, payload_type=96), "H.264"),
    ("fragment of a picture", _rtp(b"\x7c\x85\x88\x84", *_BEFORE, payload_type=96), "H.264"),
    (
        "aggregate",
        _rtp(b"\x78\x00\x02\x67\x42\x00\x02\x68\xce", *_BEFORE, payload_type=97),
        "H.264",
    ),
)
INVALID = (
    _rtp(b"\x67\x42\xc0\x1f", payload_type=96),
    _rtp(b"\x67\x42\xc0\x1f", b"\x93\x1a", b"\x68\xce", payload_type=96),
    _rtp(b"\x67\x42", payload_type=0),
    _rtp(b"\x67\x42", encoding="H265/90000"),
    _rtp(b"\x7c\xc5\x88", *_BEFORE, payload_type=96),
    _rtp(b"\x78\x00\x09\x67", *_BEFORE, payload_type=96),
    _rtp(b"\xe7\x42", *_BEFORE, payload_type=96),
    _rtp(b"", payload_type=96),
    Content(b"\x67\x42\xc0\x1f", protocol="mqtt"),
)
