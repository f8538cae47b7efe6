"""One thing that may be wrong with a register entry by itself, and how it is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from schouw_collector.comparing.findings import Kind, finding_id, owner_words
from schouw_collector.comparing.norms import cite
from schouw_collector.declared.governance import Governance
from schouw_collector.records import Finding, Severity, Words
from schouw_collector.registers.register import Register
from schouw_collector.registers.register_entry import RegisterEntry

NO_TRAFFIC = Words(
    nl="Dit blijkt uit het register alleen. Er is geen meting voor nodig.",
    en="This shows from the register alone. No measurement is needed.",
)
# Latitude and longitude from south-west to north-east: in Europe, and the islands of the Caribbean.
_NETHERLANDS = ((50.7, 3.1, 53.8, 7.3), (12.0, -68.5, 12.4, -68.1), (17.4, -63.3, 17.7, -62.9))
_MOST = 0.8
"""When so many stand in the Netherlands, it is a register of the Netherlands."""
_ENOUGH = 5
CORRECTED = Words(nl="Een verbeterde inschrijving.", en="A corrected entry.")


def in_netherlands(place: tuple[float, float]) -> bool:
    """Return whether latitude and longitude lie in or near the Netherlands."""
    y, x = place
    return any(s <= y <= n and w <= x <= e for s, w, n, e in _NETHERLANDS)


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What stands around an entry."""

    register: Register
    governance: Governance | None

    @cached_property
    def assessed(self) -> frozenset[str] | None:
        """Return the entries and applications with an impact assessment; None: nobody says.

        Many registers have no place for it: its absence then means nothing.
        """
        entries = self.register.entries
        stated = {e.entry_id for e in entries if e.dpia is not None}
        listed = self.governance.impact_assessments if self.governance else None
        if listed is None and not stated:
            return None
        named = {id_ for row in listed or () for id_ in (*row.entries, *row.applications)}
        governed = self.governance.applications if self.governance else ()
        of_applications = {id_ for a in governed if a.id in named for id_ in a.entries}
        return frozenset(stated | named | of_applications)

    @cached_property
    def located(self) -> Mapping[str, tuple[float, float]]:
        """Return latitude and longitude by entry id, of the entries that state both."""
        return {
            entry.entry_id: (entry.location.latitude, entry.location.longitude)
            for entry in self.register.entries
            if entry.location.latitude is not None and entry.location.longitude is not None
        }

    @cached_property
    def is_dutch(self) -> bool:
        """Return whether it is a register of the Netherlands, as stated, else by its places."""
        country = self.governance.municipality.country if self.governance else ""
        if country:
            return country == "NL"
        places = [place for place in self.located.values() if place != (0, 0)]
        dutch = sum(map(in_netherlands, places))
        return len(places) >= _ENOUGH and dutch >= _MOST * len(places)

    @cached_property
    def repeated(self) -> Mapping[str, tuple[str, ...]]:
        """Return by the first of equal entries the others: same place, type, text and name."""
        groups: dict[object, list[str]] = {}
        for entry in self.register.entries:
            place = self.located.get(entry.entry_id)
            texts = tuple(s.declared_text for s in entry.streams)
            if place and any(texts):
                same = (place, entry.type, texts, entry.name, entry.organisation)
                groups.setdefault(same, []).append(entry.entry_id)
        return {ids[0]: tuple(ids[1:]) for ids in groups.values() if len(ids) > 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that may be wrong with an entry.

    `difference` is the same for every entry, so that equal ones can be counted together.
    """

    aspect: str
    holds: Callable[[RegisterEntry, Surroundings], bool]
    kind: Kind
    severity: Severity
    declared: Callable[[RegisterEntry, Surroundings], Words]
    difference: Words
    refutation: Words = CORRECTED
    norms: tuple[str, ...]


def finding_of(check: Check, entry: RegisterEntry, around: Surroundings, title: Words) -> Finding:
    """Return what rule D19 says of an entry for which a check holds."""
    owner = owner_words(entry)
    return Finding(
        id=finding_id("D19", entry.entry_id, aspect=check.aspect),
        kind=check.kind,
        rule_id="D19",
        severity=check.severity,
        title=title,
        entry_id=entry.entry_id,
        observed=NO_TRAFFIC,
        declared=check.declared(entry, around),
        difference=check.difference,
        refutation=check.refutation,
        action=Words(
            nl=f"Vraag {owner.nl} om de inschrijving na te kijken en te verbeteren.",
            en=f"Ask {owner.en} to check and correct the entry.",
        ),
        norms=cite(check.norms, around.register, entry),
    )
