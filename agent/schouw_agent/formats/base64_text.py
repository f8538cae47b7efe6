"""Base64 or a data URI whose octets are something recognisable."""

import base64
import binascii
import re

import orjson

from schouw_agent.errors import DecodeError
from schouw_agent.formats.text_lines import as_leaves
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Nested, Opened

_SHORTEST = 16
_ALPHABET = re.compile(rb"[A-Za-z0-9+/_-]+={0,2}")
_DATA_URI = re.compile(rb"data:([\w.+/-]{0,80})(?:;[\w=.+-]{1,40}){0,4};base64,")
# First octets that say what follows: images, sound, video, archives, documents.
_MAGIC = (
    b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"RIFF", b"OggS", b"fLaC", b"ID3", b"\x1aE\xdf\xa3",
    b"II*\x00", b"MM\x00*", b"\x00\x00\x00\x01\x67", b"\x00\x00\x00\x01\x40\x01", b"\x1f\x8b\x08",
    b"%PDF", b"PK\x03\x04", b"#!AMR",
)  # fmt: skip
_BOXES = (b"ftyp", b"styp", b"moof", b"moov")
"""Of MP4 and its kin, behind a length."""


def _split(octets: bytes) -> tuple[bytes, str]:
    match = _DATA_URI.match(octets)
    if match:
        return octets[match.end() :], match[1].decode("ascii").lower()
    return octets, ""


def _decode(octets: bytes) -> bytes | None:
    compact = b"".join(octets.split()) if octets[:256].split()[1:] or b"\n" in octets else octets
    compact = compact.strip()
    if len(compact) < _SHORTEST or not _ALPHABET.fullmatch(compact):
        return None
    padded = compact.rstrip(b"=")
    padded += b"=" * (-len(padded) % 4)
    try:
        return base64.b64decode(padded.replace(b"-", b"+").replace(b"_", b"/"), validate=True)
    except binascii.Error:
        return None


def _recognised(octets: bytes) -> bool:
    if octets.startswith(_MAGIC) or octets[4:8] in _BOXES:
        return True
    if octets[:1] in (b"{", b"["):
        try:
            orjson.loads(octets)
        except orjson.JSONDecodeError:
            return False
        return True
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        return False
    # Chance makes short text out of any octets; a sentence it does not make.
    return len(text) >= 12 and text.isprintable() and " " in text


def _probe(content: Content) -> float:
    body, media_type = _split(content.octets)
    decoded = _decode(body)
    if decoded is None:
        return 0.0
    return 0.9 if media_type or _recognised(decoded) else 0.0


def _open(content: Content) -> Opened:
    body, media_type = _split(content.octets)
    decoded = _decode(body)
    if decoded is None:
        raise DecodeError("base64_text: malformed")
    inner = Content(decoded, media_type=media_type)
    return Opened(leaves=as_leaves(decoded), nested=(Nested("", inner),))


FORMAT = Format(
    id="base64_text",
    title="Base64 or data URI",
    reference="RFC 4648, 4 and 5; RFC 2397",
    probe=_probe,
    open=_open,
)
