"""Who decides is a role: no person's name, address or number enters a log."""

import pytest

from schouw_collector.cases.statements import organisation, role, statement
from schouw_collector.errors import CaseError

ROLES = [
    "privacy officer",
    "functionaris gegevensbescherming",
    "FG",
    "wethouder digitale stad",
    "team sensors 2",
    "CISO",
    "afdeling Toezicht & Handhaving",
    "raadscommissie MLW",
]
PERSONS = [
    ("Jan Jansen", "a given name"),
    ("fg (Willem)", "a given name beside a role"),
    ("Gérard", "with a mark"),
    ("J. Jansen", "initials"),
    ("mevr. De Vries", "a form of address"),
    ("officer@example.org", "an address"),
    ("06-12345678", "a telephone number"),
    ("employee 123456", "a number of somebody"),
    ("", "nobody"),
    (" \u202e ", "nobody that can be seen"),
    ("x" * 81, "too long for a role"),
]


@pytest.mark.parametrize("text", ROLES)
def test_a_role_is_kept(text):
    assert role(f"  {text} ") == text


@pytest.mark.parametrize(("text", "why"), PERSONS)
def test_a_person_is_refused_without_being_quoted(text, why):
    with pytest.raises(CaseError) as caught:
        role(text)
    assert not text.strip() or text not in caught.value.diagnostics(), why


def test_an_organisation_may_bear_a_given_name():
    assert organisation("Willem Sensoren B.V.") == "Willem Sensoren B.V."
    with pytest.raises(CaseError):
        organisation("dhr. De Vries")


def test_addresses_and_numbers_are_taken_out_of_what_somebody_wrote():
    found = statement("Mail a.b@example.org or call 06-12345678,\nsaid the\x1b[31m supplier")
    assert found == "Mail […] or call […], said the[31m supplier"
    with pytest.raises(CaseError):
        statement(" \n")
    with pytest.raises(CaseError):
        statement("x" * 4001)
