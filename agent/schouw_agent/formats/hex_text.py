"""Octets written as hexadecimal digits: the octets are what counts."""

import re

import orjson

from schouw_agent.errors import DecodeError
from schouw_agent.formats.text_lines import as_leaves, as_text
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Nested, Opened

_LONGEST = 2**20
_SHORTEST = 8
_PATTERN = re.compile(r'"?(0[xX])?((?:[0-9A-Fa-f]{2}[ :-]?)+)"?$')
# A MAC address, EUI-64 or digest is a name, and what its octets say is nothing.
_NAMES = frozenset((12, 16, 32, 40, 56, 64, 96, 128))
_LONGEST_NAME = 16
_MANY_DIGITS = 32
"""So long a row of decimal digits alone is no number that anybody counts with."""


def _read(octets: bytes) -> bytes | None:
    if len(octets) < _SHORTEST:
        return None
    text = as_text(octets, _LONGEST)
    match = _PATTERN.match(text.strip()) if text else None
    if match is None:
        return None
    digits = re.sub("[ :-]", "", match[2])
    if len(digits) < _SHORTEST or (match[1] is None and _is_number_or_word(digits)):
        return None
    found = bytes.fromhex(digits)
    if len(digits) in _NAMES and not _readable(found):
        return None
    return found


def _is_number_or_word(digits: str) -> bool:
    return digits.isalpha() or (digits.isdecimal() and len(digits) < _MANY_DIGITS)


def _readable(octets: bytes) -> bool:
    if octets[:1] in (b"{", b"["):
        try:
            orjson.loads(octets)
        except orjson.JSONDecodeError:
            return False
        return True
    return as_text(octets, len(octets)) is not None


def _probe(content: Content) -> float:
    return 0.68 if _read(content.octets) is not None else 0.0


def _open(content: Content) -> Opened:
    found = _read(content.octets)
    if found is None:
        raise DecodeError("hex_text: not octets in hexadecimal digits")
    leaves = as_leaves(found)
    if len(found) <= _LONGEST_NAME and not _readable(
        found
    ):  # it may be the number of a card or a thing
        leaves = as_leaves(content.octets)
    return Opened(leaves=leaves, nested=(Nested("", Content(found)),))


FORMAT = Format(
    id="hex_text",
    title="Octets in hexadecimal digits",
    reference="RFC 4648, 8",
    probe=_probe,
    open=_open,
)
