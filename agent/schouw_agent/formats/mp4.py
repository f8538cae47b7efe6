"""MP4, QuickTime and fragments of them: tracks, and nothing of what they show or say."""

from typing import NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.formats.iso_boxes import Box, boxes, brands, find
from schouw_agent.formats.medium_form import sound_form, video_form
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

_IMAGES = frozenset((b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis", b"crx "))
_FIRST = frozenset((b"moov", b"moof", b"styp", b"sidx"))
"""What a file or a segment may start with besides ftyp."""
_INSIDE = {
    b"moov": frozenset((b"mvhd", b"trak", b"mvex", b"iods", b"udta", b"meta")),
    b"moof": frozenset((b"mfhd", b"traf")),
    b"styp": frozenset[bytes](),
    b"sidx": frozenset[bytes](),
}


class _Tracks(NamedTuple):
    video: bool = False
    sound: bool = False
    width: int = 0
    height: int = 0


def _probe(content: Content) -> float:
    octets = content.octets
    kind = octets[4:8]
    if kind == b"ftyp":
        known = brands(octets)
        return 0.95 if known and octets[8:12] not in _IMAGES else 0.0
    outer = next(boxes(octets), None) if kind in _FIRST else None
    if outer is None:
        return 0.0
    inner = next(boxes(octets, outer.start, outer.end), None)
    expected = _INSIDE[kind]
    return 0.9 if not expected or (inner and inner.kind in expected) else 0.0


def _tracks(octets: bytes) -> _Tracks:
    found = _Tracks()
    for track in find(octets, b"moov", b"trak"):
        for handler in find(octets, b"mdia", b"hdlr", within=track):
            kind = octets[handler.start + 8 : handler.start + 12]
            if kind == b"vide":
                width, height = _dimensions(octets, track)
                found = found._replace(video=True, width=width, height=height)
            elif kind == b"soun":
                found = found._replace(sound=True)
    return found


def _dimensions(octets: bytes, track: Box) -> tuple[int, int]:
    for head in find(octets, b"tkhd", within=track):
        # Fixed point, 16 bits before the point; the last two fields of the box.
        if head.end - head.start in (84, 96):
            width, height = (
                int.from_bytes(octets[head.end - back : head.end - back + 2], "big")
                for back in (8, 4)
            )
            return width, height
    return 0, 0


def _open(content: Content) -> Opened:
    octets = content.octets
    if not _probe(content):
        raise DecodeError("mp4: no file type and no fragment")
    tracks = _tracks(octets)
    audio = octets[8:12] in (b"M4A ", b"M4B ") and octets[4:8] == b"ftyp"
    if (tracks.sound and not tracks.video) or (audio and not tracks.video):
        return Opened(media=Medium("audio", sound_form("MP4")))
    # Without its tracks, as in a fragment, it is taken for what most are.
    fragment = octets[4:8] in (b"moof", b"styp", b"sidx")
    name = "MP4 fragment" if fragment else "MP4"
    form = video_form(name, tracks.width, tracks.height, sound=tracks.sound)
    return Opened(media=Medium("video", form))


FORMAT = Format(
    id="mp4",
    title="MP4 or QuickTime video or sound",
    reference="ISO/IEC 14496-12, 4.3, 8.3.2, 8.4.3 and 8.8.4",
    probe=_probe,
    open=_open,
)
