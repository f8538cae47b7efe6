"""Payload of all wanted flows, in order, to their decoders.

Segments that simply follow each other are joined and handed over at once; only flows of which
something is missing, repeated or not yet decided are looked at packet by packet.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.batches import Batch
from schouw_agent.network.columns import INVALID, OVER_LIMIT, Columns
from schouw_agent.network.conversations import Stream
from schouw_agent.network.datagrams import Datagrams, stands_alone
from schouw_agent.network.export import NO_OUTCOME, Outcome, port_hint
from schouw_agent.network.first_look import HEAD_OCTETS, WRAP, FirstLook
from schouw_agent.network.flows import Ended
from schouw_agent.network.packets import ACK, TCP, UDP
from schouw_agent.network.reassembly import Bounds, Reassembly, Segment
from schouw_agent.network.screening import Screening
from schouw_agent.network.sequence import in_sequence
from schouw_agent.network.waiting import Waiting
from schouw_agent.numbers import changes
from schouw_agent.plugins import Decoder, PortHint
from schouw_agent.records import Delivery
from schouw_agent.runs import Delivered

_AT_A_TIME = 1_024
"""Packets of which there are Python objects at a time."""
_Closing = list[tuple[int, int]]
"""Flows to close on the way, each after its frame, the last first."""


class Streams:
    """The streams of all flows whose payload is wanted."""

    def __init__(
        self, decoders: Mapping[int, Sequence[Decoder]], columns: Columns, bounds: Bounds
    ) -> None:
        """`decoders`: by IP protocol number."""
        self.outcomes: dict[int, Outcome] = {}
        """Of flows that a decoder accepted."""
        self._looks = {
            protocol: FirstLook(columns, Screening(known), protocol)
            for protocol, known in decoders.items()
        }
        self._waiting = {
            protocol: Waiting(bounds.undecided_octets, bounds.undecided_flows)
            for protocol in decoders
        }
        self._columns = columns
        self._reassembly = Reassembly(columns, bounds)
        self._streams: dict[int, Stream] = {}
        self._alone: dict[int, Datagrams] = {}
        self._deliveries: list[Delivered] = []

    def feed(self, batch: Batch, ended: Ended, *, lossy: bool = False) -> None:
        """Read the payload of packets whose flows want it; `ended`: flows that ended meanwhile.

        `lossy`: the capture lost frames about then; what they held is not waited for.
        """
        if not batch.flow.size:
            self.end(ended)
            return
        carriers = np.flatnonzero((batch.protocol == UDP) & (batch.length > 0))
        if carriers.size:
            self._datagrams(batch, carriers, ended)
        segments = in_sequence(
            self._columns, batch, np.flatnonzero(batch.protocol == TCP), lossy=lossy
        )
        if segments.joined.size:
            self._runs(batch, segments.joined, segments.missing)
        self._reassembly.lossy = lossy
        self._one_by_one(batch, segments.slow, ended)

    def end(self, ended: Ended) -> None:
        """Close the streams of flows that have ended."""
        if self._streams or self._alone:
            for frame, flow in zip(ended.frame.tolist(), ended.flow.tolist(), strict=True):
                self._close(frame, flow)

    def _closing(self, ended: Ended, protocol: int) -> _Closing:
        """Return the flows of a protocol that have ended."""
        own = self._columns.protocol[ended.flow] == protocol
        pairs = zip(ended.frame[own].tolist(), ended.flow[own].tolist(), strict=True)
        return list(pairs)[::-1]

    def _close(self, frame: int, flow: int) -> None:
        stream = self._streams.get(flow)
        if stream is not None:
            self._reassembly.finish(stream, flow, frame)
            stream.close(frame)
            self._settle(stream, flow)
        elif flow in self._alone:
            self._settle(self._alone[flow], flow)

    def outcome(self, flow: int) -> Outcome:
        """Return what is known by now of a flow that runs."""
        stream = self._streams.get(flow) or self._alone.get(flow)
        return stream.outcome() if stream is not None else self.outcomes.get(flow, NO_OUTCOME)

    def add(self, deliveries: Iterable[tuple[int, Delivery]]) -> None:
        """Take in what frames without a flow said, by number of frame."""
        self._deliveries += deliveries

    def delivered(self) -> list[Delivered]:
        """Return what was delivered since the last call; what one frame gave is in its order."""
        # Streams share the list, so it is emptied and not replaced.
        delivered = self._deliveries.copy()
        self._deliveries.clear()
        return delivered

    def _datagrams(self, batch: Batch, rows: NDArray[np.intp], ended: Ended) -> None:
        closing = self._closing(ended, UDP)
        look = self._looks[UDP]
        rows, fits = look.sift(batch, rows)
        for at in range(0, rows.size, _AT_A_TIME):
            part = slice(at, at + _AT_A_TIME)
            self._take_datagrams(batch, rows[part], fits[part], closing)

    def _take_datagrams(
        self, batch: Batch, rows: NDArray[np.intp], fits: Sequence[int], closing: _Closing
    ) -> None:
        """Feed datagrams in capture order."""
        look = self._looks[UDP]
        flows, from_orig, starts, captured, lengths, times, frames = batch.lists(
            self._columns, rows
        )
        sides = batch.side[rows].tolist()
        view = batch.buffer.data
        columns, streams, alone = self._columns, self._streams, self._alone
        wanted, cut = columns.wanted, columns.cut
        for i, flow in enumerate(flows):
            while closing and closing[-1][0] <= frames[i]:
                self._close(*closing.pop())
            stream: Stream | Datagrams | None = alone.get(flow) or streams.get(flow)
            missing = lengths[i] - captured[i]
            if stream is None:
                if not wanted.item(flow):
                    continue
                if not fits[i]:
                    look.pass_one(flow, sides[i], lengths[i], missing)
                    continue
            if missing:
                cut[flow] += missing
            start = starts[i]
            octets = bytes(view[start : start + captured[i]])
            if stream is None:
                stream = self._begin(flow, from_orig[i], sides[i], octets, fits[i])
            if isinstance(stream, Stream):
                stream.fits[from_orig[i]] = fits[i]
            stream.take(from_orig[i], octets, missing, times[i], frames[i])
            if isinstance(stream, Stream):
                self._go_on(stream, flow, captured[i], UDP)
            elif stream.over:
                self._settle(stream, flow)

    def _runs(self, batch: Batch, rows: NDArray[np.intp], missing: NDArray[np.int64]) -> None:
        """Feed runs of one direction of one flow; the rows are in order of flow, then of time.

        `missing`: octets that were lost before each row.
        """
        side = batch.side[rows]
        firsts = np.flatnonzero(changes(side) | (missing > 0))
        heads = rows[firsts]
        flows = batch.flow[heads].tolist()
        from_orig = batch.from_orig(self._columns, heads).tolist()
        lengths = batch.captured[rows]
        ends = np.cumsum(lengths)
        times, frames = batch.time[rows], batch.frame[rows]
        starts = batch.payload[rows]
        view = batch.buffer.data
        pieces = list(map(slice, starts.tolist(), (starts + lengths).tolist()))
        bounds = pairwise([*firsts.tolist(), rows.size])
        lost = missing[firsts].tolist()
        for flow, is_orig, gap, (first, stop) in zip(flows, from_orig, lost, bounds, strict=True):
            stream = self._streams.get(flow)
            if stream is None:
                continue
            if gap:
                self._columns.gap[flow] += gap
                stream.gap(is_orig, gap, int(frames[first]))
            octets = b"".join([view[piece] for piece in pieces[first:stop]])
            part = slice(first, stop)
            stream.feed(is_orig, octets, ends[part], times[part], frames[part])
            if stream.over:
                self._settle(stream, flow)

    def _one_by_one(self, batch: Batch, rows: NDArray[np.intp], ended: Ended) -> None:
        """Feed packets in capture order, so that bounds on all flows strike at the same packet."""
        look = self._looks.get(TCP)
        if look is None:
            self.end(ended)
            return
        rows, fits = look.worth_reading(batch, rows)
        closing = self._closing(ended, TCP)
        for at in range(0, rows.size, _AT_A_TIME):
            part = slice(at, at + _AT_A_TIME)
            self._take_segments(batch, rows[part], fits[part], closing)
        self.end(ended)

    def _take_segments(
        self, batch: Batch, rows: NDArray[np.intp], fits: Sequence[int], closing: _Closing
    ) -> None:
        """Feed segments in capture order."""
        look = self._looks[TCP]
        flows, from_orig, starts, captured, lengths, times, frames = batch.lists(
            self._columns, rows
        )
        sides = batch.side[rows].tolist()
        flags = batch.flags[rows].tolist()
        sequences = batch.first_octets(rows).tolist()
        acknowledged = batch.acknowledgement[rows].tolist()
        view = batch.buffer.data
        columns, streams = self._columns, self._streams
        following = columns.next_sequence
        for i, flow in enumerate(flows):
            while closing and closing[-1][0] <= frames[i]:
                self._close(*closing.pop())
            stream, length, side = streams.get(flow), lengths[i], sides[i]
            if stream is None:
                if not length or not columns.wanted.item(flow):
                    continue
                if look.passes(flow, side, sequences[i], length, captured[i], fits[i]):
                    continue
                stream = self._start(flow, TCP, from_orig[i], side, port_hint(columns, flow))
            elif not length and stream.lanes is None:
                continue
            octets = bytes(view[starts[i] : starts[i] + captured[i]]) if length else b""
            expected, sequence, is_orig = following.item(side), sequences[i], from_orig[i]
            in_order = expected in (sequence, -1)
            if in_order and not stream.ends[is_orig]:
                stream.fits[is_orig] = fits[i]
            if in_order and stream.lanes is None:
                following[side] = (sequence + length) % WRAP
                missing = length - len(octets)
                if missing:
                    columns.cut[flow] += missing
                stream.take(is_orig, octets, missing, times[i], frames[i])
            else:
                segment = Segment(
                    flow, side, is_orig, sequence, octets, length, times[i], frames[i]
                )
                self._put_in_order(stream, segment, acknowledged[i] if flags[i] & ACK else -1)
            self._go_on(stream, flow, captured[i], TCP)

    def _put_in_order(self, stream: Stream, segment: Segment, acknowledged: int) -> None:
        """Take a segment that is early or late, or comes amid such; -1: it acknowledges nothing."""
        if acknowledged >= 0:
            self._reassembly.acknowledge(stream, segment, acknowledged)
        if segment.length:
            self._reassembly.take(stream, segment)

    def _go_on(self, stream: Stream, flow: int, octets: int, protocol: int) -> None:
        """See what has become of a flow after so many octets more."""
        columns = self._columns
        if stream.over:
            self._settle(stream, flow)
        elif not stream.decided:
            self._wait(flow, octets, protocol)
        elif not columns.decided.item(flow):
            columns.decided[flow] = True
            self._waiting[protocol].forget(flow)

    def _wait(self, flow: int, octets: int, protocol: int) -> None:
        """Keep what a flow has shown so far; give up others if that is too much."""
        for other in self._waiting[protocol].hold(flow, octets):
            stream = self._streams[other]
            stream.stop(OVER_LIMIT)
            self._settle(stream, other)

    def _begin(
        self, flow: int, from_orig: bool, side: int, octets: bytes, fits: int
    ) -> Stream | Datagrams:
        """Return what takes the datagrams of a flow whose first one these octets are."""
        columns = self._columns
        hint = port_hint(columns, flow)
        decoder = stands_alone(
            self._looks[UDP].screening, fits, columns.misfit.item(side ^ 1),
            octets[:HEAD_OCTETS], hint, from_orig=from_orig,
        )  # fmt: skip
        if decoder is None:
            return self._start(flow, UDP, from_orig, side, hint)
        columns.streaming[flow] = columns.decided[flow] = True
        found = self._alone[flow] = Datagrams(decoder, columns, flow, self._deliveries)
        return found

    def _start(
        self, flow: int, protocol: int, from_orig: bool, side: int, hint: PortHint
    ) -> Stream:
        columns = self._columns
        screening = self._looks[protocol].screening
        stream = self._streams[flow] = Stream(screening, hint, columns, flow, self._deliveries)
        columns.streaming[flow] = True
        if columns.misfit[side ^ 1]:
            stream.fits[not from_orig] = 0
        return stream

    def _settle(self, stream: Stream | Datagrams, flow: int) -> None:
        """Forget a stream of which no more payload is wanted."""
        columns = self._columns
        columns.wanted[flow] = columns.holding[flow] = columns.decided[flow] = False
        columns.streaming[flow] = False
        columns.state[flow] = stream.state
        if stream.state == INVALID:
            columns.understood[flow] = stream.understood()
        else:
            columns.invalid[flow] += stream.invalid
        if isinstance(stream, Datagrams):
            self.outcomes[flow] = stream.outcome()
            del self._alone[flow]
            return
        self._waiting[int(columns.protocol[flow])].forget(flow)
        if stream.decided:
            self.outcomes[flow] = stream.outcome()
        self._reassembly.forget(stream)
        del self._streams[flow]
