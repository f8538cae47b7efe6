"""What changed in data that were sent before: more often, of fewer people, in another way."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping

from schouw_agent.vocabulary.categories import CATEGORIES
from schouw_collector.change.change import Change, ChangeKind, Pair, change
from schouw_collector.change.fingerprint import QUESTION, DevicePrint, Trait
from schouw_collector.change.recognition import Subject
from schouw_collector.change.rhythm import CLEARLY, times_finer
from schouw_collector.change.varying import Known
from schouw_collector.saying.phrasing import duration

_SMALL_GROUP = 5
"""Counts below this are small; what was below it before is nothing to tell."""
_ENOUGH_COUNTS = 20
"""Messages, below which nobody can say that a smaller count never came."""
_MORE_RETURN = 0.2
"""By which the share that comes back must rise; it is told in steps of 0.05."""
_MOST = 20
"""Changes of one kind that are told of one subject."""

Traits = Mapping[str, Trait]


def finer_differences(
    pair: Pair, subject: Subject, earlier: Traits, later: Traits
) -> Iterator[Change]:
    """Yield what changed within what was sent before, and in the devices themselves."""
    for category, new in later.items():
        old = earlier.get(category)
        if old is not None and min(old.confidence, new.confidence) >= QUESTION:
            for tell in (_interval, _window, _group, _individual, _recurrence):
                yield from tell(pair, subject, old, new)
    yield from _paths(pair, subject, earlier, later)
    yield from _channels(pair, subject)
    yield from _protocols(pair, subject)
    yield from _capabilities(pair, subject)
    yield from _firmware(pair, subject)


def _interval(pair: Pair, subject: Subject, old: Trait, new: Trait) -> Iterator[Change]:
    factor = times_finer(old.rhythm, new.rhythm)
    if factor > 1 and old.rhythm and new.rhythm:
        yield change(
            pair,
            subject,
            "interval",
            "finer_interval",
            new,
            extent=_doublings(factor),
            old=duration(old.rhythm.seconds),
            new=duration(new.rhythm.seconds),
        )


def _window(pair: Pair, subject: Subject, old: Trait, new: Trait) -> Iterator[Change]:
    was, is_now = old.window_seconds, new.window_seconds
    if was and is_now and was >= CLEARLY * is_now:
        yield change(
            pair,
            subject,
            "window",
            "shorter_window",
            new,
            extent=_doublings(was / is_now),
            old=duration(was),
            new=duration(is_now),
        )


def _group(pair: Pair, subject: Subject, old: Trait, new: Trait) -> Iterator[Change]:
    """Tell that numbers became small that were not: of hundreds the least is chance."""
    was, is_now = old.smallest, new.smallest
    if was and is_now and was >= _SMALL_GROUP > is_now and was >= 2 * is_now:
        enough = max(_ENOUGH_COUNTS, new.messages)
        yield change(
            pair,
            subject,
            "group",
            "smaller_group",
            new,
            caveats=["old_brief"] if old.messages < enough else (),
            extent=_doublings(was / is_now),
            old=was,
            new=is_now,
        )


def _individual(pair: Pair, subject: Subject, old: Trait, new: Trait) -> Iterator[Change]:
    if old.aggregate and new.window_seconds is None and old.rank >= 2:
        yield change(pair, subject, "individual", "no_longer_aggregate", new)


def _recurrence(pair: Pair, subject: Subject, old: Trait, new: Trait) -> Iterator[Change]:
    was, is_now = old.recurrence, new.recurrence
    if was is not None and is_now is not None and is_now >= was + _MORE_RETURN - 1e-9:
        extent = round((is_now - was) / _MORE_RETURN)
        yield change(
            pair,
            subject,
            "recurrence",
            "more_return",
            new,
            extent=extent,
            old=round(was * 100),
            new=round(is_now * 100),
        )


def _paths(pair: Pair, subject: Subject, earlier: Traits, later: Traits) -> Iterator[Change]:
    """Yield new fields; those that bear a category that is new itself are told by that."""
    fields = {
        path: trait
        for device in subject.new
        for trait in device.traits
        for path in trait.sure_paths
        if _may_be_new(trait, earlier, later)
    }
    known = Known(_all(subject.old, lambda trait: trait.paths), ".")
    fresh = [path for path in sorted(fields) if path not in known]
    kind: ChangeKind = "path" if pair.same_knowledge else "knowledge"
    key = "new_path" if pair.same_knowledge else "knowledge_path"
    for path in fresh[:_MOST]:
        yield change(pair, subject, kind, key, fields[path], value=path, path=path)


def _may_be_new(trait: Trait, earlier: Traits, later: Traits) -> bool:
    known = CATEGORIES.get(trait.category)
    if known is None or known.ancillary:
        return False
    return trait.category not in later or trait.category in earlier


def _channels(pair: Pair, subject: Subject) -> Iterator[Change]:
    known = Known(_all(subject.old, lambda trait: trait.channels), "/")
    kind: ChangeKind = "channel" if pair.same_knowledge else "knowledge"
    key = "new_channel" if pair.same_knowledge else "knowledge_channel"
    fresh = [c for c in _all(subject.new, lambda trait: trait.channels) if c not in known]
    for channel in fresh[:_MOST]:
        yield change(pair, subject, kind, key, value=channel, channel=channel)


def _protocols(pair: Pair, subject: Subject) -> Iterator[Change]:
    known = set(_all(subject.old, lambda trait: trait.protocols))
    kind: ChangeKind = "protocol" if pair.same_knowledge else "knowledge"
    key = "new_protocol" if pair.same_knowledge else "knowledge_protocol"
    for protocol in _all(subject.new, lambda trait: trait.protocols):
        if protocol not in known:
            yield change(pair, subject, kind, key, value=protocol, protocol=protocol)


def _capabilities(pair: Pair, subject: Subject) -> Iterator[Change]:
    known = {capability for device in subject.old for capability in device.capabilities}
    for capability in sorted({c for device in subject.new for c in device.capabilities} - known):
        if capability in CATEGORIES and not CATEGORIES[capability].ancillary:
            kind: ChangeKind = "capability" if pair.same_knowledge else "knowledge"
            key = "capability" if pair.same_knowledge else "knowledge"
            yield change(pair, subject, kind, key, category=capability)


def _firmware(pair: Pair, subject: Subject) -> Iterator[Change]:
    known = {device.firmware for device in subject.old if device.firmware}
    fresh = {device.firmware for device in subject.new if device.firmware} - known
    for version in sorted(fresh) if known else ():
        old = ", ".join(sorted(known))
        yield change(pair, subject, "firmware", "firmware", value=version, old=old, new=version)


def _all(devices: Iterable[DevicePrint], part: Callable[[Trait], tuple[str, ...]]) -> list[str]:
    """Return a part of all traits, each name once, in order."""
    return sorted({name for device in devices for trait in device.traits for name in part(trait)})


def _doublings(factor: float) -> int:
    return max(1, round(math.log2(factor)))
