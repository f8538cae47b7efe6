"""Contact data of people, in the ways in which people write it."""

import pytest

from schouw_collector.registers.contact_data import organisation_or_nothing, without_contact_data

CASES = [
    ("mail naar a.b@voorbeeld.example", "mail naar […]"),
    ("mailto:a@voorbeeld.example", "[…]"),
    ("bel 0612345678", "bel […]"),
    ("bel 06-12345678.", "bel […]."),
    ("bel 06 12 34 56 78", "bel […]"),
    ("bel 020 - 1234567", "bel […]"),
    ("bel 020-1234567", "bel […]"),
    ("bel +31 6 12345678", "bel […]"),
    ("bel 0031612345678", "bel […]"),
    ("bel +31 (0)20 123 4567", "bel […]"),
    ("vraag Ilse van der Kade", "vraag […]"),
    ("vraag ILSE  VAN DER KADE!", "vraag […]!"),
    # Near misses: figures and words that are nobody's.
    ("PM2,5 en PM10", "PM2,5 en PM10"),
    ("7079-2296", "7079-2296"),
    ("52.3676, 4.9041", "52.3676, 4.9041"),
    ("NEN 2767 van 2019", "NEN 2767 van 2019"),
    ("tot 2028-12-31", "tot 2028-12-31"),
    ("vanaf 01-02-2026 10:30", "vanaf 01-02-2026 10:30"),
    ("Kadestraat 2", "Kadestraat 2"),
    ("0,1234567890 mg", "0,1234567890 mg"),
    ("b7c9d5e0-0123-4567-8901-020123456789", "b7c9d5e0-0123-4567-8901-020123456789"),
]


@pytest.mark.parametrize(("text", "left"), CASES)
def test_contact_data_goes_and_the_rest_stays(text, left):
    assert without_contact_data(text, ["Ilse van der Kade"]) == left


def test_of_a_name_within_a_name_nothing_is_left():
    names = ["Ilse", "Ilse van der Kade", "van der Kade"]

    assert without_contact_data("Ilse van der Kade en Ilse", names) == "[…] en […]"


def test_a_name_of_one_or_two_letters_would_take_too_much():
    assert without_contact_data("a b c", ["a", "", "  "]) == "a b c"


@pytest.mark.parametrize(
    ("organisation", "kept"),
    [
        ("Gemeente Voorbeeldstad", True),
        ("Hotel De Haven", True),
        ("B.V. Geluid", True),
        ("P.J. de Vries B.V.", True),
        ("P.J. de Vries", False),
        ("Dhr. de Vries", False),
        ("Kade", False),
        ("", False),
    ],
)
def test_an_organisation_is_told_from_a_person(organisation, kept):
    assert bool(organisation_or_nothing(organisation, "Ilse van der Kade")) is kept
