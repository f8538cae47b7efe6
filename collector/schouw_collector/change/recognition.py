"""Which entry or device of a later check is which of an earlier one.

`Device.id` is local to one report, so a device is known again by its identifiers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schouw_collector.change.fingerprint import DevicePrint, Fingerprint
from schouw_collector.change.varying import shape

_BEST_FIRST = ("dev_eui", "serial", "mac", "client_id", "topic", "ip")
"""The order of the collector's alias table."""

_Doing = tuple[str, str, str]
"""Names of a device, a category that it emits, and by what topic or path."""
_MOST_ALIKE = 100
"""Devices that are looked at for one that does the same."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry, or a device that is bound to none, as it was in both checks."""

    name: str
    entry_id: str
    new: tuple[DevicePrint, ...]
    old: tuple[DevicePrint, ...]

    @property
    def key(self) -> str:
        """Return by what it is known the next time."""
        return self.entry_id or (self.old or self.new)[0].known_as


def subjects(old: Fingerprint, new: Fingerprint) -> Iterable[Subject]:
    """Return every entry with devices and every unbound device of either check, each once."""
    matches = _matches(old.devices, new.devices)
    ids_old, ids_new = ({d.id: d for d in check.devices} for check in (old, new))
    entries_old, entries_new = ({e.entry_id: e for e in check.entries} for check in (old, new))
    done_old: set[str] = set()
    done_new: set[str] = set()
    for entry_id in sorted(set(entries_old) | set(entries_new)):
        entry = entries_new.get(entry_id) or entries_old[entry_id]
        ids = entries_new[entry_id].device_ids if entry_id in entries_new else ()
        mine = tuple(ids_new[id_] for id_ in ids if id_ in ids_new)
        ids = entries_old[entry_id].device_ids if entry_id in entries_old else ()
        earlier = {id_: ids_old[id_] for id_ in ids if id_ in ids_old}
        earlier.update({matches[d.id].id: matches[d.id] for d in mine if d.id in matches})
        done_new |= {d.id for d in mine}
        done_old |= set(earlier)
        if mine or earlier:
            yield Subject(_named(entry.name, entry_id), entry_id, mine, tuple(earlier.values()))
    for device in new.devices:
        if device.id in done_new:
            continue
        match = matches.get(device.id)
        done_old |= {match.id} if match else set()
        yield Subject(device.name, "", (device,), (match,) if match else ())
    for device in old.devices:
        if device.id not in done_old:
            yield Subject(device.name, "", (), (device,))


def _named(name: str, entry_id: str) -> str:
    """Return the name and the id of an entry, once if they are the same."""
    return name or entry_id if not name or entry_id in name else f"{name} ({entry_id})"


def _matches(old: Iterable[DevicePrint], new: Iterable[DevicePrint]) -> Mapping[str, DevicePrint]:
    """Return for the id of each later device the earlier one that it is."""
    found: dict[str, DevicePrint] = {}
    taken: set[str] = set()
    for kind in _BEST_FIRST:
        before = _owners((d for d in old if d.id not in taken), kind)
        after = _owners((d for d in new if d.id not in found), kind)
        for value, devices in after.items():
            # An identifier that several devices share, such as a topic, tells none of them apart.
            if len(devices) == len(before.get(value, ())) == 1:
                known, match = devices[0].id, before[value][0]
                lent = kind == "ip" and _are_two(match, devices[0])
                if known not in found and match.id not in taken and not lent:
                    found[known] = match
                    taken.add(match.id)
    _match_by_behaviour(
        [d for d in old if d.id not in taken], [d for d in new if d.id not in found], found
    )
    return found


def _are_two(old: DevicePrint, new: DevicePrint) -> bool:
    """Return whether an address went to another device: a better identifier, or what it does."""
    better = [(_values(old, kind), _values(new, kind)) for kind in _BEST_FIRST[:3]]
    if any(before and after for before, after in better):
        return any(before and after and before.isdisjoint(after) for before, after in better)
    if not any(before or after for before, after in better):
        return False
    doings = [{trait.category for trait in device.traits} for device in (old, new)]
    return doings[0].isdisjoint(doings[1])


def _match_by_behaviour(
    old: Iterable[DevicePrint], new: Iterable[DevicePrint], found: dict[str, DevicePrint]
) -> None:
    """Match devices that are known by an address alone, which is lent, and that do the same.

    Which of several alike is which does not matter: they are compared with the same.  One that now
    does less of it is the same too: not everything comes every day.
    """
    waiting: dict[_Doing, list[tuple[DevicePrint, frozenset[_Doing]]]] = {}
    taken: set[str] = set()
    for device in old:
        if device.traits and _only_by_address(device):
            doings = _behaviour(device)
            for doing in doings:
                waiting.setdefault(doing, []).append((device, doings))
    for device in new:
        if device.traits and _only_by_address(device):
            doings = _behaviour(device)
            alike = waiting.get(min(doings), [])
            alike[:] = [row for row in alike if row[0].id not in taken]
            fits = (known for known, known_doings in alike[:_MOST_ALIKE] if doings <= known_doings)
            match = next(fits, None)
            if match:
                found[device.id] = match
                taken.add(match.id)


def _only_by_address(device: DevicePrint) -> bool:
    return all(identifier.kind in {"ip", "host_name", "name"} for identifier in device.identifiers)


def _behaviour(device: DevicePrint) -> frozenset[_Doing]:
    names = ",".join(sorted(_values(device, "host_name") | _values(device, "name")))
    return frozenset(
        (names, trait.category, shape(channel))
        for trait in device.traits
        for channel in trait.channels or ("",)
    )


def _values(device: DevicePrint, kind: str) -> set[str]:
    return {i.value.casefold() for i in device.identifiers if i.kind == kind}


def _owners(devices: Iterable[DevicePrint], kind: str) -> dict[str, list[DevicePrint]]:
    owners: dict[str, list[DevicePrint]] = {}
    for device in devices:
        for value in sorted(_values(device, kind)):
            owners.setdefault(value, []).append(device)
    return owners
