"""Which of thousands of patterns may fit a device, found by how they begin and not one by one."""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from schouw_agent.report import Device

_Row = TypeVar("_Row")
_WILD = re.compile(r"[*?\[+#]")
_SEPARATORS = re.compile(r"[:.\s-]")
_READ_FROM = {"oui": "mac"}
_NUMBERS = frozenset({"mac", "oui", "dev_eui"})


class PatternIndex(Generic[_Row]):
    """Rows by the kind and the pattern that `normal_pattern` has made."""

    def __init__(self, rows: Iterable[tuple[str, str, _Row]]) -> None:
        self._starts: dict[str, dict[int, dict[str, list[tuple[int, _Row]]]]] = {}
        self._blocks: dict[tuple[int, int], dict[int, list[tuple[int, _Row]]]] = {}
        for place, (kind, pattern, row) in enumerate(rows):
            if kind == "ip":
                block = ipaddress.ip_network(pattern)
                of_size = self._blocks.setdefault((block.version, block.prefixlen), {})
                number = int(block.network_address) >> (block.max_prefixlen - block.prefixlen)
                of_size.setdefault(number, []).append((place, row))
            else:
                # A filter "a/#" also fits the topic "a" (MQTT 5.0, 4.7.1.2).
                start = _WILD.split(pattern, maxsplit=1)[0].rstrip("/")
                of_length = self._starts.setdefault(kind, {}).setdefault(len(start), {})
                of_length.setdefault(start, []).append((place, row))

    def may_fit(self, device: Device) -> list[_Row]:
        """Return every row whose pattern may fit the device, in their order; and some others."""
        found: dict[int, _Row] = {}
        for kind in self._starts:
            for value in _values(kind, device):
                for length, rows in self._starts[kind].items():
                    found.update(rows.get(value[:length], ()))
        if self._blocks:
            for value in _values("ip", device):
                found.update(self._around(value))
        return [found[place] for place in sorted(found)]

    def _around(self, value: str) -> Iterator[tuple[int, _Row]]:
        try:
            address = ipaddress.ip_address(value)
        except ValueError:
            return
        for (version, length), rows in self._blocks.items():
            if version == address.version:
                yield from rows.get(int(address) >> (address.max_prefixlen - length), ())


def _values(kind: str, device: Device) -> set[str]:
    wanted = _READ_FROM.get(kind, kind)
    values = {i.value for i in device.identifiers if i.kind == wanted}
    if kind == "topic":
        return values | {e.channel for e in device.emissions}
    if kind in _NUMBERS:
        return {_SEPARATORS.sub("", value).lower() for value in values}
    return {value.casefold() for value in values}
