"""Where a device said that it was, and under which topics it sent, from when until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from schouw_agent.report import Device

_MOST = 64
"""Places or topics of one device.  A vehicle may be in more; these are enough to tell."""


@dataclass(slots=True)
class Stay:
    """One place, or one topic."""

    value: str
    """A geohash cell, or a topic template."""
    first: datetime
    last: datetime
    """At most as exact as the reports that told it."""
    reports: int
    """In how many reports."""


@dataclass(frozen=True, slots=True)
class Stays:
    """All places and topics of one device, in order of time."""

    places: tuple[Stay, ...] = ()
    topics: tuple[Stay, ...] = ()


class StayTable:
    """The stays of every track of the alias table."""

    def __init__(self) -> None:
        self._places: dict[int, dict[str, Stay]] = {}
        self._topics: dict[int, dict[str, Stay]] = {}

    def add(self, track: int, device: Device) -> None:
        """Note where a device was in one report."""
        if device.areas:
            _note(self._places.setdefault(track, {}), device.areas, device)
        topics = [i.value for i in device.identifiers if i.kind == "topic"]
        if topics:
            _note(self._topics.setdefault(track, {}), topics, device)

    def of(self, tracks: Iterable[int]) -> Stays:
        """Return the stays of a device, which is one or more tracks."""
        numbers = list(tracks)
        return Stays(_joined(self._places, numbers), _joined(self._topics, numbers))


def _note(stays: dict[str, Stay], values: Iterable[str], device: Device) -> None:
    for value in values:
        stay = stays.get(value)
        if stay is not None:
            stay.first = min(stay.first, device.first_seen)
            stay.last = max(stay.last, device.last_seen)
            stay.reports += 1
        elif len(stays) < _MOST:
            stays[value] = Stay(value, device.first_seen, device.last_seen, 1)


def _joined(table: dict[int, dict[str, Stay]], tracks: Sequence[int]) -> tuple[Stay, ...]:
    found: dict[str, Stay] = {}
    for track in tracks:
        for value, stay in table.get(track, {}).items():
            known = found.get(value)
            if known is None:
                found[value] = Stay(value, stay.first, stay.last, stay.reports)
            else:
                known.first = min(known.first, stay.first)
                known.last = max(known.last, stay.last)
                known.reports += stay.reports
    return tuple(sorted(found.values(), key=lambda stay: (stay.first, stay.value)))
