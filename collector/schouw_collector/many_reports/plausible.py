"""Counts larger than anything a city sends are refused: thousands of reports are summed."""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from schouw_agent.report import Report
from schouw_collector.many_reports.device_amounts import DeviceAmounts

MOST = 10**15
"""Of a count.  An octet counter gets there in a day at 90 Gbit/s."""


def beyond_measure(report: Report, devices: Iterable[DeviceAmounts]) -> str:
    """Return which field of a report tells a count that cannot be; empty if none does.

    `devices`: their amounts, unless these were looked at.  Epoch and sequence are names, and may be
    any number.
    """
    parts: dict[str, Any] = {"epoch": 0, "sequence": 0}
    # To look at amounts alone takes a tenth of the time.
    if all(max(_counts(device)) < MOST for device in devices):
        parts["devices"] = ()
    return next(_places(report.model_copy(update=parts), ""), "")


def _counts(device: DeviceAmounts) -> Iterator[int]:
    yield from (device.packets, device.octets, device.missed_octets, *device.recipients)
    for flows, messages, octets in device.undecoded:
        yield from (flows, messages, octets)
    for _, messages, octets, returned, intervals, *_ in device.emissions:
        yield max(messages, octets, returned, *intervals)


def _places(value: object, place: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name, each in value.__dict__.items():
            yield from _places(each, f"{place}.{name}" if place else name)
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _places(each, f"{place}.{number}")
    elif isinstance(value, int) and value >= MOST:
        yield place
