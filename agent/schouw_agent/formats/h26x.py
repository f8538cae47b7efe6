"""H.264 and H.265 as a stream of octets, each unit behind a start code."""

import re
from itertools import pairwise

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

_START = re.compile(rb"\x00\x00\x01")
_LOOKED_AT = 256 << 10
_MOST_UNITS = 64
# Parameter sets, delimiters and slices: what a stream or a picture may start with.
_FIRST_264 = frozenset((1, 5, 6, 7, 9))
_FIRST_265 = frozenset((1, 19, 20, 21, 32, 33, 35, 39))
_SETS_264 = {7, 8}
_SETS_265 = {32, 33, 34}


def _codec(octets: bytes) -> str:
    """Return which codec it is; empty if neither shows itself by its parameter sets."""
    if octets[:3] != b"\0\0\1" and octets[:4] != b"\0\0\0\1":
        return ""
    head = octets[:_LOOKED_AT]
    starts = [found.end() for found in _START.finditer(head)][:_MOST_UNITS]
    units = [head[a : a + 2] for a in starts if len(head) >= a + 2]
    if not units or any(b - a < 4 for a, b in pairwise(starts)):
        return ""
    if any(unit[0] & 0x80 for unit in units):  # forbidden_zero_bit
        return ""
    kinds_264 = [unit[0] & 0x1F for unit in units]
    if kinds_264[0] in _FIRST_264 and set(kinds_264) >= _SETS_264:
        return "H.264"
    kinds_265 = [unit[0] >> 1 & 0x3F for unit in units]
    # The layer is 0 and the temporal id is never 0 in what one camera sends.
    proper = all(not unit[0] & 1 and unit[1] >> 3 == 0 and unit[1] & 7 for unit in units)
    return "H.265" if proper and kinds_265[0] in _FIRST_265 and set(kinds_265) >= _SETS_265 else ""


def _probe(content: Content) -> float:
    return 0.93 if _codec(content.octets) else 0.0


def _open(content: Content) -> Opened:
    codec = _codec(content.octets)
    if not codec:
        raise DecodeError("h26x: no parameter sets")
    return Opened(media=Medium("video", codec))


FORMAT = Format(
    id="h26x",
    title="H.264 or H.265 video, octet stream",
    reference="ITU-T H.264, 7.3.1 and annex B; ITU-T H.265, 7.3.1.2 and annex B",
    probe=_probe,
    open=_open,
)
