"""Which devices of several reports are one: by the identifiers that they have in common.

The one place where devices are joined.  However the reports come, in whatever order, the same
devices become one.
"""

from collections.abc import Iterable, Sequence

from schouw_agent.report import Device

Alias = tuple[str, str, str]
"""Kind, value, and the agent within whose sight it means one device; empty: wherever it is seen."""

_LASTING = frozenset({"dev_eui", "serial", "mac", "client_id"})
"""Identifiers that are the same wherever a device is seen."""
_OF_ONE_PLACE = ("topic", "host_name", "name", "ip")
"""Identifiers that may be another device's elsewhere, the best first."""


def aliases(device: Device, agent_id: str) -> frozenset[Alias]:
    """Return by what a device is known again; without identifiers, nothing.

    Where none of its identifiers lasts, the best of the others does, within sight of this agent;
    `agent_id` is empty for an agent that does not number its reports, of which one cannot tell
    whether the next one was made in the same place.
    """
    found: set[Alias] = set()
    for identifier in device.identifiers:
        if identifier.kind in _LASTING:
            found.add((identifier.kind, identifier.value.casefold(), ""))
    if found or not agent_id:
        return frozenset(found)
    for kind in _OF_ONE_PLACE:
        values = sorted(i.value.casefold() for i in device.identifiers if i.kind == kind)
        if values:
            return frozenset({(kind, values[0], agent_id)})
    return frozenset()


class Tracks:
    """The sets of identifiers by which devices were known, each with a number.

    Which of them are one device is decided when it is asked, over all of them: see `resolve`.
    """

    def __init__(self) -> None:
        self.known_by: list[frozenset[Alias]] = []
        """Of each track; empty for a device that nothing tells from others."""
        self._number_of: dict[frozenset[Alias], int] = {}

    def number(self, known_by: frozenset[Alias]) -> int:
        """Return the number of a track; the next one if it is new."""
        number = self._number_of.get(known_by)
        if number is None:
            number = len(self.known_by)
            self.known_by.append(known_by)
            if known_by:
                self._number_of[known_by] = number
        return number


def resolve(known_by: Sequence[Iterable[Alias]]) -> list[int]:
    """Return for each track the first one of the same device: those that share an identifier."""
    parent = list(range(len(known_by)))

    def first(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    owner: dict[Alias, int] = {}
    for number, keys in enumerate(known_by):
        for key in keys:
            one, other = sorted((first(number), first(owner.setdefault(key, number))))
            parent[other] = one
    return [first(number) for number in range(len(known_by))]
