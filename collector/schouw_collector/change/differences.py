"""What is different in a later check: the one place where a change is told from noise."""

from collections.abc import Iterable, Iterator

from schouw_agent.vocabulary.categories import PRIVACY_CLASSES, covered_by
from schouw_collector.change.change import Change, Pair, change, words
from schouw_collector.change.finer_differences import finer_differences
from schouw_collector.change.fingerprint import QUESTION, DevicePrint, Fingerprint, Trait
from schouw_collector.change.recipient_differences import recipient_differences
from schouw_collector.change.recognition import Subject, subjects

_READABLE = 0.9
"""Share that must have been readable before "it did not" can be said."""
_INTERVALS = 3
"""How many of its intervals must pass unseen before a category is said to be gone."""


def differences(old: Fingerprint, new: Fingerprint) -> Iterator[Change]:
    """Yield what changed, subject by subject.

    A subject is a register entry, or a device that is bound to none; devices are known again by
    their best identifier (DevEUI, serial, MAC, client id, topic, IP address).  A category is gone
    only if the later check could have seen it; else that is not assessable.
    """
    pair = Pair(old, new)
    for subject in subjects(old, new):
        if not subject.old:
            yield from _new_device(pair, subject)
        elif not subject.new:
            yield from _unseen(pair, subject)
        else:
            earlier, later = telling(subject.old), telling(subject.new)
            yield from _categories(pair, subject, earlier, later)
            yield from recipient_differences(pair, subject)
            yield from finer_differences(pair, subject, earlier, later)
            yield from _gone(pair, subject, earlier)


def telling(devices: Iterable[DevicePrint]) -> dict[str, Trait]:
    """Return for each category that says something of the device its surest trait."""
    best: dict[str, Trait] = {}
    for device in devices:
        for trait in device.traits:
            before = best.get(trait.category)
            if trait.says_something and (before is None or trait.confidence > before.confidence):
                best[trait.category] = trait
    return best


def _new_device(pair: Pair, subject: Subject) -> Iterator[Change]:
    emitted = {c: t for c, t in telling(subject.new).items() if t.confidence >= QUESTION}
    if all(device.role in {"broker", "infrastructure"} for device in subject.new):
        emitted = {}
    if not emitted:
        yield change(pair, subject, "device", "device")
    for trait in emitted.values():
        yield change(pair, subject, "device", "device_sends", trait)


def _categories(
    pair: Pair, subject: Subject, earlier: dict[str, Trait], later: dict[str, Trait]
) -> Iterator[Change]:
    gained = [t for c, t in later.items() if c not in earlier and t.confidence >= QUESTION]
    if not pair.same_knowledge:
        for trait in gained:
            yield change(pair, subject, "knowledge", "knowledge", trait)
        return
    doubts: dict[str, str] = {}
    for trait in gained:
        suffix = {"served": "_served", "received": "_received"}.get(trait.direction, "")
        doubts[trait.category] = _caveat(pair, subject, trait)
        caveats = [doubts[trait.category]]
        if trait.category == "actuation_light_colour" and "actuation_light_level" in earlier:
            caveats.append("dimmed_before")
        yield change(
            pair,
            subject,
            "category",
            f"gained{suffix}",
            trait,
            caveats=filter(None, caveats),
            comes_with=_leader(trait, gained).category,
        )
    highest = max(gained, key=lambda t: (t.rank, _leader(t, gained) is t), default=None)
    was = max((trait.rank for trait in earlier.values()), default=-1)
    if highest is not None and 0 <= was < highest.rank:
        found = change(
            pair,
            subject,
            "privacy_class",
            "class_rose",
            category=highest.category,
            comes_with=_leader(highest, gained).category,
            old=words(f"class.{PRIVACY_CLASSES[was]}"),
            new=words(f"class.{PRIVACY_CLASSES[highest.rank]}"),
        )
        # It is about all that the subject sends; the category is said by a change of its own.
        declared = found.declaration == "declared"
        yield found.model_copy(
            update={
                "category": "",
                "declaration": "declared" if declared else "not_known",
                "uncertain": bool(doubts[highest.category]),
            }
        )


def _leader(trait: Trait, gained: Iterable[Trait]) -> Trait:
    """Return what a category comes along with, in the same messages; itself if with nothing."""
    channels = set(trait.channels)
    for other in gained:
        implied = trait.category in covered_by([other.category])
        if other is not trait and implied and channels <= set(other.channels):
            return other
    return trait


def _caveat(pair: Pair, subject: Subject, trait: Trait) -> str:
    """Return the key of why "it did not" is less than certain; empty if it is."""
    if not _readable(subject.old) or not pair.old.lossless:
        return "old_unread"
    return "old_brief" if pair.old.seconds < _needed(trait, pair.new) else ""


def _gone(pair: Pair, subject: Subject, earlier: dict[str, Trait]) -> Iterator[Change]:
    later = {trait.category for device in subject.new for trait in device.traits}
    for category, trait in earlier.items():
        if category in later or trait.confidence < QUESTION or category == "opaque_payload":
            continue
        if not pair.same_knowledge:
            yield change(pair, subject, "knowledge", "knowledge_lost", category=category)
            continue
        reason = ""
        if not pair.new.lossless:
            reason = "frames_lost"
        elif not _readable(subject.new):
            reason = "not_read"
        elif pair.new.seconds < max(pair.old.seconds, _needed(trait, pair.old)):
            reason = "too_brief"
        if reason:
            yield _not_assessable(pair, subject, category, reason)
        else:
            yield change(pair, subject, "gone", "lost", category=category)


def _unseen(pair: Pair, subject: Subject) -> Iterator[Change]:
    for category, trait in telling(subject.old).items():
        if trait.confidence >= QUESTION:
            yield _not_assessable(pair, subject, category, "device_unseen")


def _not_assessable(pair: Pair, subject: Subject, category: str, reason: str) -> Change:
    return change(
        pair,
        subject,
        "not_assessable",
        "lost_not_assessable",
        category=category,
        reason=words(f"compare.{reason}"),
    )


def _readable(devices: Iterable[DevicePrint]) -> bool:
    octets = unread = 0
    for device in devices:
        octets += device.octets
        unread += device.unread_octets
    return unread <= (1 - _READABLE) * octets


def _needed(trait: Trait, check: Fingerprint) -> float:
    """Return for how many seconds one must look before the absence of a trait says anything."""
    # Without an interval, it came once at most.
    interval = check.seconds if trait.longest_interval is None else trait.longest_interval
    return _INTERVALS * interval
