"""One difference between an earlier and a later check: what it is about, and how it is said."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from schouw_agent.report import Record
from schouw_agent.vocabulary.categories import CATEGORIES
from schouw_collector.change.fingerprint import FindingRef, Fingerprint, Trait
from schouw_collector.change.recognition import Subject
from schouw_collector.change.varying import shape
from schouw_collector.records import Words
from schouw_collector.saying.wording import LANGUAGES, Wording

ChangeKind = Literal[
    "category",
    "device",
    "privacy_class",
    "individual",
    "interval",
    "window",
    "group",
    "recurrence",
    "capability",
    "path",
    "recipient",
    "channel",
    "protocol",
    "firmware",
    "gone",
    "not_assessable",
    "knowledge",
]
Declaration = Literal["declared", "undeclared", "not_known"]

_RULES: Mapping[str, tuple[str, ...]] = {
    "category": ("D03", "D04", "D05"),
    "device": ("D01", "D02", "D03", "D04", "D05"),
    "privacy_class": ("D04", "D05"),
    "individual": ("D03", "D04", "D05", "D10"),
    "interval": ("D11",),
    "window": ("D10",),
    "group": ("D10",),
    "recurrence": ("D08", "D09"),
    "capability": ("D12", "D30"),
    "recipient": ("D06", "D07", "D23"),
}
"""Which rules hold the same against the declaration."""
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://schouw.example.org/change")


class Change(Record):
    """One difference between the two checks, in words."""

    id: str
    """UUIDv5 of subject, kind and what it is about: the same next time."""
    kind: ChangeKind
    subject: str = ""
    """Register entry, else the best identifier of the device."""
    entry_id: str = ""
    device_ids: tuple[str, ...] = ()
    """Of the later check."""
    category: str = ""
    recipient: str = ""
    value: str = ""
    """What else it is about: a key path, a topic, a protocol, a version."""
    extent: int = 0
    """How far it goes, in doublings, where that can be told: a larger one is another change."""
    privacy_class: str = ""
    declaration: Declaration = "not_known"
    """What the register, as it was at the later check, says of the category."""
    finding_ids: tuple[str, ...] = ()
    """Findings and questions of the later check that hold the same against the declaration."""
    cause: str = ""
    """Maker or topic, kind, and what it is about: one cause, one decision."""
    uncertain: bool = False
    """The earlier check was too short, or read too little, to say that it is new."""
    confidence: float = 1.0
    text: Words

    @property
    def undeclared(self) -> bool:
        """Return whether the register does not declare it."""
        return self.declaration == "undeclared"


@dataclass(frozen=True)
class Pair:
    """The two checks that are compared."""

    old: Fingerprint
    new: Fingerprint

    @property
    def day(self) -> date:
        """Return the day of the earlier check."""
        return self.old.period.start.date()

    @property
    def same_knowledge(self) -> bool:
        """Return whether the same vocabulary and detectors looked both times."""
        return self.old.knowledge == self.new.knowledge

    @cached_property
    def findings(self) -> Mapping[str, list[FindingRef]]:
        """Return the findings of the later check by entry and by device without one."""
        found: dict[str, list[FindingRef]] = {}
        for finding in self.new.findings:
            for about in [finding.entry_id] if finding.entry_id else finding.device_ids:
                found.setdefault(about, []).append(finding)
        return found

    @cached_property
    def declarations(self) -> Mapping[tuple[str, str], Declaration]:
        """Return what is declared, by entry and category of the later check."""
        said: dict[tuple[str, str], Declaration] = {}
        for entry in self.new.entries:
            said.update(((entry.entry_id, c), "declared") for c in entry.declared)
            said.update(((entry.entry_id, c), "undeclared") for c in entry.undeclared)
        return said


def change(
    pair: Pair,
    subject: Subject,
    kind: ChangeKind,
    key: str,
    trait: Trait | None = None,
    *,
    caveats: Iterable[str] = (),
    category: str = "",
    recipient: str = "",
    value: str = "",
    extent: int = 0,
    comes_with: str = "",
    **shown: Any,
) -> Change:
    """Return a change, with its text from the group `compare` of the locale files.

    `comes_with`: the category of which this one is a consequence, for the cause.
    """
    category = category or (trait.category if trait else "")
    values = {"subject": subject.name, "day": pair.day, "recipient": recipient, **shown}
    if category:
        names = CATEGORIES[category]
        values["category"] = Words(nl=f"“{names.nl}”", en=f"“{names.en}”")
    declaration: Declaration = "not_known"
    if subject.entry_id and kind not in {"gone", "not_assessable"}:
        declaration = pair.declarations.get((subject.entry_id, category), "not_known")
    texts = [words(f"compare.{key}", **values)]
    if kind in {"category", "device"} and declaration != "not_known":
        texts.append(words(f"compare.gained_{declaration}"))
    caveats = list(caveats)
    texts += [words(f"compare.{caveat}", **values) for caveat in caveats]
    about = "\x1f".join((category, shape(value), recipient, str(extent)))
    return Change(
        id=str(uuid.uuid5(_NAMESPACE, f"{kind}\x1f{subject.key}\x1f{about}")),
        kind=kind,
        subject=subject.key,
        entry_id=subject.entry_id,
        device_ids=tuple(device.id for device in subject.new),
        category=category,
        recipient=recipient,
        value=value,
        extent=extent,
        privacy_class=CATEGORIES[category].privacy_class if category else "",
        declaration=declaration,
        finding_ids=_finding_ids(pair, subject, kind, category, recipient),
        cause=_cause(subject, kind, about, value, comes_with or category),
        uncertain=any(caveat.startswith("old_") for caveat in caveats),
        confidence=trait.confidence if trait else 1.0,
        text=Words(nl=" ".join(t.nl for t in texts), en=" ".join(t.en for t in texts)),
    )


def _cause(subject: Subject, kind: str, about: str, value: str, category: str) -> str:
    """Return what changes have in common that one decision is enough for.

    A rise in class is a consequence of the category; a new recipient is one, whose devices they be.
    """
    if kind == "recipient":
        return f"recipient\x1f{value}"
    if kind in {"category", "privacy_class"}:
        return "\x1f".join((_maker(subject), "category", category))
    return "\x1f".join((_maker(subject), kind, about))


def _maker(subject: Subject) -> str:
    """Return of whom or in what place of the topics devices are that change alike."""
    devices = subject.new or subject.old
    known = next((device.maker for device in devices if device.maker), "")
    if known:
        return known
    channels = sorted({shape(c) for d in devices for t in d.traits for c in t.channels})
    return channels[0] if channels else subject.key


def _finding_ids(
    pair: Pair, subject: Subject, kind: str, category: str, recipient: str
) -> tuple[str, ...]:
    abouts = [subject.entry_id] if subject.entry_id else [d.id for d in subject.new]
    return tuple(
        dict.fromkeys(
            finding.id
            for about in abouts
            for finding in pair.findings.get(about, ())
            if finding.rule_id in _RULES.get(kind, ())
            and finding.category in {"", category}
            and (kind != "recipient" or finding.recipient in {"", recipient})
        )
    )


def words(key: str, **values: Any) -> Words:
    """Return a text of the locale files in both languages."""
    nl, en = (Wording(language)(key, **values) for language in LANGUAGES)
    return Words(nl=nl, en=en)
