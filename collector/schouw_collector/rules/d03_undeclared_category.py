"""D03: a kind of data that the entry does not declare, no more sensitive than what it does.

One thing is told once: an undeclared category whose class lies above everything declared is
told by D04 alone; the tick box for personal data is told by D05, once for each entry.
"""

from collections.abc import Iterator

from schouw_collector.assessment import RuleContext
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
from schouw_collector.phrasing import category_name, messages
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words

TITLE = Words(
    nl="Verstuurt iets dat niet is aangemeld",
    en="Sends something that is not declared",
)
_NORMS = ("gdpr-5-1-b", "gdpr-5-1-c", "ap-smart-cities-2021", "apv-amsterdam-2-25a")
_NOT_PERSONAL = ("ap-smart-cities-2021", "apv-amsterdam-2-25a")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one finding or question for each undeclared category of each entry."""
    for comparison in context.comparisons:
        for seen in comparison.undeclared:
            if not rises(comparison, seen):
                yield _finding(context, comparison, seen)


def _finding(context: RuleContext, comparison: Comparison, seen: Observed) -> Finding:
    entry = comparison.entry
    name, count, forms = category_name(seen.category), messages(seen.messages), forms_of(seen)
    owner = owner_words(entry)
    people = seen.rank >= 2
    return Finding(
        id=finding_id("D03", entry.entry_id, seen.category),
        kind=kind_of(seen.confidence),
        rule_id="D03",
        severity=severity_of(seen.rank),
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=seen.device_ids,
        category=seen.category,
        observed=Words(
            nl=f"{name.nl} gezien in {count.nl}{forms.nl}.",
            en=f"{name.en} seen in {count.en}{forms.en}.",
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
            (*(_NORMS if people else _NOT_PERSONAL), *pseudonym_norms([seen.category])),
            context.register,
            entry,
        ),
        confidence=seen.confidence,
        evidence=evidence_of(seen.emissions),
    )


RULE = Rule(
    id="D03",
    title=TITLE.en,
    reference="GDPR art. 5(1)(b) and (c); APV Amsterdam art. 2.25a(2)",
    examine=examine,
)
