"""How long somebody listened after a moment: what silence is worth."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from schouw_collector.many_reports.history import Window


class Listened(NamedTuple):
    """How much was listened, by days first."""

    days: int
    """UTC days on which was listened at all."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Watch:
    """When one agent listened: columns, so that it can be asked of each of many devices."""

    starts: tuple[datetime, ...]
    """Of all its windows, in order."""
    reach: tuple[datetime, ...]
    """The latest end of the windows up to each."""
    spans: tuple[tuple[datetime, datetime], ...]
    """The windows without losses, joined where they overlap, in order."""
    ends: tuple[datetime, ...]
    after: tuple[float, ...]
    """Seconds listened in the spans from each on."""
    days: tuple[date, ...]
    """UTC days of the spans, in order."""

    def was_on(self, moment: datetime) -> bool:
        """Return whether the agent listened at a moment, losses or not."""
        at = bisect_right(self.starts, moment) - 1
        return at >= 0 and self.reach[at] >= moment

    def since(self, moment: datetime | None) -> Listened:
        """Return how much was listened without losses after a moment; None: ever."""
        at = 0 if moment is None else bisect_right(self.ends, moment)
        if at == len(self.spans):
            return Listened(0, 0.0)
        start, end = self.spans[at]
        begun = start if moment is None else max(start, moment)
        rest = self.after[at] - (end - start).total_seconds()
        first = bisect_left(self.days, begun.astimezone(UTC).date())
        return Listened(len(self.days) - first, rest + (end - begun).total_seconds())


def watches_of(windows: Iterable[Window]) -> tuple[Watch, ...]:
    """Return for each agent when it listened, in order of the agents."""
    by_agent: dict[str, list[Window]] = {}
    for window in windows:
        by_agent.setdefault(window.agent_id, []).append(window)
    return tuple(_watch(by_agent[agent]) for agent in sorted(by_agent))


def _watch(windows: Sequence[Window]) -> Watch:
    ordered = sorted(windows, key=lambda w: (w.start, w.end))
    spans: list[tuple[datetime, datetime]] = []
    for window in ordered:
        if not window.lossless or window.end <= window.start:
            continue
        if spans and window.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], window.end))
        else:
            spans.append((window.start, window.end))
    lasting = [(end - start).total_seconds() for start, end in spans]
    return Watch(
        starts=tuple(w.start for w in ordered),
        reach=tuple(accumulate((w.end for w in ordered), max)),
        spans=tuple(spans),
        ends=tuple(end for _, end in spans),
        after=tuple(reversed(tuple(accumulate(reversed(lasting))))),
        days=tuple(sorted({day for span in spans for day in _days(*span)})),
    )


def _days(start: datetime, end: datetime) -> list[date]:
    """Return the UTC days of a span; one that ends at midnight has nothing of the next."""
    first = start.astimezone(UTC).date()
    last = (end.astimezone(UTC) - timedelta(microseconds=1)).date()
    return [first + timedelta(n) for n in range((last - first).days + 1)]
