"""D20: data that an algorithm must have made, and no algorithm in the register of algorithms."""

import re
from collections.abc import Iterator, Sequence

from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.comparing.comparison import QUESTION, Comparison, Observed
from schouw_collector.comparing.findings import (
    SPECIAL,
    evidence_of,
    finding_id,
    merged,
    owner_words,
    rank_of,
)
from schouw_collector.comparing.norms import cite
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.declared.algorithms import Algorithm
from schouw_collector.plugins import Rule
from schouw_collector.records import Finding, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.phrasing import category_names, listed, same

TITLE = Words(
    nl="Algoritme niet gevonden in het algoritmeregister",
    en="Algorithm not found in the register of algorithms",
)
_BY_AI = frozenset(
    {"process__ai_system", "ai:biometric_recognition", "tech__facial_characterization"}
)
"""Elements of DTPR that say that a model made the data."""
_ALSO = frozenset({"face_template", "voice_print", "gait_signature"})
"""Biometric templates: nothing but a model makes them."""
_KEYWORDS = {
    "sound_event_class": r"geluid|sound|audio|acoust|akoest",
    "voice_aggression_event": r"agress|stem|voice|geluid|schreeuw",
    "behaviour_anomaly": r"gedrag|behav|geweld|violen|anomal|afwijk|incident",
    "age_estimate": r"leeftijd|\bage\b|demogra|publieksmeting|audience",
    "gender_estimate": r"geslacht|gender|demogra|publieksmeting|audience",
    "emotion_mood": r"emoti|stemming|\bmood",
    "gaze_attention": r"kijk|blik|gaze|attention|aandacht|publieksmeting|audience",
    "appearance_attributes": r"uiterlijk|kleding|kenmerk|appearance|attribut|cloth",
    "ethnicity_inference": r"etni|ethni|afkomst|huidskleur",
    "face_match": r"gezicht|\bfac(?:e|ial)|biometr",
    "face_template": r"gezicht|\bfac(?:e|ial)|biometr",
    "voice_print": r"stem|voice|spreker|speaker|biometr",
    "gait_signature": r"loop|gait|biometr",
}
_IN_USE = frozenset({"in gebruik", "in use", "active", "actief"})
_EXPOSES = frozenset({"emotion_mood", "ethnicity_inference", "gender_estimate", "age_estimate"})
_SHORTEST_NAME = 5
_NORMS = ("algorithm-register", "ap-smart-cities-2021")


def examine(context: RuleContext) -> Iterator[Finding]:
    """Return at most one question for each entry that sends what only a model can have made.

    Nothing without a register of algorithms, nor if an algorithm in use names the entry or its
    application, is named by it, or is of the same organisation and about the like.
    """
    if context.algorithms is None:
        return
    for comparison in context.comparisons:
        seen = [
            o
            for o in comparison.observed.values()
            if o.confidence >= QUESTION
            and _is_by_ai(o.category)
            and o.category not in comparison.elsewhere
        ]
        missing = [o for o in seen if not _is_registered(comparison.entry, o, context.algorithms)]
        if missing:
            yield _question(context, comparison, missing, context.algorithms)


def _is_by_ai(category: str) -> bool:
    known = CATEGORIES.get(category)
    return category in _ALSO or bool(known and _BY_AI.intersection(known.dtpr))


def _is_registered(entry: RegisterEntry, seen: Observed, known: Sequence[Algorithm]) -> bool:
    return any(_is_in_use(a) and _is_meant(entry, seen.category, a) for a in known)


def _is_in_use(algorithm: Algorithm) -> bool:
    """Return whether an algorithm is said to be in use; one without a status is not denied it."""
    return not algorithm.status or algorithm.status.strip().casefold() in _IN_USE


def _is_named(entry: RegisterEntry, algorithm: Algorithm) -> bool:
    named = {reference.strip().casefold() for reference in entry.algorithms}
    return bool(named & {algorithm.id.casefold(), algorithm.name.casefold()})


def _is_meant(entry: RegisterEntry, category: str, algorithm: Algorithm) -> bool:
    if _is_named(entry, algorithm):
        return True
    text = "\n".join(
        (algorithm.name, algorithm.goal, algorithm.source_data, *algorithm.tags)
    ).casefold()
    names = (entry.entry_id, entry.name, entry.application_id)
    if any(len(n) >= _SHORTEST_NAME and _holds(text, n.casefold()) for n in names):
        return True
    ours, theirs = entry.organisation.casefold(), algorithm.organisation.casefold()
    same_house = not ours or not theirs or ours in theirs or theirs in ours
    return same_house and bool(re.search(_KEYWORDS.get(category, r"(?!)"), text))


def _holds(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _question(
    context: RuleContext,
    comparison: Comparison,
    missing: list[Observed],
    known: Sequence[Algorithm],
) -> Finding:
    entry, everything = comparison.entry, merged(missing)
    ordered = sorted((o.category for o in missing), key=lambda c: (-rank_of(c), c))
    what, owner = category_names(ordered), owner_words(entry)
    emotional = ("ai-act-50-3",) if set(ordered) & _EXPOSES else ()
    return Finding(
        id=finding_id("D20", entry.entry_id, ordered[0]),
        kind="question",
        rule_id="D20",
        severity="medium" if rank_of(ordered[0]) >= SPECIAL else "low",
        title=TITLE,
        entry_id=entry.entry_id,
        device_ids=everything.device_ids,
        category=ordered[0],
        observed=Words(
            nl=f"{what.nl} gezien. Zulke gegevens maakt een algoritme.",
            en=f"{what.en} seen. Such data are made by an algorithm.",
        ),
        declared=_declared(entry, known),
        difference=Words(
            nl="In het algoritmeregister dat is gegeven, is geen algoritme in gebruik gevonden dat "
            "hierbij hoort. Er is gezocht op verwijzing, naam en onderwerp.",
            en="In the register of algorithms that was given, no algorithm in use was found that "
            "belongs to it. It was searched by reference, name and subject.",
        ),
        refutation=Words(
            nl="De vermelding in het algoritmeregister, of bewijs dat geen algoritme dit maakt.",
            en="Its entry in the register of algorithms, or proof that no algorithm makes this.",
        ),
        action=Words(
            nl=f"Vraag {owner.nl} welk algoritme dit maakt. Zet het in het algoritmeregister, en "
            "de verwijzing in het sensorregister.",
            en=f"Ask {owner.en} which algorithm makes this. Put it in the register of algorithms, "
            "and the reference in the register of sensors.",
        ),
        norms=cite((*_NORMS, *emotional), context.register, entry),
        confidence=min(everything.confidence, context.binding_confidence(entry.entry_id)),
        evidence=evidence_of(everything.emissions),
    )


def _declared(entry: RegisterEntry, known: Sequence[Algorithm]) -> Words:
    if not entry.algorithms:
        return Words(nl="De inschrijving noemt geen algoritme.", en="The entry names no algorithm.")
    names = listed(same(f"“{reference}”") for reference in entry.algorithms)
    found = [a for a in known if _is_named(entry, a)]
    states = listed(same(f"“{a.status}”") for a in found if a.status)
    if found:
        return Words(
            nl=f"De inschrijving noemt {names.nl}. Daarvan is de status: {states.nl}.",
            en=f"The entry names {names.en}. The status of that is: {states.en}.",
        )
    return Words(
        nl=f"De inschrijving noemt {names.nl}. Dat staat niet in het algoritmeregister.",
        en=f"The entry names {names.en}. That is not in the register of algorithms.",
    )


RULE = Rule(
    id="D20",
    title=TITLE.en,
    reference="Algorithm register of the Dutch government; APK item 6",
    looks_at=Words(
        nl="Gegevens die alleen een algoritme kan maken, zonder een algoritme in gebruik in het "
        "algoritmeregister dat is gegeven. Altijd een vraag.",
        en="Data that only an algorithm can make, without an algorithm in use in the register "
        "of algorithms that was given. Always a question.",
    ),
    examine=examine,
)
