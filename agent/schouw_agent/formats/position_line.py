"""Lines of text that carry a position: what GPS trackers of hundreds of makes send.

They differ in everything but this: columns with separators or glued, a position in one of few
notations, a moment, often an IMEI and a frame of punctuation.  So the line is read, not the make.
"""

import re
from typing import NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.formats.coordinates import (
    Position,
    bare_positions,
    coded_positions,
    marked_positions,
)
from schouw_agent.formats.text_lines import as_text
from schouw_agent.plugins import Format
from schouw_agent.recognition.check_digits import luhn
from schouw_agent.recognition.values import key_name
from schouw_agent.records import Content, Leaf, Opened

_SHORTEST, _HEAD = 16, 32
_LONGEST = 16384
_LONGEST_FRAME = 1024
_MEDIA = frozenset(("rtp", "rtsp"))
_CLEAR = re.compile(rb"\d{3,4}\.\d{3,8},?[NS],?\d{4,5}\.\d{3,8},?[EW]")
_MOST_NAMED = 64
_IMEI = re.compile(r"(?<!\d)\d{15}(?!\d)")
# But for the seconds or milliseconds since 1970, which any logger writes.
_LONG_ID = re.compile(r"(?:^|[^\d.])(?!1\d{9}(?:\d{3})?(?!\d))\d{9,17}(?![\d.])")
_FRAMED = re.compile(r"\s*(?:[$@*#!%>(\[+&~^]|imei:)", re.IGNORECASE)
# Year first or last, two or four digits, then hours, minutes, seconds; in one column or two.
_DATE = r"(?:(?:20)?[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_DATE += r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:20)?[0-4]\d)"
_COMPACT = re.compile(
    rf"(?<!\d){_DATE}[,;: T|]?(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?:\.\d{{1,3}})?(?!\d)"
)
_CLOCK = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3]):[0-5]?\d:[0-5]?\d(?!\d)")
_TAG = re.compile(r"\s{0,2}[A-Z]{2,5}\d{0,4}[A-Z]{0,8}[,;:|]")
_WORDS = re.compile(r"(?:gps|gnss|lati?|long?|lng|imei|pos|loc|fix)(?![a-z])", re.IGNORECASE)
_FINE = re.compile(r"\d\.\d{4,16}(?!\d)")
_MOTION = re.compile(r"[,;|]\s?(\d{1,3}(?:\.\d{1,4})?)[,;|]\s?(\d{1,3}(?:\.\d{1,3})?)?[,;|*]")
_NAMED = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z][A-Za-z_ ]{1,23})\s?[=:]\s?(-?\d{1,6}(?:\.\d{1,6})?)"
    r"\s?(%|[A-Za-z°]{1,3})?(?=[,;|&*#\s<]|$)"
)
_COORDINATE_NAMES = frozenset(("lat", "lon", "lng", "lot"))
_BELIEVED = 2.0


class _Line(NamedTuple):
    text: str
    positions: list[Position]
    imei: str


def _read(content: Content) -> _Line | None:
    octets = content.octets
    opening = octets[:_HEAD].lstrip()[:1]
    if len(octets) < _SHORTEST or opening in (b"{", b"<", b'"') or content.value is not None:
        return None
    text = as_text(octets, _LONGEST, stray=2)
    if text is None and _clear_in_frame(content):
        text = octets.decode("latin-1")
    if text is None:
        return None
    positions = marked_positions(text)
    imei = _imei_in(text)
    if not positions:
        positions = bare_positions(text)
        if positions:
            if _evidence(text, positions, imei) < _BELIEVED:
                return None
        elif imei or _FRAMED.match(text) or ";ID=" in text:
            positions = coded_positions(text)
    if not positions:
        return None
    return _Line(text, positions, imei)


def _clear_in_frame(content: Content) -> bool:
    """Return whether a position of NMEA stands in clear in a short frame of a binary protocol."""
    octets = content.octets
    if len(octets) > _LONGEST_FRAME or content.protocol in _MEDIA:
        return False
    return _CLEAR.search(octets) is not None


def _imei_in(text: str) -> str:
    for match in _IMEI.finditer(text[:1024]):
        if luhn(match[0]):
            return match[0]
    return ""


def _evidence(text: str, positions: list[Position], imei: str) -> float:
    """Return how much besides its looks says that a pair of decimal numbers is a position."""
    found = 0.0
    if imei:
        found += 2
    elif _numbered(text):
        found += 1
    if _COMPACT.search(text):
        found += 1.5
    elif _CLOCK.search(text):
        found += 0.5
    if _FRAMED.match(text):
        found += 1
    if _WORDS.search(text):
        found += 1
    if _TAG.match(text):
        found += 0.5
    if any(position.padded for position in positions):
        found += 1
    digits = max(position.digits for position in positions)
    found += 1 if digits >= 9 else 0.5 if digits >= 7 else 0
    # A row of many numbers as fine as these is a row of measurements.
    others = len(_FINE.findall(text)) - 2
    return found - (2 if others > 2 and not imei else 1 if others > 0 and not imei else 0)


def _numbered(text: str) -> bool:
    """Return whether the line begins with the long number of something, which no moment is."""
    return _LONG_ID.search(_COMPACT.sub("", text[:64])) is not None


def _probe(content: Content) -> float:
    line = _read(content)
    if line is None:
        return 0.0
    return 0.82 if line.positions[0].marked or line.imei else 0.72


def _open(content: Content) -> Opened:
    line = _read(content)
    if line is None:
        raise DecodeError("position_line: no position")
    # Who sends its number, its place and its speed is taken along; a place alone may be fixed.
    root = "tracker" if line.imei or _numbered(line.text) else "line"
    fix = f"{root}.fix[]" if len(line.positions) > 1 else f"{root}.fix"
    leaves: list[Leaf] = []
    for position in line.positions:
        if position.ordered:
            leaves.append(Leaf(f"{fix}.latitude", position.latitude))
            leaves.append(Leaf(f"{fix}.longitude", position.longitude))
        else:
            pair = [position.latitude, position.longitude]
            leaves.append(Leaf(f"{fix}.coordinates[]", pair))
        if position.marked:
            leaves.extend(_motion(line.text, position.end, fix))
    leaves.extend(_named(line.text, root))
    if line.imei:
        leaves.append(Leaf(f"{root}.imei", line.imei))
    leaves.append(Leaf(f"{root}.text", line.text))
    return Opened(leaves=leaves, identifiers={"serial": line.imei} if line.imei else {})


def _motion(text: str, at: int, fix: str) -> list[Leaf]:
    """Return speed and course, which after an NMEA position are the next two columns."""
    match = _MOTION.match(text, at)
    if not match or float(match[2] or 0) > 360:
        return []
    found = [Leaf(f"{fix}.gps_speed", float(match[1]))]
    if match[2]:
        found.append(Leaf(f"{fix}.gps_course", float(match[2])))
    return found


def _named(text: str, root: str) -> list[Leaf]:
    found = []
    for match in _NAMED.finditer(text):
        if match[1][:3].lower() in _COORDINATE_NAMES:
            continue
        name = key_name(match[1].strip())
        found.append(Leaf(f"{root}.{name}", float(match[2]), match[3] or ""))
        if len(found) >= _MOST_NAMED:
            break
    return found


FORMAT = Format(
    id="position_line",
    title="Line of a position tracker",
    reference="NMEA 0183, coordinates; Trimble TAIP, PV; 3GPP TS 23.003, 6.2.1 (IMEI)",
    probe=_probe,
    open=_open,
)
