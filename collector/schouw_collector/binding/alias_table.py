"""By what devices are known over many reports, the best identifier first.

DevEUI, serial number, MAC address, client id at a broker; then, within sight of one agent, the name
that messages give, topic and address.

Here they are collected as tracks, one for each set of identifiers: work is in proportion to the
devices of a report, memory to the number of different sets, not of reports.  `alias_resolution`
says which tracks are one device.
"""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from schouw_agent.report import Device
from schouw_collector.saying.naming import subject_of

LASTING = ("dev_eui", "serial", "mac", "client_id")
"""Kinds that are the same wherever a device is seen, the best first; a client id at its broker."""
_PROVEN = frozenset(LASTING[:3])
_NEARBY = ("name", "topic", "ip")
"""Kinds that may be another device's elsewhere."""
KINDS = (*LASTING, *_NEARBY)
_MOST_REMEMBERED = 1 << 12
_MOST_KEYS = 1024
"""Of one track: topics and addresses may change without end.  The best are kept."""
_MOST_NAMES = 64
"""Makers, and models, of one track."""
TEMPLATE = "{id}"
"""What the agent writes for a part that it left out: several devices may have the same."""


class Key(NamedTuple):
    """An identifier, and where it tells devices apart."""

    kind: str
    value: str
    scope: str = ""
    """Of a client id the broker; of a name, topic or address the agent; empty: everywhere."""


@dataclass(slots=True)
class Track:
    """What was seen of one set of identifiers, over all reports."""

    keys: set[Key]
    subject: str
    """By what findings know it: its best identifier; empty if it has none."""
    makers: set[str]
    models: set[str]
    first: datetime
    last: datetime
    reports: int
    """Bit n: it was in report n."""
    missed: int = 0
    """Bit n: something of what it sent is missing in report n."""


class Place(NamedTuple):
    """What makes a track: devices of different reports in one place have the same."""

    best: frozenset[Key]
    """The lasting keys, else those of its neighbourhood."""
    nth: int
    """Of those that one report knows by the same; 0 where the keys prove to be one machine's."""


class Known(NamedTuple):
    """The keys of a device."""

    place: Place
    """Of the first that a report knows by these keys."""
    every: frozenset[Key]
    proven: bool
    """All that are known by the best are one machine."""
    subject: str


class AliasTable:
    """The tracks of all reports so far."""

    def __init__(self) -> None:
        self.tracks: list[Track] = []
        self.places: list[Place] = []
        """Of each track."""
        self._number_of: dict[Place, int] = {}
        self._known: dict[tuple[str, str, int], tuple[Device, Known]] = {}
        """With the record itself, so that its address stays its own."""
        self._told: dict[int, Device] = {}
        """What was last said of each track."""
        self._report = -1
        self._alike: Counter[frozenset[Key]] = Counter()
        """Sets of identifiers of this report that do not prove to be one machine's."""

    def add(
        self,
        device: Device,
        report: int,
        agent: str,
        relay: str = "",
        seen: tuple[datetime, datetime] | None = None,
        *,
        missed: bool = False,
    ) -> int:
        """Return the number of the track that a device belongs to.

        `report`: the number of the report; all of its devices come before the next report's.
        `agent`: who made it; empty for one that does not number its reports, of which one cannot
        tell whether they were made in one place.  `relay`: the subject of who carried the device's
        data, if another did.  `seen`: from when until when, if not as the record says.
        `missed`: something of what it sent was missed.
        """
        known = self.identify(device, agent, relay)
        return self.note(
            known,
            self.nth(known, report),
            device,
            seen or (device.first_seen, device.last_seen),
            1 << report,
            1 << report if missed else 0,
        )

    def nth(self, known: Known, report: int) -> int:
        """Return which of those that a report knows by the same the next one is; counts it."""
        return known.place.nth if known.proven else self._count_alike(report, known.place.best)

    def note(
        self,
        known: Known,
        nth: int,
        device: Device,
        seen: tuple[datetime, datetime],
        reports: int,
        missed: int,
    ) -> int:
        """Return the number of the track of a device that was in these reports (one bit each).

        `known`, `nth`: what `identify` and the method `nth` say of it.
        """
        place = known.place if known.proven else Place(known.place.best, nth)
        first, last = seen
        number = self._number_of.get(place) if place.best else None
        if number is None:
            track = Track(set(), known.subject, set(), set(), first, last, 0)
            number = self._new(place, track)
        track = self.tracks[number]
        if self._told.get(number) is not device:
            self._told[number] = device
            _keep(track.keys, known.every)
            track.subject = min(track.subject, known.subject)
            if device.vendor:
                _keep_name(track.makers, device.vendor.casefold())
            if device.model:
                _keep_name(track.models, device.model.casefold())
        if first < track.first:
            track.first = first
        if last > track.last:
            track.last = last
        track.reports |= reports
        track.missed |= missed
        return number

    def absorb(self, other: "AliasTable", reports: int) -> list[int]:
        """Add another table, whose reports come after the first so many of this one.

        Returns the number here of each track of the other, which is of no use afterwards.
        """
        now = []
        for place, more in zip(other.places, other.tracks, strict=True):
            more.reports <<= reports
            more.missed <<= reports
            number = self._number_of.get(place) if place.best else None
            if number is None:
                now.append(self._new(place, more))
                continue
            track = self.tracks[number]
            track.subject = min(track.subject, more.subject)
            _keep(track.keys, more.keys)
            for mine, theirs in ((track.makers, more.makers), (track.models, more.models)):
                for name in theirs:
                    _keep_name(mine, name)
            track.first, track.last = min(track.first, more.first), max(track.last, more.last)
            track.reports |= more.reports
            track.missed |= more.missed
            now.append(number)
        return now

    def restore(self, place: Place, track: Track) -> None:
        """Add a track that is not in the table yet.  Raises `ValueError` if it is."""
        if place.best and place in self._number_of:
            raise ValueError("the track is in the table already")
        self._new(place, track)

    def _new(self, place: Place, track: Track) -> int:
        number = self._number_of[place] = len(self.tracks)
        self.tracks.append(track)
        self.places.append(place)
        return number

    def identify(self, device: Device, agent: str, relay: str) -> Known:
        """Return the keys of a device; as in `add`.  The next report mostly says the same of it."""
        signature = (agent, relay, id(device))
        remembered = self._known.get(signature)
        if remembered is not None:
            return remembered[1]
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        lasting, nearby = _keys(device, agent, relay)
        best = frozenset(lasting or nearby)
        proven = any(key.kind in _PROVEN for key in best)
        every = frozenset((*lasting, *nearby))
        known = Known(
            Place(best, 0), every, proven, subject_of(device) if device.identifiers else ""
        )
        self._known[signature] = device, known
        return known

    def _count_alike(self, report: int, best: frozenset[Key]) -> int:
        """Return how many devices of this report were known by the same before."""
        if report != self._report:
            self._report = report
            self._alike.clear()
        self._alike[best] += 1
        return self._alike[best] - 1


def _keep(keys: set[Key], more: Set[Key]) -> None:
    if more <= keys:
        return
    keys.update(more)
    if len(keys) > _MOST_KEYS:
        best = sorted(keys, key=lambda key: (KINDS.index(key.kind), key))
        keys.intersection_update(best[:_MOST_KEYS])


def _keep_name(names: set[str], name: str) -> None:
    names.add(name)
    if len(names) > _MOST_NAMES:
        names.discard(max(names))


def _keys(device: Device, agent: str, relay: str) -> tuple[list[Key], list[Key]]:
    """Return the lasting keys of a device and, if the agent is known, those of its sight."""
    lasting, nearby = [], []
    for identifier in device.identifiers:
        kind, value = identifier.kind, identifier.value.casefold()
        if kind == "client_id":
            if TEMPLATE not in value:
                lasting += [Key(kind, value, broker) for broker in _brokers(device)]
        elif kind in LASTING:
            if not _is_a_filler(kind, value):
                lasting.append(Key(kind, value))
        elif agent and kind in _NEARBY:
            nearby.append(Key(kind, value, f"{agent} {relay}" if kind == "name" else agent))
    return lasting, nearby


def _brokers(device: Device) -> list[str]:
    """Return by what the brokers of a device are known; one without a name if none was seen."""
    names = {n for r in device.recipients if r.role == "broker" for n in (r.host, r.address) if n}
    return sorted(names) or [""]


def _is_a_filler(kind: str, value: str) -> bool:
    """Return whether a number is one that makers leave in for want of a real one."""
    digits = "".join(filter(str.isalnum, value))
    if len(set(digits)) <= 1:
        return True
    return kind == "serial" and (len(digits) < 4 or digits in "0123456789012345678901234567890")
