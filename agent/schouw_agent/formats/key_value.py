"""Names and values in a line or a few: `temp=21.5;hum=61`, `t:21.5,h:61`, a query string."""

import re
from itertools import takewhile
from urllib.parse import unquote_plus

from schouw_agent.errors import DecodeError
from schouw_agent.formats.scalars import is_number, scalar
from schouw_agent.formats.text_lines import as_text
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import key_name
from schouw_agent.records import Content, Leaf, Opened

_LONGEST = 65536
_MOST_PAIRS = 512
_LONGEST_VALUE = 512
_FEWEST = 2
_EQUALS = re.compile(r"([A-Za-z_][\w .\-\[\]%]{0,63}?)\s{0,3}=\s{0,3}(.{0,512})$", re.DOTALL)
_COLON = re.compile(r"([A-Za-z_][\w.\-]{0,39}(?: [\w.\-]{1,20})?)\s{0,3}:\s{0,3}([^:].{0,512})$")
_SEPARATORS = ("&", ";", "\n", ",", "|", "\t", " ")
_QUERY = re.compile(r"(?:(?:GET|POST) )?[^\s?=]{0,128}\?")

_Pairs = list[tuple[str, str]]


def _pairs(text: str) -> _Pairs | None:
    """Return the pairs if the text is nothing but pairs, between separators of one kind."""
    for separator in _SEPARATORS:
        if separator not in text:
            continue
        parts = [part.strip() for part in text.split(separator)]
        parts = [part for part in parts if part]
        if len(parts) < _FEWEST or len(parts) > _MOST_PAIRS:
            continue
        for pattern in (_EQUALS, _COLON):
            matches = takewhile(bool, map(pattern.match, parts))  # text is no pair sooner or later
            found = [(m[1], m[2].strip()) for m in matches if m]
            if len(found) == len(parts) and not _prose(found, separator):
                return found
    match = _EQUALS.match(text.strip())
    if match and is_number(match[2]):
        return [(match[1], match[2])]
    return None


def _prose(pairs: _Pairs, separator: str) -> bool:
    """Return whether these are rather sentences, or a code: long values, no number, odd names."""
    if any(len(value) > _LONGEST_VALUE or "=" in value.rstrip("=") for _, value in pairs):
        return True
    if separator == " " and any(" " in name for name, _ in pairs):
        return True
    spaced = sum(value.count(" ") >= 4 for _, value in pairs)
    return spaced * 2 > len(pairs)


def _read(octets: bytes) -> _Pairs | None:
    if octets[:1] in (b"{", b"[", b"<", b'"') or not (b"=" in octets or b":" in octets):
        return None
    text = as_text(octets, _LONGEST)
    if text is None:
        return None
    text = text.strip()
    query = _QUERY.match(text)
    if query:
        text = text[query.end() :].partition(" ")[0]
    pairs = _pairs(text)
    if pairs and "&" in text and "%" in text:
        return [(unquote_plus(name), unquote_plus(value)) for name, value in pairs]
    return pairs


_LATITUDE, _LONGITUDE = frozenset(("lat", "latitude")), frozenset(("lon", "lng", "longitude"))


def _probe(content: Content) -> float:
    pairs = _read(content.octets)
    if not pairs:
        return 0.0
    names = {name.lower() for name, _ in pairs}
    # A line whose coordinates have names needs no guess at its columns.
    if names & _LATITUDE and names & _LONGITUDE:
        return 0.84
    if len(pairs) < _FEWEST:
        return 0.58
    return 0.65 if any(is_number(value) for _, value in pairs) else 0.55


def _open(content: Content) -> Opened:
    pairs = _read(content.octets)
    if not pairs:
        raise DecodeError("key_value: no pairs")
    return Opened(
        leaves=[Leaf(key_name(name.strip()), scalar(value.strip('"'))) for name, value in pairs]
    )


FORMAT = Format(
    id="key_value",
    title="Names and values in lines",
    reference="WHATWG URL, 5.1, for queries; else usage",
    probe=_probe,
    open=_open,
)
