"""Video other than H.264 in RTP packets: by its announced encoding, or a static payload type."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.rtp_encodings import PROTOCOLS, encoding, static_type
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

# RFC 3551, table 5.  Type 33, MPEG-TS, may carry sound alone: its own format looks into it.
_STATIC = {25: "CelB", 26: "JPEG", 28: "nv", 31: "H.261", 32: "MPEG-1 or 2", 34: "H.263"}
_NAMES = {
    "H265": "H.265",
    "H263": "H.263",
    "H263-1998": "H.263",
    "H263-2000": "H.263",
    "H261": "H.261",
    "AV1": "AV1",
    "VP8": "VP8",
    "VP9": "VP9",
    "JPEG": "JPEG",
    "JPEG2000": "JPEG 2000",
    "MP4V-ES": "MPEG-4",
    "MPV": "MPEG-1 or 2",
    "THEORA": "Theora",
    "RAW": "uncompressed",
}


def _codec(content: Content) -> str:
    if content.protocol not in PROTOCOLS:
        return ""
    return _NAMES.get(encoding(content)[0]) or _STATIC.get(static_type(content), "")


def _probe(content: Content) -> float:
    return 0.95 if _codec(content) else 0.0


def _open(content: Content) -> Opened:
    codec = _codec(content)
    if not codec:
        raise DecodeError("rtp_video: no video")
    return Opened(media=Medium("video", codec))


FORMAT = Format(
    id="rtp_video",
    title="Video over RTP, other than H.264",
    reference="RFC 3551, table 5; RFC 7798; RFC 7741; RFC 9628; media types of IANA",
    probe=_probe,
    open=_open,
    streams=True,
)
