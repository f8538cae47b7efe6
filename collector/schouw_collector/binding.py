"""Which device is which register entry: stated by people in a bindings file, never guessed.

A register bears no network identity, so a municipality keeps this file beside it.  A device that
no binding names is *unbound*: an open question, not an undeclared sensor.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from schouw_agent.errors import explain
from schouw_agent.report import Device, Record
from schouw_collector.errors import BindingError
from schouw_collector.pattern_index import PatternIndex
from schouw_collector.register_entry import CategoryId, CategoryMapping, RegisterEntry, Stream
from schouw_collector.selectors import (
    NEEDS_NO_ENTRY,
    SPECIFICITY,
    SelectorKind,
    exact_value,
    exact_values,
    fits,
    normal_pattern,
)
from schouw_collector.structured import MalformedError, read_document

SCHEMA = "https://schouw.example.org/schema/bindings/1"
_SHORTEST_HINT = 4


class DeviceBinding(Record):
    """One device, or a set of them, that belongs to an entry."""

    entry: Annotated[str, Field(min_length=1, max_length=200)]
    kind: SelectorKind
    pattern: Annotated[str, Field(min_length=1, max_length=300)]
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    set_by: Annotated[str, Field(min_length=1, max_length=200)]
    """Role of the person who decided, such as "beheerder sensornetwerk"."""
    note: Annotated[str, Field(max_length=1000)] = ""

    @model_validator(mode="after")
    def _pattern_fits_kind(self) -> "DeviceBinding":
        normal_pattern(self.kind, self.pattern)
        return self


class CategoryOverride(Record):
    """What an entry declares, as read by a person instead of by the text rules."""

    entry: Annotated[str, Field(min_length=1, max_length=200)]
    categories: tuple[CategoryId, ...]
    set_by: Annotated[str, Field(min_length=1, max_length=200)]
    set_at: date | None = None
    reason: Annotated[str, Field(min_length=1, max_length=1000)]


class Bindings(Record):
    """A bindings file."""

    schema_id: Literal["https://schouw.example.org/schema/bindings/1"] = Field(alias="schema")
    bindings: tuple[DeviceBinding, ...] = ()
    overrides: tuple[CategoryOverride, ...] = ()
    municipal_hosts: tuple[Annotated[str, Field(min_length=1, max_length=253)], ...] = ()
    """Servers of the municipality: host names (`*.example.org`), addresses or blocks."""


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
    candidates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Unbound device id → entries whose reference occurs in what the device is known by."""
    unreadable: Mapping[str, str] = field(default_factory=dict)
    """Unbound device id → the malformed entry that a binding gives it to."""
    infrastructure: tuple[str, ...] = ()
    named_entries: frozenset[str] = frozenset()
    """Entries that have at least one binding, whether or not a device fits it."""


def read_bindings(name: str, octets: bytes) -> Bindings:
    """Return the bindings of a YAML or JSON file.

    Raises `BindingError` with one line: which binding, which field, why.
    """
    try:
        document = read_document(octets)
    except MalformedError as error:
        raise BindingError(f"{name}: {error}") from None
    if not isinstance(document, dict):
        raise BindingError(f"{name}: must be a mapping with schema and bindings")
    try:
        return Bindings.model_validate(document)
    except ValidationError as error:
        raise BindingError(f"{name}: {_place(document, error)}") from None


def _place(document: Mapping[str, Any], error: ValidationError) -> str:
    where = error.errors(include_input=False, include_context=False, include_url=False)[0]["loc"]
    what = explain(error)
    if len(where) < 2 or not isinstance(where[1], int):
        return what
    row = document[str(where[0])][where[1]]
    entry = row.get("entry") if isinstance(row, dict) else None
    of = f" (entry {entry})" if isinstance(entry, str) and len(entry) <= 80 else ""
    kind = {"bindings": "binding", "overrides": "override"}.get(str(where[0]), str(where[0]))
    what = what.removeprefix("field ").removeprefix(f"{where[0]}.{where[1]}").lstrip(".: ")
    return f"{kind} {where[1] + 1}{of}: {what}"


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
        method="human", reviewed_by=override.set_by, reviewed_at=override.set_at
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
    telling ones are a conflict, and the device then counts for each of them.
    """
    known = {entry.entry_id for entry in entries}
    broken = set(unreadable)
    hints = [(entry.casefold(), entry) for entry in sorted(known) if len(entry) >= _SHORTEST_HINT]
    exact, loose = _sorted_out(bindings.bindings)
    of_device: dict[str, tuple[Bound, ...]] = {}
    of_entry: dict[str, list[str]] = {}
    conflicts, unbound, infrastructure = [], [], []
    candidates, given_to_broken = {}, {}
    for device in devices:
        fitting = [b for key in exact_values(device) for b in exact.get(key, ())]
        fitting += [b for b, p in loose.may_fit(device) if fits(b.kind, p, device)]
        bound = _most_telling([b for b in fitting if b.entry in known])
        if bound:
            of_device[device.id] = bound
            for item in bound:
                of_entry.setdefault(item.entry_id, []).append(device.id)
            if len(bound) > 1:
                conflicts.append(device.id)
        elif device.role in NEEDS_NO_ENTRY:
            infrastructure.append(device.id)
        else:
            unbound.append(device.id)
            hinted = _candidates(device, hints)
            if hinted:
                candidates[device.id] = hinted
            lost = sorted(b.entry for b in fitting if b.entry in broken)
            if lost:
                given_to_broken[device.id] = lost[0]
    return Binding(
        of_device=of_device,
        of_entry={entry: tuple(ids) for entry, ids in sorted(of_entry.items())},
        conflicts=tuple(conflicts),
        unbound=tuple(unbound),
        candidates=candidates,
        unreadable=given_to_broken,
        infrastructure=tuple(infrastructure),
        named_entries=frozenset(b.entry for b in bindings.bindings),
    )


def _sorted_out(
    rows: Iterable[DeviceBinding],
) -> tuple[dict[tuple[str, str], list[DeviceBinding]], PatternIndex[tuple[DeviceBinding, str]]]:
    """Return the bindings that a value finds, and those whose pattern must be tried."""
    exact: dict[tuple[str, str], list[DeviceBinding]] = {}
    loose: list[tuple[str, str, tuple[DeviceBinding, str]]] = []
    for row in rows:
        pattern = normal_pattern(row.kind, row.pattern)
        value = exact_value(row.kind, pattern)
        if value is None:
            loose.append((row.kind, pattern, (row, pattern)))
        else:
            exact.setdefault((row.kind, value), []).append(row)
    return exact, PatternIndex(loose)


def _most_telling(fitting: Sequence[DeviceBinding]) -> tuple[Bound, ...]:
    if not fitting:
        return ()
    best = min(SPECIFICITY.index(b.kind) for b in fitting)
    chosen: dict[str, Bound] = {}
    for row in fitting:
        if SPECIFICITY.index(row.kind) == best:
            before = chosen.get(row.entry)
            confidence = max(row.confidence, before.confidence if before else 0.0)
            chosen[row.entry] = Bound(row.entry, row.kind, confidence)
    return tuple(chosen[entry] for entry in sorted(chosen))


def _candidates(device: Device, hints: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the entries whose reference stands in a topic, client id or name of the device."""
    texts = {i.value.casefold() for i in device.identifiers if i.kind not in {"mac", "ip"}}
    texts |= {e.channel.casefold() for e in device.emissions if e.direction == "sent"}
    known_by = "\n".join(sorted(texts))
    return tuple(entry for hint, entry in hints if hint in known_by)
