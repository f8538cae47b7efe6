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
        self.places: dict[int, dict[str, Stay]] = {}
        """Number of a track → value → stay."""
        self.topics: dict[int, dict[str, Stay]] = {}

    def add(
        self,
        track: int,
        device: Device,
        seen: tuple[datetime, datetime] | None = None,
        reports: int = 1,
    ) -> None:
        """Note where a device was in so many reports; `seen`: when, if not as the record says."""
        first, last = seen or (device.first_seen, device.last_seen)
        if device.areas:
            stays = self.places.setdefault(track, {})
            for area in device.areas:
                _note(stays, area, first, last, reports)
        for identifier in device.identifiers:
            if identifier.kind == "topic":
                stays = self.topics.setdefault(track, {})
                _note(stays, identifier.value, first, last, reports)

    def absorb(self, other: "StayTable", now: Sequence[int]) -> None:
        """Add another table; `now`: the number here of each track of the other."""
        for mine, theirs in ((self.places, other.places), (self.topics, other.topics)):
            for track, stays in theirs.items():
                known = mine.setdefault(now[track], {})
                for stay in stays.values():
                    _note(known, stay.value, stay.first, stay.last, stay.reports)

    def in_order(self, order: Sequence[int]) -> "StayTable":
        """Return the table with the tracks numbered anew, in this order of their numbers."""
        table = StayTable()
        for mine, theirs in ((table.places, self.places), (table.topics, self.topics)):
            mine.update({new: theirs[old] for new, old in enumerate(order) if old in theirs})
        return table

    def of(self, tracks: Iterable[int]) -> Stays:
        """Return the stays of a device, which is one or more tracks."""
        numbers = list(tracks)
        return Stays(_joined(self.places, numbers), _joined(self.topics, numbers))


def _note(
    stays: dict[str, Stay], value: str, first: datetime, last: datetime, reports: int
) -> None:
    stay = stays.get(value)
    if stay is None:
        stays[value] = Stay(value, first, last, reports)
        # Which ones are left out does not depend on the order of the reports.
        if len(stays) > _MOST:
            del stays[max(stays)]
        return
    stay.first, stay.last = min(stay.first, first), max(stay.last, last)
    stay.reports += reports


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
