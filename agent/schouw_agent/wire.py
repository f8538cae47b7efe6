"""Deliveries as octets between two processes of one program: what runs share is sent once."""

import pickle
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Generic, TypeVar

import numpy as np

from schouw_agent.records import Delivery, Endpoint, FlowReference, Message
from schouw_agent.runs import Delivered, DeliveredRun, Run

_MOST_NUMBERED = 1 << 14
_Each = TypeVar("_Each")


class _Numbering(Generic[_Each]):
    """Objects by their identity; it holds them, so that no other gets it."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._held: list[_Each] = []
        self._told = 0

    def of(self, objects: Sequence[_Each]) -> list[int]:
        """Return the numbers of objects, of which most were met before."""
        known = list(map(self._numbers.get, map(id, objects)))
        if None in known:
            for each in objects:
                if id(each) not in self._numbers:
                    self._numbers[id(each)] = len(self._held)
                    self._held.append(each)
            known = list(map(self._numbers.get, map(id, objects)))
        return [number for number in known if number is not None]

    def new(self) -> tuple[int, list[_Each]]:
        """Return how many had a number at the last call, and what has one since."""
        before, self._told = self._told, len(self._held)
        return before, self._held[before:]

    def make_room(self) -> None:
        """Begin anew if there are too many; only between two batches."""
        if len(self._held) > _MOST_NUMBERED:
            self.__init__()  # type: ignore[misc]


class Packer:
    """Makes octets of deliveries."""

    def __init__(self) -> None:
        self._flows: _Numbering[FlowReference] = _Numbering()
        self._fields: _Numbering[Mapping[str, Any]] = _Numbering()

    def pack(self, delivered: Iterable[Delivered]) -> bytes:
        """Return octets of which `Unpacker.unpack` makes the same deliveries."""
        self._flows.make_room()
        self._fields.make_room()
        rows = [
            self._run(each) if isinstance(each, DeliveredRun) else _single(*each)
            for each in delivered
        ]
        before, flows = self._flows.new()
        shared = before, list(map(_flow, flows)), *self._fields.new()
        return pickle.dumps((shared, rows), pickle.HIGHEST_PROTOCOL)

    def _run(self, delivered: DeliveredRun) -> tuple[Any, ...]:
        flow, run, times, frames, from_orig = delivered
        payloads = run.payloads
        return (
            self._flows.of((flow,))[0], run.protocol, run.kind, self._fields.of(run.fields),
            b"".join(payloads), np.cumsum([0, *map(len, payloads)]), run.ends,
            times, frames, from_orig,
        )  # fmt: skip


class Unpacker:
    """Makes deliveries of octets, of a `Packer` in this program alone: pickles are trusted."""

    def __init__(self) -> None:
        self._flows: list[FlowReference] = []
        self._fields: list[Mapping[str, Any]] = []

    def unpack(self, octets: bytes) -> list[Delivered]:
        """Return the deliveries; what runs shared as one object is one again."""
        (flows_before, flows, fields_before, fields), rows = pickle.loads(octets)  # noqa: S301
        self._flows[flows_before:] = [_reference(*each) for each in flows]
        self._fields[fields_before:] = fields
        return [self._run(*row) if len(row) == _OF_A_RUN else _delivery(*row) for row in rows]

    def _run(
        self, flow: int, protocol: str, kind: str, fields: Sequence[int],
        octets: bytes, bounds: Any, ends: list[int], times: Any, frames: Any, from_orig: bool,
    ) -> DeliveredRun:  # fmt: skip
        payloads = [octets[start:stop] for start, stop in pairwise(bounds.tolist())]
        shared = [self._fields[number] for number in fields]
        run = Run(protocol, kind, shared, payloads, ends)
        return DeliveredRun(self._flows[flow], run, times, frames, from_orig)


_OF_A_RUN = 10


def _single(frame: int, delivery: Delivery) -> tuple[Any, ...]:
    flow, message, time, from_orig = delivery
    # As plain tuples: named ones take several times as long.
    return frame, _flow(flow), tuple(message), time, from_orig


def _flow(flow: FlowReference) -> tuple[Any, ...]:
    return flow.identity, *flow.orig, *flow.resp, flow.transport


def _delivery(
    frame: int, flow: tuple[Any, ...], message: tuple[Any, ...], time: int, from_orig: bool
) -> tuple[int, Delivery]:
    return frame, Delivery(_reference(*flow), Message(*message), time, from_orig)


def _reference(identity: str | bytes, *rest: Any) -> FlowReference:
    return FlowReference(identity, Endpoint(*rest[:3]), Endpoint(*rest[3:6]), rest[6])
