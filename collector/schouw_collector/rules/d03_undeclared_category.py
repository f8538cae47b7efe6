"""D03: a kind of data that the entry does not declare.

One story is told once: each undeclared category has one D03; what comes along with it in the same
messages (the signal strength beside an address) is named there.  That the class rises is said once
for each entry, by D04, which then bears the weight; the box for personal data is D05's.
"""

from collections.abc import Iterator

from schouw_agent.vocabulary import covered_by
from schouw_collector.comparison import Comparison, Observed, rises
from schouw_collector.findings import (
    declared_words,
    evidence_of,
    finding_id,
    forms_of,
    kind_of,
    owner_words,
    pseudonym_norms,
    severity_of,
)
from schouw_collector.norms import cite
from schouw_collector.phrasing import category_name, category_names, messages
from schouw_collector.plugins import Rule
from schouw_collector.records import SEVERITIES, Finding, Severity, Words
from schouw_collector.rule_context import RuleContext

TITLE = Words(nl="Verstuurt iets dat niet is aangemeld", en="Sends something that is not declared")
_PEOPLE = 2
_NORMS = ("gdpr-5-1-b", "gdpr-5-1-c")
_ALWAYS = ("ap-smart-cities-2021", "apv-amsterdam-2-25a")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one finding or question for each undeclared category of each entry."""
    for comparison in context.comparisons:
        for seen in comparison.undeclared:
            leaders = [o for o in comparison.undeclared if _comes_along(seen, o)]
            if not leaders:
                yield _finding(context, comparison, seen)


def _comes_along(seen: Observed, with_: Observed) -> bool:
    """Return whether one category is implied by another, and only ever travels with it."""
    implied = seen.category in covered_by([with_.category])
    if implied and with_.category in covered_by([seen.category]):
        implied = with_.category > seen.category  # two words for one: one of them leads
    return implied and _routes(seen) <= _routes(with_)


def _routes(seen: Observed) -> set[tuple[str, str, str]]:
    return {(device_id, e.channel, e.recipient) for device_id, e in seen.emissions}


def _finding(context: RuleContext, comparison: Comparison, seen: Observed) -> Finding:
    entry = comparison.entry
    name, count, forms = category_name(seen.category), messages(seen.messages), forms_of(seen)
    owner = owner_words(entry)
    company = [o for o in comparison.undeclared if _comes_along(o, seen)]
    along = category_names(o.category for o in company)
    general = _NORMS if seen.rank >= _PEOPLE else ()
    return Finding(
        id=finding_id("D03", entry.entry_id, seen.category),
        kind=kind_of(seen.confidence),
        rule_id="D03",
        severity=_severity(comparison, seen),
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=seen.device_ids,
        category=seen.category,
        observed=Words(
            nl=f"{name.nl} gezien in {count.nl}{forms.nl}."
            + (f" Samen met: {along.nl}." if company else ""),
            en=f"{name.en} seen in {count.en}{forms.en}."
            + (f" Together with: {along.en}." if company else ""),
        ),
        declared=declared_words(entry),
        difference=Words(
            nl=f"{name.nl} staat niet in het register.",
            en=f"{name.en} is not in the register.",
        ),
        refutation=Words(
            nl="Een inschrijving die dit noemt, of bewijs dat deze gegevens iets anders zijn.",
            en="An entry that names it, or proof that these data are something else.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} waarvoor dit nodig is. Pas daarna het register of de sensor aan.",
            en=f"Ask {owner.en} what this is needed for. Then change the register or the sensor.",
        ),
        norms=cite(
            (*general, *_ALWAYS, *pseudonym_norms([seen.category])), context.register, entry
        ),
        confidence=seen.confidence,
        evidence=evidence_of(row for o in (seen, *company) for row in o.emissions),
    )


def _severity(comparison: Comparison, seen: Observed) -> Severity:
    own = severity_of(seen.rank)
    return SEVERITIES[SEVERITIES.index(own) - 1] if rises(comparison, seen) else own


RULE = Rule(
    id="D03",
    title=TITLE.en,
    reference="GDPR art. 5(1)(b) and (c); APV Amsterdam art. 2.25a(2)",
    looks_at=Words(
        nl="Elke soort gegevens die een gekoppeld apparaat verstuurt en die de inschrijving "
        "niet noemt of meebedoelt. Gegevens over het apparaat zelf tellen niet mee.",
        en="Each kind of data that a bound device sends and that the entry neither names nor "
        "implies. Data about the device itself do not count.",
    ),
    examine=examine,
)
