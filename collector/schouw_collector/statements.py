"""Who decides is a role, never a person: what may stand as "who" and "why" in a log."""

import re

from schouw_collector.contact_data import organisation_or_nothing, without_contact_data
from schouw_collector.errors import CaseError
from schouw_collector.wording import printable

_LONGEST_ROLE, _LONGEST_TEXT = 80, 4000
_NUMBERS = re.compile(r"\d{5,}")


def role(text: str) -> str:
    """Return a role as it is written in a log.  Raises `CaseError` if it looks like a person."""
    found = " ".join(printable(text).split())
    if not found or len(found) > _LONGEST_ROLE:
        raise CaseError(f"who decides is a role, of at most {_LONGEST_ROLE} characters")
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
