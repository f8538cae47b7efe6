"""What entries and devices are called."""

from collections.abc import Mapping

from schouw_agent.report import Device
from schouw_collector.records import Assessment, EntryAssessment, Finding

_FOR_PEOPLE = ("name", "host_name", "client_id", "serial", "dev_eui", "topic", "mac", "ip")


def label(device: Device) -> str:
    """Return the identifier of a device that says the most to people; its local id if none.

    A template may fit several devices: it serves only where there is nothing else.
    """
    found = [value for kind in _FOR_PEOPLE for value in values(device, kind)]
    whole = (value for value in found if "{id}" not in value)
    return next(whole, found[0] if found else device.id)


def values(device: Device, kind: str) -> list[str]:
    """Return the identifiers of one kind, the surest first."""
    found = [identifier for identifier in device.identifiers if identifier.kind == kind]
    found.sort(key=lambda identifier: (-identifier.confidence, identifier.value))
    return [identifier.value for identifier in found]


_BY_ALIAS = ("dev_eui", "serial", "mac", "client_id", "topic", "ip", "host_name", "name")


def subject_of(device: Device) -> str:
    """Return by what a device is known the next time: its best identifier, with its kind."""
    for kind in _BY_ALIAS:
        found = sorted(i.value for i in device.identifiers if i.kind == kind)
        if found:
            return f"{kind}:{found[0]}"
    return f"local:{device.id}"


class Names:
    """The names of the entries and devices of one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self.devices: Mapping[str, Device] = {d.id: d for d in assessment.devices}
        self.entries: Mapping[str, EntryAssessment] = {e.entry_id: e for e in assessment.entries}

    def device(self, id_: str) -> str:
        """Return what a device is called; its id if the inventory does not have it."""
        return label(self.devices[id_]) if id_ in self.devices else id_

    def entry(self, id_: str) -> str:
        """Return the name and the id of a register entry, once if they are the same."""
        entry = self.entries.get(id_)
        if entry is None or not entry.name or id_ in entry.name:
            return entry.name if entry and entry.name else id_
        return f"{entry.name} ({id_})"

    def subject(self, finding: Finding) -> str:
        """Return what a finding is about: the entry, else the devices, else the register."""
        if finding.entry_id:
            return self.entry(finding.entry_id)
        return ", ".join(map(self.device, finding.device_ids))
