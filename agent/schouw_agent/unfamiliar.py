"""Messages that must be looked at: as records, of which there are never very many at once."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from schouw_agent.numbers import Numbers
from schouw_agent.records import Delivery
from schouw_agent.runs import DeliveredRun


class New(NamedTuple):
    """A message that must be looked at."""

    rank: int
    delivery: Delivery
    source: int = -1
    """Number of flow, direction and fields; -1 for a message of no run."""


class OfRuns:
    """Some messages of runs, which become records one by one."""

    def __init__(
        self, runs: Sequence[DeliveredRun], chosen: Numbers, rank: Numbers, source: Numbers
    ) -> None:
        """`chosen`: which, counted through all runs; the others: of each of these."""
        self.rank = rank
        start = np.cumsum([0, *(len(each.times) for each in runs)])
        nth = np.searchsorted(start, chosen, side="right") - 1
        self._runs = runs
        self._nth = nth.tolist()
        self._within = (chosen - start[nth]).tolist()
        self._source = source.tolist()

    def record(self, which: int, rank: int) -> New:
        """Return one of them."""
        flow, run, times, _, from_orig = self._runs[self._nth[which]]
        i = self._within[which]
        delivery = Delivery(flow, run.message(i), int(times[i]), from_orig)
        return New(rank, delivery, self._source[which])


class Unfamiliar:
    """All such messages of a block, those of no run and some of runs."""

    def __init__(
        self, alone: Sequence[tuple[int, Delivery]], rank: Numbers, of_runs: OfRuns | None
    ) -> None:
        """`alone` are of no run, each with its frame; `rank` is theirs."""
        self._alone = alone
        self._of_runs = of_runs
        self._rank = rank if of_runs is None else np.append(rank, of_runs.rank)

    def in_turn(self, most: int) -> Iterator[list[New]]:
        """Yield them in order of rank, up to so many at a time."""
        order = np.argsort(self._rank, kind="stable")
        for i in range(0, order.size, most):
            places = order[i : i + most]
            ranks = self._rank[places].tolist()
            yield [self._record(*each) for each in zip(places.tolist(), ranks, strict=True)]

    def _record(self, place: int, rank: int) -> New:
        if self._of_runs is None or place < len(self._alone):
            return New(rank, self._alone[place][1])
        return self._of_runs.record(place - len(self._alone), rank)
