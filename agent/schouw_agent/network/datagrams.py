"""Flows of datagrams each of which stands for itself: with less ado than a `Stream`.

There are very many of them, most of two datagrams.  To others they look like streams.
"""

from schouw_agent.errors import DecodeError
from schouw_agent.network.columns import INVALID, READ, Columns
from schouw_agent.network.export import Outcome, reference
from schouw_agent.network.screening import Screening
from schouw_agent.network.undecided import best
from schouw_agent.plugins import Decoder, PortHint
from schouw_agent.records import Delivery, FlowReference
from schouw_agent.runs import Delivered

CUT_MAX = 64
"""Datagrams in a row that the capture may have cut: none is whole, and more would not be."""
ERRORS_MAX = 8
"""Datagrams in a row that the decoder may refuse before the flow is left alone."""


def stands_alone(
    screening: Screening, fits: int, misfit: bool, head: bytes, hint: PortHint, *, from_orig: bool
) -> Decoder | None:
    """Return the decoder of a flow whose first datagram shows that each of its stands for itself.

    `fits`: which decoders the head leaves; `misfit`: the other direction has shown that it is of
    none.
    """
    other = 0 if misfit else -1
    candidates = screening.candidates(*((fits, other) if from_orig else (other, fits)))
    if not any(each.datagram for each in candidates):
        return None
    found = best(candidates, *((head, b"") if from_orig else (b"", head)), hint)
    return found if found is not None and found.datagram else None


class Datagrams:
    """A flow whose decoder reads each datagram for itself.  Directions are as in `Stream`."""

    __slots__ = (
        "_columns",
        "_cut",
        "_decoder",
        "_deliveries",
        "_ends",
        "_errors",
        "_flow",
        "_read",
        "_reference",
        "_understood",
        "invalid",
        "over",
        "state",
    )  # fmt: skip

    def __init__(
        self, decoder: Decoder, columns: Columns, flow: int, deliveries: list[Delivered]
    ) -> None:
        """Begin with its first datagram still to come; `deliveries` takes what is delivered."""
        assert decoder.datagram is not None  # noqa: S101 that is why it was chosen
        self.state = READ
        self.over = False
        self._ends = [0, 0]
        self.invalid = 0
        self._decoder = decoder
        self._read = decoder.datagram
        self._columns = columns
        self._flow = flow
        self._deliveries = deliveries
        self._reference: FlowReference | None = None
        self._understood = [0, 0]
        self._errors = self._cut = 0

    def outcome(self) -> Outcome:
        """Return what is known of the flow by now."""
        return Outcome(self._decoder.id, "", "")

    def understood(self) -> int:
        """Return the octets up to the last message of each direction."""
        return self._understood[0] + self._understood[1]

    def take(self, from_orig: bool, octets: bytes, missing: int, time: int, frame: int) -> None:
        """Take one datagram, of which the last `missing` octets were never seen."""
        end = self._ends[from_orig] = self._ends[from_orig] + len(octets) + missing
        if missing:
            # Half a datagram is no datagram.
            self._cut += 1
            self.over = self._cut >= CUT_MAX
            return
        try:
            messages = self._read(octets, end)
        except DecodeError:
            self._errors += 1
            if self._errors < ERRORS_MAX:
                self.invalid += len(octets)
            else:
                self.over, self.state = True, INVALID
            return
        self._errors = self._cut = 0
        for message in messages:
            flow = self._reference
            if flow is None:
                flow = self._reference = reference(self._columns, self._flow, frame)
            self._deliveries.append((frame, Delivery(flow, message, time, from_orig)))
            self._understood[from_orig] = message.end
