"""Messages by the thousand: what alike ones share is said once, and their octets stay together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from schouw_agent.numbers import Numbers
from schouw_agent.records import Delivery, FlowReference, Message

MARGIN = 8
"""Octets before the first payload and behind the last: a number of eight octets may be read."""
_MARGIN = b"\n" * MARGIN


class Run(NamedTuple):
    """Consecutive messages of one direction of a flow, each the last octets of what it came in.

    Of those there may be very many: three columns cost a fraction of a record for each.
    """

    protocol: str
    kind: str
    told: Sequence[Mapping[str, Any]]
    """Fields of messages, each of them once."""
    which: Numbers
    """Which of `told` are the fields of each message."""
    octets: bytes
    """What the payloads lie in."""
    begins: Numbers
    """Where in the octets each payload begins."""
    stops: Numbers
    """Where each ends, and its message with it; ascending."""
    position: int
    """Octets of the direction before these."""

    @property
    def ends(self) -> Numbers:
        """Return for each message the octets of the direction up to and including it."""
        return self.stops + self.position

    @property
    def first_end(self) -> int:
        """Return the end of the first message."""
        return int(self.stops[0]) + self.position

    @property
    def last_end(self) -> int:
        """Return the end of the last message."""
        return int(self.stops[-1]) + self.position

    def message(self, i: int) -> Message:
        """Return one message as a record."""
        fields, stop = self.told[int(self.which[i])], int(self.stops[i])
        payload = self.octets[int(self.begins[i]) : stop]
        return Message(self.protocol, self.kind, fields, payload, stop + self.position)

    def messages(self) -> Iterator[Message]:
        """Yield each message as a record."""
        return map(self.message, range(self.which.size))


class GrowingRun:
    """A run to which messages are added one by one."""

    __slots__ = ("_lists", "_of")

    def __init__(
        self,
        protocol: str,
        kind: str,
        told: Sequence[Mapping[str, Any]],
        octets: bytes,
        position: int,
    ) -> None:
        """Begin one; see `Run`."""
        self._lists: tuple[list[int], list[int], list[int]] = ([], [], [])
        self._of = protocol, kind, told, octets, position

    def appenders(self) -> tuple[Callable[[int], None], ...]:
        """Return what adds to which, begins and stops."""
        which, begins, stops = self._lists
        return which.append, begins.append, stops.append

    def into(self, messages: list[Any]) -> None:
        """Add it to the messages, if there is one in it, and start anew."""
        if not self._lists[0]:
            return
        protocol, kind, told, octets, position = self._of
        which, begins, stops = (np.array(each, dtype=np.int64) for each in self._lists)
        messages.append(Run(protocol, kind, told, which, octets, begins, stops, position))
        for each in self._lists:
            each.clear()


class Payloads(NamedTuple):
    """Many payloads in one buffer, with a margin on both sides."""

    octets: bytes
    begin: Numbers
    end: Numbers

    @classmethod
    def of(cls, payloads: Sequence[bytes]) -> "Payloads":
        """Return payloads in one buffer, none of them next to another."""
        octets = b"".join((_MARGIN, b"\n".join(payloads), _MARGIN))
        size = np.fromiter(map(len, payloads), dtype=np.int64, count=len(payloads))
        end = np.cumsum(size + 1) + (MARGIN - 1)
        return cls(octets, end - size, end)

    @classmethod
    def of_runs(cls, runs: Sequence[Run]) -> "Payloads":
        """Return the payloads of all messages of runs, in their order."""
        # Runs that are parted by other messages share their octets: joined for each, a few octets
        # would become very many.
        octets = {id(each.octets): each.octets for each in runs}
        reached = np.cumsum([MARGIN, *map(len, octets.values())]).tolist()
        start = dict(zip(octets, reached, strict=False))
        base = np.repeat(
            [start[id(each.octets)] for each in runs], [each.which.size for each in runs]
        )
        return cls(
            b"".join((_MARGIN, *octets.values(), _MARGIN)),
            np.concatenate([each.begins for each in runs]) + base,
            np.concatenate([each.stops for each in runs]) + base,
        )

    def part(self, first: int, stop: int) -> "Payloads":
        """Return some payloads that follow each other."""
        return Payloads(self.octets, self.begin[first:stop], self.end[first:stop])

    def one_by_one(self, rows: Numbers | slice) -> list[bytes]:
        """Return some payloads, each as its octets."""
        ends = zip(self.begin[rows].tolist(), self.end[rows].tolist(), strict=True)
        return [self.octets[begin:end] for begin, end in ends]


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
    times: Numbers
    """Nanoseconds since 1970 at which the last octet of each was seen."""
    frames: Numbers
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
