"""Media that was announced as encrypted (SRTP): recognised, so that it is not taken for clear."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import ENCRYPTED, Content, Opened

_PROTOCOLS = frozenset(("rtp", "rtsp"))


def _probe(content: Content) -> float:
    return 1.0 if content.protocol in _PROTOCOLS and _is_secure(content) else 0.0


def _is_secure(content: Content) -> bool:
    return content.fields.get("encoding") == "SRTP"


def _open(content: Content) -> Opened:
    if not _probe(content):
        raise DecodeError("srtp_media: not announced as encrypted")
    return Opened(undecoded=ENCRYPTED)


FORMAT = Format(
    id="srtp_media",
    title="Encrypted media, as its session announced it",
    reference="RFC 3711; profiles RTP/SAVP and RTP/SAVPF of RFC 4568 and RFC 5124",
    probe=_probe,
    open=_open,
    streams=True,
)
