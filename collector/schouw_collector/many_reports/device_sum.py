"""What many reports say of one device, added up in place; in any order the same.

Counts are sums and sets are sorted.  Of a name the earliest report that says one decides, as it
does in the reports to people; of the firmware the latest.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import UTC, datetime
from typing import Any

from schouw_agent.report import (
    Device,
    DeviceCoverage,
    Identifier,
    Recipient,
    Role,
)
from schouw_collector.many_reports.coverage_sum import ReasonSums, add_counts, undecoded_rows
from schouw_collector.many_reports.device_amounts import At, DeviceAmounts, Several
from schouw_collector.many_reports.emission_sum import EmissionKey, EmissionSum, either, key_of
from schouw_collector.many_reports.seen_days import Days

_FIRST = ("vendor", "model", "mud_url", "authentication")
"""Of these the earliest report that says something decides."""
_NOTHING = ("", "unseen")


class DeviceSum:
    """One device over many reports."""

    __slots__ = (
        "areas", "capabilities", "days", "emissions", "firmware", "first", "first_at", "first_id",
        "first_role", "first_seen", "identifiers", "in_order", "is_sensor", "last_seen",
        "latest_at", "missed_octets", "octets", "packets", "recipients", "relay", "services",
        "software", "told", "undecoded",
    )  # fmt: skip

    def __init__(self, new: Device, amounts: DeviceAmounts, at: At) -> None:
        """Make a sum of nothing: of a device that a report names so, at this place in time."""
        self.first_at, self.first_id = at, amounts.id
        self.first_role: Role = new.role
        self.is_sensor = False
        self.first: dict[str, tuple[At, str]] = {}
        self.relay: tuple[At, int] | None = None
        """Number of the track that carries its data."""
        self.firmware: tuple[At, str] | None = None
        self.software, self.services = new.software, new.services
        self.capabilities, self.areas = new.capabilities, new.areas
        self.identifiers: dict[tuple[str, str], float] = {}
        self.emissions: dict[EmissionKey, EmissionSum] = {}
        self.recipients: dict[tuple[str, str, int], tuple[Recipient, At, int, tuple[str, ...]]] = {}
        """By host, address and port: the earliest, when, octets and topic filters."""
        self.packets = self.octets = self.missed_octets = 0
        self.undecoded: ReasonSums = {}
        self.first_seen, self.last_seen = amounts.first_seen, amounts.last_seen
        self.days = Days()
        self.latest_at = at
        self.told: Device | None = None
        """What the last report said that it is."""
        self.in_order: tuple[EmissionSum, ...] = ()
        """Its emissions, as `told` has them."""

    def add(self, new: Device, amounts: DeviceAmounts, at: At) -> None:
        """Add what one more report says of it; of `new` everything counts but the amounts."""
        self._describe(new, amounts.id, at, at)
        for sum_, e, amounts_of_it in zip(
            self.in_order, new.emissions, amounts.emissions, strict=True
        ):
            sum_.add(e, amounts_of_it, at)
        self._add_amounts(new, amounts, at)
        begin, end = _day(amounts.first_seen), _day(amounts.last_seen)
        self.days.add(begin, begin)
        if end != begin:
            self.days.add(end, end)

    def add_several(self, new: Device, several: Several) -> None:
        """Add what several reports say of it, as `add` would one by one."""
        amounts, earliest = several.amounts, several.earliest
        self._describe(new, amounts.id, earliest, several.latest)
        for sum_, e, amounts_of_it, at in zip(
            self.in_order, new.emissions, amounts.emissions, several.surest, strict=True
        ):
            sum_.add(e, amounts_of_it, at)
        for number, at, recurrence in several.recurrences:
            self.in_order[number].keep_recurrence(recurrence, at)
        self._add_amounts(new, amounts, earliest)
        for begin, end in several.days:
            self.days.add(begin, end)

    def _describe(self, new: Device, id_: str, earliest: At, latest: At) -> None:
        """Take note of what a device said that it is, from its earliest to its latest report."""
        if new is not self.told or earliest < self.latest_at:
            self._settle(new, earliest, latest, id_)
        elif new.firmware:
            self.firmware = latest, new.firmware
        if latest > self.latest_at:
            self.latest_at = latest

    def _add_amounts(self, new: Device, amounts: DeviceAmounts, at: At) -> None:
        for r, octets in zip(new.recipients, amounts.recipients, strict=True):
            self._add_recipient((r.host, r.address, r.port), (r, at, octets, r.topic_filters))
        self._add_counts(amounts.packets, amounts.octets, amounts.missed_octets)
        for row, counts in zip(new.coverage.undecoded, amounts.undecoded, strict=True):
            add_counts(self.undecoded, row.reason, counts)
        self._add_ends(amounts.first_seen, amounts.last_seen)

    def _settle(self, new: Device, at: At, latest: At, id_: str) -> None:
        """Take note of what a device mostly says every time."""
        if at < self.first_at:
            self.first_at, self.first_id, self.first_role = at, id_, new.role
        self.is_sensor = self.is_sensor or new.role == "sensor"
        for name in _FIRST:
            value = getattr(new, name)
            if value not in _NOTHING:
                self._keep_first(name, at, value)
        if new.firmware and (self.firmware is None or latest > self.firmware[0]):
            self.firmware = latest, new.firmware
        self._add_sets(new)
        known = self.identifiers
        for identifier in new.identifiers:
            name_and_value = identifier.kind, identifier.value
            if known.get(name_and_value, -1.0) < identifier.confidence:
                known[name_and_value] = identifier.confidence
        self.told, emissions = new, self.emissions
        in_order = []
        for e in new.emissions:
            key = key_of(e)
            if key not in emissions:
                emissions[key] = EmissionSum(e, at)
            in_order.append(emissions[key])
        self.in_order = tuple(in_order)

    def copy(self) -> "DeviceSum":
        """Return a sum of its own, which can absorb others while this one stays as it is."""
        other = copy(self)
        for name in ("first", "identifiers", "recipients", "undecoded"):
            setattr(other, name, dict(getattr(self, name)))
        other.emissions = {key: copy(emission) for key, emission in self.emissions.items()}
        other.told, other.in_order = None, ()
        other.days = Days()
        for begin, end in zip(self.days.starts, self.days.ends, strict=True):
            other.days.add(begin, end)
        return other

    def absorb(self, other: "DeviceSum") -> None:
        """Add another sum, of what turned out to be the same device."""
        if other.first_at < self.first_at:
            self.first_at, self.first_id = other.first_at, other.first_id
            self.first_role = other.first_role
        self.latest_at, self.told = max(self.latest_at, other.latest_at), None
        self.is_sensor = self.is_sensor or other.is_sensor
        for name, (at, value) in other.first.items():
            self._keep_first(name, at, value)
        if other.relay is not None:
            self.keep_relay(*other.relay)
        if other.firmware and (self.firmware is None or other.firmware > self.firmware):
            self.firmware = other.firmware
        self._add_sets(other)
        for known_by, confidence in other.identifiers.items():
            self.identifiers[known_by] = max(confidence, self.identifiers.get(known_by, -1.0))
        for key, more in other.emissions.items():
            if key in self.emissions:
                self.emissions[key].absorb(more)
            else:
                self.emissions[key] = copy(more)
        for of, row in other.recipients.items():
            self._add_recipient(of, row)
        self._add_counts(other.packets, other.octets, other.missed_octets)
        for reason, counts in other.undecoded.items():
            add_counts(self.undecoded, reason, counts)
        self._add_ends(other.first_seen, other.last_seen)
        for begin, end in zip(other.days.starts, other.days.ends, strict=True):
            self.days.add(begin, end)

    def keep_relay(self, at: At, number: int) -> None:
        """Take note of who carries its data: the earliest report decides."""
        if self.relay is None or at < self.relay[0]:
            self.relay = at, number

    def restore(
        self,
        *,
        latest_at: At,
        first_role: Role,
        named: Mapping[str, At],
        firmware: At | None,
        days: Iterable[tuple[int, int]],
    ) -> None:
        """Make of a sum of one record, as `frozen` gave it, the sum that gave it.

        Raises `ValueError` if the record lacks what the places in time are of.
        """
        self.latest_at, self.told, self.first_role = latest_at, None, first_role
        if named.keys() != self.first.keys() or (firmware is None) != (self.firmware is None):
            raise ValueError("names and their places differ")
        self.first = {name: (named[name], value) for name, (_, value) in self.first.items()}
        if firmware is not None and self.firmware is not None:
            self.firmware = firmware, self.firmware[1]
        self.days = Days()
        for begin, end in days:
            self.days.add(begin, end)

    def frozen(self, id_: str, relay: str) -> Device:
        """Return the record of all that was added."""
        named: dict[str, Any] = {name: value for name, (_, value) in self.first.items()}
        return Device.model_construct(
            id=id_,
            role="sensor" if self.is_sensor else self.first_role,
            identifiers=tuple(
                Identifier(kind=kind, value=value, confidence=confidence)
                for (kind, value), confidence in sorted(
                    self.identifiers.items(), key=lambda row: (row[0][0], -row[1], row[0][1])
                )
            ),
            firmware=self.firmware[1] if self.firmware else "",
            software=self.software,
            services=self.services,
            capabilities=self.capabilities,
            areas=self.areas,
            relay=relay,
            emissions=tuple(self.emissions[key].frozen() for key in sorted(self.emissions)),
            recipients=tuple(
                row.model_copy(update={"octets": octets, "topic_filters": filters})
                for _, (row, _, octets, filters) in sorted(
                    self.recipients.items(), key=lambda item: item[0]
                )
            ),
            coverage=DeviceCoverage(
                packets=self.packets,
                octets=self.octets,
                missed_octets=self.missed_octets,
                undecoded=undecoded_rows(self.undecoded),
            ),
            first_seen=self.first_seen,
            last_seen=self.last_seen,
            **named,
        )

    def _keep_first(self, name: str, at: At, value: str) -> None:
        if name not in self.first or at < self.first[name][0]:
            self.first[name] = at, value

    def _add_sets(self, new: "Device | DeviceSum") -> None:
        self.software = either(self.software, new.software)
        self.services = either(self.services, new.services)
        self.capabilities = either(self.capabilities, new.capabilities)
        self.areas = either(self.areas, new.areas)

    def _add_recipient(
        self, of: tuple[str, str, int], new: tuple[Recipient, At, int, tuple[str, ...]]
    ) -> None:
        old = self.recipients.get(of)
        if old is not None:
            row, at = (new[0], new[1]) if new[1] < old[1] else (old[0], old[1])
            new = row, at, old[2] + new[2], either(old[3], new[3])
        self.recipients[of] = new

    def _add_counts(self, packets: int, octets: int, missed_octets: int) -> None:
        self.packets += packets
        self.octets += octets
        self.missed_octets += missed_octets

    def _add_ends(self, first: datetime, last: datetime) -> None:
        if first < self.first_seen:
            self.first_seen = first
        if last > self.last_seen:
            self.last_seen = last


def _day(moment: datetime) -> int:
    """Return the number of a day (UTC)."""
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).toordinal()
