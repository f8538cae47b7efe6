"""Which entry or device of a later check is which of an earlier one.

`Device.id` is local to one report, so a device is known again by its identifiers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schouw_agent.report import Device
from schouw_collector.naming import Names, values
from schouw_collector.records import Assessment

_BEST_FIRST = ("dev_eui", "serial", "mac", "client_id", "topic", "ip")
"""The order of the collector's alias table."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry, or a device that is bound to none, as it was in both checks."""

    name: str
    entry_id: str
    new: tuple[Device, ...]
    old: tuple[Device, ...]


def subjects(old: Assessment, new: Assessment) -> Iterable[Subject]:
    """Return every entry and every unbound device of either check, each once."""
    matches = _matches(old.devices, new.devices)
    names_old, names_new = Names(old), Names(new)
    done_old: set[str] = set()
    done_new: set[str] = set()
    for entry in sorted(set(names_old.entries) | set(names_new.entries)):
        mine = _devices(names_new, entry)
        earlier = {d.id: d for d in _devices(names_old, entry)}
        earlier.update({matches[d.id].id: matches[d.id] for d in mine if d.id in matches})
        done_new |= {d.id for d in mine}
        done_old |= set(earlier)
        if mine or earlier:
            names = names_new if entry in names_new.entries else names_old
            yield Subject(names.entry(entry), entry, mine, tuple(earlier.values()))
    for device in new.devices:
        if device.id in done_new:
            continue
        match = matches.get(device.id)
        done_old |= {match.id} if match else set()
        yield Subject(names_new.device(device.id), "", (device,), (match,) if match else ())
    for device in old.devices:
        if device.id not in done_old:
            yield Subject(names_old.device(device.id), "", (), (device,))


def _devices(names: Names, entry: str) -> tuple[Device, ...]:
    ids = names.entries[entry].device_ids if entry in names.entries else ()
    return tuple(names.devices[id_] for id_ in ids if id_ in names.devices)


def _matches(old: Iterable[Device], new: Iterable[Device]) -> Mapping[str, Device]:
    """Return for the id of each later device the earlier one that it is."""
    found: dict[str, Device] = {}
    taken: set[str] = set()
    for kind in _BEST_FIRST:
        before = _owners((d for d in old if d.id not in taken), kind)
        after = _owners((d for d in new if d.id not in found), kind)
        for value, devices in after.items():
            # An identifier that several devices share, such as a topic, tells none of them apart.
            if len(devices) == len(before.get(value, ())) == 1:
                known, match = devices[0].id, before[value][0]
                if known not in found and match.id not in taken:
                    found[known] = match
                    taken.add(match.id)
    return found


def _owners(devices: Iterable[Device], kind: str) -> dict[str, list[Device]]:
    owners: dict[str, list[Device]] = {}
    for device in devices:
        for value in dict.fromkeys(value.casefold() for value in values(device, kind)):
            owners.setdefault(value, []).append(device)
    return owners
