"""The first look at flows: those that no decoder could want are passed over as columns.

What is done here for many flows at once is the same, packet by packet, as what `pass_one` does: it
depends on the order of the packets alone, and not on how they were cut into blocks.
"""

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.batches import Batch
from schouw_agent.network.columns import Columns
from schouw_agent.network.packets import TCP
from schouw_agent.network.screening import Screening
from schouw_agent.numbers import changes

HEAD_OCTETS = 256
"""Any protocol shows itself within this."""
HEAD_SEGMENTS = {"tcp": 8, "udp": 4}
"""Segments with payload, of both directions together, before a flow counts as unknown."""
WRAP = 1 << 32


class FirstLook:
    """What of one transport is worth more than a look."""

    def __init__(self, columns: Columns, screening: Screening, protocol: int) -> None:
        self._columns = columns
        self.screening = screening
        self._is_stream = protocol == TCP
        self._limit = HEAD_SEGMENTS["tcp" if protocol == TCP else "udp"]

    def sift(self, batch: Batch, rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], list[int]]:
        """Return the rows to be read one by one, and for each which decoders may be asked.

        The others are passed over and counted.  `rows`: packets with payload, in order, of flows
        that are wanted; the answer is a number as in `Screening.numbers`, -1 where it is of no use.
        """
        columns, flow = self._columns, batch.flow[rows]
        open_ = np.flatnonzero(~columns.decided[flow])
        fits = np.full(rows.size, -1, dtype=np.int64)
        if not open_.size:
            return rows, fits.tolist()
        asked = rows[open_]
        marks = self.screening.marks(
            batch.buffer,
            batch.payload[asked],
            batch.captured[asked],
            (batch.source_port[asked], batch.destination_port[asked]),
            columns.opening[flow[open_]] < 0 if self._is_stream else None,
        )
        kept = np.ones(rows.size, dtype=np.bool_)
        if self.screening.complete:
            fit = np.ones(rows.size, dtype=np.bool_)
            fit[open_] = marks.any(axis=1)
            deciding = self._deciding(batch, rows) if self._is_stream else None
            kept = self._kept(batch, rows, fit, deciding)
            if not kept.all():
                quiet = np.flatnonzero(~kept)
                some = deciding[quiet] if deciding is not None else None
                self._pass_over(batch, rows[quiet], some)
        numbers = fits.tolist()
        for at, number in zip(open_.tolist(), self.screening.numbers(marks), strict=True):
            numbers[at] = number
        return rows[kept], [numbers[at] for at in np.flatnonzero(kept).tolist()]

    def worth_reading(
        self, batch: Batch, rows: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], list[int]]:
        """Return the segments that a first look does not settle, and which decoders they fit.

        Bare acknowledgements tell which holes nobody misses: they come along with their flows.
        """
        carries = batch.length[rows] > 0
        flow = batch.flow
        kept, fits = self.sift(batch, rows[carries])
        read = self._columns.streaming.copy()
        read[flow[kept]] = True
        bare = rows[~carries]
        bare = bare[read[flow[bare]]]
        if not bare.size:
            return kept, fits
        both = np.concatenate([kept, bare])
        order = np.argsort(both, kind="stable")
        fits += [-1] * bare.size
        return both[order], [fits[at] for at in order.tolist()]

    def passes(
        self, flow: int, side: int, sequence: int, length: int, captured: int, fits: int
    ) -> bool:
        """Return whether a segment of a flow without a stream was passed over."""
        columns = self._columns
        expected = int(columns.next_sequence[side])
        if not columns.misfit[side] and (fits or expected not in (sequence, -1)):
            return False
        columns.next_sequence[side] = (sequence + length) % WRAP
        self.pass_one(flow, side, length, length - captured)
        return True

    def pass_one(self, flow: int, side: int, length: int, missing: int) -> None:
        """Pass over one packet of a flow that has no stream, and maybe the flow with it."""
        columns = self._columns
        first = not columns.misfit[side]
        columns.misfit[side] = True
        columns.cut[flow] += missing
        columns.invalid[flow] += length
        columns.passed[flow] += 1
        over = bool(columns.passed[flow] >= self._limit)
        if self._is_stream and first:
            over |= length >= HEAD_OCTETS or bool(columns.misfit[side ^ 1])
        if over:
            columns.wanted[flow] = False

    def _deciding(self, batch: Batch, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which segments show how their direction starts, as far as was seen."""
        side = batch.side[rows]
        first = np.zeros(rows.size, dtype=np.bool_)
        first[np.unique(side, return_index=True)[1]] = True
        return first & ~self._columns.misfit[side]

    def _kept(
        self,
        batch: Batch,
        rows: NDArray[np.intp],
        fit: NDArray[np.bool_],
        deciding: NDArray[np.bool_] | None,
    ) -> NDArray[np.bool_]:
        """Return the rows of flows of which some packet may be wanted, or is out of order."""
        columns, flow = self._columns, batch.flow[rows]
        noted = fit | columns.streaming[flow]
        if deciding is not None:
            side = batch.side[rows]
            expected = columns.next_sequence[side]
            in_order = (expected < 0) | (expected == batch.first_octets(rows))
            noted = columns.streaming[flow] | (deciding & (fit | ~in_order))
        wanted = np.zeros(columns.capacity, dtype=np.bool_)
        wanted[flow[noted]] = True
        return wanted[flow]

    def _pass_over(
        self, batch: Batch, rows: NDArray[np.intp], deciding: NDArray[np.bool_] | None
    ) -> None:
        columns = self._columns
        order = np.argsort(batch.flow[rows], kind="stable")
        rows = rows[order]
        flow, side = batch.flow[rows], batch.side[rows]
        starts = np.flatnonzero(changes(flow))
        sizes = np.diff(np.append(starts, flow.size))
        nth = np.arange(flow.size) - np.repeat(starts, sizes) + columns.passed[flow] + 1
        last = nth >= self._limit
        length = batch.length[rows]
        if deciding is not None:
            deciding = deciding[order]
            known: NDArray[np.int64] = np.cumsum(deciding)
            known -= np.repeat(known[starts] - deciding[starts].astype(np.int64), sizes)
            known += columns.misfit[2 * flow]
            known += columns.misfit[2 * flow + 1]
            last |= deciding & ((length >= HEAD_OCTETS) | (known == 2))
        before: NDArray[np.int64] = np.cumsum(last) - last.astype(np.int64)
        here: NDArray[np.bool_] = before == np.repeat(before[starts], sizes)
        rows, flow, side, length = rows[here], flow[here], side[here], length[here]
        columns.misfit[side] = True
        np.add.at(columns.cut, flow, length - batch.captured[rows])
        np.add.at(columns.invalid, flow, length)
        columns.passed[flow] = nth[here]
        columns.wanted[flow[last[here]]] = False
        if deciding is not None:
            columns.next_sequence[side] = (batch.first_octets(rows) + length) % WRAP
