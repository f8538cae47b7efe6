"""Which devices of several reports are one: by the identifiers that they have in common.

The one place where devices are joined.  However the reports come, in whatever order, the same
devices become one.
"""

from collections.abc import Iterable

from schouw_agent.report import Device

Alias = tuple[str, str, str]
"""Kind, value, and the agent within whose sight it means one device; empty: wherever it is seen."""

_LASTING = frozenset({"dev_eui", "serial", "mac", "client_id"})
"""Identifiers that are the same wherever a device is seen."""
_OF_ONE_PLACE = ("topic", "host_name", "name", "ip")
"""Identifiers that may be another device's elsewhere, the best first."""


def aliases(device: Device, agent_id: str) -> list[Alias]:
    """Return by what a device is known again; without identifiers, nothing.

    Where none of its identifiers lasts, the best of the others does, within sight of this agent;
    `agent_id` is empty for an agent that does not number its reports, of which one cannot tell
    whether the next one was made in the same place.
    """
    found: list[Alias] = [
        (identifier.kind, identifier.value.casefold(), "")
        for identifier in device.identifiers
        if identifier.kind in _LASTING
    ]
    if found or not agent_id:
        return found
    for kind in _OF_ONE_PLACE:
        values = sorted(i.value.casefold() for i in device.identifiers if i.kind == kind)
        if values:
            return [(kind, values[0], agent_id)]
    return []


class Identities:
    """Who is who: each device has a number, and devices that turn out to be one get the same."""

    def __init__(self) -> None:
        self._number_of: dict[Alias, int] = {}
        self._joined_to: dict[int, int] = {}
        self._next = 0

    def number(self, known_by: Iterable[Alias]) -> tuple[int, list[int]]:
        """Return the number of a device, and the numbers that are from now on the same."""
        numbers: list[int] = []
        fresh: list[Alias] = []
        for alias in known_by:
            number = self._number_of.get(alias)
            if number is None:
                fresh.append(alias)
            else:
                number = self.current(number)
                if number not in numbers:
                    numbers.append(number)
        if numbers:
            mine = min(numbers)
        else:
            mine, self._next = self._next, self._next + 1
        for alias in fresh:
            self._number_of[alias] = mine
        others = [number for number in numbers if number != mine]
        for other in others:
            self._joined_to[other] = mine
        return mine, others

    def current(self, number: int) -> int:
        """Return the number that a device has now."""
        last = number
        while last in self._joined_to:
            last = self._joined_to[last]
        if last != number:
            self._joined_to[number] = last
        return last

    def aliases(self) -> dict[int, list[Alias]]:
        """Return by what each device is known, by its number now."""
        known: dict[int, list[Alias]] = {}
        for alias, number in self._number_of.items():
            known.setdefault(self.current(number), []).append(alias)
        return known
