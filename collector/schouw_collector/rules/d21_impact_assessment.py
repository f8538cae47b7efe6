"""D21: the impact assessment (DPIA) does not say what is seen, is older than it, or is missing."""

from collections.abc import Iterator
from datetime import UTC, date, timedelta

from schouw_agent.vocabulary import covered_by
from schouw_collector.comparing.comparison import QUESTION, Comparison, Observed
from schouw_collector.comparing.findings import (
    PERSONAL,
    PSEUDONYMOUS,
    evidence_of,
    finding_id,
    kind_of,
    merged,
    owner_words,
    rank_of,
)
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.declared.assessed import Assessed, assessed, says_none
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Severity, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import category_names, day

TITLE = Words(
    nl="De DPIA past niet bij wat er is gezien",
    en="The impact assessment does not fit what was seen",
)
TITLE_MISSING = Words(
    nl="Geen DPIA genoemd voor wat er is gezien",
    en="No impact assessment is named for what was seen",
)
NEW_AFTER_DAYS = 7
"""Days that a device was seen without a kind of data before that is called new."""
_NORMS = ("gdpr-35", "gdpr-35-11", "ap-smart-cities-2021")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return at most one finding or question for each entry that sends data about individuals.

    A finding only for personal data that an assessment does not list though it lists others.  A
    question for other data, for an assessment that is older than a change, and where the governance
    file or the entry says that there is none.  A register without a word on it says nothing.
    """
    for comparison in context.comparisons:
        seen = _sensitive(comparison)
        if not seen:
            continue
        known = assessed(comparison.entry, context.governance)
        if known is not None:
            yield from _not_listed(context, comparison, seen, known)
        elif _is_said_to_be_missing(context, comparison.entry):
            yield _missing(context, comparison, seen)


def _sensitive(comparison: Comparison) -> list[Observed]:
    """Return what is personal; also what is pseudonymous, where the register calls it personal."""
    admitted = comparison.entry.contains_personal_data is True
    least = PSEUDONYMOUS if admitted else PERSONAL
    return [
        o
        for o in comparison.observed.values()
        if o.rank >= least and o.confidence >= QUESTION and o.category not in comparison.elsewhere
    ]


def _is_said_to_be_missing(context: RuleContext, entry: RegisterEntry) -> bool:
    if says_none(entry):
        return True
    return context.governance is not None and context.governance.impact_assessments is not None


def _not_listed(
    context: RuleContext, comparison: Comparison, seen: list[Observed], known: Assessed
) -> Iterator[Finding]:
    """Yield what the assessments leave out; else that they are older than a change."""
    covered = covered_by(known.categories)
    left_out = [o for o in seen if o.category not in covered]
    if known.categories and left_out:
        what = category_names(sorted(o.category for o in left_out))
        listed = category_names(known.categories)
        yield _finding(
            context,
            comparison,
            left_out,
            "categories",
            certain=True,
            declared=Words(
                nl=f"De DPIA gaat over: {listed.nl}.", en=f"The assessment is about: {listed.en}."
            ),
            difference=Words(
                nl=f"De DPIA noemt dit niet: {what.nl}.",
                en=f"The assessment does not name this: {what.en}.",
            ),
        )
        return
    if known.dated is None:
        return
    dated, changed = day(known.dated), comparison.entry.changed_at
    declared = Words(nl=f"De DPIA is van {dated.nl}.", en=f"The assessment is of {dated.en}.")
    new = [o for o in left_out if _is_new(comparison, o, known.dated)]
    if new:
        yield _finding(
            context,
            comparison,
            new,
            "age",
            declared=declared,
            difference=Words(
                nl="Deze gegevens zijn pas daarna gezien. De sensor was al in beeld, en zonder "
                "deze gegevens.",
                en="These data were seen only after that. The sensor was in view before, without "
                "them.",
            ),
        )
    elif changed is not None and changed > known.dated:
        since = day(changed)
        yield _finding(
            context,
            comparison,
            seen,
            "age",
            severity="low",
            declared=declared,
            difference=Words(
                nl=f"De inschrijving is daarna veranderd, op {since.nl}.",
                en=f"The entry was changed after that, on {since.en}.",
            ),
        )


def _is_new(comparison: Comparison, seen: Observed, dated: date) -> bool:
    """Return whether a kind of data began after a day, on devices that were seen well before."""
    began = min(e.first_seen for _, e in seen.emissions)
    senders = [d for d in comparison.devices if d.id in seen.device_ids]
    known = min(d.first_seen for d in senders)
    return began.astimezone(UTC).date() > dated and began - known >= timedelta(NEW_AFTER_DAYS)


def _missing(context: RuleContext, comparison: Comparison, seen: list[Observed]) -> Finding:
    return _finding(
        context,
        comparison,
        seen,
        "missing",
        declared=Words(
            nl="Voor deze inschrijving is geen DPIA genoemd.",
            en="No impact assessment is named for this entry.",
        ),
        difference=Words(
            nl="Er gaan gegevens over personen om. Of een DPIA moet, hangt af van het risico. Dat "
            "is hier niet beoordeeld.",
            en="Data about persons are involved. Whether an assessment is required depends on the "
            "risk. That was not assessed here.",
        ),
    )


def _finding(
    context: RuleContext,
    comparison: Comparison,
    seen: list[Observed],
    aspect: str,
    *,
    certain: bool = False,
    severity: Severity = "medium",
    declared: Words,
    difference: Words,
) -> Finding:
    entry, everything = comparison.entry, merged(seen)
    what = category_names(sorted((o.category for o in seen), key=lambda c: (-rank_of(c), c)))
    owner = owner_words(entry)
    confidence = min(everything.confidence, context.binding_confidence(entry.entry_id))
    certain = certain and rank_of(everything.category) >= PERSONAL
    return Finding(
        id=finding_id("D21", entry.entry_id, everything.category, aspect=aspect),
        kind=kind_of(confidence) if certain else "question",
        rule_id="D21",
        severity=severity,
        title=TITLE_MISSING if aspect == "missing" else TITLE,
        entry_id=entry.entry_id,
        device_ids=everything.device_ids,
        category=everything.category,
        observed=Words(nl=f"{what.nl} gezien.", en=f"{what.en} seen."),
        declared=declared,
        difference=difference,
        refutation=Words(
            nl="Een DPIA die deze gegevens wel beoordeelt, of bewijs dat het geen persoonsgegevens "
            "zijn.",
            en="An assessment that does deal with these data, or proof that they are not personal.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} om de DPIA. Laat de functionaris gegevensbescherming kijken of "
            "zij nog past, of nodig is.",
            en=f"Ask {owner.en} for the impact assessment. Let the data protection officer see "
            "whether it still fits, or is needed.",
        ),
        norms=cite(_NORMS, context.register, entry),
        confidence=confidence,
        evidence=evidence_of(everything.emissions),
    )


RULE = Rule(
    id="D21",
    title=TITLE.en,
    reference="GDPR art. 35(1) and 35(11)",
    looks_at=Words(
        nl="Een DPIA die de geziene gegevens niet noemt, ouder is dan een verandering, of "
        "ontbreekt waar wel over DPIA's is verklaard.",
        en="An impact assessment that does not name the data that are seen, is older than a "
        "change, or is missing where assessments were declared.",
    ),
    examine=examine,
)
