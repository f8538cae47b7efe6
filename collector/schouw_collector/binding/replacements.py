"""Devices that may have come in the place of another: the same name on other hardware."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from schouw_agent.report import Device
from schouw_collector.binding.alias_table import TEMPLATE
from schouw_collector.comparing.rule_context import RuleContext

_HARDWARE = frozenset({"dev_eui", "serial", "mac"})
_INHERITED = ("client_id", "name", "topic")
"""What the configuration gives to a new device, the most telling first."""


class Replacement(NamedTuple):
    """A bound device that fell silent, and an unbound one that began after it."""

    entry_id: str
    old: Device
    new: Device
    kind: str
    value: str
    """The identifier that both have."""


def replacements(context: RuleContext) -> Iterator[Replacement]:
    """Yield each unbound device that may be the successor of one that is bound by its hardware.

    The old one was not seen any more since the new one began, and both have a client id, a name or
    a topic in common that no third device has.
    """
    owners: dict[tuple[str, str], list[Device]] = {}
    for device in context.devices.values():
        for mark in _marks(device):
            owners.setdefault(mark, []).append(device)
    for device_id in context.binding.unbound:
        new = context.devices[device_id]
        for mark in _marks(new):
            old = next((d for d in owners[mark] if d.id != new.id), None)
            if old is None or len(owners[mark]) != 2 or not old.last_seen < new.first_seen:
                continue
            bound = context.binding.of_device.get(old.id, ())
            entries = [b.entry_id for b in bound if b.kind in _HARDWARE]
            if len(entries) == 1 and _may_succeed(old, new):
                yield Replacement(entries[0], old, new, *mark)
                break


def _may_succeed(old: Device, new: Device) -> bool:
    """Return whether nothing says that the new one is another kind of thing."""
    return old.role == new.role and (not old.model or not new.model or old.model == new.model)


def _marks(device: Device) -> Iterable[tuple[str, str]]:
    found = {
        (str(i.kind), i.value)
        for i in device.identifiers
        if i.kind in _INHERITED and TEMPLATE not in i.value
    }
    return sorted(found, key=lambda mark: (_INHERITED.index(mark[0]), mark[1]))
