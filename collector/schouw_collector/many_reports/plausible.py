"""Counts larger than anything a city sends are refused: thousands of reports are summed."""

from collections.abc import Iterator

from pydantic import BaseModel

from schouw_agent.report import Report

MOST = 10**15
"""Of a count.  An octet counter gets there in a day at 90 Gbit/s."""


def beyond_measure(report: Report) -> str:
    """Return which field of a report tells a count that cannot be; empty if none does.

    Epoch and sequence are names, and may be any number.
    """
    parts = report.model_copy(update={"epoch": 0, "sequence": 0})
    return next(_places(parts, ""), "")


def _places(value: object, place: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name, each in value.__dict__.items():
            yield from _places(each, f"{place}.{name}" if place else name)
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _places(each, f"{place}.{number}")
    elif isinstance(value, int) and value >= MOST:
        yield place
