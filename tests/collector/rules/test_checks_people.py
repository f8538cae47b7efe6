"""Names of people in a register, and what only looks like one."""

import pytest

from schouw_collector.rules.checks_people import names_a_person

PEOPLE = [
    "dhr. Van Dalen",
    "Mevrouw De Wit weet meer",
    "mw. A.B. de Boer",
    "Contactpersoon: Ilse van der Kade",
    "contactpersoon Jan Bos",
    "ingevuld door P. Dekker",
    "t.a.v. Kim de Haan",
]
NOT = [
    "",
    "contactpersoon: Team Mobiliteit",
    "Contactpersoon Gemeente Voorbeeldstad",
    "contact via de website",
    "Contact Klant Contact Centrum",
    "Mr. Visserplein 3",
    "meneer Visserplein",
    "dhr. Van Dalenstraat",
    "mevrouw Jansen-plein",
    "J.P. Coenstraat",
    "eigenaar Stichting Groen",
    "De heer van het meer",
    "Aantal personen, dhr of mevr",
]


@pytest.mark.parametrize("text", PEOPLE)
def test_a_person(text):
    assert names_a_person(text)


@pytest.mark.parametrize("text", NOT)
def test_nobody(text):
    assert not names_a_person(text)
