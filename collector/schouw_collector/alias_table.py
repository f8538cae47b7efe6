"""By what devices are known over many reports, the best identifier first.

DevEUI, serial number, MAC address, client id at a broker; then, within sight of one agent, the name
that messages give, topic and address.

Here they are collected as tracks, one for each set of identifiers: work is in proportion to the
devices of a report, memory to the number of different sets, not of reports.  `alias_resolution`
says which tracks are one device.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from schouw_agent.report import Device
from schouw_collector.naming import subject_of

LASTING = ("dev_eui", "serial", "mac", "client_id")
"""Kinds that are the same wherever a device is seen, the best first; a client id at its broker."""
_PROVEN = frozenset(LASTING[:3])
_NEARBY = ("name", "topic", "ip")
"""Kinds that may be another device's elsewhere."""
KINDS = (*LASTING, *_NEARBY)
_MOST_REMEMBERED = 1 << 15
_MOST_KEYS = 1024
"""Of one track: topics and addresses may change without end."""
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
    """By what findings know it: its best identifier."""
    makers: set[str]
    models: set[str]
    first: datetime
    last: datetime
    reports: int
    """Bit n: it was in report n."""


class _Known(NamedTuple):
    """The keys of a device."""

    best: frozenset[Key]
    """The lasting ones, else those of its neighbourhood."""
    every: frozenset[Key]
    proven: bool
    """All that are known by `best` are one machine."""


class AliasTable:
    """The tracks of all reports so far."""

    def __init__(self) -> None:
        self.tracks: list[Track] = []
        self._number_of: dict[tuple[frozenset[Key], int], int] = {}
        self._known: dict[tuple[object, ...], _Known] = {}
        self._report = -1
        self._alike: Counter[frozenset[Key]] = Counter()
        """Sets of identifiers of this report that do not prove to be one machine's."""

    def add(self, device: Device, report: int, agent: str, relay: str = "") -> int:
        """Return the number of the track that a device belongs to.

        `report`: the number of the report; all of its devices come before the next report's.
        `agent`: who made it; empty for one that does not number its reports, of which one cannot
        tell whether they were made in one place.  `relay`: the subject of who carried the device's
        data, if another did.
        """
        known = self._look_up(device, agent, relay)
        place = (known.best, 0 if known.proven else self._count_alike(report, known.best))
        number = self._number_of.get(place) if known.best else None
        if number is None:
            number = self._number_of[place] = len(self.tracks)
            subject = subject_of(device)
            first, last = device.first_seen, device.last_seen
            self.tracks.append(Track(set(known.every), subject, set(), set(), first, last, 0))
        track = self.tracks[number]
        if not known.every <= track.keys and len(track.keys) < _MOST_KEYS:
            track.keys |= known.every
        if device.vendor:
            track.makers.add(device.vendor.casefold())
        if device.model:
            track.models.add(device.model.casefold())
        if device.first_seen < track.first:
            track.first = device.first_seen
        if device.last_seen > track.last:
            track.last = device.last_seen
        track.reports |= 1 << report
        return number

    def _look_up(self, device: Device, agent: str, relay: str) -> "_Known":
        """Return the keys of a device.  The next report mostly says the same of it."""
        said = tuple([(i.kind, i.value) for i in device.identifiers])
        brokers = tuple([(r.host, r.address) for r in device.recipients if r.role == "broker"])
        signature = (agent, relay, said, brokers)
        known = self._known.get(signature)
        if known is None:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            lasting, nearby = _keys(device, agent, relay)
            best = frozenset(lasting or nearby)
            proven = any(key.kind in _PROVEN for key in best)
            known = self._known[signature] = _Known(best, frozenset((*lasting, *nearby)), proven)
        return known

    def _count_alike(self, report: int, best: frozenset[Key]) -> int:
        """Return how many devices of this report were known by the same before."""
        if report != self._report:
            self._report = report
            self._alike.clear()
        self._alike[best] += 1
        return self._alike[best] - 1


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
