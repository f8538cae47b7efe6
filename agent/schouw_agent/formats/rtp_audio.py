"""Telephone-quality sound in RTP packets: PCMU and PCMA."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

_PROTOCOLS = frozenset(("rtp", "rtsp"))
# RFC 3551, table 4: static payload types.
_STATIC = {0: "PCMU", 8: "PCMA"}
_NAMES = ("PCMU", "PCMA")


def _codec(content: Content) -> str:
    if content.protocol not in _PROTOCOLS:
        return ""
    encoding = str(content.fields.get("encoding", "")).upper()
    if encoding:
        name = encoding.partition("/")[0]
        return name if name in _NAMES else ""
    payload_type = content.fields.get("payload_type")
    return _STATIC.get(payload_type, "") if isinstance(payload_type, int) else ""


def _probe(content: Content) -> float:
    return 0.95 if _codec(content) else 0.0


def _open(content: Content) -> Opened:
    codec = _codec(content)
    if not codec:
        raise DecodeError("rtp_audio: neither PCMU nor PCMA")
    rate = str(content.fields.get("encoding", "")).partition("/")[2].partition("/")[0]
    kilohertz = int(rate) / 1000 if rate.isdecimal() and len(rate) < 7 else 8
    return Opened(media=Medium("audio", f"{codec} {kilohertz:g} kHz"))


FORMAT = Format(
    id="rtp_audio",
    title="PCMU or PCMA sound over RTP",
    reference="RFC 3551, 4.5.14 and table 4; ITU-T G.711",
    probe=_probe,
    open=_open,
)
