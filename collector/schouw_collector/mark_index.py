"""Things that are known by marks of devices, found without trying every mark.

A mark of one value is found by that value, another by how it begins, a block of addresses by its
size and number.  Only those of a place are tried one by one.
"""

import ipaddress
import re
from collections.abc import Iterator
from typing import Generic, TypeVar

from schouw_agent.report import Device
from schouw_collector.selectors import (
    AT_MOST,
    SelectorKind,
    exact_value,
    exact_values,
    fits,
    topics_of,
)

_Thing = TypeVar("_Thing")
_WILD = re.compile(r"[*?\[+#]")
_READ_FROM = {"oui": "mac", "ngsi_id": "name", "sta_thing": "name"}


class MarkIndex(Generic[_Thing]):
    """What belongs to which marks."""

    def __init__(self) -> None:
        self._exact: dict[tuple[str, str], list[_Thing]] = {}
        self._loose: list[tuple[SelectorKind, str, _Thing]] = []
        """All others; the rest are places in this list."""
        self._starts: dict[str, dict[int, dict[str, list[int]]]] = {}
        """Kind → length of the beginning → beginning."""
        self._blocks: dict[tuple[int, int], dict[int, list[int]]] = {}
        """Version and length of the prefix → prefix."""
        self._areas: list[int] = []

    def add(self, kind: SelectorKind, pattern: str, thing: _Thing) -> None:
        """Note a thing under a pattern that `normal_pattern` has made."""
        value = exact_value(kind, pattern)
        if value is not None:
            self._exact.setdefault((kind, value), []).append(thing)
            return
        place = len(self._loose)
        self._loose.append((kind, pattern, thing))
        if kind == "ip":
            block = ipaddress.ip_network(pattern)
            of_size = self._blocks.setdefault((block.version, block.prefixlen), {})
            number = int(block.network_address) >> (block.max_prefixlen - block.prefixlen)
            of_size.setdefault(number, []).append(place)
        elif kind in AT_MOST:
            self._areas.append(place)
        else:
            # A filter "a/#" also fits the topic "a" (MQTT 5.0, 4.7.1.2).
            start = _WILD.split(pattern, maxsplit=1)[0].rstrip("/")
            of_length = self._starts.setdefault(kind, {}).setdefault(len(start), {})
            of_length.setdefault(start, []).append(place)

    def find(self, device: Device) -> list[tuple[SelectorKind, _Thing]]:
        """Return the things of which a mark fits a device, each with the kind of the mark."""
        values = exact_values(device)
        found: list[tuple[SelectorKind, _Thing]] = [
            (kind, thing)
            for kind, value in sorted(values)
            for thing in self._exact.get((kind, value), ())
        ]
        if self._loose:
            places = {*self._areas, *self._by_start(device, values), *self._by_block(device)}
            rows = (self._loose[place] for place in sorted(places))
            found += [(kind, thing) for kind, pattern, thing in rows if fits(kind, pattern, device)]
        return found

    def _by_start(self, device: Device, values: set[tuple[SelectorKind, str]]) -> Iterator[int]:
        for kind, of_length in self._starts.items():
            wanted = _READ_FROM.get(kind, kind)
            known = topics_of(device) if kind == "topic" else {v for k, v in values if k == wanted}
            for value in known:
                for length, rows in of_length.items():
                    yield from rows.get(value[:length], ())

    def _by_block(self, device: Device) -> Iterator[int]:
        for identifier in device.identifiers if self._blocks else ():
            if identifier.kind != "ip":
                continue
            try:
                address = ipaddress.ip_address(identifier.value)
            except ValueError:
                continue
            for (version, length), rows in self._blocks.items():
                if version == address.version:
                    yield from rows.get(int(address) >> (address.max_prefixlen - length), ())
