"""Which device is which register entry: stated by people in a bindings file, never guessed.

A register bears no network identity, so a municipality keeps this file beside it.  A device that
no binding names is *unbound*: an open question, not an undeclared sensor.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from schouw_agent.report import Device
from schouw_agent.vocabulary import CATEGORIES, PRIVACY_CLASSES
from schouw_collector.binding_file import (
    SCHEMA,
    Bindings,
    CategoryOverride,
    DeviceBinding,
    NoEntry,
    Statement,
    read_bindings,
)
from schouw_collector.errors import BindingError
from schouw_collector.mark_index import MarkIndex
from schouw_collector.references import index_references, known_by, references_in
from schouw_collector.register_entry import CategoryMapping, RegisterEntry, Stream
from schouw_collector.selectors import (
    AT_MOST,
    NEEDS_NO_ENTRY,
    SPECIFICITY,
    SelectorKind,
    at_broker,
    normal_pattern,
)

__all__ = [
    "SCHEMA",
    "Binding",
    "Bindings",
    "Bound",
    "CategoryOverride",
    "DeviceBinding",
    "all_with_overrides",
    "bind",
    "check_entries",
    "finder",
    "read_bindings",
    "with_overrides",
]


@dataclass(frozen=True, slots=True)
class Bound:
    """Why a device belongs to an entry."""

    entry_id: str
    kind: SelectorKind
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Which devices belong to which entries, and which to none."""

    of_device: Mapping[str, tuple[Bound, ...]] = field(default_factory=dict)
    """Device id → the entries it belongs to, in order of entry."""
    of_entry: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Entry id → device ids."""
    conflicts: tuple[str, ...] = ()
    """Ids of devices that equally telling bindings give to several entries."""
    unbound: tuple[str, ...] = ()
    """Ids of devices that belong to no entry as far as is stated, the most sensitive data first."""
    undeclared: Mapping[str, NoEntry] = field(default_factory=dict)
    """Unbound device id → who looked it up, and said that it ought to be in the register."""
    out_of_scope: Mapping[str, NoEntry] = field(default_factory=dict)
    """Device id → who said that the register is not about it.  These are not among the unbound."""
    candidates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Unbound device id → entries whose reference occurs in what the device is known by."""
    unreadable: Mapping[str, str] = field(default_factory=dict)
    """Unbound device id → the malformed entry that a binding gives it to."""
    infrastructure: tuple[str, ...] = ()
    named_entries: frozenset[str] = frozenset()
    """Entries that have at least one binding, whether or not a device fits it."""


def check_entries(
    bindings: Bindings, entries: Iterable[RegisterEntry], unreadable: Iterable[str] = ()
) -> None:
    """Check that every entry that is named exists, readable or not.

    Raises `BindingError` that names the first binding or override whose entry does not.
    """
    known = {entry.entry_id for entry in entries} | set(unreadable)
    named = [("binding", n, row.entry) for n, row in enumerate(bindings.bindings, 1)]
    named += [("override", n, row.entry) for n, row in enumerate(bindings.overrides, 1)]
    for what, number, entry in named:
        if entry not in known:
            raise BindingError(f"{what} {number}: entry {entry} is not in the register")


def with_overrides(entry: RegisterEntry, bindings: Bindings) -> RegisterEntry:
    """Return the entry with the categories that a person read in it, if the file states them."""
    return all_with_overrides((entry,), bindings)[0]


def all_with_overrides(
    entries: Iterable[RegisterEntry], bindings: Bindings
) -> tuple[RegisterEntry, ...]:
    """Return the entries as `with_overrides` does; of several overrides of one the first counts."""
    stated = {override.entry: override for override in reversed(bindings.overrides)}
    return tuple(_overridden(entry, stated.get(entry.entry_id)) for entry in entries)


def _overridden(entry: RegisterEntry, override: CategoryOverride | None) -> RegisterEntry:
    if override is None:
        return entry
    read_by_person = CategoryMapping(
        method="human", reviewed_by=override.set_by, reviewed_at=override.set_on
    )
    update = {"categories": override.categories, "mapping": read_by_person}
    streams = entry.streams or (Stream(mapping=read_by_person),)
    return entry.model_copy(
        update={"streams": tuple(stream.model_copy(update=update) for stream in streams)}
    )


def bind(
    devices: Sequence[Device],
    entries: Iterable[RegisterEntry],
    bindings: Bindings,
    unreadable: Iterable[str] = (),
) -> Binding:
    """Return which device is which entry.

    Among the bindings that fit a device the most telling kind decides; several entries by equally
    telling ones are a conflict, and the device then counts for each of them.  A binding goes before
    a statement that the device is out of scope, and that before one that it is undeclared.
    """
    known = {entry.entry_id for entry in entries}
    broken = set(unreadable)
    references = index_references(known)
    find = finder(bindings.bindings)
    find_rejected = finder(bindings.rejected)
    find_outside, find_undeclared = finder(bindings.out_of_scope), finder(bindings.undeclared)
    of_device: dict[str, tuple[Bound, ...]] = {}
    of_entry: dict[str, list[str]] = {}
    conflicts, unbound, infrastructure = [], [], []
    undeclared, out_of_scope, candidates, given_to_broken = {}, {}, {}, {}
    for device in devices:
        fitting = find(device)
        bound = _most_telling([b for b in fitting if b.entry in known])
        if bound:
            of_device[device.id] = bound
            for item in bound:
                of_entry.setdefault(item.entry_id, []).append(device.id)
            if len(bound) > 1:
                conflicts.append(device.id)
            continue
        outside, looked_up = find_outside(device), find_undeclared(device)
        if outside:
            out_of_scope[device.id] = outside[0]
        elif looked_up:
            unbound.append(device)
            undeclared[device.id] = looked_up[0]
        elif device.role in NEEDS_NO_ENTRY:
            infrastructure.append(device.id)
        else:
            unbound.append(device)
            no = {r.entry for r in find_rejected(device)}
            hinted = [e for e in references_in(known_by(device), references) if e not in no]
            if hinted:
                candidates[device.id] = tuple(hinted)
            lost = sorted(b.entry for b in fitting if b.entry in broken)
            if lost:
                given_to_broken[device.id] = lost[0]
    return Binding(
        of_device=of_device,
        of_entry={entry: tuple(ids) for entry, ids in sorted(of_entry.items())},
        conflicts=tuple(conflicts),
        unbound=tuple(d.id for d in sorted(unbound, key=lambda d: -most_sensitive(d))),
        undeclared=undeclared,
        out_of_scope=out_of_scope,
        candidates=candidates,
        unreadable=given_to_broken,
        infrastructure=tuple(infrastructure),
        named_entries=frozenset(b.entry for b in bindings.bindings),
    )


_QUESTION = 0.5
_UNREAD = PRIVACY_CLASSES.index("aggregate_people")
_Said = TypeVar("_Said", bound=Statement)


def most_sensitive(device: Device) -> int:
    """Return the position in the order of the most sensitive privacy class of what it sends.

    What could not be read counts as numbers of people: it may be anything.  -1 if nothing is sent
    but what is about the device itself.
    """
    return max((_UNREAD if rank is None else rank for rank in _ranks(device)), default=-1)


def privacy_class(device: Device) -> str:
    """Return the most sensitive privacy class of what a device sends.

    "unknown" if the worst of it could not be read; empty if it sends nothing.
    """
    worst = most_sensitive(device)
    if worst < 0:
        return ""
    return PRIVACY_CLASSES[worst] if worst in _ranks(device) else "unknown"


def _ranks(device: Device) -> list[int | None]:
    """Return the rank of each kind of data that a device sends; None for what was not read."""
    return [
        known.rank if known.rank >= 0 else None
        for emission in device.emissions
        if (known := CATEGORIES.get(emission.category)) is not None
        and not known.ancillary
        and emission.confidence >= _QUESTION
        and emission.direction != "received"
    ]


def finder(rows: Iterable[_Said]) -> Callable[[Device], list[_Said]]:
    """Return a function that gives the statements that fit a device."""
    index: MarkIndex[_Said] = MarkIndex()
    for row in rows:
        index.add(row.kind, normal_pattern(row.kind, row.pattern), row)

    def find(device: Device) -> list[_Said]:
        found = (row for _, row in index.find(device))
        return [row for row in found if not row.broker or at_broker(row.broker, device)]

    return find


def _most_telling(fitting: Sequence[DeviceBinding]) -> tuple[Bound, ...]:
    if not fitting:
        return ()
    best = min(SPECIFICITY.index(b.kind) for b in fitting)
    chosen: dict[str, Bound] = {}
    for row in fitting:
        if SPECIFICITY.index(row.kind) == best:
            before = chosen.get(row.entry)
            confidence = min(row.confidence, AT_MOST.get(row.kind, 1.0))
            confidence = max(confidence, before.confidence if before else 0.0)
            chosen[row.entry] = Bound(row.entry, row.kind, confidence)
    return tuple(chosen[entry] for entry in sorted(chosen))
