"""What the devices of an entry can, what is declared of them, and what was seen: side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from schouw_agent.vocabulary.categories import CATEGORIES
from schouw_collector.records import EntryAssessment
from schouw_collector.saying.wording import Wording

_SENT = ("declared_and_observed", "undeclared")


@dataclass(frozen=True, slots=True)
class Abilities:
    """Three sentences, in the language of the reader."""

    can: tuple[str, ...]
    """One for each source."""
    declared: str
    seen: str


def abilities(entry: EntryAssessment, wording: Wording) -> Abilities | None:
    """Return what an entry's devices can beside what they are to do and do; None if nobody says.

    Data of the device itself are left out, as everywhere on the page.
    """
    by_source: dict[str, list[str]] = {}
    for ability in entry.capabilities:
        if _matters(ability.category):
            by_source.setdefault(ability.source, []).append(ability.category)
    if not by_source:
        return None
    sent = {v.category for v in entry.verdicts if v.verdict in _SENT}
    return Abilities(
        can=tuple(
            wording("abilities.can", what=_named(found, wording), who=_source(source, wording))
            for source, found in by_source.items()
        ),
        declared=wording("abilities.declared", what=_named(entry.declared_categories, wording)),
        seen=wording("abilities.seen", what=_named(sent, wording)),
    )


def _matters(category: str) -> bool:
    return category not in CATEGORIES or not CATEGORIES[category].ancillary


def _named(categories: Iterable[str], wording: Wording) -> str:
    names = [wording.category(id_) for id_ in sorted(categories) if _matters(id_)]
    return wording.several(names) if names else wording("abilities.nothing")


def _source(source: str, wording: Wording) -> str:
    key = f"abilities.by_{source}"
    return wording(key) if key in wording else source
