"""Several reports as one: what two observation points saw of the same device is one device."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import zip_longest
from typing import TypeVar

from schouw_agent.report import (
    Coverage,
    Device,
    DeviceCoverage,
    Emission,
    Following,
    Identifier,
    Linkage,
    Recipient,
    Report,
    Undecoded,
)
from schouw_collector.alias_resolution import resolve
from schouw_collector.alias_table import AliasTable
from schouw_collector.naming import subject_of
from schouw_collector.stays import StayTable
from schouw_collector.who_is_who import WhoIsWho, who_is_who

_Each = TypeVar("_Each")


@dataclass(frozen=True, slots=True)
class Merged:
    """The devices of all reports, each once, and what was said of them by their ids."""

    devices: tuple[Device, ...]
    linkages: tuple[Linkage, ...]
    followings: tuple[Following, ...]
    days: Mapping[str, tuple[date, ...]]
    """Device id → the UTC days of the reports in which it was seen, in order."""
    who: WhoIsWho


def merge(reports: Sequence[Report]) -> Merged:
    """Return the devices of all reports, one for each device, in the order of the reports.

    The devices of a single report keep their ids.  Those of several get the number of the first
    report that saw them as a prefix, since ids are local to a report.
    """
    table, stays = AliasTable(), StayTable()
    seen: list[tuple[int, Device]] = []
    for number, report in enumerate(reports):
        prefix = f"{number + 1}/" if len(reports) > 1 else ""
        relays = {device.relay for device in report.devices} - {""}
        carriers = {
            device.id: subject_of(device) for device in report.devices if device.id in relays
        }
        agent = report.agent_id if report.epoch or report.sequence else ""
        for device in report.devices:
            track = table.add(device, number, agent, carriers.get(device.relay, ""))
            stays.add(track, device)
            seen.append((track, _prefixed(device, prefix)))
    identities = resolve(table.tracks)
    groups: dict[int, list[Device]] = {}
    for track, device in seen:
        groups.setdefault(identities.device_of[track], []).append(device)
    id_of = {first: group[0].id for first, group in groups.items()}
    renamed = {device.id: id_of[identities.device_of[track]] for track, device in seen}
    devices = tuple(
        _merged(group, renamed) if len(group) > 1 or group[0].relay else group[0]
        for group in groups.values()
    )
    return Merged(
        devices=devices,
        linkages=tuple(_linkages(reports, renamed)),
        followings=tuple(_followings(reports, renamed)),
        days={
            group[0].id: tuple(sorted({day for device in group for day in _days(device)}))
            for group in groups.values()
        },
        who=who_is_who(
            table.tracks, identities, stays, id_of, {d.id: subject_of(d) for d in devices}
        ),
    )


def _prefixed(device: Device, prefix: str) -> Device:
    """Return a device under ids that no other report has."""
    if not prefix:
        return device
    relay = f"{prefix}{device.relay}" if device.relay else ""
    return device.model_copy(update={"id": f"{prefix}{device.id}", "relay": relay})


def _linkages(reports: Sequence[Report], renamed: Mapping[str, str]) -> Iterator[Linkage]:
    for number, report in enumerate(reports, 1):
        prefix = f"{number}/" if len(reports) > 1 else ""
        for linkage in report.linkages:
            ids = tuple(renamed.get(f"{prefix}{id_}", "") for id_ in linkage.device_ids)
            if all(ids):
                yield linkage.model_copy(update={"device_ids": ids})


def _followings(reports: Sequence[Report], renamed: Mapping[str, str]) -> Iterator[Following]:
    for number, report in enumerate(reports, 1):
        prefix = f"{number}/" if len(reports) > 1 else ""
        for following in report.followings:
            input_id = renamed.get(f"{prefix}{following.input_device_id}")
            id_ = renamed.get(f"{prefix}{following.device_id}")
            if input_id and id_:
                update = {"input_device_id": input_id, "device_id": id_}
                yield following.model_copy(update=update)


def _days(device: Device) -> tuple[date, ...]:
    """Return the UTC days on which a report first and last saw a device."""
    return tuple(sorted({d.astimezone(UTC).date() for d in (device.first_seen, device.last_seen)}))


def _merged(group: Sequence[Device], renamed: dict[str, str]) -> Device:
    first = group[0]
    relay = next((d.relay for d in group if d.relay), "")
    authentication = next((d.authentication for d in group if d.authentication != "unseen"), None)
    return first.model_copy(
        update={
            "role": next((d.role for d in group if d.role == "sensor"), first.role),
            "identifiers": _identifiers(group),
            "vendor": next((d.vendor for d in group if d.vendor), ""),
            "model": next((d.model for d in group if d.model), ""),
            "mud_url": next((d.mud_url for d in group if d.mud_url), ""),
            "software": tuple(dict.fromkeys(s for d in group for s in d.software)),
            "services": tuple(dict.fromkeys(s for d in group for s in d.services)),
            "firmware": next((d.firmware for d in reversed(group) if d.firmware), ""),
            "capabilities": tuple(sorted({c for d in group for c in d.capabilities})),
            "authentication": authentication or "unseen",
            "relay": renamed.get(relay, relay),
            "areas": tuple(dict.fromkeys(area for d in group for area in d.areas)),
            "emissions": _emissions(e for d in group for e in d.emissions),
            "recipients": _recipients(r for d in group for r in d.recipients),
            "coverage": DeviceCoverage(
                packets=sum(d.coverage.packets for d in group),
                octets=sum(d.coverage.octets for d in group),
                missed_octets=sum(d.coverage.missed_octets for d in group),
                undecoded=_undecoded(u for d in group for u in d.coverage.undecoded),
            ),
            "first_seen": min(d.first_seen for d in group),
            "last_seen": max(d.last_seen for d in group),
        }
    )


def _identifiers(group: Iterable[Device]) -> tuple[Identifier, ...]:
    best: dict[tuple[str, str], Identifier] = {}
    for device in group:
        for found in device.identifiers:
            known = best.setdefault((found.kind, found.value), found)
            if found.confidence > known.confidence:
                best[found.kind, found.value] = found
    return tuple(best.values())


def _emissions(emissions: Iterable[Emission]) -> tuple[Emission, ...]:
    merged: dict[tuple[str, ...], Emission] = {}
    for new in emissions:
        key = (new.category, new.path, new.protocol, new.channel, new.direction, new.recipient)
        old = merged.get(key)
        merged[key] = new if old is None else _sum(old, new)
    return tuple(merged.values())


def _sum(old: Emission, new: Emission) -> Emission:
    surer = new if new.confidence > old.confidence else old
    smallest = [s for s in (old.smallest, new.smallest) if s is not None]
    pairs = zip_longest(old.intervals, new.intervals, fillvalue=0)
    return surer.model_copy(
        update={
            "messages": old.messages + new.messages,
            "octets": old.octets + new.octets,
            "intervals": tuple(a + b for a, b in pairs),
            "smallest": min(smallest) if smallest else None,
            "retained": old.retained or new.retained,
            "returned_octets": old.returned_octets + new.returned_octets,
            "fingerprints": _either(old.fingerprints, new.fingerprints),
            "certificate_names": _either(old.certificate_names, new.certificate_names),
            "self_declared": old.self_declared and new.self_declared,
            "canaries": _either(old.canaries, new.canaries),
            # Under another key each: what the two saw cannot be added.
            "recurrence": old.recurrence if new.recurrence is None else new.recurrence,
            "basis": _either(old.basis, new.basis),
            "first_seen": min(old.first_seen, new.first_seen),
            "last_seen": max(old.last_seen, new.last_seen),
        }
    )


def _recipients(recipients: Iterable[Recipient]) -> tuple[Recipient, ...]:
    merged: dict[tuple[str, str, int], Recipient] = {}
    for new in recipients:
        key = (new.host, new.address, new.port)
        old = merged.get(key)
        merged[key] = (
            new
            if old is None
            else old.model_copy(
                update={
                    "octets": old.octets + new.octets,
                    "topic_filters": _either(old.topic_filters, new.topic_filters),
                }
            )
        )
    return tuple(merged.values())


def _either(one: Iterable[_Each], other: Iterable[_Each]) -> tuple[_Each, ...]:
    """Return what is in one or the other, once."""
    return tuple(dict.fromkeys((*one, *other)))


def _undecoded(rows: Iterable[Undecoded]) -> tuple[Undecoded, ...]:
    merged: dict[str, Undecoded] = {}
    for new in rows:
        old = merged.get(new.reason)
        merged[new.reason] = (
            new
            if old is None
            else Undecoded(
                reason=new.reason,
                flows=old.flows + new.flows,
                messages=old.messages + new.messages,
                octets=old.octets + new.octets,
            )
        )
    return tuple(merged[reason] for reason in sorted(merged))


_ADDED = (
    "frames",
    "octets",
    "truncated_frames",
    "shunted_frames",
    "invalid_frames",
    "missed_octets",
    "payload_octets",
    "read_octets",
    "flows",
    "messages",
    "missed_messages",
    "passers_by_frames",
    "outside_order_frames",
)


_MAY_BE_UNKNOWN = ("kernel_drops", "duplicates")


def _known_sum(counts: Iterable[int | None]) -> int | None:
    """Return the sum; None if one of the counts is not known."""
    rows = list(counts)
    return None if None in rows else sum(count or 0 for count in rows)


def merge_coverage(reports: Sequence[Report]) -> Coverage:
    """Return the coverage of all reports together: counts are sums, notes are kept once."""
    rows = [report.coverage for report in reports]
    if len(rows) == 1:
        return rows[0]
    clocks = [row.clock_synchronised for row in rows]
    synchronised = None if None in clocks else all(clocks)
    return Coverage(
        **{field: sum(getattr(row, field) for row in rows) for field in _ADDED},
        **{field: _known_sum(getattr(row, field) for row in rows) for field in _MAY_BE_UNKNOWN},
        undecoded=_undecoded(u for row in rows for u in row.undecoded),
        clock_synchronised=False if False in clocks else synchronised,
        partial=any(row.partial for row in rows),
        vantage=", ".join(dict.fromkeys(row.vantage for row in rows)),
        notes=tuple(dict.fromkeys(note for row in rows for note in row.notes)),
    )


def observed_seconds(reports: Iterable[Report]) -> float:
    """Return how long was looked, in seconds: the union of the reports' periods."""
    total, until = 0.0, None
    for start, end in sorted((report.start, report.end) for report in reports):
        begin: datetime = start if until is None else max(start, until)
        if end > begin:
            total += (end - begin).total_seconds()
        until = end if until is None else max(until, end)
    return total
