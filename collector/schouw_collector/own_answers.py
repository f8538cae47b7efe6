"""What servers of the municipality itself answer, where nobody can read it."""

from collections.abc import Collection

from schouw_agent.report import Device
from schouw_collector.selectors import host_fits


def without_own_answers(device: Device, municipal_hosts: Collection[str]) -> Device:
    """Return a device without its encrypted answers, if it is a server of the municipality.

    A handshake alone may be more than the measurement that it protects.  Whose server it is has
    been answered: by the bindings, which name it.
    """
    marks = [i.value for i in device.identifiers if i.kind in ("ip", "host_name")]
    own = any(host_fits(pattern, mark, mark) for pattern in municipal_hosts for mark in marks)
    if not own:
        return device
    kept = tuple(
        e
        for e in device.emissions
        if not (e.direction == "served" and e.category == "opaque_payload")
    )
    return device.model_copy(update={"emissions": kept})
