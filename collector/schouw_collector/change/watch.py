"""Changes since a baseline over many windows: which ask for a decision, and which are noise.

Something new asks for a decision when three windows show it; undeclared data about individuals do
at once.  What the register declares now, what only our own knowledge tells, and what may be older
than the baseline, ask for none.
"""

import uuid
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from schouw_agent.report import Record
from schouw_collector.change.change import Change
from schouw_collector.change.changes import importance, is_alarming
from schouw_collector.change.differences import differences
from schouw_collector.change.fingerprint import Fingerprint

EventState = Literal[
    "open",
    "unconfirmed",
    "accepted",
    "rejected",
    "declared",
    "perhaps_older",
    "noted",
    "ours",
    "not_assessable",
]
"""open: a person must decide.  noted: a device without data of its own, or one more of a model that
sent the same in the baseline: what there is to say of it, its findings say; or other firmware: what
it does otherwise is a change of its own."""
_CONFIRMING = 3
"""Windows that must show a change; all of them, if there are fewer."""
_WITHIN = 14
"""Windows among which those must be."""
_DECLARABLE = frozenset({"category", "device", "privacy_class"})
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://schouw.example.org/cause")


class Event(Record):
    """A change since the baseline, and in how many windows it was seen."""

    change: Change
    group: str
    """The same for what has the same cause."""
    windows: int
    first_seen: datetime
    last_seen: datetime
    state: EventState


class EventGroup(Record):
    """Events with one cause, for one decision."""

    id: str
    events: tuple[Event, ...]
    """The most serious first."""


@dataclass(slots=True)
class _Seen:
    change: Change
    first: datetime
    last: datetime
    windows: int = 0
    recent: deque[int] = field(default_factory=lambda: deque(maxlen=_CONFIRMING))
    confirmed: bool = False


class Watch:
    """What changed since a baseline, window by window; holds each change once."""

    def __init__(self, baseline: Fingerprint) -> None:
        self._baseline = baseline
        self._of_models = {
            (device.maker, trait.category)
            for device in baseline.devices
            if device.maker
            for trait in device.traits
        }
        self._seen: dict[str, _Seen] = {}
        self._windows = 0

    def add(self, window: Fingerprint) -> None:
        """Take in one later check; in order of time."""
        self._windows += 1
        now: set[str] = set()
        unseen: set[tuple[str, str]] = set()
        for change in differences(self._baseline, window):
            now.add(change.id)
            if change.kind == "not_assessable":
                unseen.add((change.subject, change.category))
            seen = self._seen.get(change.id)
            if seen is None:
                start = window.period.start
                seen = self._seen[change.id] = _Seen(change, start, start)
            seen.change, seen.last = change, window.period.end
            seen.windows += 1
            seen.recent.append(self._windows)
            seen.confirmed = seen.confirmed or self._confirms(seen)
        self._forget(now, unseen)

    def _forget(self, now: set[str], unseen: set[tuple[str, str]]) -> None:
        """Forget as gone what came back, and as not assessable what was seen again."""
        for id_ in self._seen.keys() - now:
            change = self._seen[id_].change
            back = change.kind == "gone" and (change.subject, change.category) not in unseen
            if back or change.kind == "not_assessable":
                del self._seen[id_]

    def _confirms(self, seen: _Seen) -> bool:
        if is_alarming(seen.change):
            return True
        return len(seen.recent) == _CONFIRMING and self._windows - seen.recent[0] < _WITHIN

    def _is_of_a_known_kind(self, change: Change) -> bool:
        """Return whether devices of the same maker and model sent the like in the baseline."""
        return (change.cause.partition("\x1f")[0], change.category) in self._of_models

    def events(self) -> tuple[Event, ...]:
        """Return what was seen so far, the most serious first.  Decisions are not in it yet."""
        rows = sorted(self._seen.values(), key=lambda seen: importance(seen.change))
        return tuple(
            Event(
                change=seen.change,
                group=cause_id(seen.change.cause),
                windows=seen.windows,
                first_seen=seen.first,
                last_seen=seen.last,
                state=self._state(seen),
            )
            for seen in rows
        )

    def _state(self, seen: _Seen) -> EventState:
        change = seen.change
        if change.kind == "knowledge":
            return "ours"
        if change.kind == "not_assessable":
            return "not_assessable"
        if change.kind == "firmware":
            return "noted"
        if change.kind == "device" and (not change.category or self._is_of_a_known_kind(change)):
            return "noted"
        if change.declaration == "declared" and change.kind in _DECLARABLE:
            return "declared"
        if change.uncertain and not is_alarming(change):
            return "perhaps_older"
        few = self._windows < _CONFIRMING and seen.windows == self._windows
        return "open" if seen.confirmed or few else "unconfirmed"


def cause_id(cause: str) -> str:
    """Return the UUIDv5 of a cause."""
    return str(uuid.uuid5(_NAMESPACE, cause))


def grouped(events: Iterable[Event]) -> tuple[EventGroup, ...]:
    """Return events by cause, in the order of their most serious one."""
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(event.group, []).append(event)
    return tuple(EventGroup(id=id_, events=tuple(rows)) for id_, rows in groups.items())


def to_decide(events: Iterable[Event]) -> tuple[EventGroup, ...]:
    """Return what asks for a decision, by cause."""
    return grouped(event for event in events if event.state == "open")


def with_states(events: Iterable[Event], states: Mapping[str, EventState]) -> tuple[Event, ...]:
    """Return events with the states that decisions gave them, by id of the change."""
    return tuple(
        event.model_copy(update={"state": states[event.change.id]})
        if event.change.id in states
        else event
        for event in events
    )
