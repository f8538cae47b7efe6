"""Contact data of people, taken out of what a register says in free text.

A register is published and an assessment is handed round; neither needs to say who filled it in.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

REMOVED = "[…]"

_EMAIL = re.compile(r"(?:mailto:)?[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.IGNORECASE)
# Dutch numbers (ten digits with 0, or +31), and any number with a country code.
_TELEPHONE = re.compile(
    r"(?<![\w.,])(?!\d\d-\d\d-\d{4})"
    r"(?:(?:\+|00)\d{2}[\s.-]?(?:\(0\))?(?:[\s.-]?\d){7,11}|0\d(?:[\s-]{0,3}\d){8})(?!\w)"
)
_MANY_DIGITS = re.compile(r"(?:\d[\s.()-]{0,4}){9}")
"""What every telephone number has."""
# No number of a person, however many of its digits look like one.
_UUID = re.compile(
    r"(?<![\w-])([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?![\w-])", re.IGNORECASE
)
_INITIALS = re.compile(r"^(?:[A-Z]\.\s?){1,5}(?:\w[\w'-]*\s){0,4}\w[\w'-]*$")
_LEGAL_FORM = re.compile(
    r"\b(?:[bn]\.?v|v\.?o\.?f|c\.?v|l\.?t\.?d|g\.?m\.?b\.?h)\b\.?", re.IGNORECASE
)
_SALUTATION = re.compile(
    r"^(?:dhr|de heer|mevr(?:ouw)?|mw|meneer|mr|mrs|ms|drs|ir|ing)\b\.?\s", re.IGNORECASE
)


def without_contact_data(text: str, names: Iterable[str] = ()) -> str:
    """Return the text with e-mail addresses, telephone numbers and these names replaced by […].

    A name is matched as a whole, in any case.  Names that the caller does not give are not
    recognised.
    """
    # Most texts have neither, and looking for a letter is much cheaper.
    if "@" in text:
        text = _EMAIL.sub(REMOVED, text)
    if _MANY_DIGITS.search(text):
        parts = _UUID.split(text)
        parts[::2] = [_TELEPHONE.sub(REMOVED, part) for part in parts[::2]]
        text = "".join(parts)
    named = _any_of(tuple(names))
    return named.sub(REMOVED, text) if named else text


@lru_cache(maxsize=1024)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds these names as a whole, in any case; None if there are none."""
    whole = [
        r"\s+".join(re.escape(part) for part in name.split())
        # The longest first: of "Ilse van der Kade" no "van der Kade" is left behind.
        for name in sorted(set(names), key=len, reverse=True)
        if len(name) > 2 and name.split()
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(whole)})(?!\w)", re.IGNORECASE) if whole else None


def organisation_or_nothing(organisation: str, contact_name: str) -> str:
    """Return the organisation, or "" if what stands there is a person.

    It is taken for a person when it repeats (part of) the contact's name, is written with
    initials or a form of address, or holds an e-mail address or telephone number.
    """
    text = " ".join(organisation.split())
    words = set(re.findall(r"\w+", text.casefold()))
    if not words or words <= set(re.findall(r"\w+", contact_name.casefold())):
        return ""
    personal = _INITIALS.match(text) or _SALUTATION.match(text)
    if (personal and not _LEGAL_FORM.search(text)) or without_contact_data(text) != text:
        return ""
    return text
