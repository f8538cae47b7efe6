"""What changed between two checks: function creep, and what must not be mistaken for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from schouw_agent.report import Device, Emission, Record
from schouw_agent.vocabulary.categories import CATEGORIES, PRIVACY_CLASSES
from schouw_collector.recognition import Subject, subjects
from schouw_collector.records import Assessment, Period, Words
from schouw_collector.wording import LANGUAGES, Wording

ChangeKind = Literal[
    "category", "device", "recipient", "privacy_class", "gone", "not_assessable", "knowledge"
]
_QUESTION, _FINDING = 0.5, 0.8
_READABLE = 0.9
"""Share that must have been readable before "it did not" can be said."""
_INTERVALS = 3
"""How many of its intervals must pass unseen before a category is said to be gone."""
_ALARMING = PRIVACY_CLASSES.index("pseudonymous")


class Change(Record):
    """One difference between the two checks, in words."""

    kind: ChangeKind
    entry_id: str = ""
    device_ids: tuple[str, ...] = ()
    """Of the later check."""
    category: str = ""
    recipient: str = ""
    privacy_class: str = ""
    undeclared: bool = False
    """The register, as it was at the later check, does not declare it."""
    confidence: float = 1.0
    text: Words


class Changes(Record):
    """What is different in the later of two checks."""

    old: Period
    new: Period
    knowledge_changed: bool
    """Vocabulary or detectors differ: a new category may be our own doing."""
    changes: tuple[Change, ...]

    @property
    def alarming(self) -> bool:
        """Return whether undeclared data about individuals have appeared, with certainty."""
        return any(
            change.kind in {"category", "device"}
            and change.undeclared
            and change.confidence >= _FINDING
            and change.privacy_class in PRIVACY_CLASSES[_ALARMING:]
            for change in self.changes
        )


@dataclass(frozen=True, slots=True)
class _View:
    """One check as the comparison needs it."""

    assessment: Assessment
    day: date
    seconds: float
    lossless: bool


def compare(old: Assessment, new: Assessment) -> Changes:
    """Return what changed, subject by subject.

    A subject is a register entry, or a device that is bound to none; devices are known again by
    their best identifier (DevEUI, serial, MAC, client id, topic, IP address).  A category is gone
    only if the later check could have seen it; else that is not assessable.
    """
    before, after = _view(old), _view(new)
    changes: list[Change] = []
    for subject in subjects(old, new):
        if not subject.old:
            changes += _new_device(subject, before, after)
        elif not subject.new:
            changes += _unseen(subject, before)
        else:
            changes += _categories(subject, before, after)
            changes += _recipients(subject, before)
            changes += _gone(subject, before, after)
    return Changes(
        old=old.period,
        new=new.period,
        knowledge_changed=old.knowledge != new.knowledge,
        changes=tuple(sorted(changes, key=_order)),
    )


def _order(change: Change) -> tuple[Any, ...]:
    kinds = ("category", "device", "privacy_class", "recipient", "gone", "knowledge")
    place = kinds.index(change.kind) if change.kind in kinds else len(kinds)
    rank = PRIVACY_CLASSES.index(change.privacy_class) if change.privacy_class in _RANKED else -1
    return (
        place,
        not change.undeclared,
        -rank,
        -change.confidence,
        change.entry_id,
        change.text.en,
    )


_RANKED = frozenset(PRIVACY_CLASSES)


def _view(assessment: Assessment) -> _View:
    start, end = assessment.period.start, assessment.period.end
    coverage = assessment.coverage
    lost = coverage.kernel_drops or coverage.truncated_frames or coverage.missed_octets
    lost = lost or coverage.partial
    return _View(assessment, start.date(), (end - start) / timedelta(seconds=1), not lost)


def _emitted(devices: Iterable[Device]) -> dict[str, Emission]:
    """Return for each category that says something of the device its surest emission."""
    best: dict[str, Emission] = {}
    for device in devices:
        for emission in device.emissions:
            known = CATEGORIES.get(emission.category)
            if known is None or known.ancillary or _says_nothing(emission.category):
                continue
            before = best.get(emission.category)
            if before is None or emission.confidence > before.confidence:
                best[emission.category] = emission
    return best


def _says_nothing(category: str) -> bool:
    return CATEGORIES[category].rank < 0 and category != "opaque_payload"


def _new_device(subject: Subject, before: _View, after: _View) -> Iterable[Change]:
    emitted = {id_: e for id_, e in _emitted(subject.new).items() if e.confidence >= _QUESTION}
    if all(device.role in {"broker", "infrastructure"} for device in subject.new):
        emitted = {}
    if not emitted:
        yield _change(subject, "device", "device", day=before.day)
    for category, emission in emitted.items():
        yield _change(
            subject, "device", "device_sends", emission, after, category=category, day=before.day
        )


def _categories(subject: Subject, before: _View, after: _View) -> Iterable[Change]:
    earlier, later = _emitted(subject.old), _emitted(subject.new)
    gained = {
        category: emission
        for category, emission in later.items()
        if category not in earlier and emission.confidence >= _QUESTION
    }
    known_alike = before.assessment.knowledge == after.assessment.knowledge
    kind: ChangeKind = "category" if known_alike else "knowledge"
    for category, emission in gained.items():
        key = "knowledge"
        if known_alike:
            suffix = {"served": "_served", "received": "_received"}.get(emission.direction, "")
            key = f"gained{suffix}"
        caveat = _caveat(subject, emission, before, after) if known_alike else ""
        yield _change(
            subject, kind, key, emission, after, caveat, category=category, day=before.day
        )
    highest = max((CATEGORIES[id_].rank for id_ in gained), default=-1)
    was = max((CATEGORIES[id_].rank for id_ in earlier), default=-1)
    if known_alike and 0 <= was < highest:
        yield _change(
            subject,
            "privacy_class",
            "class_rose",
            privacy_class=PRIVACY_CLASSES[highest],
            old=_class_name(was),
            new=_class_name(highest),
        )


def _caveat(subject: Subject, emission: Emission, before: _View, after: _View) -> str:
    """Return the key of why "it did not" is less than certain; empty if it is."""
    if not _readable(subject.old) or not before.lossless:
        return "old_unread"
    return "old_brief" if before.seconds < _needed(emission, after) else ""


def _recipients(subject: Subject, before: _View) -> Iterable[Change]:
    known = {
        name for device in subject.old for r in device.recipients for name in (r.host, r.address)
    }
    fresh = {
        r.key: r
        for device in subject.new
        for r in device.recipients
        if r.host not in known - {""} and r.address not in known - {""}
    }
    for key in sorted(fresh):
        yield _change(subject, "recipient", "recipient", recipient=key, day=before.day)


def _gone(subject: Subject, before: _View, after: _View) -> Iterable[Change]:
    later = {e.category for device in subject.new for e in device.emissions}
    for category, emission in _emitted(subject.old).items():
        if category in later or emission.confidence < _QUESTION or category == "opaque_payload":
            continue
        if before.assessment.knowledge != after.assessment.knowledge:
            yield _change(subject, "knowledge", "knowledge_lost", category=category, day=before.day)
            continue
        reason = ""
        if not after.lossless:
            reason = "frames_lost"
        elif not _readable(subject.new):
            reason = "not_read"
        elif after.seconds < max(before.seconds, _needed(emission, before)):
            reason = "too_brief"
        if reason:
            yield _not_assessable(subject, category, before.day, reason)
        else:
            yield _change(subject, "gone", "lost", category=category, day=before.day)


def _unseen(subject: Subject, before: _View) -> Iterable[Change]:
    for category, emission in _emitted(subject.old).items():
        if emission.confidence >= _QUESTION:
            yield _not_assessable(subject, category, before.day, "device_unseen")


def _not_assessable(subject: Subject, category: str, day: date, reason: str) -> Change:
    return _change(
        subject,
        "not_assessable",
        "lost_not_assessable",
        category=category,
        day=day,
        reason=_words(f"compare.{reason}"),
    )


def _readable(devices: Iterable[Device]) -> bool:
    octets = unread = 0
    for device in devices:
        octets += device.coverage.octets
        unread += device.coverage.missed_octets
        unread += sum(item.octets for item in device.coverage.undecoded)
    return unread <= (1 - _READABLE) * octets


def _needed(emission: Emission, view: _View) -> float:
    """Return for how many seconds one must look before the emission's absence says anything."""
    longest = max((i for i, count in enumerate(emission.intervals) if count), default=None)
    # Element i of the histogram ends at 2^(i-9) seconds.  Without one, it came once at most.
    interval = view.seconds if longest is None else 2.0 ** (longest - 9)
    return _INTERVALS * interval


def _change(
    subject: Subject,
    kind: ChangeKind,
    key: str,
    emission: Emission | None = None,
    after: _View | None = None,
    caveat: str = "",
    **values: Any,
) -> Change:
    category = values.get("category", "")
    shown = {**values, "subject": subject.name}
    if category:
        names = CATEGORIES[category]
        shown["category"] = Words(nl=f"“{names.nl}”", en=f"“{names.en}”")
    undeclared = after is not None and _undeclared(subject, category, after)
    texts = [_words(f"compare.{key}", **shown)]
    if undeclared and kind in {"category", "device"}:
        texts.append(_words("compare.gained_undeclared"))
    if caveat:
        texts.append(_words(f"compare.{caveat}", **shown))
    return Change(
        kind=kind,
        entry_id=subject.entry_id,
        device_ids=tuple(device.id for device in subject.new),
        category=category,
        recipient=values.get("recipient", ""),
        privacy_class=values.get(
            "privacy_class", CATEGORIES[category].privacy_class if category else ""
        ),
        undeclared=undeclared,
        confidence=emission.confidence if emission else 1.0,
        text=Words(nl=" ".join(t.nl for t in texts), en=" ".join(t.en for t in texts)),
    )


def _undeclared(subject: Subject, category: str, after: _View) -> bool:
    return any(
        verdict.category == category and verdict.verdict == "undeclared"
        for entry in after.assessment.entries
        if entry.entry_id == subject.entry_id
        for verdict in entry.verdicts
    )


def _class_name(rank: int) -> Words:
    return _words(f"class.{PRIVACY_CLASSES[rank]}")


def _words(key: str, **values: Any) -> Words:
    nl, en = (Wording(language)(key, **values) for language in LANGUAGES)
    return Words(nl=nl, en=en)
