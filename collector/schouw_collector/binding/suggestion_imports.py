"""What exports of other administrations add: they name a device, and say what the register says.

Nothing of an export is quoted but the reference of an entry.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from schouw_agent.report import Device
from schouw_collector.binding.candidates import Candidate
from schouw_collector.binding.mark_index import MarkIndex
from schouw_collector.binding.references import Index, references_in
from schouw_collector.binding.selectors import SelectorKind, exact_value, normal_pattern
from schouw_collector.records import Words
from schouw_collector.registers.register_entry import RegisterEntry

_SURE = {"dev_eui": 1.0, "serial": 1.0, "mac": 1.0, "client_id": 0.9, "ip": 0.5, "topic": 0.7}
_OTHERWISE = 0.8
_COLUMN, _REFERENCE, _IDENTIFIER, _PLACE = 0.95, 0.85, 0.85, 0.6
_NEAR_METRES = 100.0
_GRID = 0.005
"""Degrees: above `_NEAR_METRES` also in the far north."""
_METRES_PER_DEGREE = 111_320.0
_MOST_IN_ONE_PLACE = 8


class Imports:
    """All candidates, by what a device can be known by."""

    def __init__(
        self, candidates: Iterable[Candidate], entries: Sequence[RegisterEntry], references: Index
    ) -> None:
        self._references = references
        self._entries = {entry.entry_id for entry in entries}
        self._known: MarkIndex[Candidate] = MarkIndex()
        for candidate in candidates:
            for kind, pattern in candidate.marks:
                # A name with an asterisk in it is no pattern of anybody's.
                if kind == "topic" or exact_value(kind, pattern) is not None:
                    self._known.add(kind, pattern, candidate)
        self._declared: dict[tuple[str, str], list[str]] = {}
        self._grid: dict[tuple[int, int], list[RegisterEntry]] = {}
        for entry in entries:
            for identifier in entry.identifiers:
                if identifier.kind != "mud_url" and (
                    mark := _mark(identifier.kind, identifier.value)
                ):
                    self._declared.setdefault(mark, []).append(entry.entry_id)
            if entry.location.latitude is not None and entry.location.longitude is not None:
                cell = _cell(entry.location.latitude, entry.location.longitude)
                self._grid.setdefault(cell, []).append(entry)

    def of(self, device: Device) -> Iterable[tuple[str, float, Words]]:
        """Yield the entries that exports point at for a device: weight and reason."""
        for kind, candidate in self._matching(device):
            sure = _SURE.get(kind, _OTHERWISE)
            for entry, weight, text in self._pointed(candidate):
                yield entry, round(weight * sure, 2), _from(candidate.source, kind, text)

    def _matching(self, device: Device) -> Iterable[tuple[str, Candidate]]:
        found = self._known.find(device)
        count = Counter(kind for kind, _ in found)
        # What many rows have in common tells nothing.
        return [(kind, row) for kind, row in found if count[kind] <= _MOST_IN_ONE_PLACE]

    def _pointed(self, candidate: Candidate) -> Iterable[tuple[str, float, Words]]:
        if candidate.entry in self._entries:
            yield (
                candidate.entry,
                _COLUMN,
                Words(nl="noemt deze inschrijving", en="names this entry"),
            )
        for entry in references_in(candidate.names, self._references):
            yield entry, _REFERENCE, Words(nl=f"noemt {entry}", en=f"names {entry}")
        for mark in candidate.marks:
            for entry in self._declared.get(mark, ()):
                yield (
                    entry,
                    _IDENTIFIER,
                    Words(
                        nl=f"noemt een kenmerk dat het register ook noemt ({mark[0]})",
                        en=f"states an identifier that the register states too ({mark[0]})",
                    ),
                )
        if candidate.latitude is not None and candidate.longitude is not None:
            near = self._near(candidate.latitude, candidate.longitude)
            for entry in near if len(near) <= _MOST_IN_ONE_PLACE else ():
                yield (
                    entry,
                    round(_PLACE / len(near) ** 0.5, 2),
                    Words(
                        nl="noemt een plaats binnen 100 meter van de opgegeven plaats",
                        en="states a place within 100 metres of the declared one",
                    ),
                )

    def _near(self, latitude: float, longitude: float) -> list[str]:
        row, column = _cell(latitude, longitude)
        around = [
            entry
            for y in (row - 1, row, row + 1)
            for x in (column - 1, column, column + 1)
            for entry in self._grid.get((y, x), ())
        ]
        return [
            e.entry_id
            for e in around
            if _metres(latitude, longitude, e.location.latitude, e.location.longitude)
            <= _NEAR_METRES
        ]


def _mark(kind: SelectorKind, value: str) -> tuple[str, str] | None:
    try:
        return kind, normal_pattern(kind, value)
    except ValueError:
        return None


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude / _GRID), math.floor(longitude / _GRID)


def _metres(
    latitude: float, longitude: float, other_latitude: float | None, other_longitude: float | None
) -> float:
    if other_latitude is None or other_longitude is None:
        return math.inf
    across = (longitude - other_longitude) * math.cos(math.radians(latitude))
    return math.hypot(latitude - other_latitude, across) * _METRES_PER_DEGREE


def _from(source: str, kind: str, text: Words) -> Words:
    return Words(
        nl=f"{source}: kent het apparaat ({kind}) en {text.nl}.",
        en=f"{source}: knows the device ({kind}) and {text.en}.",
    )
