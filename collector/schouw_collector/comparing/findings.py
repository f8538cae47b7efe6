"""How rules make findings: one identity, one scale of severity, and the evidence beside it."""

import uuid
from collections.abc import Iterable
from typing import Literal

from schouw_agent.report import Device, Emission
from schouw_agent.vocabulary import CATEGORIES, PRIVACY_CLASSES, covered_by
from schouw_collector.comparing.comparison import FINDING, Observed
from schouw_collector.records import Evidence, Severity, Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.naming import subject_of
from schouw_collector.saying.phrasing import category_names, same

Kind = Literal["finding", "question"]

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://schouw.example.org/finding")
_MOST_EVIDENCE = 20

PSEUDONYMOUS = PRIVACY_CLASSES.index("pseudonymous")
PERSONAL = PRIVACY_CLASSES.index("personal")
SPECIAL = PRIVACY_CLASSES.index("special_category")

NO_WORD_ON_PROTECTION = Words(
    nl="Het register zegt hier niets over. De beveiliging moet passen bij de gegevens.",
    en="The register says nothing of this. The protection must suit the data.",
)


def finding_id(
    rule_id: str, subject: str, category: str = "", recipient: str = "", aspect: str = ""
) -> str:
    """Return the UUIDv5 of a finding.

    `subject` is the entry, else `device_subject`.  `aspect` tells differences apart that are about
    neither a category nor a recipient.
    """
    parts = [rule_id, subject, category, recipient, *([aspect] if aspect else [])]
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


def device_subject(device: Device) -> str:
    """Return by what an unbound device is known the next time: its best identifier."""
    return subject_of(device)


def kind_of(confidence: float) -> Kind:
    """Return "finding" from 0.8, else "question"."""
    return "finding" if confidence >= FINDING else "question"


def severity_of(rank: int) -> Severity:
    """Return how serious data of this privacy class are, where they are not expected."""
    if rank >= PERSONAL:
        return "high"
    if rank >= PSEUDONYMOUS:
        return "medium"
    return "low"


def rank_of(category: str) -> int:
    """Return the position of a category's privacy class in the order; -1 for unknown."""
    known = CATEGORIES.get(category)
    return known.rank if known else -1


def worst_first(emissions: Iterable[tuple[str, Emission]]) -> list[str]:
    """Return the category ids of these emissions, the most sensitive first.

    Within a class: what implies others goes before what is implied, then the surest.  Categories
    about the device itself or without a known meaning are left out if there are others.
    """
    surest: dict[str, float] = {}
    for _, emission in emissions:
        known = surest.get(emission.category, 0.0)
        surest[emission.category] = max(known, emission.confidence)
    implied = {c: {i for i in covered_by([c]) if i != c} for c in surest}
    ordered = sorted(
        surest,
        key=lambda c: (-rank_of(c), any(c in i for i in implied.values()), -surest[c], c),
    )
    telling = [c for c in ordered if rank_of(c) >= 0 and not CATEGORIES[c].ancillary]
    return telling or ordered


def merged(seen: Iterable[Observed]) -> Observed:
    """Return observations as one, of its worst category, each message counted once."""
    rows = list(seen)
    emissions = tuple(row for observed in rows for row in observed.emissions)
    worst = worst_first(emissions)[0]
    confidence = next(observed.confidence for observed in rows if observed.category == worst)
    return Observed(category=worst, confidence=confidence, emissions=emissions)


def evidence_of(emissions: Iterable[tuple[str, Emission]]) -> tuple[Evidence, ...]:
    """Return the emissions that a finding rests on: at most twenty, the most frequent first."""
    rows = sorted(emissions, key=lambda row: (-row[1].messages, row[0], row[1].path))
    return tuple(
        Evidence(
            device_id=device_id,
            category=emission.category,
            path=emission.path,
            protocol=emission.protocol,
            channel=emission.channel,
            recipient=emission.recipient,
            form=emission.form,
            messages=emission.messages,
            confidence=emission.confidence,
            basis=emission.basis,
            first_seen=emission.first_seen,
            last_seen=emission.last_seen,
        )
        for device_id, emission in rows[:_MOST_EVIDENCE]
    )


def forms_of(observed: Observed) -> Words:
    """Return what the data look like, in brackets; empty if nothing says so."""
    forms = sorted({e.form for _, e in observed.emissions if e.form})[:3]
    return same(f" ({', '.join(forms)})" if forms else "")


def declared_words(entry: RegisterEntry) -> Words:
    """Return what an entry declares: its own words, and how they were read."""
    texts = [s.declared_text for s in entry.streams if s.declared_text]
    quoted = ", ".join(f"“{text}”" for text in texts)
    read = category_names(entry.declared_categories)
    if not texts:
        return Words(
            nl=f"Het register zegt niet wat de sensor meet. Naar het soort sensor: {read.nl}.",
            en=f"The register does not say what the sensor measures. By its type: {read.en}.",
        )
    return Words(
        nl=f"Het register zegt: {quoted}. Gelezen als: {read.nl}.",
        en=f"The register says: {quoted}. Read as: {read.en}.",
    )


def owner_words(entry: RegisterEntry | None) -> Words:
    """Return whom to ask."""
    if entry and entry.organisation:
        return same(entry.organisation)
    return Words(nl="de eigenaar van de sensor", en="the owner of the sensor")


def pseudonym_norms(categories: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the norms on pseudonyms, for those of these categories that are."""
    found = [c for c in categories if rank_of(c) == PSEUDONYMOUS]
    radio = any(c.startswith(("wifi_mac", "bluetooth_id", "device_trajectory")) for c in found)
    general = ("gdpr-4-5", "cjeu-edps-srb") if found else ()
    return (*general, "enschede-2021") if radio else general
