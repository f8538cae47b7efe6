"""Session descriptions: which media a camera offers, and how they are encoded (RFC 8866)."""

from typing import NamedTuple

from schouw_agent.protocols.rtp_packet import STATIC_ENCODINGS

SECURE = "SRTP"
"""Stands for the encoding of media that are encrypted."""
_LINES_LIMIT = 2000
_MEDIA_LIMIT = 64
_FORMATS_LIMIT = 64


class Media(NamedTuple):
    """One medium of a session description."""

    media: str
    """video, audio, application and the like."""
    port: int
    payload_types: dict[int, str]
    """Encoding and clock rate by RTP payload type, such as "H264/90000"; empty text if unknown."""
    control: str
    """Of RTSP: URL or suffix that the medium is set up by (RFC 2326, C.1.1)."""
    address: str = ""
    """Where the medium is to be sent to, of its own or of the session; empty if not told."""


def parse(octets: bytes) -> tuple[Media, ...]:
    """Return the media of a description; what is malformed in it is passed over."""
    found: list[Media] = []
    address = ""
    for line in octets.decode("utf-8", "replace").splitlines()[:_LINES_LIMIT]:
        kind, _, value = line.strip().partition("=")
        if kind == "m" and len(found) < _MEDIA_LIMIT:
            found.append(_media(value)._replace(address=address))
        elif kind == "c":
            address = value.split()[-1].partition("/")[0] if value.strip() else ""
            found[-1:] = [medium._replace(address=address) for medium in found[-1:]]
        elif kind == "a" and found:
            found[-1] = _with_attribute(found[-1], value)
    return tuple(found)


def _media(value: str) -> Media:
    words = value.split()
    port = words[1].partition("/")[0] if len(words) > 1 else ""
    types = (_number(word, 127) for word in words[3 : 3 + _FORMATS_LIMIT])
    # What a secure profile carries has that encoding only for who has the keys (RFC 3711, 5).
    secure = len(words) > 2 and "SAVP" in words[2].upper()
    encodings = {
        number: SECURE if secure else STATIC_ENCODINGS.get(number, "")
        for number in types
        if number >= 0
    }
    return Media(words[0].lower() if words else "", max(0, _number(port, 65535)), encodings, "")


def _with_attribute(media: Media, value: str) -> Media:
    name, _, rest = value.partition(":")
    if name == "control":
        return media._replace(control=rest.strip())
    if name == "rtpmap":
        words = rest.split(None, 1)
        number = _number(words[0], 127) if words else -1
        if len(words) == 2 and media.payload_types.get(number, SECURE) != SECURE:
            media.payload_types[number] = words[1].strip()
    return media


def _number(text: str, limit: int) -> int:
    """Return a number up to a limit, or -1."""
    if not text.isascii() or not text.isdigit() or len(text) > 5 or int(text) > limit:
        return -1
    return int(text)
