"""What speaks for and against that a device is the one that an entry declares."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from schouw_agent.report import Device
from schouw_agent.vocabulary import CATEGORIES, covered_by
from schouw_collector.binding.binding import Binding
from schouw_collector.binding.candidates import Candidate
from schouw_collector.binding.mark_index import MarkIndex
from schouw_collector.binding.references import index_references, known_by, references_in
from schouw_collector.binding.selectors import host_fits, normal_pattern
from schouw_collector.binding.suggestion_imports import Imports
from schouw_collector.binding.suggestion_words import WordIndex
from schouw_collector.binding.whereabouts import agrees
from schouw_collector.records import Words
from schouw_collector.registers.register_entry import DeclaredIdentifier, RegisterEntry
from schouw_collector.saying.phrasing import category_names, listed, same

_QUESTION = 0.5
_DECLARED = {"topic": 0.75, "ip": 0.6, "client_id": 0.9, "host_name": 0.9, "name": 0.9}
_MOST_ENTRIES = 200
"""Of one device.  More would say that the clue tells nothing."""


class Reason(NamedTuple):
    """One thing that speaks for or against."""

    id: str
    weight: float
    """Above 0: for.  Below 0: against."""
    text: Words


class Clues:
    """The entries of a register, in the ways in which a device may point at them."""

    def __init__(
        self, entries: Sequence[RegisterEntry], candidates: Iterable[Candidate], binding: Binding
    ) -> None:
        self.entries = {entry.entry_id: entry for entry in entries}
        self._bound = frozenset(binding.of_entry)
        self._references = index_references(self.entries)
        self._words = WordIndex(entries)
        self._imports = Imports(candidates, entries, self._references)
        self._stated: MarkIndex[tuple[str, str]] = MarkIndex()
        self._mud_urls: dict[str, list[str]] = {}
        self._models: dict[str, list[str]] = {}
        for entry in entries:
            if entry.device.model:
                self._models.setdefault(entry.device.model.casefold(), []).append(entry.entry_id)
            for identifier in entry.identifiers:
                self._declare(entry.entry_id, identifier)

    def _declare(self, entry: str, identifier: DeclaredIdentifier) -> None:
        kind = identifier.kind
        if kind == "mud_url":
            self._mud_urls.setdefault(identifier.value, []).append(entry)
        else:
            with suppress(ValueError):
                self._stated.add(kind, normal_pattern(kind, identifier.value), (kind, entry))

    def of(self, device: Device) -> dict[str, list[Reason]]:
        """Return the entries that something of a device points at, with all reasons for each."""
        found: dict[str, list[Reason]] = {}
        for entry, reason in self._pointers(device):
            rows = found.setdefault(entry, [])
            if not any(row.id == reason.id and row.weight >= reason.weight for row in rows):
                rows[:] = [row for row in rows if row.id != reason.id]
                rows.append(reason)
        if len(found) > _MOST_ENTRIES:
            return {}
        for entry, rows in found.items():
            rows += _circumstances(device, self.entries[entry], bound=entry in self._bound)
        return found

    def _pointers(self, device: Device) -> Iterable[tuple[str, Reason]]:
        yield from self._declared(device)
        for entry in references_in(known_by(device), self._references):
            yield (
                entry,
                Reason(
                    "reference",
                    0.85,
                    Words(
                        nl=f"In de naam of het kanaal van het apparaat staat {entry}.",
                        en=f"The name or channel of the device contains {entry}.",
                    ),
                ),
            )
        for entry, weight, text in self._words.of(device):
            yield entry, Reason("words", weight, text)
        same_model = self._models.get(device.model.casefold(), ()) if device.model else ()
        for entry in same_model:
            text = Words(
                nl=f"Het apparaat noemt zich {device.model}, zoals het register.",
                en=f"The device calls itself {device.model}, as the register does.",
            )
            yield entry, Reason("model", round(0.4 / len(same_model) ** 0.5, 2), text)
        for entry, weight, text in self._imports.of(device):
            yield entry, Reason("import", weight, text)

    def _declared(self, device: Device) -> Iterable[tuple[str, Reason]]:
        hits = [hit for _, hit in self._stated.find(device)]
        hits += [("mud_url", entry) for entry in self._mud_urls.get(device.mud_url, ())]
        for kind, entry in sorted(hits):
            weight = 0.3 if kind == "mud_url" else _DECLARED.get(kind, 0.95)
            text = Words(
                nl=f"Het register noemt dit kenmerk zelf ({kind}).",
                en=f"The register itself states this identifier ({kind}).",
            )
            yield entry, Reason("declared", weight, text)


def _circumstances(device: Device, entry: RegisterEntry, *, bound: bool) -> Iterable[Reason]:
    """Yield what alone would point at nobody, but speaks for or against one entry."""
    yield from _by_categories(device, entry)
    yield from _by_place(device, entry)
    yield from _by_maker(device, entry)
    hosts = [h for recipient in entry.recipients for h in recipient.hosts] + [*entry.network.peers]
    if any(host_fits(h, r.host, r.address) for h in hosts for r in device.recipients):
        yield Reason(
            "recipient",
            0.2,
            Words(
                nl="Het stuurt naar een ontvanger die het register noemt.",
                en="It sends to a recipient that the register states.",
            ),
        )
    if bound:
        yield Reason(
            "taken",
            -0.3,
            Words(
                nl="Aan deze inschrijving is al een apparaat gekoppeld.",
                en="Another device is bound to this entry already.",
            ),
        )


def _by_categories(device: Device, entry: RegisterEntry) -> Iterable[Reason]:
    sent = {
        e.category
        for e in device.emissions
        if e.direction != "received"
        and e.confidence >= _QUESTION
        and e.category in CATEGORIES
        and not CATEGORIES[e.category].ancillary
        and CATEGORIES[e.category].rank >= 0
    }
    declared = covered_by(entry.declared_categories)
    both = sorted(sent & declared)
    if both:
        what = category_names(both)
        yield Reason(
            "categories",
            0.25,
            Words(
                nl=f"Het verstuurt wat het register noemt: {what.nl}.",
                en=f"It sends what the register states: {what.en}.",
            ),
        )
    elif sent and declared:
        yield Reason(
            "categories",
            -0.4,
            Words(
                nl="Het verstuurt niets van wat het register noemt.",
                en="It sends nothing of what the register states.",
            ),
        )


def _by_place(device: Device, entry: RegisterEntry) -> Iterable[Reason]:
    said = [agrees(entry.location, area) for area in device.areas if len(area) >= 4]
    if True in said:
        yield Reason(
            "place",
            0.15,
            Words(
                nl="Het zegt dat het in de buurt van de opgegeven plaats is.",
                en="It says that it is near the declared place.",
            ),
        )
    elif False in said:
        yield Reason(
            "place",
            -0.6,
            Words(
                nl="Het zegt dat het ver van de opgegeven plaats is.",
                en="It says that it is far from the declared place.",
            ),
        )


def _by_maker(device: Device, entry: RegisterEntry) -> Iterable[Reason]:
    makers = {m.casefold() for m in (entry.device.manufacturer, entry.supplier) if m}
    vendor = device.vendor.casefold()
    if vendor and any(vendor.startswith(m) or m.startswith(vendor) for m in makers):
        name = listed([same(device.vendor)])
        yield Reason(
            "maker",
            0.15,
            Words(
                nl=f"Het is van dezelfde maker of leverancier: {name.nl}.",
                en=f"It is of the same maker or supplier: {name.en}.",
            ),
        )
