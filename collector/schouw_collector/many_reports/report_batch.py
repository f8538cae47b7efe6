"""Reports added to a ledger many at a time: amounts of the same device are summed as columns first.

A device that says the same in many reports costs the ledger what one report costs.  What comes out
is what adding one by one gives: what depends on the order is decided by the places in time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from schouw_agent.report import Device, PseudonymRecurrence
from schouw_collector.binding.alias_table import Known
from schouw_collector.many_reports.column_sums import (
    Groups,
    day_ranges,
    emission_totals,
    part_sums,
)
from schouw_collector.many_reports.device_amounts import At, DeviceAmounts, Several
from schouw_collector.many_reports.ledger import Ledger, Numbered, agent_of, carriers_of
from schouw_collector.many_reports.report_columns import Columns, moment

_MOST_ROWS = 200_000
"""Emissions that wait at most: some tens of megabytes."""
_MOST_REPORTS = 1 << 10
"""As many sums of what `report_columns` lets pass fit into 64 bits."""
_PLACES = 1 << 24
"""More than a report has devices."""


@dataclass(slots=True)
class _Slot:
    """A device that says the same in the reports that wait, but for its amounts."""

    device: Device
    known: Known
    nth: int
    reports: list[int] = field(default_factory=list)
    """Numbers of the reports in the ledger, in which it is."""
    missed: int = 0
    """Bit n: something of it is missing in report n."""
    carrier: tuple[At, int] | None = None
    """Place in time of the earliest report that says who carries its data, and which slot that is.
    """
    recurrences: list[tuple[int, At, PseudonymRecurrence]] = field(default_factory=list)


@dataclass(slots=True)
class _Waiting:
    """A report, whose devices have not been added yet."""

    at: Numbered
    slots: list[int]
    new: Columns


class ReportBatch:
    """Reports on their way into a ledger, which has them all after `settle`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._rows = 0
        self._waiting: list[_Waiting] = []
        self._slots: list[_Slot] = []
        self._proven: dict[str, dict[tuple[int, str], int]] = {}
        """Slots of what is known to be one machine, by agent, and by identity of the record and
        carrier."""
        self._slot_of: dict[tuple[int, str, str, int], int] = {}
        """Of all others, by identity of the record, agent, carrier, and which of those known by the
        same."""

    def add(self, new: Columns) -> bool:
        """Add a report; return False, and do nothing but count it, if it counts already."""
        number, at = len(self._ledger.windows), self._ledger.begin(new.head, None)
        if at is None:
            return False
        slots = self._place(new, at, number)
        self._waiting.append(_Waiting(at, slots, new))
        self._rows += len(new.emissions) + len(slots)
        if self._rows >= _MOST_ROWS or len(self._waiting) >= _MOST_REPORTS:
            self.settle()
        return True

    def _place(self, new: Columns, at: Numbered, number: int) -> list[int]:
        """Return the slots of the devices of a report."""
        agent = agent_of(new.head)
        carriers = carriers_of(zip(new.ids, new.relays, new.records, strict=True))
        carrier_of = [carriers.get(relay, "") if relay else "" for relay in new.relays]
        known = self._proven.setdefault(agent, {})
        places = list(map(known.get, zip(map(id, new.records), carrier_of, strict=True)))
        slots, found = self._slots, []
        for device, carrier, place in zip(new.records, carrier_of, places, strict=True):
            slot = self._slot(device, agent, carrier, number) if place is None else place
            slots[slot].reports.append(number)
            found.append(slot)
        for row in np.flatnonzero(new.devices[:, 2]).tolist():
            slots[found[row]].missed |= 1 << number
        if carriers:
            self._note_carriers(new, found, at)
        if new.recurrences:
            self._note_recurrences(new, found, at)
        return found

    def _slot(self, device: Device, agent: str, carrier: str, number: int) -> int:
        """Return the slot of a device, unless it is known to be one machine's."""
        identities = self._ledger.identities
        known = identities.identify(device, agent, carrier)
        nth = identities.nth(known, number)
        new = len(self._slots)
        if known.proven:
            place = self._proven[agent].setdefault((id(device), carrier), new)
        else:
            # Without a name it is never the same device as in another report.
            key = id(device), agent, carrier, nth if known.place.best else -new - 1
            place = self._slot_of.setdefault(key, new)
        if place == new:
            self._slots.append(_Slot(device, known, nth))
        return place

    def _note_carriers(self, new: Columns, slots: list[int], at: Numbered) -> None:
        slot_of = dict(zip(new.ids, slots, strict=True))
        for place, (relay, number) in enumerate(zip(new.relays, slots, strict=True)):
            if relay in slot_of:
                slot = self._slots[number]
                if slot.carrier is None or (*at, place) < slot.carrier[0]:
                    slot.carrier = (*at, place), slot_of[relay]

    def _note_recurrences(self, new: Columns, slots: list[int], at: Numbered) -> None:
        owner = [(n, e) for n, d in enumerate(new.records) for e in range(len(d.emissions))]
        for row, recurrence in new.recurrences:
            place, emission = owner[row]
            self._slots[slots[place]].recurrences.append((emission, (*at, place), recurrence))

    def settle(self) -> None:
        """Add all that waits to the ledger."""
        if not self._waiting:
            return
        ledger = self._ledger
        numbers = []
        for slot, several in zip(self._slots, _sums(self._waiting, self._slots), strict=True):
            amounts, device = several.amounts, slot.device
            seen = amounts.first_seen, amounts.last_seen
            # A report may have it twice, as two devices.
            bits = sum(1 << report for report in set(slot.reports))
            number = ledger.identities.note(slot.known, slot.nth, device, seen, bits, slot.missed)
            ledger.stays.add(number, device, seen, several.reports)
            sum_ = ledger.device(number, device, amounts, several.earliest)
            sum_.add_several(device, several)
            numbers.append(number)
        for slot, number in zip(self._slots, numbers, strict=True):
            if slot.carrier is not None:
                ledger.devices[number].keep_relay(slot.carrier[0], numbers[slot.carrier[1]])
        for each in self._waiting:
            report = each.new.head
            if report.linkages or report.followings:
                tracks = [numbers[slot] for slot in each.slots]
                ledger.relate(report, dict(zip(each.new.ids, tracks, strict=True)), each.at)
        self._rows, self._waiting, self._slots = 0, [], []
        self._slot_of, self._proven = {}, {}


def _sums(waiting: list[_Waiting], slots: list[_Slot]) -> Iterator[Several]:
    """Yield what the reports say of each slot."""
    # In order of time, so that numbers of reports are that too.
    waiting = sorted(waiting, key=lambda each: each.at)
    columns = [each.new for each in waiting]
    of = np.concatenate([np.array(each.slots, dtype=np.int64) for each in waiting])
    when = np.concatenate([n * _PLACES + np.arange(len(w.slots)) for n, w in enumerate(waiting)])

    def at(number: int) -> At:
        return (*waiting[number // _PLACES].at, number % _PLACES)

    groups, devices = Groups(of, when), np.concatenate([each.devices for each in columns])
    rows = zip(
        slots,
        groups.least(when).tolist(),
        groups.greatest(when).tolist(),
        map(moment, groups.least(devices[:, 0]).tolist()),
        map(moment, groups.greatest(devices[:, 1]).tolist()),
        groups.sums(devices[:, 2:]).tolist(),
        day_ranges(of, devices[:, :2], len(slots)),
        emission_totals(columns, of, when, [len(s.device.emissions) for s in slots]),
        part_sums([c.recipients for c in columns], of, [len(s.device.recipients) for s in slots]),
        part_sums(
            [c.undecoded for c in columns], of, [len(s.device.coverage.undecoded) for s in slots]
        ),
        strict=True,
    )
    for slot, earliest, latest, first, last, sizes, days, emissions, recipients, undecoded in rows:
        missed, octets, packets = sizes
        yield Several(
            amounts=DeviceAmounts(
                id=columns[earliest // _PLACES].ids[earliest % _PLACES],
                relay="",
                first_seen=first,
                last_seen=last,
                packets=packets,
                octets=octets,
                missed_octets=missed,
                undecoded=undecoded,
                emissions=tuple(emission[:-1] for emission in emissions),
                recipients=recipients,
            ),
            earliest=at(earliest),
            latest=at(latest),
            surest=tuple(at(emission.surest) for emission in emissions),
            recurrences=tuple(slot.recurrences),
            days=tuple(days),
            reports=len(slot.reports),
        )
