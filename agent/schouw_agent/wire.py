"""Deliveries as octets between two processes of one program: what runs share is sent once."""

import pickle
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from schouw_agent.records import Delivery, Endpoint, FlowReference, Message
from schouw_agent.runs import Delivered, DeliveredRun, Run

_MOST_NUMBERED = 1 << 14
_Each = TypeVar("_Each")
Numbers = NDArray[np.int64]


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


class _Columns(NamedTuple):
    """What the messages of all runs of a batch are, one after the other."""

    fields: Numbers
    octets: bytes
    """Those of all runs."""
    begins: Numbers
    stops: Numbers
    times: Numbers
    frames: Numbers


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
        numbers = iter(self._flows.of([each.flow for each in runs]))
        columns = self._columns(runs) if runs else None
        rows = [
            (next(numbers), each.from_orig, each.times.size, *_shared(each.run))
            if isinstance(each, DeliveredRun)
            else (-1, each[0], *_single(each[1]))
            for each in delivered
        ]
        before, flows = self._flows.new()
        shared = before, list(map(_flow, flows)), *self._fields.new()
        return pickle.dumps((shared, columns and tuple(columns), rows), pickle.HIGHEST_PROTOCOL)

    def _columns(self, runs: Sequence[DeliveredRun]) -> _Columns:
        return _Columns(
            fields=np.concatenate([self._told(each.run) for each in runs]),
            octets=b"".join(each.run.octets for each in runs),
            begins=np.concatenate([each.run.begins for each in runs]),
            stops=np.concatenate([each.run.stops for each in runs]),
            times=np.concatenate([each.times for each in runs]),
            frames=np.concatenate([each.frames for each in runs]),
        )

    def _told(self, run: Run) -> Numbers:
        """Return the number of the fields of each message of a run."""
        used = sorted(set(run.which.tolist()))
        numbers = np.zeros(used[-1] + 1, dtype=np.int64)
        numbers[used] = self._fields.of([run.told[which] for which in used])
        return numbers[run.which]


class Unpacker:
    """Makes deliveries of octets, of a `Packer` in this program alone: pickles are trusted."""

    def __init__(self) -> None:
        self._flows: list[FlowReference] = []
        self._fields: list[Mapping[str, Any]] = []

    def unpack(self, octets: bytes) -> list[Delivered]:
        """Return the deliveries; what runs shared as one object is one again."""
        (flows_before, flows, fields_before, fields), columns, rows = pickle.loads(octets)  # noqa: S301
        self._flows[flows_before:] = [_reference(*each) for each in flows]
        if fields or fields_before < len(self._fields):
            self._fields = [*self._fields[:fields_before], *fields]
        runs = self._runs(_Columns(*columns)) if columns else None
        return [
            _delivery(*row) if number < 0 or runs is None else runs(number, *row)
            for number, *row in rows
        ]

    def _runs(self, columns: _Columns) -> Callable[..., DeliveredRun]:
        """Return what makes the next run, as many messages of the columns as are asked for."""
        at = octets_at = 0

        def run(
            flow: int,
            from_orig: bool,
            count: int,
            protocol: str,
            kind: str,
            size: int,
            position: int,
        ) -> DeliveredRun:
            nonlocal at, octets_at
            part = slice(at, at := at + count)
            octets = columns.octets[octets_at : (octets_at := octets_at + size)]
            three = columns.begins[part], columns.stops[part], position
            return DeliveredRun(
                self._flows[flow],
                Run(protocol, kind, self._fields, columns.fields[part], octets, *three),
                columns.times[part],
                columns.frames[part],
                from_orig,
            )

        return run


def _shared(run: Run) -> tuple[str, str, int, int]:
    """Return what the messages of a run have in common, and how many octets they lie in."""
    return run.protocol, run.kind, len(run.octets), run.position


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
