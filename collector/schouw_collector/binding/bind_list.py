"""The state of the binding in lines: what is bound, what is not, and what contradicts itself."""

from collections.abc import Iterable

from schouw_agent.report import Device, Record
from schouw_collector.binding.binding import Bound, privacy_class
from schouw_collector.binding.binding_inventory import Seen
from schouw_collector.records import DeviceMerge, IdentityConflict
from schouw_collector.saying.naming import label


class BoundDevice(Record):
    """A device and its entries."""

    device_id: str
    device: str
    entries: tuple[str, ...]
    kind: str
    """Of the binding that decided."""
    confidence: float


class UnboundDevice(Record):
    """A device that belongs to no entry as far as is stated."""

    device_id: str
    device: str
    privacy_class: str
    """Of the most sensitive data that it sends; empty if it sends none."""
    undeclared: bool
    """Somebody looked it up: it ought to be in the register."""
    candidates: tuple[str, ...]


class BindingState(Record):
    """What `schouw bind list` tells."""

    bound: tuple[BoundDevice, ...]
    conflicts: tuple[BoundDevice, ...]
    """Of these, those that equally telling bindings give to several entries."""
    unbound: tuple[UnboundDevice, ...]
    """The most sensitive data first."""
    out_of_scope: tuple[str, ...]
    infrastructure: tuple[str, ...]
    without_device: tuple[str, ...]
    """Entries of which no device was seen."""
    without_binding: tuple[str, ...]
    """Of these, entries that no binding names."""
    merges: tuple[DeviceMerge, ...]
    identity_conflicts: tuple[IdentityConflict, ...]


def state_of(seen: Seen) -> BindingState:
    """Return the state of the binding."""
    binding = seen.binding
    by_id = {device.id: device for device in seen.devices}
    bound = {id_: _bound(by_id[id_], rows) for id_, rows in binding.of_device.items()}
    silent = [e.entry_id for e in seen.entries if e.entry_id not in binding.of_entry]
    return BindingState(
        bound=tuple(bound.values()),
        conflicts=tuple(bound[id_] for id_ in binding.conflicts),
        unbound=tuple(
            UnboundDevice(
                device_id=id_,
                device=label(by_id[id_]),
                privacy_class=privacy_class(by_id[id_]),
                undeclared=id_ in binding.undeclared,
                candidates=binding.candidates.get(id_, ()),
            )
            for id_ in binding.unbound
        ),
        out_of_scope=_labels(by_id[id_] for id_ in binding.out_of_scope),
        infrastructure=_labels(by_id[id_] for id_ in binding.infrastructure),
        without_device=tuple(silent),
        without_binding=tuple(e for e in silent if e not in binding.named_entries),
        merges=seen.who.merges,
        identity_conflicts=seen.who.conflicts,
    )


def _bound(device: Device, rows: tuple[Bound, ...]) -> BoundDevice:
    return BoundDevice(
        device_id=device.id,
        device=label(device),
        entries=tuple(row.entry_id for row in rows),
        kind=rows[0].kind,
        confidence=min(row.confidence for row in rows),
    )


def _labels(devices: Iterable[Device]) -> tuple[str, ...]:
    return tuple(label(device) for device in devices)
