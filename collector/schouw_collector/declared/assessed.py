"""What somebody has already weighed: the impact assessments of an entry, taken together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schouw_collector.declared.governance import Governance, ImpactAssessment
from schouw_collector.registers.register_entry import Dpia, RegisterEntry

_NONE = frozenset({"nee", "geen", "none", "no", "niet uitgevoerd", "not done"})


@dataclass(frozen=True, slots=True)
class Assessed:
    """What impact assessments say of an entry."""

    categories: tuple[str, ...]
    """Category ids that they list, in their own words, sorted; empty: none of them lists any."""
    dated: date | None
    """The newest date or review."""


def assessed(entry: RegisterEntry, governance: Governance | None) -> Assessed | None:
    """Return what the impact assessments of an entry say together; None if none is known."""
    known = list(_known(entry, governance))
    if not known:
        return None
    categories = {category for each in known for category in each.categories}
    dates = [day for each in known for day in (each.dated, each.reviewed) if day]
    return Assessed(tuple(sorted(categories)), max(dates, default=None))


def assessed_categories(entry: RegisterEntry, governance: Governance | None) -> frozenset[str]:
    """Return the category ids that an impact assessment of the entry names, in its own words."""
    found = assessed(entry, governance)
    return frozenset(found.categories if found else ())


def says_none(entry: RegisterEntry) -> bool:
    """Return whether the entry itself says that there is no impact assessment."""
    return entry.dpia is not None and entry.dpia.status.strip().casefold() in _NONE


def stated_for(
    governance: Governance | None, entry_id: str, application_id: str = ""
) -> Iterator[ImpactAssessment]:
    """Return the assessments that a governance file states for an entry or its applications."""
    if governance is None:
        return
    applications = {a.id for a in governance.applications if entry_id in a.entries}
    applications |= {application_id} - {""}
    for each in governance.impact_assessments or ():
        if entry_id in each.entries or applications & set(each.applications):
            yield each


def _known(
    entry: RegisterEntry, governance: Governance | None
) -> Iterator[Dpia | ImpactAssessment]:
    own = entry.dpia
    says_something = own and (own.status or own.dated or own.reviewed or own.url or own.categories)
    if own and says_something and not says_none(entry):
        yield own
    yield from stated_for(governance, entry.entry_id, entry.application_id)
