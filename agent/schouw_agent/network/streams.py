"""Payload of all wanted flows, in order, to their decoders.

Segments that simply follow each other are joined and handed over at once; only flows of which
something is missing, repeated or not yet decided are looked at packet by packet.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.columns import INVALID, Columns
from schouw_agent.network.conversations import Stream
from schouw_agent.network.export import Outcome
from schouw_agent.network.flows import Assigned, Ended
from schouw_agent.network.packets import ACK, SYN, TCP, UDP, Packets
from schouw_agent.network.reassembly import Bounds, Reassembly, Segment
from schouw_agent.plugins import Decoder, PortHint
from schouw_agent.records import Delivery

_WRAP = 1 << 32


class Streams:
    """The streams of all flows whose payload is wanted."""

    def __init__(
        self, decoders: Mapping[int, Sequence[Decoder]], columns: Columns, bounds: Bounds
    ) -> None:
        """`decoders`: by IP protocol number."""
        self.outcomes: dict[int, Outcome] = {}
        """Of flows that a decoder accepted."""
        self._decoders = decoders
        self._columns = columns
        self._reassembly = Reassembly(columns, bounds)
        self._streams: dict[int, Stream] = {}
        self._deliveries: list[tuple[int, Delivery]] = []

    def feed(
        self,
        octets: NDArray[np.uint8],
        packets: Packets,
        assigned: Assigned,
        time: NDArray[np.int64],
        first_frame: int,
        ended: Ended,
    ) -> None:
        """Read the payload of a block; `time` (frames,) is that of each frame of the block."""
        wanted = np.flatnonzero(self._columns.wanted[assigned.flow])
        if wanted.size:
            batch = _Batch(octets, packets, assigned, time, first_frame)
            protocol = packets.protocol[wanted]
            self._datagrams(batch, wanted[(protocol == UDP) & (packets.length[wanted] > 0)])
            slow = self._joined(batch, wanted[protocol == TCP])
            self._one_by_one(batch, slow, ended)
        else:
            self.end(ended)

    def end(self, ended: Ended) -> None:
        """Close the streams of flows that have ended."""
        if self._streams:
            for frame, flow in zip(ended.frame.tolist(), ended.flow.tolist(), strict=True):
                self._close(flow, frame)

    def _close(self, flow: int, frame: int) -> None:
        stream = self._streams.get(flow)
        if stream is not None:
            self._reassembly.finish(stream, flow, frame)
            stream.close(frame)
            self._settle(stream, flow)

    def deliveries(self) -> list[Delivery]:
        """Return what was delivered since the last call, in the order of the frames."""
        # Streams share the list, so it is emptied and not replaced.
        ordered = sorted(self._deliveries, key=lambda pair: pair[0])
        self._deliveries.clear()
        return [delivery for _, delivery in ordered]

    def _datagrams(self, batch: "_Batch", rows: NDArray[np.intp]) -> None:
        flows, from_orig, starts, captured, lengths, times, frames = batch.lists(
            self._columns, rows
        )
        wanted = self._columns.wanted
        for i, flow in enumerate(flows):
            stream = self._streams.get(flow)
            if stream is None:
                if not wanted[flow]:
                    continue
                stream = self._start(flow, UDP)
            octets = batch.octets(starts[i], captured[i])
            missing = lengths[i] - captured[i]
            if missing:
                self._columns.cut[flow] += missing
            stream.take(from_orig[i], octets, missing, times[i], frames[i])
            if stream.over:
                self._settle(stream, flow)

    def _joined(self, batch: "_Batch", rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """Feed the flows whose segments follow each other; return the packets of the others."""
        columns, packets = self._columns, batch.packets
        flow_of, side_of = batch.assigned.flow, batch.assigned.side
        is_syn = packets.flags[rows] & SYN != 0
        carriers = rows[is_syn | (packets.length[rows] > 0)]
        carriers = carriers[np.argsort(side_of[carriers], kind="stable")]
        carriers = self._without_openers(packets, side_of, carriers)
        side = side_of[carriers]
        first = np.append(True, side[1:] != side[:-1])[: side.size]
        length = packets.length[carriers]
        sequence = packets.sequence[carriers] + (packets.flags[carriers] & SYN != 0)
        after = (sequence.astype(np.int64) + length) % _WRAP
        expected = np.where(first, columns.next_sequence[side], np.roll(after, 1))
        follows = (sequence == expected) & (packets.captured[carriers] == length)
        slow = np.zeros(columns.capacity, dtype=np.bool_)
        flow = flow_of[carriers]
        slow[flow[~follows | ~columns.decided[flow]]] = True
        flow_of_row = flow_of[rows]
        slow[flow_of_row[columns.holding[flow_of_row]]] = True
        quick = ~slow[flow]
        columns.next_sequence[side[quick]] = after[quick]
        joined = carriers[quick]
        if joined.size:
            self._runs(batch, joined[np.lexsort((joined, flow[quick]))])
        return rows[slow[flow_of_row]]

    def _without_openers(
        self, packets: Packets, side_of: NDArray[np.int64], carriers: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """Take the first sequence numbers from SYNs, and return the other segments."""
        opener = (packets.flags[carriers] & SYN != 0) & (packets.length[carriers] == 0)
        if not opener.any():
            return carriers
        side = side_of[carriers]
        first = np.append(True, side[1:] != side[:-1])
        new = first & opener & (self._columns.next_sequence[side] < 0)
        sequence = packets.sequence[carriers[new]].astype(np.int64)
        self._columns.next_sequence[side[new]] = (sequence + 1) % _WRAP
        others: NDArray[np.intp] = carriers[~opener]
        return others

    def _runs(self, batch: "_Batch", rows: NDArray[np.intp]) -> None:
        """Feed runs of one direction of one flow; the rows are in order of flow, then of time."""
        flows, from_orig, starts, captured, _, times, frames = batch.lists(self._columns, rows)
        side = batch.assigned.side[rows]
        ends = np.cumsum(batch.packets.length[rows]).tolist()
        cuts = np.flatnonzero(side[1:] != side[:-1]) + 1
        bounds = [0, *cuts.tolist(), rows.size]
        view = batch.view
        for first, stop in pairwise(bounds):
            stream = self._streams.get(flows[first])
            if stream is None:
                continue
            octets = b"".join(
                [
                    view[start : start + length]
                    for start, length in zip(starts[first:stop], captured[first:stop], strict=True)
                ]
            )
            stream.feed(from_orig[first], octets, ends, times, frames, range(first, stop))
            if stream.over:
                self._settle(stream, flows[first])

    def _one_by_one(self, batch: "_Batch", rows: NDArray[np.intp], ended: Ended) -> None:
        """Feed packets in capture order, so that bounds on all flows strike at the same packet."""
        packets = batch.packets
        flows, from_orig, starts, captured, lengths, times, frames = batch.lists(
            self._columns, rows
        )
        sides = batch.assigned.side[rows].tolist()
        flags = packets.flags[rows].tolist()
        sequences = packets.sequence[rows].tolist()
        acknowledged = packets.acknowledgement[rows].tolist()
        closing = list(zip(ended.frame.tolist(), ended.flow.tolist(), strict=True))[::-1]
        for i, flow in enumerate(flows):
            while closing and closing[-1][0] <= frames[i]:
                frame, over = closing.pop()
                self._close(over, frame)
            stream = self._streams.get(flow)
            if stream is None:
                if not self._columns.wanted[flow] or not lengths[i]:
                    continue
                stream = self._start(flow, TCP)
            was_decided = stream.decided
            segment = Segment(
                flow=flow,
                side=sides[i],
                from_orig=from_orig[i],
                sequence=(sequences[i] + (flags[i] & SYN > 0)) % _WRAP,
                octets=batch.octets(starts[i], captured[i]) if lengths[i] else b"",
                length=lengths[i],
                time=times[i],
                frame=frames[i],
            )
            if flags[i] & ACK:
                self._reassembly.acknowledge(stream, segment, acknowledged[i])
            if lengths[i]:
                self._reassembly.take(stream, segment)
            if stream.over:
                self._settle(stream, flow)
            elif stream.decided and not was_decided:
                self._columns.decided[flow] = True
        self.end(ended)

    def _start(self, flow: int, protocol: int) -> Stream:
        ports = int(self._columns.ends[flow, 4]) >> 8
        orig_port, resp_port = ports >> 16, ports & 0xFFFF
        if self._columns.orig_upper[flow]:
            orig_port, resp_port = resp_port, orig_port
        stream = self._streams[flow] = Stream(
            self._decoders[protocol],
            PortHint("tcp" if protocol == TCP else "udp", orig_port, resp_port),
            self._columns,
            flow,
            self._deliveries,
        )
        return stream

    def _settle(self, stream: Stream, flow: int) -> None:
        """Forget a stream of which no more payload is wanted."""
        columns = self._columns
        columns.wanted[flow] = columns.holding[flow] = columns.decided[flow] = False
        columns.state[flow] = stream.state
        if stream.state == INVALID:
            columns.understood[flow] = stream.understood()
        else:
            columns.invalid[flow] = stream.invalid
        if stream.decided:
            self.outcomes[flow] = stream.outcome()
        self._reassembly.forget(stream)
        del self._streams[flow]


class _Batch:
    """One block of packets, with ready access to columns as lists."""

    def __init__(
        self,
        octets: NDArray[np.uint8],
        packets: Packets,
        assigned: Assigned,
        time: NDArray[np.int64],
        first_frame: int,
    ) -> None:
        self.view = octets.data
        self.packets = packets
        self.assigned = assigned
        self._time = time
        self._first_frame = first_frame

    def octets(self, start: int, length: int) -> bytes:
        return bytes(self.view[start : start + length])

    def lists(
        self, columns: Columns, rows: NDArray[np.intp]
    ) -> tuple[list[int], list[bool], list[int], list[int], list[int], list[int], list[int]]:
        """Return flow, from_orig, start and length of the payload, on the wire, time and frame."""
        flow = self.assigned.flow[rows]
        from_upper = (self.assigned.side[rows] & 1).astype(np.bool_)
        frame = self.packets.frame[rows]
        return (
            flow.tolist(),
            (from_upper == columns.orig_upper[flow]).tolist(),
            self.packets.payload[rows].tolist(),
            self.packets.captured[rows].tolist(),
            self.packets.length[rows].tolist(),
            self._time[frame].tolist(),
            (self._first_frame + frame).tolist(),
        )
