"""Whether the reports of agents follow each other: what is missing, and what was told twice."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from schouw_collector.history import Window


class Gap(NamedTuple):
    """Reports of one agent that are missing between others."""

    agent_id: str
    epoch: int
    first: int
    """Sequence number, as is `last`."""
    last: int


def gaps(windows: Iterable[Window]) -> tuple[Gap, ...]:
    """Return the missing numbers of each agent and epoch, between the least and the greatest."""
    numbers: dict[tuple[str, int], list[int]] = defaultdict(list)
    for window in windows:
        if window.numbered:
            numbers[window.agent_id, window.epoch].append(window.sequence)
    return tuple(
        Gap(*of, before + 1, after - 1)
        for of, found in sorted(numbers.items())
        for before, after in pairwise(sorted(found))
        if after > before + 1
    )


def overlaps(windows: Iterable[Window]) -> int:
    """Return how many reports begin before an earlier one of the same agent has ended.

    Their time counts once; what they count is added, since it cannot be taken apart.
    """
    until: dict[str, datetime] = {}
    count = 0
    for window in sorted(windows, key=lambda w: w.place):
        before = until.get(window.agent_id)
        count += before is not None and window.start < before
        until[window.agent_id] = window.end if before is None else max(before, window.end)
    return count


def notes(windows: Iterable[Window], duplicates: int) -> tuple[str, ...]:
    """Return what a reader of the coverage must know of the reports, one line each."""
    rows = list(windows)
    said = [
        f"{gap.agent_id}: {_reports(gap.last - gap.first + 1)} missing"
        f" (epoch {gap.epoch}, from number {gap.first})"
        for gap in gaps(rows)
    ]
    if overlapping := overlaps(rows):
        said.append(f"{_reports(overlapping)} overlap others of the same agent: time counts once")
    if duplicates:
        said.append(f"{_reports(duplicates)} came more than once and counted once")
    return tuple(said)


def _reports(count: int) -> str:
    return "1 report" if count == 1 else f"{count} reports"
