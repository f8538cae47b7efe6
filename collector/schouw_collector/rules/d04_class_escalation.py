"""D04: undeclared data of a more sensitive class than anything the entry declares."""

from collections.abc import Iterator

from schouw_agent.vocabulary import PRIVACY_CLASSES
from schouw_collector.assessment import RuleContext
from schouw_collector.comparison import Comparison, Observed, rises
from schouw_collector.findings import (
    SPECIAL,
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
from schouw_collector.phrasing import CLASS_NAMES, category_name, messages
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words

TITLE = Words(
    nl="Verstuurt gevoeliger gegevens dan aangemeld",
    en="Sends more sensitive data than declared",
)
_NORMS = ("gdpr-5-1-b", "gdpr-5-1-c", "gdpr-25", "gdpr-35", "apv-amsterdam-2-25a")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return one finding or question for each undeclared category whose class rises."""
    for comparison in context.comparisons:
        for seen in comparison.undeclared:
            if rises(comparison, seen):
                yield _finding(context, comparison, seen)


def _finding(context: RuleContext, comparison: Comparison, seen: Observed) -> Finding:
    entry = comparison.entry
    name, count, forms = category_name(seen.category), messages(seen.messages), forms_of(seen)
    owner = owner_words(entry)
    before = CLASS_NAMES[PRIVACY_CLASSES[max(comparison.declared_rank, 0)]]
    after = CLASS_NAMES[PRIVACY_CLASSES[seen.rank]]
    special = ("gdpr-9", "vng-2022") if seen.rank >= SPECIAL else ()
    return Finding(
        id=finding_id("D04", entry.entry_id, seen.category),
        kind=kind_of(seen.confidence),
        rule_id="D04",
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
            nl=f"{name.nl} staat niet in het register. Het gaat van “{before.nl}” naar "
            f"“{after.nl}”. Dit is een indeling om te screenen, geen juridisch oordeel.",
            en=f"{name.en} is not in the register. It goes from “{before.en}” to "
            f"“{after.en}”. This is a screening level, not a legal judgement.",
        ),
        refutation=Words(
            nl="Een inschrijving die dit noemt, of bewijs dat deze gegevens niet over mensen gaan.",
            en="An entry that names it, or proof that these data are not about people.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} waarvoor dit nodig is, en leg het voor aan de "
            "functionaris gegevensbescherming.",
            en=f"Ask {owner.en} what this is needed for, and put it to the "
            "data protection officer.",
        ),
        norms=cite((*_NORMS, *special, *pseudonym_norms([seen.category])), context.register, entry),
        confidence=seen.confidence,
        evidence=evidence_of(seen.emissions),
    )


RULE = Rule(
    id="D04",
    title=TITLE.en,
    reference="GDPR art. 5(1)(c), 25 and 35",
    examine=examine,
)
