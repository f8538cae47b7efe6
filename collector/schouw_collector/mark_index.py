"""Things that are known by marks of devices, found without trying every mark."""

from typing import Generic, TypeVar

from schouw_agent.report import Device
from schouw_collector.selectors import SelectorKind, exact_value, exact_values, fits, topics_of

_Thing = TypeVar("_Thing")


class MarkIndex(Generic[_Thing]):
    """What belongs to which marks."""

    def __init__(self) -> None:
        self._exact: dict[tuple[str, str], list[_Thing]] = {}
        self._topics: dict[str, list[tuple[str, _Thing]]] = {}
        """First level of a topic filter → filters."""
        self._loose: list[tuple[SelectorKind, str, _Thing]] = []

    def add(self, kind: SelectorKind, pattern: str, thing: _Thing) -> None:
        """Note a thing under a pattern that `normal_pattern` has made."""
        value = exact_value(kind, pattern)
        if value is not None:
            self._exact.setdefault((kind, value), []).append(thing)
        elif kind == "topic":
            self._topics.setdefault(pattern.split("/")[0], []).append((pattern, thing))
        else:
            self._loose.append((kind, pattern, thing))

    def find(self, device: Device) -> list[tuple[SelectorKind, _Thing]]:
        """Return the things of which a mark fits a device, each with the kind of the mark."""
        found: list[tuple[SelectorKind, _Thing]] = [
            (kind, thing)
            for kind, value in sorted(exact_values(device))
            for thing in self._exact.get((kind, value), ())
        ]
        if self._topics:
            starts = sorted({topic.split("/")[0] for topic in topics_of(device)} | {"+"})
            rows = (row for start in starts for row in self._topics.get(start, ()))
            found += [("topic", thing) for pattern, thing in rows if fits("topic", pattern, device)]
        found += [
            (kind, thing) for kind, pattern, thing in self._loose if fits(kind, pattern, device)
        ]
        return found
