"""Rows: why; content; leaves as path to value, or the form of a medium."""

from schouw_agent.records import Content


def _rtp(**fields):
    return Content(b"\xd5" * 160, protocol="rtp", fields=fields)


CASES = (
    ("static type 8", _rtp(payload_type=8), "PCMA 8 kHz"),
    ("static type 0", _rtp(payload_type=0), "PCMU 8 kHz"),
    ("described", _rtp(payload_type=97, encoding="PCMA/16000"), "PCMA 16 kHz"),
    ("announced, in stereo", _rtp(payload_type=96, encoding="opus/48000/2"), "OPUS 48 kHz"),
    ("MPEG sound, whose clock is no rate", _rtp(payload_type=14), "MPA"),
    ("described, no rate", _rtp(encoding="pcmu"), "PCMU 8 kHz"),
)
INVALID = (
    _rtp(payload_type=96),
    _rtp(encoding="H265/90000"),
    _rtp(),
    Content(b"\xd5" * 160, protocol="mqtt", fields={"payload_type": 8}),
)
