"""Coordinates in a line of text, in the notations that positioning devices use.

NMEA 0183 writes degrees and minutes with a letter for the hemisphere (4916.45,N,12311.12,W);
others write decimal degrees, glue the columns together, leave the point out, or send integers.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

MOST_POSITIONS = 64


class Position(NamedTuple):
    """Two coordinates that stand side by side, in degrees."""

    latitude: float
    longitude: float
    end: int
    """Where in the text the second one ends."""
    marked: bool
    """Letters or a status say that this is a position; else it only looks like one."""
    ordered: bool = True
    """False: nothing says which of both is the latitude."""
    digits: int = 0
    """Decimals of both together that are not trailing zeros."""
    padded: bool = False
    """A zero before the second one makes it as long as a longitude may be."""


_FEWEST_DECIMALS = 3
"""Of decimal degrees: two leave a place open by a kilometre, and 12.50 N is a force."""
_NUMBER = r"(\d{1,5}\.\d{2,12}|\d{6,9})"
_GAP = r"[,;|:/# ]{0,3}(?:[A-Za-z]{2,9}[:=] ?)?-?"
_BESIDE = r"[,;|:# ]?"
_AT = r"[,;|:=# ]{0,2}(?:L[a-z]{2,8}[:=] ?)?-?"
# Every quantifier is bounded, so that a line costs time in proportion to its length.  What a
# notation cannot be without is sought first: a pattern that looks behind itself is tried at every
# character, ten times slower, and most text holds no position.
_LETTER_AFTER = re.compile(r"\d[,;|:# ]?[NSEW]")
_LETTER_BEFORE = re.compile(r"[NSEW][,;|:=# ]{0,2}(?:L[a-z]{2,8}[:=] ?)?-?\d")
_STATUS = re.compile(r"[AV],-?\d")
_TWO_FINE = re.compile(r"\d\.\d{4,16}[,;|:+/ &]")
_FINE_COMMA = re.compile(r"\d,\d{4,16};")
_AFTER = re.compile(
    rf"(?<![\d.]){_NUMBER}{_BESIDE}([NS]){_GAP}{_NUMBER}{_BESIDE}([EW])(?![A-Za-z])"
)
_GLUED = re.compile(r"(\d{4}\.\d{2,5})([NS])(\d{5}\.\d{2,5})([EW])")
_BEFORE = re.compile(rf"(?<![A-Za-z])([NS]){_AT}{_NUMBER}[,;|:/# ]{{0,3}}([EW]){_AT}{_NUMBER}")
_AFTER_TURNED = re.compile(
    rf"(?<![\d.]){_NUMBER}{_BESIDE}([EW]){_GAP}{_NUMBER}{_BESIDE}([NS])(?![A-Za-z])"
)
_BEFORE_TURNED = re.compile(
    rf"(?<![A-Za-z])([EW]){_AT}{_NUMBER}[,;|:/# ]{{0,3}}([NS]){_AT}{_NUMBER}"
)

_PADDED = frozenset(f"{number:03d}" for number in range(100))
_BARE = re.compile(
    r"(?<![\d.])(-?\d{1,3}\.\d{4,16})[,;|:+/ &]{1,2}(?:[A-Za-z]{1,12}[:=])?(-?\d{1,3}\.\d{4,16})"
    r"(?![\d.])"
)
_COMMAS = re.compile(r"(?<![\d,])(-?\d{1,3},\d{4,16});(-?\d{1,3},\d{4,16})(?![\d,])")
_NO_FIX = re.compile(r"(?<![A-Za-z0-9])[AV],(-?\d{1,3}\.\d{4,16}),(-?\d{1,3}\.\d{4,16})(?![\d.])")
_MICRO = re.compile(r"(?<![\d.])(-?[1-9]\d{5,8}),(-?[1-9]\d{5,8})(?![\d.])")
_SIGNED = re.compile(r"([+-]\d{7})([+-]\d{8})|([+-]?\d{4}\.\d{3,5}),?([+-]?\d{5}\.\d{3,5})")
_HEX = re.compile(
    r"(?<![0-9A-Fa-f])([0-9A-Fa-f]{6}),([0-9A-Fa-f]{6}),([0-9A-Fa-f]{8}),([0-9A-Fa-f]{8})"
    r"(?![0-9A-Fa-f])"
)


def marked_positions(text: str) -> list[Position]:
    """Return the positions whose hemispheres letters say, or a status letter (A, V) before them.

    A position of a receiver without a fix (0, 0) is one as well: what is sent there is a position.
    """
    for sign, pattern, turned, letter_first in (
        (_LETTER_AFTER, _AFTER, False, False), (_LETTER_AFTER, _GLUED, False, False),
        (_LETTER_BEFORE, _BEFORE, False, True), (_LETTER_AFTER, _AFTER_TURNED, True, False),
        (_LETTER_BEFORE, _BEFORE_TURNED, True, True),
    ):  # fmt: skip
        if not sign.search(text):
            continue
        found = []
        for match in pattern.finditer(text):
            a, b, c, d = match.groups()
            if letter_first:
                a, b, c, d = b, a, d, c
            if turned:
                a, b, c, d = c, d, a, b
            position = _lettered(a, b, c, d, match.end())
            if position:
                found.append(position)
                if len(found) >= MOST_POSITIONS:
                    break
        if found:
            return found
    return list(_bare(_NO_FIX, text, marked=True)) if _STATUS.search(text) else []


def bare_positions(text: str) -> list[Position]:
    """Return the pairs of decimal degrees side by side; they may be something else."""
    found: list[Position] = []
    for sign, pattern in ((_TWO_FINE, _BARE), (_FINE_COMMA, _COMMAS)):
        if sign.search(text):
            found += _bare(pattern, text)
    return found[:MOST_POSITIONS]


def coded_positions(text: str) -> list[Position]:
    """Return the pairs of integers that are a position in a known code.

    Signed digits (TAIP: degrees with five decimals, or degrees and minutes), hexadecimal
    date, time, latitude and longitude, and millionths of degrees.  They are believed of a line
    that also names its tracker, and of no other.
    """
    for read in (_hexadecimal, _signed, _millionths):
        found = list(read(text))
        if found:
            return found[:MOST_POSITIONS]
    return []


def degrees(text: str, of_longitude: bool) -> float | None:
    """Return degrees from decimal degrees, or from degrees and minutes as NMEA 0183 writes them.

    None if the number can be neither: over 90 or 180 degrees, or 60 minutes and more.
    """
    whole, _, fraction = text.partition(".")
    most = 2 + of_longitude
    if fraction and len(whole) <= most:
        if len(fraction) < _FEWEST_DECIMALS:
            return None
        found = float(text)
    else:
        if not fraction:  # the point is left out after the minutes
            if len(whole) < 6:
                return None
            whole, fraction = whole[: most + 2], whole[most + 2 :]
        if len(whole) > most + 2:
            return None
        minutes = float(f"{whole[-2:]}.{fraction or 0}")
        if minutes >= 60:
            return None
        found = int(whole[:-2] or 0) + minutes / 60
    return found if found <= (180 if of_longitude else 90) else None


def _lettered(latitude: str, north: str, longitude: str, east: str, end: int) -> Position | None:
    lat, lon = degrees(latitude, False), degrees(longitude, True)
    if lat is None or lon is None:
        return None
    return Position(
        round(-lat if north == "S" else lat, 7), round(-lon if east == "W" else lon, 7), end, True
    )


def _bare(pattern: re.Pattern[str], text: str, *, marked: bool = False) -> Iterator[Position]:
    for match in pattern.finditer(text):
        first, second = (group.replace(",", ".") for group in match.groups())
        a, b = float(first), float(second)
        if max(abs(a), abs(b)) > 180 or min(abs(a), abs(b)) > 90:
            continue
        if (a == 0 or b == 0) and not marked:
            continue
        padded = second.lstrip("-").partition(".")[0] in _PADDED
        digits = sum(len(each.partition(".")[2].rstrip("0")) for each in (first, second))
        if abs(a) > 90:
            yield Position(b, a, match.end(), marked, digits=digits)
        else:
            yield Position(a, b, match.end(), marked, abs(b) > 90 or padded, digits, padded)


def _millionths(text: str) -> Iterator[Position]:
    for match in _MICRO.finditer(text):
        a, b = (int(group) / 1e6 for group in match.groups())
        if abs(a) <= 180 and abs(b) <= 90:
            yield Position(b, a, match.end(), False, abs(a) > 90)


def _signed(text: str) -> Iterator[Position]:
    for match in _SIGNED.finditer(text):
        if match[1]:
            lat, lon = int(match[1]) / 1e5, int(match[2]) / 1e5
        else:
            parts = (degrees(match[3].lstrip("+-"), False), degrees(match[4].lstrip("+-"), True))
            if parts[0] is None or parts[1] is None:
                continue
            lat = -parts[0] if match[3][0] == "-" else parts[0]
            lon = -parts[1] if match[4][0] == "-" else parts[1]
        if abs(lat) <= 90 and abs(lon) <= 180:
            yield Position(round(lat, 7), round(lon, 7), match.end(), False)


def _hexadecimal(text: str) -> Iterator[Position]:
    for match in _HEX.finditer(text):
        date, clock = bytes.fromhex(match[1]), bytes.fromhex(match[2])
        if not (0 < date[1] <= 12 and 0 < date[2] <= 31 and date[0] < 100):
            continue
        if clock[0] > 23 or clock[1] > 59 or clock[2] > 59:
            continue
        lat, lon = (_sign_and_size(int(group, 16)) for group in (match[3], match[4]))
        if abs(lat) <= 90 and abs(lon) <= 180:
            yield Position(round(lat, 7), round(lon, 7), match.end(), False)


def _sign_and_size(number: int) -> float:
    """Return degrees from ten-thousandths of minutes with the highest bit as the sign."""
    size = (number & 0x7FFFFFFF) / 600000
    return -size if number >> 31 else size
