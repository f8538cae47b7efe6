"""Flows that run for long: what they have carried by now is told before they end.

A camera keeps one connection for days; what is known of it must not wait for that.  RFC 5470,
5.1.1 has it as the active time-out of a long-lasting flow.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schouw_agent.inventory.flow_batch import FlowBatch
from schouw_agent.network.columns import Columns
from schouw_agent.network.export import Outcome, batch

ACTIVE_SECONDS = 1800
"""The habit of routers and of flow collectors."""
_EVERY_SECONDS = 300
"""How often it is seen which flows have run for so long."""
_FRAMES = 256
"""It is seen between two frames with such a number: a capture that claims to jump hours with each
frame costs no more, and the outcome does not depend on how it is cut into blocks."""
_SECOND = 1_000_000_000
_COUNTS = ("orig_packets", "resp_packets", "orig_octets", "resp_octets", "missed_octets")
"""Columns of `FlowBatch` that grow while a flow runs."""


class _Told(NamedTuple):
    """What of a flow has been told."""

    until: int
    counts: tuple[int, ...]
    """In the order of `_COUNTS`."""


class LongFlows:
    """Which flows are due to be told of, and what of them has been told."""

    def __init__(self, columns: Columns, seconds: int) -> None:
        """`seconds`: after so many a flow that runs is told of; 0 for never."""
        self._columns = columns
        self._active = seconds * _SECOND
        self._every = min(seconds, _EVERY_SECONDS) * _SECOND
        self._next = 0
        """The time from which it is due."""
        self._at: int | None = None
        """The number of frames after which it will be seen, once it is due."""
        self._told: dict[int, _Told] = {}

    def due(self, time: NDArray[np.int64], first_frame: int) -> int | None:
        """Return after how many of these frames it is to be seen which flows run for long.

        None: after none of them.  `time` (frames,): of each, the first of which has the number.
        """
        if not self._active or not time.size:
            return None
        if self._at is None:
            late = time >= self._next
            if not late.any():
                return None
            behind = first_frame + int(late.argmax()) + 1
            self._at = behind + -behind % _FRAMES
        rows = self._at - first_frame
        return rows if rows <= time.size else None

    def tell(self, clock: int, outcome: Callable[[int], Outcome]) -> FlowBatch:
        """Return what flows that run for long have carried since they were last told of.

        `clock`: the latest time of any frame by now.  `outcome`: what is known of a flow.
        """
        self._wait(clock)
        columns = self._columns
        long = columns.live & (columns.told <= clock - self._active)
        flows = np.flatnonzero(long)
        columns.told[flows] = clock
        part = batch(columns, flows, {flow: outcome(flow) for flow in flows.tolist()})
        counts = zip(*(getattr(part, name).tolist() for name in _COUNTS), strict=True)
        rest = self._rest(part, flows)
        for flow, until, own in zip(flows.tolist(), part.end.tolist(), counts, strict=True):
            self._told[flow] = _Told(until, own)
        return rest

    def ended(self, found: FlowBatch, flows: NDArray[np.int64]) -> FlowBatch:
        """Return of flows that have ended what has not been told, and forget them."""
        rest = self._rest(found, flows)
        for flow in flows.tolist() if self._told else ():
            self._told.pop(flow, None)
        return rest

    def _rest(self, found: FlowBatch, flows: NDArray[np.int64]) -> FlowBatch:
        # Seldom is any told of, and of those that end there may be very many.
        numbers = flows.tolist() if self._told else ()
        rows = [row for row, flow in enumerate(numbers) if flow in self._told]
        if not rows:
            return found
        told = [self._told[flow] for flow in flows[rows].tolist()]
        start, goes_on = found.start.copy(), found.goes_on.copy()
        start[rows], goes_on[rows] = [each.until for each in told], True
        counts = {name: getattr(found, name).copy() for name in _COUNTS}
        for column, own in zip(
            counts.values(), zip(*(each.counts for each in told), strict=True), strict=True
        ):
            column[rows] -= own
        return replace(found, start=start, goes_on=goes_on, **counts)

    def _wait(self, time: int) -> None:
        self._at = None
        self._next = (time // self._every + 1) * self._every
