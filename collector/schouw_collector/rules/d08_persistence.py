"""D08: the same pseudonyms come back after they should have been forgotten.

Rests on estimates that the order file allowed (docs/recurrence.md): how many pseudonyms were seen
in two windows with a whole one between them, so at least the length of a window apart.  A sensor
that renews its pseudonyms sooner has none of those.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from schouw_agent.report import Emission, Estimate, PseudonymRecurrence
from schouw_agent.vocabulary import covered_by
from schouw_collector.comparing.comparison import QUESTION, Comparison, Observed
from schouw_collector.comparing.findings import (
    PSEUDONYMOUS,
    evidence_of,
    finding_id,
    kind_of,
    owner_words,
    pseudonym_norms,
)
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.registers.durations import seconds_of
from schouw_collector.saying.phrasing import category_name, duration, percent

TITLE = Words(nl="Dezelfde pseudoniemen komen terug", en="The same pseudonyms come back")
FEWEST_WINDOWS = 3
"""In fewer nobody can come back."""
LEAST_AGAIN = 10
"""Lower bound of the number that came back, for a finding."""
_DERIVED = ("wifi_mac_hashed", "bluetooth_id_hashed", "licence_plate_hashed")
"""Made from an identifier.  The others are numbers that may be given out again to somebody else."""
_COUNTS = 2
_NORMS = ("gdpr-5-1-e", "gdpr-4-5", "gdpr-25")


@dataclass(frozen=True, slots=True)
class _Recurring:
    """An emission of which it is known how many pseudonyms came back."""

    device_id: str
    emission: Emission
    recurrence: PseudonymRecurrence
    again: Estimate


@dataclass(frozen=True, slots=True)
class _Promise:
    """What the entry says that bears on how long a pseudonym lives."""

    words: Words
    seconds: float
    explicit: bool


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return at most one finding or question for each entry and kind of pseudonym.

    A finding only if the entry promises how often pseudonyms change, the windows are no shorter
    than that, and the lower bound of those that came back is ten.  Nothing without an estimate
    (none was allowed, or it was below ten), nor of an entry that promises nothing.
    """
    for comparison in context.comparisons:
        for seen in comparison.observed.values():
            if seen.rank != PSEUDONYMOUS or seen.confidence < QUESTION:
                continue
            found = _most_recurring(seen)
            promise = _promise(comparison, seen.category) if found else None
            if found and promise and found.recurrence.window_seconds >= promise.seconds:
                yield _finding(context, comparison, found, promise)


def _most_recurring(seen: Observed) -> _Recurring | None:
    found = [
        _Recurring(device_id, e, r, r.again)
        for device_id, e in seen.emissions
        if (r := e.recurrence) is not None and r.again is not None and r.windows >= FEWEST_WINDOWS
    ]
    return max(found, key=lambda f: f.again.low, default=None)


def _promise(comparison: Comparison, category: str) -> _Promise | None:
    """Return the strongest promise: renewal, else retention, else that nobody is recognised."""
    entry = comparison.entry
    own = [s for s in entry.streams if category in covered_by(s.categories)] or entry.streams
    renewals = [s.processing.salt_rotation_seconds for s in own if s.processing]
    stated = [seconds for seconds in renewals if seconds]
    if stated:
        span = duration(max(stated))
        words = Words(
            nl=f"Het register zegt: na {span.nl} krijgt iedereen een ander pseudoniem.",
            en=f"The register says: after {span.en} everybody gets another pseudonym.",
        )
        return _Promise(words, max(stated), explicit=True)
    kept = [seconds for s in own if (seconds := seconds_of(s.retention)) is not None]
    if kept:
        span = duration(max(kept))
        words = Words(
            nl=f"Het register zegt: de gegevens worden {span.nl} bewaard.",
            en=f"The register says: the data are kept for {span.en}.",
        )
        return _Promise(words, max(kept), explicit=False)
    if any(s.identifiability == "de_identified" for s in own) or (
        entry.contains_personal_data is False and 0 <= comparison.declared_rank <= _COUNTS
    ):
        words = Words(
            nl="Het register meldt geen gegevens per persoon, of zegt dat niemand te herkennen is.",
            en="The register declares no data on single persons, or says that nobody can be "
            "recognised.",
        )
        return _Promise(words, 0.0, explicit=False)
    return None


def _finding(
    context: RuleContext, comparison: Comparison, found: _Recurring, promise: _Promise
) -> Finding:
    entry, recurrence, again = comparison.entry, found.recurrence, found.again
    category = found.emission.category
    confidence = min(found.emission.confidence, context.binding_confidence(entry.entry_id))
    certain = promise.explicit and again.low >= LEAST_AGAIN and category in _DERIVED
    name, owner = category_name(category), owner_words(entry)
    window = duration(recurrence.window_seconds)
    share = percent(recurrence.share) if recurrence.share is not None else ""
    of = Words(nl=f", {share} van alle,", en=f", {share} of all,") if share else Words(nl="", en="")
    return Finding(
        id=finding_id("D08", entry.entry_id, category),
        kind=kind_of(confidence) if certain else "question",
        rule_id="D08",
        severity="medium" if promise.explicit else "low",
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=(found.device_id,),
        category=category,
        observed=Words(
            nl=f"{name.nl}: naar schatting {again.estimate} pseudoniemen (tussen {again.low} en "
            f"{again.high}){of.nl} kwamen na minstens {window.nl} terug.",
            en=f"{name.en}: an estimated {again.estimate} pseudonyms (between {again.low} and "
            f"{again.high}){of.en} came back after at least {window.en}.",
        ),
        declared=promise.words,
        difference=Words(
            nl="Wie deze berichten bewaart, kan zien dat dezelfde telefoon of hetzelfde voertuig "
            "terugkwam. Of dat gebeurt, en of het om persoonsgegevens gaat, is hier niet te zien.",
            en="Whoever keeps these messages can see that the same telephone or vehicle came back. "
            "Whether that is done, and whether these are personal data, cannot be seen here.",
        ),
        refutation=Words(
            nl="Bewijs dat het andere mensen zijn met toevallig hetzelfde pseudoniem, of dat het "
            "apparaten zijn die altijd op deze plek staan.",
            en="Proof that these are other people who happen to have the same pseudonym, or "
            "devices that always stand at this place.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} hoe de pseudoniemen worden gemaakt en wanneer zij veranderen.",
            en=f"Ask {owner.en} how the pseudonyms are made and when they change.",
        ),
        norms=cite((*_NORMS, *pseudonym_norms([category])), context.register, entry),
        confidence=confidence,
        evidence=evidence_of([(found.device_id, found.emission)]),
    )


RULE = Rule(
    id="D08",
    title=TITLE.en,
    reference="GDPR art. 5(1)(e), 4(5) and 25",
    looks_at=Words(
        nl="Pseudoniemen die terugkomen na de tijd die het register belooft: een schatting van "
        "tien of meer, in minstens drie vensters. Zonder schatting of belofte zegt deze regel "
        "niets.",
        en="Pseudonyms that come back after the time that the register promises: an estimate of "
        "ten or more, in at least three windows. Without an estimate or a promise this rule "
        "says nothing.",
    ),
    examine=examine,
)
