"""Sound in RTP packets: by its announced encoding, or a static payload type."""

from schouw_agent.errors import DecodeError
from schouw_agent.formats.medium_form import sound_form
from schouw_agent.formats.rtp_encodings import PROTOCOLS, encoding, static_type
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

# RFC 3551, table 4: encoding and clock rate by static payload type.
_STATIC = {
    0: ("PCMU", 8000),
    3: ("GSM", 8000),
    4: ("G723", 8000),
    5: ("DVI4", 8000),
    6: ("DVI4", 16000),
    7: ("LPC", 8000),
    8: ("PCMA", 8000),
    9: ("G722", 8000),
    10: ("L16", 44100),
    11: ("L16", 44100),
    12: ("QCELP", 8000),
    14: ("MPA", 90000),
    15: ("G728", 8000),
    16: ("DVI4", 11025),
    17: ("DVI4", 22050),
    18: ("G729", 8000),
}
_NAMES = frozenset(
    ("AMR", "AMR-WB", "AC3", "EVS", "G7221", "G726-16", "G726-24", "G726-32", "G726-40", "G729D",
     "G729E", "GSM-EFR", "ILBC", "L8", "L20", "L24", "MP4A-LATM", "MPEG4-GENERIC", "OPUS",
     "PCMA-WB", "PCMU-WB", "SPEEX", "VORBIS", "VDVI")
).union(name for name, _ in _STATIC.values())  # fmt: skip
_TELEPHONE = {"PCMU": 8000, "PCMA": 8000, "GSM": 8000, "G729": 8000}
"""Clock rates that descriptions leave out."""
_OTHER_CLOCKS = frozenset(("G722", "MPA"))
"""Their clock is not the rate of their samples (RFC 3551, 4.5.2 and 4.5.13)."""


def _codec(content: Content) -> tuple[str, int] | None:
    """Return encoding and rate; None if the packet carries no sound that is known."""
    if content.protocol not in PROTOCOLS:
        return None
    name, rate = encoding(content)
    if name in _NAMES:
        return name, rate or _TELEPHONE.get(name, 0)
    return _STATIC.get(static_type(content))


def _probe(content: Content) -> float:
    return 0.95 if _codec(content) else 0.0


def _open(content: Content) -> Opened:
    codec = _codec(content)
    if codec is None:
        raise DecodeError("rtp_audio: no sound")
    name, rate = codec
    return Opened(media=Medium("audio", sound_form(name, 0 if name in _OTHER_CLOCKS else rate)))


FORMAT = Format(
    id="rtp_audio",
    title="Sound over RTP",
    reference="RFC 3551, 4.5 and table 4; media types of the audio tree at IANA",
    probe=_probe,
    open=_open,
    streams=True,
)
