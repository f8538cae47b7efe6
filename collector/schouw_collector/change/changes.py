"""What changed between two checks: function creep, and what must not be mistaken for it."""

from typing import Any

from schouw_agent.report import Record
from schouw_agent.vocabulary.categories import PRIVACY_CLASSES
from schouw_collector.change.change import Change, ChangeKind
from schouw_collector.change.differences import differences
from schouw_collector.change.fingerprint import FINDING, take
from schouw_collector.records import Assessment, Period

_ALARMING = PRIVACY_CLASSES.index("pseudonymous")
_ORDER: tuple[ChangeKind, ...] = ChangeKind.__args__  # type: ignore[attr-defined]


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
        return any(map(is_alarming, self.changes))


def compare(old: Assessment, new: Assessment) -> Changes:
    """Return what changed, the new things first, the worst of them first."""
    before, after = take(old), take(new)
    return Changes(
        old=old.period,
        new=new.period,
        knowledge_changed=old.knowledge != new.knowledge,
        changes=tuple(sorted(differences(before, after), key=importance)),
    )


def is_alarming(change: Change) -> bool:
    """Return whether a change is that undeclared data about individuals appeared, for certain."""
    return (
        change.kind in {"category", "device"}
        and change.undeclared
        and change.confidence >= FINDING
        and change.privacy_class in PRIVACY_CLASSES[_ALARMING:]
    )


def importance(change: Change) -> tuple[Any, ...]:
    """Return the order of changes: what is new, undeclared and about people first."""
    known = change.privacy_class in PRIVACY_CLASSES
    rank = PRIVACY_CLASSES.index(change.privacy_class) if known else -1
    return (
        _ORDER.index(change.kind),
        not change.undeclared,
        -rank,
        -change.confidence,
        change.entry_id,
        change.text.en,
    )
