"""Payload of one flow to its decoder: which decoder, what it says, and when that was seen."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.network.columns import ENCRYPTED, INVALID, READ, UNDECIDED
from schouw_agent.network.export import NO_OUTCOME, Outcome
from schouw_agent.network.lanes import Lane
from schouw_agent.plugins import Conversation, Decoder, PortHint
from schouw_agent.records import Delivery, FlowReference, Message

HEAD_OCTETS = 256
"""Any protocol shows itself within this."""
HEAD_SEGMENTS = 8
"""Segments with payload, of both directions together, before a flow counts as unknown."""
_ACCEPTED = 0.5
_REMEMBERED = 4
"""Segments whose time is kept for a message that is told of later than its last octet came."""


class _Segment(NamedTuple):
    from_orig: bool
    start: int
    octets: bytes
    missing: int
    time: int
    frame: int


class Stream:
    """A flow whose payload is still wanted.  Directions are indexed by `from_orig`."""

    __slots__ = (
        "_conversation",
        "_decoders",
        "_deliveries",
        "_heads",
        "_hint",
        "_last_from_orig",
        "_pending",
        "_protocol",
        "_refer",
        "_reference",
        "_remembered",
        "_sealed",
        "_understood",
        "ends",
        "lanes",
        "over",
        "state",
    )

    def __init__(
        self,
        decoders: Sequence[Decoder],
        hint: PortHint,
        refer: Callable[[], FlowReference],
        deliveries: list[tuple[int, Delivery]],
    ) -> None:
        """Start undecided; `deliveries` takes pairs of frame number and delivery."""
        self.state = UNDECIDED
        self.over = False
        """No more payload is wanted."""
        self.ends = [0, 0]
        """Position that each direction has reached."""
        self.lanes = (Lane(), Lane())
        """Segments of TCP that came too early."""
        self._decoders = decoders
        self._hint = hint
        self._refer = refer
        self._reference: FlowReference | None = None
        self._deliveries = deliveries
        self._conversation: Conversation | None = None
        self._protocol = NO_OUTCOME.protocol
        self._heads = [b"", b""]
        self._sealed = [False, False]
        self._pending: list[_Segment] = []
        self._remembered: list[list[tuple[int, int]]] = [[], []]
        self._understood = [0, 0]
        self._last_from_orig = True

    @property
    def decided(self) -> bool:
        """A decoder has accepted the flow."""
        return self._conversation is not None

    def outcome(self) -> Outcome:
        """Return what is known of the flow by now."""
        if self._conversation is None:
            return NO_OUTCOME
        return Outcome(
            self._protocol, self._conversation.server_name, self._conversation.encryption
        )

    def understood(self) -> int:
        """Return the octets up to the last message of each direction."""
        return sum(self._understood)

    def take(self, from_orig: bool, octets: bytes, missing: int, time: int, frame: int) -> None:
        """Take one segment or datagram, of which the last `missing` octets were never seen."""
        start = self.ends[from_orig]
        self.ends[from_orig] += len(octets) + missing
        if self.over:
            return
        segment = _Segment(from_orig, start, octets, missing, time, frame)
        if self._conversation is not None:
            self._pass(segment)
            return
        self._pending.append(segment)
        if self._hint.transport == "udp":
            self._heads[from_orig] = octets[:HEAD_OCTETS]
        elif not self._sealed[from_orig]:
            self._heads[from_orig] += octets[: HEAD_OCTETS - len(self._heads[from_orig])]
            self._sealed[from_orig] = missing > 0
        self._decide(from_orig, frame)

    def gap(self, from_orig: bool, octets: int, frame: int) -> None:
        """Note that octets of a direction of TCP will not come."""
        start = self.ends[from_orig]
        self.ends[from_orig] += octets
        if self.over:
            return
        segment = _Segment(from_orig, start, b"", octets, 0, frame)
        if self._conversation is not None:
            self._pass(segment)
        else:
            self._pending.append(segment)
            self._sealed[from_orig] = True

    def feed(
        self,
        from_orig: bool,
        octets: bytes,
        ends: Sequence[int],
        times: Sequence[int],
        frames: Sequence[int],
        rows: range,
    ) -> None:
        """Take consecutive segments of a decided flow: some rows of the columns.

        `ends` counts octets from any origin; `times` and `frames` are those of the segments.
        """
        conversation = self._conversation
        start = self.ends[from_orig]
        self.ends[from_orig] = start + len(octets)
        if conversation is None or self.over:
            return
        self._last_from_orig = from_orig
        try:
            messages = conversation.feed(from_orig, octets)
        except DecodeError:
            self._stop(INVALID)
            return
        shift = start + len(octets) - ends[rows[-1]]
        for message in messages:
            row = rows[0]
            if message.end > start:
                row = min(bisect_left(ends, message.end - shift, row, rows.stop), rows[-1])
                time = times[row]
            else:
                time = self._time(from_orig, message, times[row])
            self._deliver(message, time, frames[row], from_orig)
        remembered = self._remembered[from_orig]
        remembered += [(ends[row] + shift, times[row]) for row in rows[-_REMEMBERED:]]
        del remembered[:-_REMEMBERED]
        self._stop_if_unwanted(conversation)

    def close(self, frame: int) -> None:
        """Deliver what is complete only because the flow has ended."""
        conversation = self._conversation
        if self.over or conversation is None:
            return
        try:
            messages = conversation.close()
        except DecodeError:
            self._stop(INVALID)
            return
        for message in messages:
            from_orig = self._direction(message)
            self._deliver(message, self._time(from_orig, message, 0), frame, from_orig)
        self._stop(ENCRYPTED if conversation.encryption else READ)

    def _decide(self, from_orig: bool, frame: int) -> None:
        """Give the flow to the decoder that knows its first octets best, or give up."""
        best, score = None, 0.0
        for decoder in self._decoders:
            mark = decoder.probe(self._heads[1], self._heads[0], self._hint)
            if mark >= _ACCEPTED and mark > score:
                best, score = decoder, mark
        if best is not None:
            self._protocol = best.id
            self._conversation = best.open(self._hint)
            pending, self._pending = self._pending, []
            self._heads = [b"", b""]
            for segment in pending:
                # It is known only now, so it counts as of now in the order of deliveries.
                self._pass(segment._replace(frame=frame))
        elif self._is_hopeless(from_orig):
            self._stop(UNDECIDED)

    def _is_hopeless(self, from_orig: bool) -> bool:
        return len(self._pending) >= HEAD_SEGMENTS or (
            self._hint.transport == "tcp" and len(self._heads[from_orig]) >= HEAD_OCTETS
        )

    def _pass(self, segment: "_Segment") -> None:
        """Hand a segment to the decoder."""
        from_orig, start, octets, missing, time, frame = segment
        if missing and self._hint.transport == "udp":
            # Half a datagram is no datagram.
            octets, missing = b"", len(octets) + missing
        reached = self.ends[from_orig]
        if octets:
            self.ends[from_orig] = start
            self.feed(from_orig, octets, (len(octets),), (time,), (frame,), range(1))
            self.ends[from_orig] = reached
        if missing and self._conversation is not None and not self.over:
            try:
                self._conversation.gap(from_orig, missing)
            except DecodeError:
                self._stop(INVALID)
                return
            self._stop_if_unwanted(self._conversation)

    def _deliver(self, message: Message, time: int, frame: int, from_orig: bool) -> None:
        if self._reference is None:
            self._reference = self._refer()
        if message.end > self._understood[from_orig]:
            self._understood[from_orig] = message.end
        self._deliveries.append((frame, Delivery(self._reference, message, time, from_orig)))

    def _time(self, from_orig: bool, message: Message, default: int) -> int:
        """Return when the last octet of a message of an earlier segment was seen."""
        remembered = self._remembered[from_orig]
        for end, time in remembered:
            if message.end <= end:
                return time
        return remembered[-1][1] if remembered else default

    def _direction(self, message: Message) -> bool:
        """Return the likely direction of a message that the end of the flow completed."""
        for from_orig in (self._last_from_orig, not self._last_from_orig):
            if message.end == self.ends[from_orig]:
                return from_orig
        return self._last_from_orig

    def _stop(self, state: int) -> None:
        self.over = True
        self.state = state
        self._pending.clear()

    def _stop_if_unwanted(self, conversation: Conversation) -> None:
        if not conversation.wanted:
            self._stop(ENCRYPTED if conversation.encryption else READ)
