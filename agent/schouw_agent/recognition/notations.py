"""Notations of positions, foreign number plates, tokens and telephone cards: looks of texts.

Each function returns the look of a text, or an empty text.
"""

import re

from schouw_agent.recognition.check_digits import luhn

_PAIR = re.compile(
    r"\(?(?P<lat>[+-]?\d{1,2}\.\d{3,15})\s?[,; ]\s?(?P<lon>[+-]?1?\d{1,2}\.\d{3,15})\)?"
    r"(?:[,; ]\s?[+-]?\d{1,5}(?:\.\d{1,6})?)?$"
)
_DEGREES = re.compile(
    r"[NSEW]?\s?\d{1,3}\s?[°º]\s?\d{1,2}(?:\.\d{1,6})?\s?(?:['′’]\s?(?:\d{1,2}(?:\.\d{1,6})?)?"
    r"\s?(?:[\"″”]|'')?)?\s?[NSEWO]?"
)
_SENTENCE = re.compile(r"\$?G[PNLA](?:GGA|RMC|GLL|GNS),")
_MINUTES = re.compile(r"\d{4,5}\.\d{2,6}\s?,?\s?[NSEW]$")
_WKT = re.compile(
    r"(?:SRID=\d{1,6};)?\s?(?:POINT|LINESTRING|MULTIPOINT)\s?(?:Z|M|ZM)?\s?\(", re.IGNORECASE
)
_URI = re.compile(r"geo:[+-]?\d{1,2}\.\d{2,15},[+-]?\d{1,3}\.\d{2,15}")
_TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*$")
_PLATES = {
    "plate fr": re.compile(r"[A-HJ-NP-TV-Z]{2}[- ]\d{3}[- ][A-HJ-NP-TV-Z]{2}$"),
    "plate be": re.compile(r"[1-9][- ][A-Z]{3}[- ]\d{3}$"),
    "plate de": re.compile(r"[A-ZÄÖÜ]{1,3}(?:-[A-Z]{1,2}|[- ][A-Z]{1,2}[ -])[ -]?\d{1,4}[EH]?$"),
    "plate uk": re.compile(r"[A-Z]{2}\d{2} [A-HJ-PR-Z]{3}$"),
    "plate es": re.compile(r"\d{4}[- ][BCDFGHJKLMNPRSTVWXYZ]{3}$"),
}
_HIGHEST_LATITUDE = 90.0
_HIGHEST_LONGITUDE = 180.0
_CARD = (19, 20)


def position(text: str) -> str:
    """Return "position" for a pair of degrees, degrees and minutes, WKT, a geo URI or NMEA 0183."""
    first = text[0]
    if first.isdigit() or first in "+-(":
        pair = _PAIR.match(text)
        if pair:
            lat, lon = abs(float(pair["lat"])), abs(float(pair["lon"]))
            within = lat <= _HIGHEST_LATITUDE and lon <= _HIGHEST_LONGITUDE
            return "position" if within else ""
        return "position" if _MINUTES.match(text) or _DEGREES.fullmatch(text) else ""
    if first in "$GNSEW" and (_SENTENCE.match(text) or _DEGREES.fullmatch(text)):
        return "position"
    return "position" if _WKT.match(text) or _URI.match(text) else ""


def token(text: str) -> str:
    """Return "token" for a JSON Web Token (RFC 7519), which is three parts of base64url."""
    return "token" if text.startswith("eyJ") and _TOKEN.match(text) else ""


def address6(text: str) -> str:
    """Return "address" for an IPv6 address as text (RFC 4291, 2.2)."""
    if text.count(":") < 2 or len(text) > 45 or not ("::" in text or text.count(":") == 7):
        return ""
    import ipaddress  # slow to import on a gateway, and hardly a text comes this far

    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return ""
    return "address"


def foreign_plate(text: str) -> str:
    """Return "plate" and the country for a plate written as in FR, BE, DE, UK or ES."""
    for name, pattern in _PLATES.items():
        if pattern.match(text):
            return name
    return ""


def numbers_of_phones(digits: str) -> str:
    """Return the look of 15, 19 or 20 digits: of a telephone, a subscription or a card."""
    if len(digits) in _CARD and digits.startswith("89") and luhn(digits):
        return "digits card"
    if len(digits) == 15:  # 3GPP TS 23.003, 2.2 and 6.2.1
        if luhn(digits):
            return "digits 15 luhn"
        return "digits 15 imsi" if _is_imsi(digits) else "digits 15"
    return ""


def _is_imsi(digits: str) -> bool:
    from stdnum import imsi  # holds a large table: loaded when met

    return bool(imsi.is_valid(digits))
