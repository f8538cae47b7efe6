"""Matroska and WebM: tracks, and nothing of what they show or say."""

from collections.abc import Iterator

from schouw_agent.errors import DecodeError
from schouw_agent.formats.medium_form import sound_form, video_form
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Medium, Opened

_HEADER = b"\x1aE\xdf\xa3"
_DOC_TYPE, _SEGMENT, _TRACKS, _TRACK = 0x4282, 0x18538067, 0x1654AE6B, 0xAE
_TRACK_TYPE, _VIDEO, _WIDTH, _HEIGHT = 0x83, 0xE0, 0xB0, 0xBA
_NAMES = {b"webm": "WebM", b"matroska": "Matroska"}
_IS_VIDEO, _IS_AUDIO = 1, 2
_MOST_ELEMENTS = 1024


def _number(octets: bytes, at: int, *, marked: bool) -> tuple[int, int]:
    """Return a variable-length number and the offset after it; (-1, at) if there is none.

    `marked`: the marker stays in it, as in the id of an element.
    """
    if at >= len(octets) or not octets[at]:
        return -1, at
    length = 9 - octets[at].bit_length()
    if at + length > len(octets):
        return -1, at
    value = int.from_bytes(octets[at : at + length], "big")
    return (value if marked else value & (1 << 7 * length) - 1), at + length


def _elements(octets: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the id of each element, and where its body starts and ends."""
    for _ in range(_MOST_ELEMENTS):
        kind, body = _number(octets, at, marked=True)
        size, start = _number(octets, body, marked=False)
        if kind < 0 or size < 0 or at >= end:
            return
        unknown = size == (1 << 7 * (start - body)) - 1
        stop = end if unknown else min(start + size, end)
        yield kind, start, stop
        at = stop


def _below(octets: bytes, start: int, end: int, *path: int) -> Iterator[tuple[int, int]]:
    for kind, first, last in _elements(octets, start, end):
        if kind == path[0]:
            if len(path) == 1:
                yield first, last
            else:
                yield from _below(octets, first, last, *path[1:])


def _doc_type(octets: bytes) -> str:
    size, start = _number(octets, 4, marked=False)
    if not octets.startswith(_HEADER) or size < 0:
        return ""
    for first, last in _below(octets, start, min(start + size, len(octets)), _DOC_TYPE):
        return _NAMES.get(octets[first:last].rstrip(b"\0"), "")
    return ""


def _probe(content: Content) -> float:
    return 0.97 if _doc_type(content.octets) else 0.0


def _open(content: Content) -> Opened:
    octets = content.octets
    name = _doc_type(octets)
    if not name:
        raise DecodeError("matroska: no document type")
    size, start = _number(octets, 4, marked=False)
    kinds: set[int] = set()
    pixels = {_WIDTH: 0, _HEIGHT: 0}
    for first, last in _below(octets, start + size, len(octets), _SEGMENT, _TRACKS, _TRACK):
        kinds |= {_integer(octets, *span) for span in _below(octets, first, last, _TRACK_TYPE)}
        for key in pixels:
            for span in _below(octets, first, last, _VIDEO, key):
                pixels[key] = _integer(octets, *span)
    if _IS_AUDIO in kinds and _IS_VIDEO not in kinds:
        return Opened(media=Medium("audio", sound_form(name)))
    form = video_form(name, pixels[_WIDTH], pixels[_HEIGHT], sound=_IS_AUDIO in kinds)
    return Opened(media=Medium("video", form))


def _integer(octets: bytes, start: int, end: int) -> int:
    return int.from_bytes(octets[start : min(end, start + 8)], "big")


FORMAT = Format(
    id="matroska",
    title="Matroska or WebM video or sound",
    reference="RFC 8794, 4 to 6; RFC 9559, 5.1.4",
    probe=_probe,
    open=_open,
)
