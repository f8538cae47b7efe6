"""Payload of one flow to its decoder: which decoder, what it says, and when that was seen."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from schouw_agent.errors import DecodeError
from schouw_agent.network.columns import INVALID, UNDECIDED, Columns, read_as
from schouw_agent.network.datagrams import CUT_MAX, ERRORS_MAX
from schouw_agent.network.export import NO_OUTCOME, Outcome, reference
from schouw_agent.network.first_look import HEAD_OCTETS, HEAD_SEGMENTS
from schouw_agent.network.lanes import Lane
from schouw_agent.network.places import REMEMBERED, LatestTimes, Places
from schouw_agent.network.screening import Screening
from schouw_agent.network.undecided import Opening, Segment, best
from schouw_agent.plugins import Conversation, PortHint
from schouw_agent.records import Delivery, FlowReference, Message
from schouw_agent.runs import Delivered, DeliveredRun, Run


def _nothing(from_orig: bool, octets: bytes) -> Sequence[Message]:  # noqa: ARG001
    return ()


class Stream:
    """A flow whose payload is still wanted.  Directions are indexed by `from_orig`.

    There may be one for each of very many flows, so most parts are made when first needed.
    """

    __slots__ = (
        "_columns", "_conversation", "_cut", "_deliveries", "_errors", "_feed", "_flow", "_hint",
        "_last_from_orig", "_opening", "_protocol", "_reference", "_screening", "_times",
        "_understood", "ends", "fits", "invalid", "lanes", "over", "state",
    )  # fmt: skip

    def __init__(
        self,
        screening: Screening,
        hint: PortHint,
        columns: Columns,
        flow: int,
        deliveries: list[Delivered],
    ) -> None:
        """Start undecided; `deliveries` takes what is delivered."""
        self.state = UNDECIDED
        self.over = False
        """No more payload is wanted."""
        self.ends = [0, 0]
        """Position that each direction has reached."""
        self.fits = [-1, -1]
        """Which decoders the head of each direction leaves; -1 if that is not known."""
        self.lanes: tuple[Lane, Lane] | None = None
        """Segments of TCP that came too early."""
        self.invalid = 0
        """Octets of datagrams that were refused, while others are still read."""
        self._screening = screening
        self._hint = hint
        self._columns = columns
        self._flow = flow
        self._reference: FlowReference | None = None
        self._feed: Callable[[bool, bytes], Sequence[Message | Run]] = _nothing
        self._deliveries = deliveries
        self._conversation: Conversation | None = None
        self._protocol = NO_OUTCOME.protocol
        self._opening: Opening | None = None
        self._times = LatestTimes()
        self._understood = [0, 0]
        self._errors = self._cut = 0
        self._last_from_orig = True

    @property
    def decided(self) -> bool:
        """A decoder has accepted the flow."""
        return self._conversation is not None

    def outcome(self) -> Outcome:
        """Return what is known of the flow by now."""
        if self._conversation is None:
            return NO_OUTCOME
        conversation = self._conversation
        # What began as one protocol may have turned out to carry another.
        protocol = getattr(conversation, "protocol", "") or self._protocol
        return Outcome(protocol, conversation.server_name, conversation.encryption)

    def understood(self) -> int:
        """Return the octets up to the last message of each direction."""
        return self._understood[0] + self._understood[1]

    def take(self, from_orig: bool, octets: bytes, missing: int, time: int, frame: int) -> None:
        """Take one segment or datagram, of which the last `missing` octets were never seen."""
        start = self.ends[from_orig]
        self.ends[from_orig] += len(octets) + missing
        if self.over:
            return
        segment = Segment(from_orig, start, octets, missing, time, frame)
        if self._conversation is not None:
            self._pass(segment, frame)
            return
        opening = self._opening
        if opening is None:
            opening = self._opening = Opening()
        opening.segments.append(segment)
        head = opening.heads[from_orig]
        if self._hint.transport == "udp":
            opening.heads[from_orig] = octets[:HEAD_OCTETS]
        elif not opening.sealed[from_orig]:
            opening.heads[from_orig] = head + octets[: HEAD_OCTETS - len(head)]
            opening.sealed[from_orig] = missing > 0
        self._decide(opening, from_orig, frame)

    def gap(self, from_orig: bool, octets: int, frame: int) -> None:
        """Note that octets of a direction of TCP will not come."""
        start = self.ends[from_orig]
        self.ends[from_orig] += octets
        if self.over:
            return
        segment = Segment(from_orig, start, b"", octets, 0, frame)
        if self._conversation is not None:
            self._pass(segment, frame)
        elif self._opening is not None:
            self._opening.segments.append(segment)
            self._opening.sealed[from_orig] = True

    def feed(
        self,
        from_orig: bool,
        octets: bytes,
        ends: NDArray[np.int64],
        times: NDArray[np.int64],
        frames: NDArray[np.int64],
    ) -> None:
        """Take consecutive segments of a decided flow.

        `ends` counts octets from any origin; `times` and `frames` are those of the segments.
        """
        conversation = self._conversation
        start = self.ends[from_orig]
        self.ends[from_orig] = start + len(octets)
        if conversation is None or self.over:
            return
        self._last_from_orig = from_orig
        try:
            messages: Sequence[Message | Run] = self._feed(from_orig, octets)
        except DecodeError:
            self._fail(len(octets))
            return
        self._errors = 0
        places = Places(start, ends + (start + len(octets) - int(ends[-1])), times, frames)
        for each in messages:
            if isinstance(each, Message):
                self._place(each, places, from_orig)
            elif each.first_end > start:
                self._deliver_run(each, *places.of_run(each), from_orig)
            else:
                for message in each.messages():
                    self._place(message, places, from_orig)
        self._note_understood(messages, from_orig)
        self._times.note(from_orig, places.latest(REMEMBERED))
        self._stop_if_unwanted(conversation)
        if messages and self._hint.transport == "tcp" and not self.over:
            self._raise_late_error(from_orig)

    def _raise_late_error(self, from_orig: bool) -> None:
        """Stop now if a decoder keeps back an error that came behind its last messages.

        Else what is missed later would count or not, as the octets happened to be joined.
        """
        try:
            self._feed(from_orig, b"")
        except DecodeError:
            self._fail(0)

    def close(self, frame: int) -> None:
        """Deliver what is complete only because the flow has ended."""
        conversation = self._conversation
        if self.over or conversation is None:
            return
        try:
            messages = conversation.close()
        except DecodeError:
            self.stop(INVALID)
            return
        for message in messages:
            from_orig = self._direction(message)
            self._deliver(message, self._times.time(from_orig, message.end, 0), frame, from_orig)
        self.stop(read_as(conversation))

    def _decide(self, opening: Opening, from_orig: bool, frame: int) -> None:
        """Give the flow to the decoder that knows its first octets best, or give up."""
        candidates = self._screening.candidates(self.fits[1], self.fits[0])
        found = best(candidates, opening.heads[1], opening.heads[0], self._hint)
        if found is not None:
            self._protocol = found.id
            conversation = self._conversation = found.open(self._hint)
            # Not by `isinstance`: of a protocol it takes longer than reading a hello.
            self._feed = getattr(conversation, "feed_runs", conversation.feed)
            self._opening = None
            for segment in opening.segments:
                # It is known only now, so it counts as of now in the order of deliveries.
                self._pass(segment, frame)
            return
        seen = len(opening.segments) + int(self._columns.passed[self._flow])
        if seen >= HEAD_SEGMENTS[self._hint.transport] or (
            self._hint.transport == "tcp"
            and (not candidates or len(opening.heads[from_orig]) >= HEAD_OCTETS)
        ):
            self.stop(UNDECIDED)

    def _pass(self, segment: "Segment", frame: int) -> None:
        """Hand a segment to the decoder, as of a frame."""
        from_orig, start, octets, missing, time, _ = segment
        if missing and self._hint.transport == "udp":
            # Half a datagram is no datagram.
            octets, missing = b"", len(octets) + missing
            self._cut += 1
            if self._cut >= CUT_MAX and self._conversation is not None:
                self.stop(read_as(self._conversation))
                return
        if octets:
            self._one(from_orig, start, octets, time, frame)
        if missing and self._conversation is not None and not self.over:
            try:
                self._conversation.gap(from_orig, missing)
            except DecodeError:
                self._fail(0)
                return
            self._stop_if_unwanted(self._conversation)

    def _one(self, from_orig: bool, start: int, octets: bytes, time: int, frame: int) -> None:
        """Take one segment of a decided flow: what `feed` does for many, with less ado."""
        conversation = self._conversation
        if conversation is None or self.over:
            return
        self._last_from_orig = from_orig
        try:
            messages: Sequence[Message | Run] = self._feed(from_orig, octets)
        except DecodeError:
            self._fail(len(octets))
            return
        self._errors = self._cut = 0
        for each in messages:
            if isinstance(each, Run) and each.first_end > start:
                count = each.which.size
                self._deliver_run(each, np.full(count, time), np.full(count, frame), from_orig)
                continue
            for message in (each,) if isinstance(each, Message) else each.messages():
                late = message.end <= start
                when = self._times.time(from_orig, message.end, time) if late else time
                self._deliver(message, when, frame, from_orig)
        self._note_understood(messages, from_orig)
        self._times.note(from_orig, ((start + len(octets), time),))
        self._stop_if_unwanted(conversation)
        if messages and self._hint.transport == "tcp" and not self.over:
            self._raise_late_error(from_orig)

    def _note_understood(self, messages: Sequence[Message | Run], from_orig: bool) -> None:
        if messages:
            last = messages[-1]
            end = last.last_end if isinstance(last, Run) else last.end
            self._understood[from_orig] = max(self._understood[from_orig], end)

    def _place(self, message: Message, places: Places, from_orig: bool) -> None:
        time, frame = places.of(message.end)
        if message.end <= places.start:
            time = self._times.time(from_orig, message.end, time)
        self._deliver(message, time, frame, from_orig)

    def _deliver(self, message: Message, time: int, frame: int, from_orig: bool) -> None:
        flow = self._reference or self._refer(frame)
        self._deliveries.append((frame, Delivery(flow, message, time, from_orig)))

    def _deliver_run(
        self, run: Run, times: NDArray[np.int64], frames: NDArray[np.int64], from_orig: bool
    ) -> None:
        flow = self._reference or self._refer(int(frames[0]))
        self._deliveries.append(DeliveredRun(flow, run, times, frames, from_orig))

    def _refer(self, frame: int) -> FlowReference:
        self._reference = reference(self._columns, self._flow, frame)
        return self._reference

    def _direction(self, message: Message) -> bool:
        """Return the likely direction of a message that the end of the flow completed."""
        for from_orig in (self._last_from_orig, not self._last_from_orig):
            if message.end == self.ends[from_orig]:
                return from_orig
        return self._last_from_orig

    def _fail(self, octets: int) -> None:
        """Take note of an error; a datagram that is wrong says nothing of the next one."""
        self._errors += 1
        conversation = self._conversation
        survives = conversation is not None and conversation.wanted
        if self._hint.transport == "udp" and survives and self._errors < ERRORS_MAX:
            self.invalid += octets
        else:
            self.stop(INVALID)

    def stop(self, state: int) -> None:
        """Want no more of the flow, for a reason as in `columns`."""
        self.over = True
        self.state = state
        self._opening = None

    def _stop_if_unwanted(self, conversation: Conversation) -> None:
        if not conversation.wanted:
            self.stop(read_as(conversation))
