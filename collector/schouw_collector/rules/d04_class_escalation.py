"""D04: undeclared data of a more sensitive class than anything the entry declares."""

from collections.abc import Iterator

from schouw_agent.vocabulary import PRIVACY_CLASSES
from schouw_collector.comparing.comparison import Comparison, Observed, rises
from schouw_collector.comparing.findings import (
    SPECIAL,
    declared_words,
    evidence_of,
    finding_id,
    kind_of,
    merged,
    owner_words,
    pseudonym_norms,
    severity_of,
    worst_first,
)
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.saying.phrasing import CLASS_NAMES, category_names

TITLE = Words(
    nl="Verstuurt gevoeliger gegevens dan aangemeld", en="Sends more sensitive data than declared"
)
_NORMS = ("gdpr-5-1-c", "gdpr-25", "gdpr-35", "apv-amsterdam-2-25a")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return at most one finding or question for each entry, on its most sensitive class.

    What exactly is undeclared is told for each category by D03.
    """
    for comparison in context.comparisons:
        risen = [seen for seen in comparison.undeclared if rises(comparison, seen)]
        # A finding on what is sure goes before a question on what may be more sensitive still.
        sure = [seen for seen in risen if kind_of(seen.confidence) == "finding"]
        if risen:
            yield _finding(context, comparison, sure or risen)


def _finding(context: RuleContext, comparison: Comparison, risen: list[Observed]) -> Finding:
    entry, rank = comparison.entry, max(seen.rank for seen in risen)
    worst = merged(seen for seen in risen if seen.rank == rank)
    categories = worst_first(worst.emissions)
    names, owner = category_names(categories), owner_words(entry)
    before = CLASS_NAMES[PRIVACY_CLASSES[max(comparison.declared_rank, 0)]]
    after = CLASS_NAMES[PRIVACY_CLASSES[rank]]
    special = ("gdpr-9", "vng-2022") if rank >= SPECIAL else ()
    return Finding(
        id=finding_id("D04", entry.entry_id, worst.category),
        kind=kind_of(worst.confidence),
        rule_id="D04",
        severity=severity_of(rank),
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=worst.device_ids,
        category=worst.category,
        observed=Words(
            nl=f"Gezien: {names.nl}. Dat zijn {after.nl}.",
            en=f"Seen: {names.en}. These are {after.en}.",
        ),
        declared=declared_words(entry),
        difference=Words(
            nl=f"Aangemeld zijn {before.nl}. Gezien zijn {after.nl}. "
            "Dit is een indeling om te screenen, geen juridisch oordeel.",
            en=f"Declared are {before.en}. Seen are {after.en}. "
            "This is a screening level, not a legal judgement.",
        ),
        refutation=Words(
            nl="Een inschrijving die dit noemt, of bewijs dat deze gegevens niet over mensen gaan.",
            en="An entry that names it, or proof that these data are not about people.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} waarvoor dit nodig is. Leg het voor aan de functionaris "
            "gegevensbescherming.",
            en=f"Ask {owner.en} what this is needed for. Put it to the data protection officer.",
        ),
        norms=cite(
            (*_NORMS, *special, *pseudonym_norms(categories)),
            context.register,
            entry,
        ),
        confidence=worst.confidence,
        evidence=evidence_of(worst.emissions),
    )


RULE = Rule(
    id="D04",
    title=TITLE.en,
    reference="GDPR art. 5(1)(c), 25 and 35",
    looks_at=Words(
        nl="Niet-aangemelde gegevens die meer over mensen zeggen dan alles wat de "
        "inschrijving noemt.",
        en="Undeclared data that say more about people than anything that the entry names.",
    ),
    examine=examine,
)
