"""In which ways a value may be written: what is searched for in clear, and what is hashed."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from schouw_agent.privacy.canary_file import Canary

DIGIT, WORD = "digit", "word"


class Spelling(NamedTuple):
    """One way to write a value."""

    notation: str
    """For people, such as "colons" or "no separators"; what case it has is told apart."""
    octets: bytes
    edge: str = ""
    """What may not stand beside it: a digit, a letter or digit, or (empty) anything may."""
    cased: bool = True
    """It has letters, so that it may be in upper case or in lower case."""
    hashed: bool = True
    """It is among the ways that are looked for in digests."""


def spellings(canary: Canary) -> list[Spelling]:
    """Return the ways to write a value, as written by hand and by machines; no two are the same."""
    makers = {"mac": _address, "bluetooth": _address, "plate": _plate, "phone": _phone}
    made = list(makers.get(canary.kind, _text)(canary.value))
    return list({each.octets: each for each in reversed(made)}.values())[::-1]


def cases(spelling: Spelling) -> dict[bytes, str]:
    """Return a spelling in lower case, in upper case and as it is, each with its name."""
    if not spelling.cased:
        return {spelling.octets: spelling.notation}
    text = spelling.octets.decode("utf-8")
    return {
        text.encode(): f"{spelling.notation}, as given",
        text.lower().encode(): f"{spelling.notation}, lower case",
        text.upper().encode(): f"{spelling.notation}, upper case",
    }


def _address(value: str) -> Iterator[Spelling]:
    """IEEE 802c, 8.2: six octets, by any of the separators in use, in either order."""
    forward = bytes.fromhex(re.sub(r"[^0-9A-Fa-f]", "", value))
    for octets, suffix in ((forward, ""), (forward[::-1], ", reversed")):
        bare = octets.hex()
        yield Spelling(f"colons{suffix}", octets.hex(":").encode())
        yield Spelling(f"hyphens{suffix}", octets.hex("-").encode())
        yield Spelling(f"dots{suffix}", ".".join((bare[:4], bare[4:8], bare[8:])).encode())
        yield Spelling(f"spaces{suffix}", octets.hex(" ").encode())
        yield Spelling(f"no separators{suffix}", bare.encode())
        yield Spelling(f"six octets{suffix}", octets, cased=False)
        number = str(int.from_bytes(octets, "big"))
        if len(number) > 11:
            yield Spelling(f"decimal number{suffix}", number.encode(), DIGIT, cased=False)
        for separator in (",", ", "):
            listed = separator.join(map(str, octets)).encode()
            yield Spelling(f"list of numbers{suffix}", listed, DIGIT, False, False)
    # RFC 4291, appendix A: the identifier that an IPv6 address bears.
    eui = bytes([forward[0] ^ 2]) + forward[1:3] + b"\xff\xfe" + forward[3:]
    groups = [eui.hex()[i : i + 4] for i in range(0, 16, 4)]
    short = ":".join(group.lstrip("0") or "0" for group in groups)
    for text in (":".join(groups), short, eui.hex()):
        yield Spelling("IPv6 interface identifier", text.encode(), hashed=False)


def _plate(value: str) -> Iterator[Spelling]:
    bare = re.sub(r"[\W_]", "", value).upper()
    parts = re.findall(r"[A-Z]+|\d+", bare)
    pairs = [bare[i : i + 2] for i in range(0, len(bare), 2)]
    given = [part for part in re.split(r"[\W_]+", value) if part]
    yield Spelling("no separators", bare.encode(), WORD)
    for groups in (given, parts, pairs):
        for name, separator in (("hyphens", "-"), ("spaces", " "), ("dots", ".")):
            yield Spelling(name, separator.join(groups).encode(), WORD)


def _phone(value: str) -> Iterator[Spelling]:
    code, rest = _dialled(value)
    rest = rest.removeprefix("0")
    yield Spelling("international", f"+{code}{rest}".encode(), DIGIT, cased=False)
    yield Spelling("international with 00", f"00{code}{rest}".encode(), DIGIT, cased=False)
    yield Spelling("international, digits only", f"{code}{rest}".encode(), DIGIT, cased=False)
    yield Spelling("national", f"0{rest}".encode(), DIGIT, cased=False)
    yield Spelling("as given", value.encode(), DIGIT, cased=False)
    for area in (1, 2, 3):
        head, tail = rest[:area], rest[area:]
        pairs = " ".join(tail[i : i + 2] for i in range(0, len(tail), 2))
        for number in (tail, pairs):
            for separator in ("-", " "):
                for text in (
                    f"0{head}{separator}{number}",
                    f"+{code} {head}{separator}{number}",
                    f"+{code} (0){head}{separator}{number}",
                    f"+{code}-{head}{separator}{number}",
                ):
                    yield Spelling("in groups", text.encode(), DIGIT, False, False)


# ITU-T E.164, assigned country codes: those of one and two digits; the others have three.
_SHORT_CODES = re.compile(r"1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")


def _dialled(value: str) -> tuple[str, str]:
    """Return country code and national number; a number without a code is taken for a Dutch one."""
    digits = re.sub(r"\D", "", value.replace("(0)", ""))
    if not value.lstrip(" (").startswith(("+", "00")):
        return "31", digits
    digits = digits.removeprefix("00")
    short = _SHORT_CODES.match(digits)
    length = len(short[0]) if short else 3
    return digits[:length], digits[length:]


def _text(value: str) -> Iterator[Spelling]:
    """Names and other texts: with accents and without, words joined and turned around."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", value) if not unicodedata.combining(c))
    for text, suffix in ((value, ""), (plain, ", without accents")):
        yield Spelling(f"words{suffix}", text.encode(), WORD)
        words = text.split()
        if len(words) > 1:
            for name, separator in (
                ("joined", ""), ("with underscores", "_"), ("with hyphens", "-"),
                ("with dots", "."), ("with plus signs", "+"),
            ):  # fmt: skip
                yield Spelling(f"{name}{suffix}", separator.join(words).encode(), WORD)
            last_first = f"{' '.join(words[1:])}, {words[0]}"
            yield Spelling(f"last name first{suffix}", last_first.encode(), WORD)
    if not value.isascii() and all(ord(c) < 256 for c in value):
        yield Spelling("words, Latin-1", value.encode("latin-1"), WORD, False, False)
