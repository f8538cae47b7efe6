"""Messages by the thousand: what alike ones share is said once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from schouw_agent.records import Delivery, FlowReference, Message


class Run(NamedTuple):
    """Consecutive messages of one direction of a flow, which differ in three things alone.

    Of those there may be very many: three lists cost a fraction of a record for each.
    """

    protocol: str
    kind: str
    fields: list[Mapping[str, Any]]
    """One and the same object for messages whose fields are alike."""
    payloads: list[bytes]
    ends: list[int]
    """Ascending."""

    def messages(self) -> Iterator[Message]:
        """Yield each message as a record."""
        each = zip(self.fields, self.payloads, self.ends, strict=True)
        return (Message(self.protocol, self.kind, *differing) for differing in each)

    def appenders(self) -> tuple[Callable[[Any], None], ...]:
        """Return what adds to each of the three lists."""
        return self.fields.append, self.payloads.append, self.ends.append


def one_by_one(messages: Iterable[Message | Run]) -> list[Message]:
    """Return the messages, those of runs as well, in their order."""
    found: list[Message] = []
    for each in messages:
        if isinstance(each, Run):
            found.extend(each.messages())
        else:
            found.append(each)
    return found


class DeliveredRun(NamedTuple):
    """A run of messages together with where each was seen."""

    flow: FlowReference
    run: Run
    times: NDArray[np.int64]
    """Nanoseconds since 1970 at which the last octet of each was seen."""
    frames: NDArray[np.int64]
    """Number of the frame that completed each."""
    from_orig: bool

    def deliveries(self) -> Iterator[tuple[int, Delivery]]:
        """Yield the frame and the delivery of each message."""
        messages = zip(self.frames.tolist(), self.run.messages(), self.times.tolist(), strict=True)
        for frame, message, time in messages:
            yield frame, Delivery(self.flow, message, time, self.from_orig)


Delivered = tuple[int, Delivery] | DeliveredRun
"""A delivery with the number of the frame that completed it, or a run of them."""


def in_order(delivered: Iterable[Delivered]) -> list[tuple[int, Delivery]]:
    """Return the frame and the delivery of every message, in the order of the frames.

    What one frame completed stays in its order.
    """
    single: list[tuple[int, Delivery]] = []
    for each in delivered:
        if isinstance(each, DeliveredRun):
            single.extend(each.deliveries())
        else:
            single.append(each)
    single.sort(key=lambda pair: pair[0])
    return single
