"""Numbers for the sources of runs: flow, direction and fields of messages."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from schouw_agent.numbers import Numbers, distinct
from schouw_agent.records import FlowReference
from schouw_agent.runs import DeliveredRun


class _Source(NamedTuple):
    """One direction of a flow; it holds what it is found by, so that no other gets its identity."""

    flow: FlowReference
    numbers: dict[int, int]
    """Identity of the fields of a message → number of flow, direction and fields."""
    held: list[Mapping[str, Any]]


class Sources:
    """The sources that were met."""

    def __init__(self) -> None:
        self._sources: dict[tuple[int, bool], _Source] = {}
        self._numbered = 0

    def __len__(self) -> int:
        return self._numbered

    def numbers(self, delivered: DeliveredRun) -> Numbers:
        """Return a number for flow, direction and fields of each message of a run."""
        flow, run = delivered.flow, delivered.run
        place = (id(flow), delivered.from_orig)
        source = self._sources.get(place)
        if source is None:
            source = self._sources[place] = _Source(flow, {}, [])
        told = distinct(run.which).tolist()
        numbers = np.zeros(told[-1] + 1, dtype=np.int64)
        for which in told:
            fields = run.told[which]
            number = source.numbers.get(id(fields))
            if number is None:
                number = source.numbers[id(fields)] = self._numbered
                source.held.append(fields)
                self._numbered += 1
            numbers[which] = number
        return numbers[run.which]
