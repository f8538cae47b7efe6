"""What a single value looks like, as one of few words.

Every string, large integer and list is looked at in every message; all that the structure cache
may rest on is the key paths, the types and these looks.  A look tells nothing of the value but its
kind: two values with the same look are interchangeable for a detector that does not read values.
"""

import re
from collections.abc import Callable
from typing import Any

from schouw_agent.recognition.check_digits import eleven_test, luhn, mod97
from schouw_agent.recognition.notations import (
    address6,
    foreign_plate,
    numbers_of_phones,
    position,
    token,
)
from schouw_agent.vocabulary.names import word_set
from schouw_agent.vocabulary.quantities import dimensions_of

SHORTEST, LONGEST = 4, 512
"""Characters of a string that are looked at; a longer one is looked at as a whole by its kind."""
_MEMO = 32768

# What a thing that a camera saw is called, and other words that decide a meaning.
_WORDS = {
    "person": "person persoon pedestrian voetganger people human mens",
    "vehicle": "car truck bus van auto vrachtwagen motorcycle vehicle voertuig lorry personenauto",
    "bicycle": "bicycle bike fiets cyclist fietser",
    "face": "face gezicht",
    "male": "male female man vrouw woman",
    "flag": "on off true false yes no open closed occupied free aan uit ja nee bezet vrij y n "
    "opened close active inactive detected clear dicht geopend opening closing empty full unlocked "
    "locked vol leeg none vacant alarm ok gesloten",
}
_WORD_LOOKS = {word: f"word {kind}" for kind, row in _WORDS.items() for word in row.split()}

_SEPARATED = re.compile(r"[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}$")
_DOTTED = re.compile(r"[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}$")
_EUI64 = re.compile(r"[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){6}[0-9A-Fa-f]{2}$")
_HEX = re.compile(r"(?:0x)?[0-9A-Fa-f]{12,128}$")
_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")
_TIME = re.compile(
    r"(?:\d{4}[-/.]\d\d?[-/.]\d\d?(?:[T ].{0,32})?|\d\d?[-/.]\d\d?[-/.]\d{4}(?:[T ].{0,24})?"
    r"|\d\d?:\d\d(?::\d\d(?:\.\d+)?)?|\d{8}T\d{6}Z?)$"
)
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?$")
_DURATION = re.compile(r"P(?:T?\d{1,9}[YMWDHS]){1,8}$")
_NUMBER = re.compile(r"([+-]?\d{1,20}(?:[.,]\d{1,18})?(?:[eE][+-]?\d{1,2})?)\s?([^\d\s].{0,11})?$")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,12}$")
_PHONE = re.compile(r"(?:\+|00)\d{2}[ -]?(?:\(0\)[ -]?)?\d(?:[ -]?\d){7,9}$|0\d(?:[ -]?\d){8}$")
_IBAN = re.compile(r"[A-Z]{2}\d{2}(?: ?[0-9A-Z]){11,30}$")
_URL = re.compile(r"(https?|rtsps?|rtmps?|s3|ftp)://\S+$", re.IGNORECASE)
_MEDIA = re.compile(
    r"\.(?:jpe?g|png|webp|gif|bmp|heic|mp4|m4v|mkv|webm|avi|mov|ts|m3u8|wav|mp3|ogg|opus|aac)"
    r"(?:[?#]\S*)?$",
    re.IGNORECASE,
)
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]+={0,2}$")
_SIX_OCTETS = re.compile(r"(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/_-]{8}$")
"""Six octets in base64: believed under the name of an address alone."""
_LOWER = re.compile(r"[a-z]+")
_LONGEST_RUN = 3.5
_IPV4 = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}$")
# RDW side codes 1 to 14: letters L, digits D.
_SIDE_CODES = word_set(
    "LLDDDD DDDDLL DDLLDD LLDDLL LLLLDD DDLLLL DDLLLD DLLLDD LLDDDL LDDDLL LLLDDL LDDLLL DLLDDD "
    "DDDLLD"
)
_PLATE = re.compile(r"[A-Z0-9ÄÖÜ]{1,8}(?:[- ][A-Z0-9]{1,5}){0,3}$")
_SHAPE = str.maketrans(
    dict.fromkeys("0123456789", "D") | dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "L")
)
# By the hash that the interpreter seeds at its start: a text itself is never kept.
_memo: dict[int, str] = {}
recall = _memo.get
"""The look of a text seen before, by its hash; None if it must be looked at."""


def look(value: Any) -> str:
    """Return what a scalar looks like: a word or two, "" for nothing."""
    kind = type(value)
    if kind is str:
        mark = hash(value)
        found = _memo.get(mark)
        if found is None:
            if _STAMP.match(value):
                return "time"  # never twice the same: not worth remembering
            found = _look_text(value)
            if found != "time":
                if len(_memo) >= _MEMO:
                    _memo.clear()
                _memo[mark] = found
        return found
    if kind is int:
        return _look_integer(value)
    return ""


def _look_text(text: str) -> str:
    if len(text) < SHORTEST:
        return _WORD_LOOKS.get(text.lower()) or _numeric(text)
    if text[0] in "{[" and len(text) >= 24:
        return "nested"
    if len(text) > LONGEST:
        return _look_long(text)
    stripped = text.strip()
    if not stripped:
        return ""
    if stripped[0].isdigit() and _TIME.match(stripped):
        return "time"
    for test in _TESTS:
        found = test(stripped)
        if found:
            return found
    if " " in stripped:
        return "text" if stripped.count(" ") >= 2 else "text short"
    if not any(c.isdigit() for c in stripped):
        return "short"
    return "slug" if len(stripped) <= 12 else "slug long"


def _look_long(text: str) -> str:
    head = text[:LONGEST]
    if head.startswith("data:"):
        return "data uri"
    if _URL.match(head):
        return "url"
    if _BASE64.match(head.replace("\n", "").replace("\r", "")):
        return "base64 long"
    return "text long"


def _word(text: str) -> str:
    if text[0] in "*x•" and len(set(text)) == 1:
        return "masked"
    return _WORD_LOOKS.get(text.lower(), "") if len(text) < 16 else ""


def _numeric(text: str) -> str:
    match = _NUMBER.match(text)
    if not match:
        return ""
    digits, unit = match[1], (match[2] or "").strip()
    if unit:
        return f"number {unit}" if dimensions_of(unit) else ""
    if digits.isdigit() and len(digits) > 7:
        return _digits(digits)
    return "number"


def _digits(digits: str) -> str:
    if len(digits) in (8, 9) and eleven_test(digits.zfill(9)):
        return "digits 9 eleven"
    return numbers_of_phones(digits) or f"digits {len(digits)}"


def _mac(text: str) -> str:
    if len(text) == 17 and _SEPARATED.match(text):
        return _mac_kind(text)
    if len(text) == 14 and _DOTTED.match(text):
        return _mac_kind(text)
    return "eui64" if len(text) == 23 and _EUI64.match(text) else ""


def _mac_kind(text: str) -> str:
    octet = int(text[:2], 16)
    if octet & 1:
        return "mac group"
    return "mac local" if octet & 2 else "mac global"


def _hex(text: str) -> str:
    if not _HEX.match(text):
        return "uuid" if len(text) == 36 and _UUID.match(text) else ""
    digits = text.removeprefix("0x")
    if digits.isdigit() and len(digits) <= 20:
        return ""
    if len(digits) == 12:
        return f"hex 12 {_mac_kind(digits)[4:]}"
    return f"hex {len(digits)}"


def _time(text: str) -> str:
    return "time" if text[0] == "P" and _DURATION.match(text) else ""


def _contact(text: str) -> str:
    if "@" in text and _EMAIL.match(text):
        return "email"
    return "phone" if len(text) >= 10 and _PHONE.match(text) else ""


def _bank(text: str) -> str:
    if len(text) >= 15 and _IBAN.match(text):
        return "iban" if mod97(text.replace(" ", "")) else ""
    return ""


def _link(text: str) -> str:
    if text.startswith("data:"):
        return "data uri"
    if _URL.match(text):
        media = _MEDIA.search(text) or text[:4].lower() in ("rtsp", "rtmp")
        return "url media" if media else "url"
    if "/" in text and " " not in text and _MEDIA.search(text) and not text.endswith(".ts"):
        return "path media"  # a path to .ts is more often a program
    return "address" if _IPV4.match(text) else address6(text)


def _plate(text: str) -> str:
    if not 4 <= len(text) <= 11 or not _PLATE.match(text):
        return ""
    shape = text.translate(_SHAPE)
    bare = shape.replace("-", "").replace(" ", "")
    if "D" not in bare or "L" not in bare:
        return ""
    if len(bare) == 6 and bare in _SIDE_CODES:
        return "plate nl dashed" if shape.count("-") == 2 else "plate nl"
    return foreign_plate(text) or ("plate other" if len(bare) >= 5 else "")


def _encoded(text: str) -> str:
    if len(text) < 24 or not _BASE64.match(text):
        return "slug 8" if len(text) == 8 and _SIX_OCTETS.match(text) else ""
    if len(text) % 4 and "=" in text:
        return ""
    digits = sum(c.isdigit() for c in text)
    upper = sum(c.isupper() for c in text)
    lower = sum(c.islower() for c in text)
    if not (digits and upper >= 3 and lower >= 3):
        return ""
    if lower > _LONGEST_RUN * len(_LOWER.findall(text)):
        return ""  # words that stand together, and no octets
    octets = len(text.rstrip("=")) * 3 // 4
    if octets in (16, 20, 32, 64):
        return f"base64 {octets}"
    return "base64" if len(text) % 4 == 0 or len(text) > 64 else ""


_TESTS: tuple[Callable[[str], str], ...] = (
    _word, _mac, _time, _hex, _numeric, _contact, _bank, _link, position, token, _plate, _encoded,
)  # fmt: skip


def _look_integer(number: int) -> str:
    if 10**7 <= number < 10**9:
        return "digits 9 eleven" if eleven_test(f"{number:09d}") else ""
    if number <= 2**32:
        return ""
    if 10**12 <= number < 3 * 10**12 or 10**15 <= number < 3 * 10**15:
        return "time"  # milliseconds or microseconds since 1970
    if 10**14 <= number < 10**15 and luhn(str(number)):
        return "digits 15 luhn"
    if number >= 2**48:
        return "integer 64"
    return "integer 48 local" if number >> 40 & 2 else "integer 48"


_FORMS = {
    "mac global": "MAC address",
    "mac local": "MAC address, locally administered",
    "mac group": "MAC address of a group",
    "hex 12 global": "12 hex digits",
    "hex 12 local": "12 hex digits, as of a locally administered MAC address",
    "hex 12 group": "12 hex digits",
    "eui64": "EUI-64",
    "uuid": "UUID",
    "plate nl dashed": "code",
    "plate nl": "code",
    "plate other": "code",
    "plate fr": "code",
    "plate be": "code",
    "plate de": "code",
    "plate uk": "code",
    "plate es": "code",
    "digits card": "19 or 20 digits",
    "email": "e-mail address",
    "phone": "telephone number",
    "iban": "IBAN with a right check number",
    "digits 9 eleven": "9 digits",
    "digits 15 luhn": "15 digits",
    "url": "URL",
    "url media": "URL of an image, sound or video",
    "path media": "path of an image, sound or video",
    "data uri": "data URI",
    "base64 long": "base64",
    "address": "IP address",
    "time": "moment",
    "integer 48": "integer of 33 to 48 bits",
    "integer 48 local": "integer of 33 to 48 bits",
    "position": "position",
    "token": "token",
    "integer 64": "integer of over 48 bits",
}


def form_of(value: Any) -> str:
    """Return, for people, what a value looks like; never the value."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, list):
        return f"{len(value)} numbers"
    if isinstance(value, bytes):
        return f"{len(value)} octets"
    name = look(value)
    if name in _FORMS:
        return _FORMS[name]
    if isinstance(value, (int, float)) or name.startswith("number"):
        return "number"
    kind, _, rest = name.partition(" ")
    if kind == "hex":
        return f"{rest} hex digits"
    if kind == "digits":
        return f"{rest.split()[0]} digits"
    if kind == "base64" and rest:
        return f"base64 of {rest} octets"
    return {"word": "word", "base64": "base64", "slug": "code"}.get(kind, "text")
