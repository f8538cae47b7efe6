"""Sound and video in the tags of RTMP, told by the codec that a tag names."""

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

_VIDEO = {2: "H.263", 4: "VP6", 5: "VP6", 7: "H.264", 12: "H.265"}
_AUDIO = {
    0: "PCM", 1: "ADPCM", 2: "MP3", 3: "PCM", 4: "Nellymoser", 5: "Nellymoser", 6: "Nellymoser",
    7: "PCMA", 8: "PCMU", 10: "AAC", 11: "Speex", 14: "MP3",
}  # fmt: skip
_NAMED = {
    b"avc1": "H.264",
    b"hvc1": "H.265",
    b"av01": "AV1",
    b"vp08": "VP8",
    b"vp09": "VP9",
    b"mp4a": "AAC",
    b"Opus": "Opus",
    b"fLaC": "FLAC",
    b".mp3": "MP3",
    b"ac-3": "AC-3",
}
_EXTENDED_AUDIO = 9


def _codec(content: Content) -> str:
    """Return the codec of the tag; empty if it is no tag or an unknown one."""
    octets = content.octets
    if content.protocol != "rtmp" or not octets:
        return ""
    tag = content.fields.get("tag")
    if tag == "video":
        named = octets[0] & 0x80
        return _NAMED.get(octets[1:5], "") if named else _VIDEO.get(octets[0] & 15, "")
    if tag == "audio":
        named = octets[0] >> 4 == _EXTENDED_AUDIO
        return _NAMED.get(octets[1:5], "") if named else _AUDIO.get(octets[0] >> 4, "")
    return ""


def _probe(content: Content) -> float:
    return 0.95 if _codec(content) else 0.0


def _open(content: Content) -> Opened:
    codec = _codec(content)
    if not codec:
        raise DecodeError("rtmp_media: unknown codec")
    return Opened(media=Medium(str(content.fields["tag"]), codec))


FORMAT = Format(
    id="rtmp_media",
    title="Sound or video over RTMP",
    reference="Adobe FLV 10.1, E.4.2 and E.4.3; enhanced RTMP 2 (Veovera)",
    probe=_probe,
    open=_open,
    streams=True,
)
