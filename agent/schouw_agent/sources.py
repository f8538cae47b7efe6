"""Numbers for the sources of runs: flow, direction and fields of messages."""

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from schouw_agent.numbers import Numbers
from schouw_agent.records import FlowReference
from schouw_agent.runs import DeliveredRun


class _Source:
    """One direction of a flow; it holds what it is found by, so that no other gets its identity."""

    __slots__ = ("_flow", "_held", "_numbers", "of_told", "told")

    def __init__(self, flow: FlowReference) -> None:
        self._flow = flow
        self._numbers: dict[int, int] = {}
        """Identity of the fields of a message → number of flow, direction and fields."""
        self._held: list[Mapping[str, Any]] = []
        self.told: Sequence[Mapping[str, Any]] = ()
        """Fields as the last run told them; more may have been added since."""
        self.of_told = array("q")
        """The number of each."""

    def number(self, fields: Mapping[str, Any], new: int) -> int:
        """Return the number that fields have; if none, they get the new one."""
        number = self._numbers.setdefault(id(fields), new)
        if number == new:
            self._held.append(fields)
        return number


class Sources:
    """The sources that were met."""

    def __init__(self) -> None:
        self._sources: dict[tuple[int, bool], _Source] = {}
        self._numbered = 0

    def __len__(self) -> int:
        return self._numbered

    def numbers(self, delivered: DeliveredRun) -> Numbers:
        """Return a number for flow, direction and fields of each message of a run."""
        flow, told = delivered.flow, delivered.run.told
        place = (id(flow), delivered.from_orig)
        source = self._sources.get(place)
        if source is None:
            source = self._sources[place] = _Source(flow)
        if source.told is not told:
            source.told, source.of_told = told, array("q")
        for fields in told[len(source.of_told) :]:
            number = source.number(fields, self._numbered)
            self._numbered += number == self._numbered
            source.of_told.append(number)
        return np.frombuffer(source.of_told, dtype=np.int64)[delivered.run.which]
