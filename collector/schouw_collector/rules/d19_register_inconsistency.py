"""D19: a register entry that contradicts itself or leaves out what belongs in it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from schouw_collector.findings import Kind, finding_id, owner_words
from schouw_collector.norms import cite
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Severity, Words
from schouw_collector.register_entry import RegisterEntry
from schouw_collector.rule_context import RuleContext

TITLE = Words(
    nl="De inschrijving is niet volledig, of spreekt zichzelf tegen",
    en="The entry is incomplete, or contradicts itself",
)
_NO_TRAFFIC = Words(
    nl="Dit blijkt uit het register alleen. Er is geen meting voor nodig.",
    en="This shows from the register alone. No measurement is needed.",
)
_SENTINEL_YEAR = 2050
_PUBLIC_BODY = re.compile(
    r"\b(?:gemeente|provincie|waterschap|hoogheemraadschap|ministerie|politie|rijkswaterstaat"
    r"|veiligheidsregio|municipality|province)\b",
    re.IGNORECASE,
)
_COUNTS_OF_PEOPLE = {"people_count", "pedestrian_flow", "crowd_density", "bicycle_count"}
_CAMERA = re.compile(r"camera", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Difference:
    """One thing that may be wrong with an entry."""

    aspect: str
    holds: Callable[[RegisterEntry], bool]
    kind: Kind
    severity: Severity
    declared: Callable[[RegisterEntry], Words]
    difference: Words
    refutation: Words
    norms: tuple[str, ...]


def _personal_without_ground(entry: RegisterEntry) -> bool:
    stated = any(p.legal_ground or p.legal_basis_text for p in entry.purposes)
    return entry.contains_personal_data is True and not stated


def _personal_without_notice(entry: RegisterEntry) -> bool:
    return entry.contains_personal_data is True and not entry.privacy_notice_url


def _camera_without_personal_data(entry: RegisterEntry) -> bool:
    return entry.contains_personal_data is False and bool(_CAMERA.search(entry.type))


def _interest_of_public_body(entry: RegisterEntry) -> bool:
    on_interest = any(p.legal_ground == "A6-1-f" for p in entry.purposes)
    return on_interest and bool(_PUBLIC_BODY.search(entry.organisation))


def _cars_for_people(entry: RegisterEntry) -> bool:
    themes = {theme for p in entry.purposes for theme in p.themes}
    declared = set(entry.declared_categories)
    return themes == {"Mobiliteit: auto"} and bool(declared) and declared <= _COUNTS_OF_PEOPLE


def _sentinel_date(entry: RegisterEntry) -> bool:
    return entry.active_until is not None and entry.active_until.year >= _SENTINEL_YEAR


def _says_nothing(entry: RegisterEntry) -> bool:
    return not any(s.declared_text.strip() for s in entry.streams) and not any(
        s.mapping.method == "human" for s in entry.streams
    )


def _until(entry: RegisterEntry) -> Words:
    year = entry.active_until.year if entry.active_until else 0
    return Words(
        nl=f"De sensor wordt volgens het register verwijderd in {year}.",
        en=f"According to the register the sensor will be removed in {year}.",
    )


def _box_ticked(_entry: RegisterEntry) -> Words:
    return Words(
        nl="Het register zegt: er worden persoonsgegevens verwerkt.",
        en="The register says: personal data are processed.",
    )


def _box_denied(entry: RegisterEntry) -> Words:
    return Words(
        nl=f"Soort sensor: {entry.type}. Persoonsgegevens: nee.",
        en=f"Type of sensor: {entry.type}. Personal data: no.",
    )


def _ground_f(entry: RegisterEntry) -> Words:
    return Words(
        nl=f"Organisatie: {entry.organisation}. Grondslag: gerechtvaardigd belang.",
        en=f"Organisation: {entry.organisation}. Legal ground: legitimate interest.",
    )


def _theme(_entry: RegisterEntry) -> Words:
    return Words(
        nl="Thema: “Mobiliteit: auto”. Gemeten worden mensen of fietsers.",
        en="Theme: “Mobiliteit: auto” (cars). Measured are people or cyclists.",
    )


def _empty(_entry: RegisterEntry) -> Words:
    return Words(
        nl="Bij “Wat meet de sensor?” staat niets.",
        en="Under “What does the sensor measure?” there is nothing.",
    )


_CORRECTED = Words(nl="Een verbeterde inschrijving.", en="A corrected entry.")
_DIFFERENCES = (
    _Difference(
        aspect="camera without personal data",
        holds=_camera_without_personal_data,
        kind="question",
        severity="low",
        declared=_box_denied,
        difference=Words(
            nl="Een camera kan mensen herkenbaar in beeld brengen. Het register zegt dat dit "
            "niet gebeurt, maar niet hoe.",
            en="A camera can show recognisable people. The register says that it does not, but "
            "not how.",
        ),
        refutation=Words(
            nl="Uitleg hoe de camera werkt, zoals: beelden verlaten het apparaat niet.",
            en="An explanation how the camera works, such as: images never leave the device.",
        ),
        norms=("gdpr-13", "edpb-3-2019", "apv-amsterdam-2-25a"),
    ),
    _Difference(
        aspect="personal data without legal ground",
        holds=_personal_without_ground,
        kind="finding",
        severity="medium",
        declared=_box_ticked,
        difference=Words(nl="De grondslag ontbreekt.", en="The legal ground is missing."),
        refutation=_CORRECTED,
        norms=("gdpr-6-1", "gdpr-5-2"),
    ),
    _Difference(
        aspect="personal data without privacy notice",
        holds=_personal_without_notice,
        kind="finding",
        severity="low",
        declared=_box_ticked,
        difference=Words(
            nl="De link naar een privacyverklaring ontbreekt.",
            en="The link to a privacy notice is missing.",
        ),
        refutation=_CORRECTED,
        norms=("gdpr-13",),
    ),
    _Difference(
        aspect="legitimate interest of a public body",
        holds=_interest_of_public_body,
        kind="question",
        severity="medium",
        declared=_ground_f,
        difference=Words(
            nl="Een overheid kan deze grondslag niet gebruiken voor haar overheidstaken. "
            "Of dit een overheidstaak is, moet worden beoordeeld.",
            en="A public authority cannot use this ground for its tasks as an authority. "
            "Whether this is such a task remains to be assessed.",
        ),
        refutation=Words(
            nl="Uitleg dat dit geen overheidstaak is, of een andere grondslag.",
            en="An explanation that this is no such task, or another ground.",
        ),
        norms=("gdpr-6-1",),
    ),
    _Difference(
        aspect="theme cars for people",
        holds=_cars_for_people,
        kind="question",
        severity="info",
        declared=_theme,
        difference=Words(
            nl="Het thema past niet bij wat de sensor volgens de inschrijving meet.",
            en="The theme does not fit what the entry says that the sensor measures.",
        ),
        refutation=_CORRECTED,
        norms=("gdpr-5-2", "ap-smart-cities-2021"),
    ),
    _Difference(
        aspect="sentinel date",
        holds=_sentinel_date,
        kind="question",
        severity="info",
        declared=_until,
        difference=Words(
            nl="Zo ver weg lijkt dit een vulwaarde, en geen besluit over de einddatum.",
            en="So far away this looks like a filler, not like a decision on the end date.",
        ),
        refutation=Words(
            nl="Een besluit waarin deze datum staat.", en="A decision that states this date."
        ),
        norms=("gdpr-5-1-e", "apv-amsterdam-2-25a"),
    ),
    _Difference(
        aspect="nothing said of what is measured",
        holds=_says_nothing,
        kind="finding",
        severity="low",
        declared=_empty,
        difference=Words(
            nl="Zo is niet te zien wat de sensor verzamelt, en niet na te gaan of dat klopt.",
            en="So nobody can see what the sensor collects, nor check whether it is true.",
        ),
        refutation=_CORRECTED,
        norms=("gdpr-5-2", "ap-smart-cities-2021", "apv-amsterdam-2-25a"),
    ),
)


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one finding or question for each difference within each entry."""
    for comparison in context.comparisons:
        for difference in _DIFFERENCES:
            if difference.holds(comparison.entry):
                yield _finding(context, comparison.entry, difference)


def _finding(context: RuleContext, entry: RegisterEntry, found: _Difference) -> Finding:
    owner = owner_words(entry)
    return Finding(
        id=finding_id("D19", entry.entry_id, aspect=found.aspect),
        kind=found.kind,
        rule_id="D19",
        severity=found.severity,
        title=TITLE,
        entry_id=entry.entry_id,
        observed=_NO_TRAFFIC,
        declared=found.declared(entry),
        difference=found.difference,
        refutation=found.refutation,
        action=Words(
            nl=f"Vraag {owner.nl} om de inschrijving na te kijken en te verbeteren.",
            en=f"Ask {owner.en} to check and correct the entry.",
        ),
        norms=cite(found.norms, context.register, entry),
    )


RULE = Rule(
    id="D19",
    title=TITLE.en,
    reference="GDPR art. 5(2), 6 and 13; APV Amsterdam art. 2.25a",
    examine=examine,
)
