"""Deliveries as octets between two processes of one program: what runs share is sent once."""

import pickle
from collections.abc import Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from schouw_agent.records import Delivery, Endpoint, FlowReference, Message
from schouw_agent.runs import Delivered, DeliveredRun, Numbers, Run

_MOST_NUMBERED = 1 << 14
_Each = TypeVar("_Each")


class _Numbering(Generic[_Each]):
    """Objects by their identity; it holds them, so that no other gets it."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._held: list[_Each] = []
        self._told = 0

    def of(self, each: _Each) -> int:
        """Return the number of an object."""
        number = self._numbers.get(id(each))
        if number is None:
            number = self._numbers[id(each)] = len(self._held)
            self._held.append(each)
        return number

    def new(self) -> tuple[int, list[_Each]]:
        """Return how many had a number at the last call, and what has one since."""
        before, self._told = self._told, len(self._held)
        return before, self._held[before:]

    def make_room(self) -> None:
        """Begin anew if there are too many; only between two batches."""
        if len(self._held) > _MOST_NUMBERED:
            self._numbers.clear()
            self._held.clear()
            self._told = 0


class _Columns(NamedTuple):
    """What the messages of all runs of a batch are, one after the other; as in `Run`."""

    which: Numbers
    """Here by number of all fields that were told."""
    begins: Numbers
    stops: Numbers
    times: Numbers
    frames: Numbers

    def part(self, first: int, stop: int) -> "_Columns":
        """Return some of the messages."""
        return _Columns(*(each[first:stop] for each in self))


class Packer:
    """Makes octets of deliveries."""

    def __init__(self) -> None:
        self._flows: _Numbering[FlowReference] = _Numbering()
        self._fields: _Numbering[Mapping[str, Any]] = _Numbering()

    def pack(self, delivered: Sequence[Delivered]) -> bytes:
        """Return octets of which `Unpacker.unpack` makes the same deliveries."""
        self._flows.make_room()
        self._fields.make_room()
        runs = [each for each in delivered if isinstance(each, DeliveredRun)]
        columns = tuple(self._columns(runs)) if runs else None
        rows = [
            self._run(each) if isinstance(each, DeliveredRun) else (-1, each[0], *_single(each[1]))
            for each in delivered
        ]
        before, flows = self._flows.new()
        shared = before, list(map(_flow, flows)), *self._fields.new()
        return pickle.dumps((shared, columns, rows), pickle.HIGHEST_PROTOCOL)

    def _columns(self, runs: Sequence[DeliveredRun]) -> _Columns:
        return _Columns(
            which=np.concatenate([self._which(each.run) for each in runs]),
            begins=np.concatenate([each.run.begins for each in runs]),
            stops=np.concatenate([each.run.stops for each in runs]),
            times=np.concatenate([each.times for each in runs]),
            frames=np.concatenate([each.frames for each in runs]),
        )

    def _which(self, run: Run) -> Numbers:
        told = sorted(set(run.which.tolist()))
        number = np.zeros(told[-1] + 1, dtype=np.int64)
        number[told] = [self._fields.of(run.told[each]) for each in told]
        return number[run.which]

    def _run(self, delivered: DeliveredRun) -> tuple[Any, ...]:
        flow, run, times, _, from_orig = delivered
        # Runs that were cut out of the same octets share them here as well.
        number = self._flows.of(flow)
        return number, run.protocol, run.kind, run.octets, run.position, from_orig, times.size


class Unpacker:
    """Makes deliveries of octets, of a `Packer` in this program alone: pickles are trusted."""

    def __init__(self) -> None:
        self._flows: list[FlowReference] = []
        self._fields: list[Mapping[str, Any]] = []

    def unpack(self, octets: bytes) -> list[Delivered]:
        """Return the deliveries; what runs shared as one object is one again."""
        (flows_before, flows, fields_before, fields), columns, rows = pickle.loads(octets)  # noqa: S301
        # Anew, since runs of before may still be in use.
        self._flows = [*self._flows[:flows_before], *(_reference(*each) for each in flows)]
        self._fields = [*self._fields[:fields_before], *fields]
        found: list[Delivered] = []
        messages = _Columns(*columns) if columns else None
        at = 0
        for number, *row in rows:
            if number < 0 or messages is None:
                found.append(_delivery(*row))
                continue
            part = messages.part(at, at := at + row[-1])
            found.append(self._run(part, self._flows[number], *row[:-1]))
        return found

    def _run(
        self, of: _Columns, flow: FlowReference, protocol: str, kind: str, octets: bytes,
        position: int, from_orig: bool,
    ) -> DeliveredRun:  # fmt: skip
        run = Run(protocol, kind, self._fields, of.which, octets, of.begins, of.stops, position)
        return DeliveredRun(flow, run, of.times, of.frames, from_orig)


def _single(delivery: Delivery) -> tuple[Any, ...]:
    flow, message, time, from_orig = delivery
    # As plain tuples: named ones take several times as long.
    return _flow(flow), tuple(message), time, from_orig


def _flow(flow: FlowReference) -> tuple[Any, ...]:
    return flow.identity, *flow.orig, *flow.resp, flow.transport


def _delivery(
    frame: int, flow: tuple[Any, ...], message: tuple[Any, ...], time: int, from_orig: bool
) -> tuple[int, Delivery]:
    return frame, Delivery(_reference(*flow), Message(*message), time, from_orig)


def _reference(identity: str | bytes, *rest: Any) -> FlowReference:
    return FlowReference(identity, Endpoint(*rest[:3]), Endpoint(*rest[3:6]), rest[6])
