"""Checks for people who are named in a register, which is there to be published."""

import re
from collections.abc import Iterator
from functools import lru_cache

from schouw_collector.records import Words
from schouw_collector.registers.contact_data import REMOVED
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.rules.register_check import Check, Surroundings
from schouw_collector.saying.phrasing import listed

_PARTS = r"(?:(?:van|de|der|den|ter|ten|het|'t)\s)*"
_NAME = rf"(?:[A-Z]\.\s?)*{_PARTS}[A-Z][a-zà-ÿ]{{1,30}}"
_TITLED = re.compile(rf"\b(?:[Dd]hr\.?|[Dd]e heer|[Mm]evr(?:ouw)?\.?|[Mm]w\.?|[Mm]eneer)\s+{_NAME}")
_STREET = re.compile(
    r"\w*(?:straat|weg|laan|plein|plantsoen|kade|gracht|singel|dijk|park|pad|hof|brug|tunnel|steeg"
    r"|dreef|markt)\b"
)
_NO_PERSON = (
    r"(?!(?:Gemeente|Afdeling|Team|Dienst|Politie|Provincie|Waterschap|Stads|Stadsbeheer|Klant|Contact"
    r"|Rijkswaterstaat|Centrum|Centraal|Servicepunt|Meldpunt|Projectbureau|Bureau|Stichting|Beheer"
    r"|Omgevingsdienst|Veiligheidsregio|Ministerie|Functionaris|Privacy|Smart|Data|City|The|Department"
    r"|Service)\b)"
)
_FULL = rf"{_NO_PERSON}(?:(?:[A-Z]\.\s?)+|[A-Z][a-zà-ÿ]+\s){_PARTS}{_NO_PERSON}[A-Z][a-zà-ÿ]+\b"
_INTRODUCED = re.compile(
    r"\b(?:[Cc]ontact(?:persoon)?|[Cc]ontact person|[Aa]anspreekpunt|t\.a\.v\.|[Ff]illed in by"
    r"|(?:[Ii]ngevuld|[Oo]pgegeven|[Gg]emeld|[Aa]angevraagd) door|[Bb]ewoner|[Ee]igenaar)"
    rf"\s*:?\s+{_FULL}"
)

_FIELDS = {
    "name": Words(nl="naam", en="name"),
    "description": Words(nl="omschrijving", en="description"),
    "text": Words(nl="wat de sensor meet", en="what the sensor measures"),
    "purpose": Words(nl="doel", en="purpose"),
    "ground": Words(nl="grondslag", en="legal ground"),
    "place": Words(nl="plaats", en="place"),
}


@lru_cache(maxsize=8192)
def names_a_person(text: str) -> bool:
    """Return whether a text seems to name a person, by a form of address or "contactpersoon".

    It is careful: a street that is called after somebody names nobody.
    """
    return bool(_INTRODUCED.search(text)) or any(
        not _STREET.match(match[0].split()[-1])
        and not _STREET.match(text[match.end() :].lstrip(" -"))
        for match in _TITLED.finditer(text)
    )


def _texts(entry: RegisterEntry) -> Iterator[tuple[str, str]]:
    yield "name", entry.name
    yield "description", entry.description
    yield "place", entry.location.text
    for stream in entry.streams:
        yield "text", stream.declared_text
    for purpose in entry.purposes:
        yield "purpose", purpose.text
        yield "ground", purpose.legal_basis_text


def _fields(entry: RegisterEntry, removed: bool) -> Words:
    """Return in which fields it stands.  What stands there is not repeated."""
    found = dict.fromkeys(
        field
        for field, text in _texts(entry)
        if (REMOVED in text if removed else names_a_person(text))
    )
    return listed(_FIELDS[field] for field in found)


def _named(entry: RegisterEntry, _around: Surroundings) -> bool:
    return any(names_a_person(text) for _, text in _texts(entry))


def _removed(entry: RegisterEntry, _around: Surroundings) -> bool:
    return any(REMOVED in text for _, text in _texts(entry))


def _where_named(entry: RegisterEntry, _around: Surroundings) -> Words:
    fields = _fields(entry, removed=False)
    return Words(
        nl=f"Er lijkt een persoon te staan bij: {fields.nl}.",
        en=f"There seems to be a person under: {fields.en}.",
    )


def _where_removed(entry: RegisterEntry, _around: Surroundings) -> Words:
    fields = _fields(entry, removed=True)
    return Words(
        nl=f"Bij het lezen zijn contactgegevens weggelaten bij: {fields.nl}.",
        en=f"When it was read, contact data were left out under: {fields.en}.",
    )


_NOBODY = Words(
    nl="Uitleg dat hier niemand met naam staat, of een verbeterde inschrijving.",
    en="An explanation that nobody is named here, or a corrected entry.",
)

CHECKS = (
    Check(
        aspect="names a person",
        holds=_named,
        kind="question",
        severity="info",
        declared=_where_named,
        difference=Words(
            nl="Een register is openbaar. Een naam van een persoon is er niet nodig.",
            en="A register is public. It does not need the name of a person.",
        ),
        refutation=_NOBODY,
        norms=("gdpr-5-1-c",),
    ),
    Check(
        aspect="contact data in text",
        holds=_removed,
        kind="question",
        severity="info",
        declared=_where_removed,
        difference=Words(
            nl="Er stond een e-mailadres, telefoonnummer of naam in de tekst. Dat staat dan ook in "
            "het openbare register.",
            en="There was an e-mail address, telephone number or name in the text. So it is in "
            "the public register as well.",
        ),
        refutation=_NOBODY,
        norms=("gdpr-5-1-c",),
    ),
)
