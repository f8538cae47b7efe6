"""D05: the register's box for personal data says no, or nothing, and the data say otherwise."""

from collections.abc import Iterator

from schouw_collector.comparing.comparison import QUESTION, Comparison, Observed
from schouw_collector.comparing.findings import (
    PERSONAL,
    PSEUDONYMOUS,
    evidence_of,
    finding_id,
    kind_of,
    merged,
    owner_words,
    pseudonym_norms,
    worst_first,
)
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Severity, Words
from schouw_collector.saying.phrasing import category_name, category_names, messages

TITLE = Words(
    nl="Het vakje “persoonsgegevens” klopt mogelijk niet",
    en="The box “personal data” may not be right",
)
_NORMS = ("gdpr-13", "gdpr-30", "gdpr-5-2")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return at most one finding or question for each entry, on its most sensitive data.

    A finding for personal data where the box says no.  Pseudonymous data are a question: whether
    they are personal depends on who can trace them.  So is an empty box.
    """
    for comparison in context.comparisons:
        flag = comparison.entry.contains_personal_data
        seen = [
            o
            for o in comparison.observed.values()
            if o.rank >= PSEUDONYMOUS
            and o.confidence >= QUESTION
            and o.category not in comparison.elsewhere
        ]
        if flag is not True and seen:
            yield _finding(context, comparison, seen, flag is False)


def _finding(
    context: RuleContext, comparison: Comparison, seen: list[Observed], denied: bool
) -> Finding:
    entry = comparison.entry
    rank = max(o.rank for o in seen)
    # A finding on what is sure goes before a question on another category of the same class.
    top = [o for o in seen if o.rank == rank]
    worst = merged([o for o in top if kind_of(o.confidence) == "finding"] or top)
    everything = merged(seen)
    categories = worst_first(everything.emissions)
    # The reading of free text plays no part: the box is a box.
    confidence = min(worst.confidence, context.binding_confidence(entry.entry_id))
    personal = rank >= PERSONAL
    what = category_names(categories)
    name, owner = category_name(worst.category), owner_words(entry)
    count = messages(everything.messages)
    severity: Severity = "low" if not denied else "high" if personal else "medium"
    return Finding(
        id=finding_id("D05", entry.entry_id, worst.category),
        kind="finding" if personal and denied and kind_of(confidence) == "finding" else "question",
        rule_id="D05",
        severity=severity,
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=everything.device_ids,
        category=worst.category,
        observed=Words(nl=f"{what.nl} gezien in {count.nl}.", en=f"{what.en} seen in {count.en}."),
        declared=_declared(denied),
        difference=_difference(personal, name),
        refutation=Words(
            nl="Uitleg waarom niemand met deze gegevens een persoon kan herkennen, ook niet in "
            "combinatie met andere gegevens.",
            en="An explanation why nobody can recognise a person by these data, not even "
            "together with other data.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} of dit persoonsgegevens zijn, en waarom wel of niet. "
            "Laat de functionaris gegevensbescherming dit beoordelen.",
            en=f"Ask {owner.en} whether these are personal data, and why or why not. "
            "Let the data protection officer assess it.",
        ),
        norms=cite((*_NORMS, *pseudonym_norms(categories)), context.register, entry),
        confidence=confidence,
        evidence=evidence_of(everything.emissions),
    )


def _declared(denied: bool) -> Words:
    if denied:
        return Words(
            nl="Het register zegt: er worden geen persoonsgegevens verwerkt.",
            en="The register says: no personal data are processed.",
        )
    return Words(
        nl="Het register zegt niet of er persoonsgegevens worden verwerkt.",
        en="The register does not say whether personal data are processed.",
    )


def _difference(personal: bool, name: Words) -> Words:
    if personal:
        return Words(
            nl=f"{name.nl} is naar zijn soort een persoonsgegeven.",
            en=f"{name.en} is by its kind personal data.",
        )
    return Words(
        nl=f"{name.nl} kan een persoonsgegeven zijn. Dat hangt ervan af wie het tot een persoon "
        "kan herleiden, en hoe. Dit moet nog worden beoordeeld.",
        en=f"{name.en} may be personal data. That depends on who can trace it to a person, and "
        "how. This remains to be assessed.",
    )


RULE = Rule(
    id="D05",
    title=TITLE.en,
    reference="GDPR art. 4, 13 and 30",
    looks_at=Words(
        nl="Het vakje “persoonsgegevens” in het register, naast gegevens over personen, "
        "voertuigen of telefoons. Pseudonieme gegevens en een leeg vakje geven een vraag.",
        en="The register's box “personal data”, beside data about persons, vehicles or "
        "telephones. Pseudonymous data and an empty box give a question.",
    ),
    examine=examine,
)
