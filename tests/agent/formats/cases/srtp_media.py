"""Rows: why; content; leaves as path to value, or the form of a medium."""

from schouw_agent.records import Content


def _media(protocol="rtp", **fields):
    return Content(b"\xd5" * 160, protocol=protocol, fields=fields)


CASES = ()  # it holds nothing that can be opened
ENCRYPTED = (
    _media(encoding="SRTP", payload_type=0),
    _media("rtsp", encoding="SRTP", payload_type=96),
)
INVALID = (
    _media(encoding="PCMU/8000", payload_type=0),
    _media("mqtt", encoding="SRTP"),
    _media(payload_type=0),
)
