"""Columns of many reports added up by what they are of."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from schouw_collector.many_reports.report_columns import EPOCH, Columns, Counts, moment

_DAY = 86_400_000_000
_EPOCH_DAY = EPOCH.toordinal()
_DAY_BITS = 32


class EmissionTotal(NamedTuple):
    """One emission over many reports; the order is that of `device_amounts.EmissionAmounts`."""

    confidence: float
    messages: int
    octets: int
    returned_octets: int
    intervals: tuple[int, ...]
    smallest: float | None
    recurrence: None
    first_seen: datetime
    last_seen: datetime
    surest: int
    """When the earliest of the surest was."""


class Groups:
    """Rows that are of the same; what they are of is numbered from 0, with none left out."""

    def __init__(self, of: Counts, when: Counts) -> None:
        """`of`, `when`: what each row is of, and its place in time."""
        self._order = np.lexsort((when, of))
        self._of = of[self._order]
        self._starts = np.flatnonzero(np.diff(self._of, prepend=-1))

    def sums(self, values: Counts) -> Counts:
        """Return the sum of each group, column by column."""
        return np.add.reduceat(values[self._order], self._starts, axis=0)

    def least(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return the least of each group; NaN only if there is nothing else."""
        return np.fmin.reduceat(values[self._order], self._starts, axis=0)

    def greatest(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return the greatest of each group."""
        return np.maximum.reduceat(values[self._order], self._starts, axis=0)

    def first_with(self, wanted: NDArray[Any], values: NDArray[Any], when: Counts) -> Counts:
        """Return when the earliest row of each group was that has the wanted value of the group."""
        has_it = values[self._order] == wanted[self._of]
        rows = np.flatnonzero(has_it)
        _, first = np.unique(self._of[rows], return_index=True)
        return when[self._order][rows[first]]


def parts_of(wholes: Counts, parts: Sequence[int]) -> Counts:
    """Return what each row of parts is of, numbered over all wholes.

    `wholes`: the whole of each row, whose parts follow each other; `parts`: how many each has.
    """
    each = np.array(parts, dtype=np.int64)
    first, counts = np.cumsum(each) - each, each[wholes]
    before = np.cumsum(counts) - counts
    return np.repeat(first[wholes] - before, counts) + np.arange(counts.sum())


def part_sums(
    columns: Sequence[Counts], wholes: Counts, parts: Sequence[int]
) -> list[tuple[Any, ...]]:
    """Return the sums of the parts of each whole."""
    of = parts_of(wholes, parts)
    if not of.size:
        return [()] * len(parts)
    sums = iter(Groups(of, of).sums(np.concatenate(columns)).tolist())
    return [tuple(islice(sums, count)) for count in parts]


def day_ranges(of: Counts, moments: Counts, number: int) -> list[list[tuple[int, int]]]:
    """Return the days of each group, as ranges (`date.toordinal`).

    `moments`: in each row any number of them; `number`: how many groups there are.
    """
    days = (moments // _DAY + _EPOCH_DAY).ravel()
    # One number for both sorts many times as fast as rows of two; a day has fewer than 32 bits.
    rows = np.unique(np.repeat(of << _DAY_BITS, moments.shape[1]) + days)
    begins = np.flatnonzero(np.diff(rows, prepend=-2) != 1)
    ends = np.append(begins[1:], len(rows)) - 1
    groups, days = rows >> _DAY_BITS, rows & ((1 << _DAY_BITS) - 1)
    found: list[list[tuple[int, int]]] = [[] for _ in range(number)]
    for group, begin, end in zip(
        groups[begins].tolist(), days[begins].tolist(), days[ends].tolist(), strict=True
    ):
        found[group].append((begin, end))
    return found


def emission_totals(
    columns: Sequence[Columns], wholes: Counts, when: Counts, parts: Sequence[int]
) -> list[list[EmissionTotal]]:
    """Return the totals of the emissions of each device.

    `wholes`, `when`: the device of each row of devices, and its place in time; `parts`: how many
    emissions each has.
    """
    of = parts_of(wholes, parts)
    if not of.size:
        return [[] for _ in parts]
    moments = np.repeat(when, np.array(parts)[wholes])
    groups, rows = Groups(of, moments), np.concatenate([each.emissions for each in columns])
    confidences = np.concatenate([each.confidences for each in columns])
    surest = groups.greatest(confidences)
    smallest = groups.least(np.concatenate([each.smallest for each in columns])).tolist()
    ends = groups.least(rows[:, 0]), groups.greatest(rows[:, 1])
    known = {number: moment(number) for number in np.unique(np.concatenate(ends)).tolist()}
    totals = map(
        EmissionTotal,
        surest.tolist(),
        *groups.sums(rows[:, 2:]).T.tolist(),
        _histograms(columns, groups, of),
        [None if least != least else least for least in smallest],
        [None] * len(smallest),
        *([known[number] for number in each.tolist()] for each in ends),
        groups.first_with(surest, confidences, moments).tolist(),
    )
    return [list(islice(totals, count)) for count in parts]


def _histograms(columns: Sequence[Columns], groups: Groups, of: Counts) -> list[tuple[int, ...]]:
    """Return the sum of the histograms of each group, as long as the longest."""
    lengths = groups.greatest(np.concatenate([each.intervals.lengths for each in columns]))
    sums = np.zeros((len(lengths), max(1, lengths.max())), dtype=np.int64)
    begin = 0
    for each in columns:
        told = each.intervals
        np.add.at(sums, (of[begin + told.rows], told.bins), told.counts)
        begin += len(told.lengths)
    return [tuple(row[:n]) for row, n in zip(sums.tolist(), lengths.tolist(), strict=True)]
