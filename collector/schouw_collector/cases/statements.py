"""Who decides is a role, never a person: what may stand as "who" and "why" in a log."""

import re
import unicodedata
from functools import cache
from importlib import resources

from schouw_collector.errors import CaseError
from schouw_collector.registers.contact_data import organisation_or_nothing, without_contact_data
from schouw_collector.saying.wording import printable

_LONGEST_ROLE, _LONGEST_TEXT = 80, 4000
_NUMBERS = re.compile(r"\d{5,}")
_WORD = re.compile(r"[^\W\d_]+")


def role(text: str) -> str:
    """Return a role as it is written in a log.

    Raises `CaseError` if it looks like a person: initials, a form of address, an address or number,
    or a given name.
    """
    found = organisation(text)
    if any(_folded(word) in _given_names() for word in _WORD.findall(found)):
        raise CaseError("who decides is a role, such as privacy officer: no person, no address")
    return found


def organisation(text: str) -> str:
    """Return an organisation or a role, which may bear the name of its founder.

    Raises `CaseError` as `role` does, but for given names.
    """
    found = " ".join(printable(text).split())
    if not found or len(found) > _LONGEST_ROLE:
        raise CaseError(f"a role or an organisation has at most {_LONGEST_ROLE} characters")
    if organisation_or_nothing(found, "") != found or "@" in found or _NUMBERS.search(found):
        raise CaseError("who decides is a role, such as privacy officer: no person, no address")
    return found


def statement(text: str) -> str:
    """Return what somebody wrote, with e-mail addresses and telephone numbers taken out.

    Raises `CaseError` if nothing is left, or it is too long.
    """
    found = without_contact_data(" ".join(printable(text).split()))
    if not found or len(found) > _LONGEST_TEXT:
        raise CaseError(f"a text of at most {_LONGEST_TEXT} characters is needed")
    return found


@cache
def _given_names() -> frozenset[str]:
    names = resources.files("schouw_agent.vocabulary").joinpath("given_names.txt")
    return frozenset(names.read_text("utf-8").split("\n"))


def _folded(word: str) -> str:
    """Return a word in lower case, its letters without marks, as the list is written."""
    apart = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in apart if not unicodedata.combining(c))
