"""H.264 video in RTP packets."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

PROTOCOLS = frozenset(("rtp", "rtsp"))
_SINGLE = frozenset(range(1, 24))
_STAP_A = 24
_FU_A = 28
_SIZE = 2
_PICTURES = frozenset((1, 5, 6, 7, 8, 9))
_FEWEST = 3
_DYNAMIC = range(96, 128)


def nal_types(payload: bytes) -> frozenset[int] | None:
    """Return the NAL unit types in an RTP payload, or None if it cannot be H.264.

    RFC 6184, 5.2: single NAL unit packets (1 to 23), STAP-A (24) and FU-A (28).
    """
    if len(payload) < 2 or payload[0] & 0x80:
        return None
    kind = payload[0] & 0x1F
    if kind in _SINGLE:
        return frozenset((kind,))
    if kind == _FU_A:
        inner = payload[1] & 0x1F
        start_and_end = payload[1] & 0xC0 == 0xC0
        return frozenset((inner,)) if inner in _SINGLE and not start_and_end else None
    if kind == _STAP_A:
        return _aggregated(payload)
    return None


def _aggregated(payload: bytes) -> frozenset[int] | None:
    found: set[int] = set()
    at = 1
    while at + _SIZE < len(payload):
        size = int.from_bytes(payload[at : at + _SIZE], "big")
        kind = payload[at + _SIZE] & 0x1F
        if size == 0 or at + _SIZE + size > len(payload) or kind not in _SINGLE:
            return None
        found.add(kind)
        at += _SIZE + size
    return frozenset(found) or None


def _encoding(content: Content) -> str:
    return str(content.fields.get("encoding", "")).upper()


def _probe(content: Content) -> float:
    if content.protocol not in PROTOCOLS:
        return 0.0
    encoding = _encoding(content)
    if encoding:
        return 0.95 if encoding.startswith("H264") else 0.0
    if content.fields.get("payload_type") not in _DYNAMIC:
        return 0.0
    # Without a description all packets so far must be of pictures or parameter sets: one in twelve
    # packets of encrypted octets looks like that too.
    heads = content.fields.get("heads", ())
    likely = len(heads) >= _FEWEST and all(map(_is_picture, heads))
    types = nal_types(content.octets) if likely else None
    return 0.7 if types and types <= _PICTURES else 0.0


def _is_picture(head: bytes) -> bool:
    if len(head) < 2 or head[0] & 0x80:
        return False
    kind = head[0] & 0x1F
    if kind == _FU_A:
        return head[1] & 0xC0 != 0xC0 and head[1] & 0x1F in _PICTURES
    return kind in _PICTURES or kind == _STAP_A


def _open(content: Content) -> Opened:
    if not _encoding(content) and nal_types(content.octets) is None:
        raise DecodeError("rtp_h264: not H.264")
    return Opened(media=Medium("video", "H.264"))


FORMAT = Format(
    id="rtp_h264",
    title="H.264 video over RTP",
    reference="RFC 6184, 5.2 to 5.8; ITU-T H.264, table 7-1",
    probe=_probe,
    open=_open,
    streams=True,
)
