"""TCP segments to streams: order restored, repetitions dropped, and holes given up in time.

Source: RFC 9293 sections 3.4 and 3.10.7.4.
"""

from dataclasses import dataclass
from typing import NamedTuple

from schouw_agent.network.columns import Columns
from schouw_agent.network.conversations import Stream
from schouw_agent.network.lanes import WRAP, Lane, Piece, distance


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may be held back for segments that are missing."""

    lane_segments: int = 64
    lane_octets: int = 256 << 10
    """Of one direction of one flow: the window of a small device."""
    total_octets: int = 16 << 20
    """Of all flows together."""
    undecided_octets: int = 8 << 20
    """Of all flows of one transport whose protocol is not known yet."""
    undecided_flows: int = 1 << 16
    """Of one transport, that hold something until their protocol is known."""


class Segment(NamedTuple):
    """A TCP packet of a flow whose payload is wanted."""

    flow: int
    side: int
    from_orig: bool
    sequence: int
    """Of the first octet of payload."""
    octets: bytes
    length: int
    """On the wire: more than `octets` if the capture cut the frame."""
    time: int
    frame: int


class Reassembly:
    """Puts segments in order.  What it holds, it holds in the lanes of the streams."""

    def __init__(self, columns: Columns, bounds: Bounds) -> None:
        self._columns = columns
        self._bounds = bounds
        self._held = 0
        self.lossy = False
        """The capture loses frames: what is missing is not waited for."""

    def take(self, stream: Stream, segment: Segment) -> None:
        """Hand the segment to the stream, now or when what precedes it has come."""
        next_sequence = self._columns.next_sequence
        expected = int(next_sequence[segment.side])
        if expected < 0:
            expected = next_sequence[segment.side] = segment.sequence
        position = stream.ends[segment.from_orig]
        ahead = distance(segment.sequence, expected)
        start, end = position + ahead, position + ahead + segment.length
        if end <= position:
            return
        piece = Piece(start, end, segment.octets, segment.time)
        if start < position:
            piece = piece.part(position, end)
        if piece.start == position and not self._columns.holding[segment.flow]:
            self._deliver(stream, piece, segment)
            return
        if stream.lanes is None:
            stream.lanes = (Lane(), Lane())
        lane = stream.lanes[segment.from_orig]
        if not lane.believes(ahead, segment.sequence, segment.length):
            return
        before = lane.octets
        lane.add(piece)
        self._held += lane.octets - before
        self._columns.holding[segment.flow] = True
        self._release(stream, lane, segment)
        bounds = self._bounds
        while lane.held and (
            self.lossy
            or len(lane.held) > bounds.lane_segments
            or lane.octets > bounds.lane_octets
            or self._held > bounds.total_octets
        ):
            self._give_up(stream, lane, segment)

    def acknowledge(self, stream: Stream, segment: Segment, acknowledged: int) -> None:
        """Give up holes of the other direction that its receiver does not miss."""
        if stream.lanes is None:
            return
        other = segment._replace(side=segment.side ^ 1, from_orig=not segment.from_orig)
        lane = stream.lanes[other.from_orig]
        while lane.held:
            expected = int(self._columns.next_sequence[other.side])
            reached = stream.ends[other.from_orig] + distance(acknowledged, expected)
            if reached < lane.held[0].start:
                return
            self._give_up(stream, lane, other)

    def finish(self, stream: Stream, flow: int, frame: int) -> None:
        """Give up all holes: the flow has ended."""
        if stream.lanes is None:
            return
        upper_is_orig = bool(self._columns.orig_upper[flow])
        for from_orig in (True, False):
            side = 2 * flow + (from_orig == upper_is_orig)
            segment = Segment(flow, side, from_orig, 0, b"", 0, 0, frame)
            while stream.lanes[from_orig].held:
                self._give_up(stream, stream.lanes[from_orig], segment)

    def forget(self, stream: Stream) -> None:
        """Let go of what is held for a stream."""
        if stream.lanes is not None:
            self._held -= stream.lanes[0].octets + stream.lanes[1].octets

    def _give_up(self, stream: Stream, lane: Lane, segment: Segment) -> None:
        """Declare the first hole a gap, and go on behind it."""
        position = stream.ends[segment.from_orig]
        octets = lane.held[0].start - position
        if octets:
            self._columns.gap[segment.flow] += octets
            stream.gap(segment.from_orig, octets, segment.frame)
            self._advance(segment.side, octets)
        self._release(stream, lane, segment)

    def _release(self, stream: Stream, lane: Lane, segment: Segment) -> None:
        while lane.held and lane.held[0].start == stream.ends[segment.from_orig]:
            piece = lane.pop()
            self._held -= len(piece.octets)
            self._deliver(stream, piece, segment)
        if stream.lanes is not None and not any(each.held for each in stream.lanes):
            self._columns.holding[segment.flow] = False

    def _deliver(self, stream: Stream, piece: Piece, segment: Segment) -> None:
        length = piece.end - piece.start
        missing = length - len(piece.octets)
        if missing:
            self._columns.cut[segment.flow] += missing
        self._advance(segment.side, length)
        stream.take(segment.from_orig, piece.octets, missing, piece.time, segment.frame)

    def _advance(self, side: int, octets: int) -> None:
        next_sequence = self._columns.next_sequence
        next_sequence[side] = (int(next_sequence[side]) + octets) % WRAP
