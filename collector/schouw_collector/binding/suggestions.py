"""Which entry an unbound device may be: ranked, with stated reasons, and never applied.

A reason for has a weight between 0 and 1: how likely it alone makes that the two belong together.
Reasons add up as independent ones do: 1 less the product of what each leaves open.  A reason
against takes its share off.  A person decides.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import Literal

from pydantic import ConfigDict, Field

from schouw_agent.report import Device, Record
from schouw_collector.binding.alias_table import TEMPLATE
from schouw_collector.binding.binding import Binding, finder, most_sensitive
from schouw_collector.binding.binding_file import Bindings
from schouw_collector.binding.candidates import Candidate
from schouw_collector.binding.selectors import (
    AT_MOST,
    PER_BROKER,
    SPECIFICITY,
    SelectorKind,
    exact_value,
    normal_pattern,
)
from schouw_collector.binding.suggestion_reasons import Clues, Reason
from schouw_collector.records import Words
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.saying.naming import label

LEAST = 0.3
"""Scores below this are not worth anybody's time."""
_MOST_OF_A_DEVICE = 3
CLEAR = 0.1
"""By how much a suggestion must lead the next one to be accepted in bulk."""


class StatedReason(Record):
    """One part of a score."""

    id: str
    weight: float
    """Above 0: for.  Below 0: against."""
    text: Words


class Suggestion(Record):
    """A device that may belong to an entry, and why."""

    id: str
    """The same next time, for the same device and entry."""
    score: float
    lead: float
    """By how much it is ahead of the next entry for the same device, or the other way round."""
    device_id: str
    device: str
    """What the device is called."""
    entry: str
    entry_name: str
    kind: SelectorKind
    """By what the device would be bound: its best identifier that no other device has."""
    pattern: str
    broker: str = ""
    reasons: tuple[StatedReason, ...]


class Suggestions(Record):
    """What `schouw bind suggest` found, best first."""

    schema_id: Literal["https://schouw.example.org/schema/suggestions/1"] = Field(
        default="https://schouw.example.org/schema/suggestions/1", alias="schema"
    )
    suggestions: tuple[Suggestion, ...]
    without: tuple[str, ...] = ()
    """What the unbound devices are called of which nothing can be suggested, the most sensitive
    data first."""
    no_mark: tuple[str, ...] = ()
    """What the devices are called that no identifier tells apart: they cannot be bound."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def suggest(
    devices: Sequence[Device],
    entries: Sequence[RegisterEntry],
    binding: Binding,
    bindings: Bindings,
    candidates: Iterable[Candidate] = (),
) -> Suggestions:
    """Return suggestions for the unbound devices that nobody has looked up yet."""
    clues = Clues(entries, candidates, binding)
    by_id = {device.id: device for device in devices}
    marks = _Marks(devices)
    rejected_for = finder(bindings.rejected)
    rows: list[Suggestion] = []
    without, no_mark = [], []
    for device_id in binding.unbound:
        if device_id in binding.undeclared:
            continue
        device = by_id[device_id]
        rejected = frozenset(row.entry for row in rejected_for(device))
        scored = _scored(device, clues, rejected)
        mark = marks.best_of(device)
        if not scored:
            if most_sensitive(device) >= 0:
                without.append(label(device))
        elif mark is None:
            no_mark.append(label(device))
        else:
            rows += (
                _suggestion(device, clues.entries[entry], mark, score, reasons)
                for entry, score, reasons in scored
            )
    return Suggestions(
        suggestions=tuple(sorted(_with_leads(rows), key=_best_first)),
        without=tuple(without),
        no_mark=tuple(no_mark),
    )


def _scored(
    device: Device, clues: Clues, rejected: frozenset[str]
) -> list[tuple[str, float, list[Reason]]]:
    found = []
    for entry, reasons in clues.of(device).items():
        score = score_of(reason.weight for reason in reasons)
        if score >= LEAST and entry not in rejected:
            found.append((entry, score, reasons))
    return sorted(found, key=lambda row: (-row[1], row[0]))[:_MOST_OF_A_DEVICE]


def score_of(weights: Iterable[float]) -> float:
    """Return the score of reasons, from 0 to 1, in hundredths."""
    rows = list(weights)
    in_favour = 1 - prod(1 - weight for weight in rows if weight > 0)
    return round(in_favour * prod(1 + weight for weight in rows if weight < 0), 2)


_Mark = tuple[SelectorKind, str, str]
"""Kind, pattern and broker."""


class _Marks:
    """By what each device can be told from all others of the inventory."""

    def __init__(self, devices: Sequence[Device]) -> None:
        self._owners: dict[tuple[str, str], int] = {}
        self._brokers: set[str] = set()
        for device in devices:
            for key in {(i.kind, i.value.casefold()) for i in device.identifiers}:
                self._owners[key] = self._owners.get(key, 0) + 1
            self._brokers |= {_broker(device)} - {""}

    def best_of(self, device: Device) -> _Mark | None:
        for kind in SPECIFICITY:
            if kind in {"gateway", "oui", *AT_MOST}:
                continue
            found = sorted((-i.confidence, i.value) for i in device.identifiers if i.kind == kind)
            for _, value in found:
                alone = self._owners[kind, value.casefold()] == 1
                if alone and TEMPLATE not in value and _is_plain(kind, value):
                    several = len(self._brokers) > 1 and kind in PER_BROKER
                    return kind, value, _broker(device) if several else ""
        return None


def _is_plain(kind: SelectorKind, value: str) -> bool:
    """Return whether a value can be a pattern that fits it alone."""
    try:
        pattern = normal_pattern(kind, value)
    except ValueError:
        return False
    if kind == "topic":
        return not {"+", "#"} & set(value)
    return kind == "ip" or exact_value(kind, pattern) is not None


def _broker(device: Device) -> str:
    return next((r.host or r.address for r in device.recipients if r.role == "broker"), "")


def _suggestion(
    device: Device, entry: RegisterEntry, mark: _Mark, score: float, reasons: Sequence[Reason]
) -> Suggestion:
    kind, pattern, broker = mark
    digest = hashlib.sha256("\x1f".join((entry.entry_id, kind, pattern, broker)).encode())
    return Suggestion(
        id=digest.hexdigest()[:8],
        score=score,
        lead=score,
        device_id=device.id,
        device=label(device),
        entry=entry.entry_id,
        entry_name=entry.name,
        kind=kind,
        pattern=pattern,
        broker=broker,
        reasons=tuple(
            StatedReason(id=r.id, weight=r.weight, text=r.text)
            for r in sorted(reasons, key=lambda r: (-abs(r.weight), r.id))
        ),
    )


def _with_leads(rows: Sequence[Suggestion]) -> Iterable[Suggestion]:
    of_device, of_entry = _scores(rows, "device_id"), _scores(rows, "entry")
    for row in rows:
        rivals = [s for s in (*of_device[row.device_id], *of_entry[row.entry]) if s[0] != row.id]
        lead = row.score - max((score for _, score in rivals), default=0.0)
        yield row.model_copy(update={"lead": round(lead, 2)})


def _scores(rows: Sequence[Suggestion], field: str) -> Mapping[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = {}
    for row in rows:
        found.setdefault(getattr(row, field), []).append((row.id, row.score))
    return found


def _best_first(row: Suggestion) -> tuple[float, float, str, str]:
    return (-row.score, -row.lead, row.entry, row.id)
