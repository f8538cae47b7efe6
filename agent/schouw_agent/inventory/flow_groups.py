"""Flows told of together that mean the same to the inventory: added up before it sees them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schouw_agent.inventory.flow_batch import FlowBatch
from schouw_agent.numbers import changes
from schouw_agent.records import Flow


@dataclass(frozen=True, slots=True)
class FlowGroup:
    """Flows of the same stations, server port, protocol and names, that went the same ways."""

    flow: Flow
    """The first of them, with the packets, octets and times of all."""
    last: int
    """Place in the batch of the last of them."""
    places: Sequence[int]
    """In the batch, of each."""
    ends: Sequence[int]
    """Nanoseconds since 1970, of each."""
    orig_octets: Sequence[int]
    resp_octets: Sequence[int]
    serves: bool
    """More came from resp than from orig."""
    goes_on: bool
    """Some of each was told before."""


def groups(batch: FlowBatch) -> Iterator[FlowGroup]:
    """Yield the groups of a batch, in the order of their first flows."""
    size = len(batch.protocol)
    if not size:
        return
    of_row = _groups_of(batch)
    order = np.argsort(of_row, kind="stable")
    starts = np.flatnonzero(changes(of_row[order]))
    totals = [
        np.add.reduceat(column[order], starts).tolist()
        for column in (
            batch.orig_packets,
            batch.resp_packets,
            batch.orig_octets,
            batch.resp_octets,
            batch.missed_octets,
        )
    ]
    begun = np.minimum.reduceat(batch.start[order], starts).tolist()
    ended = np.maximum.reduceat(batch.end[order], starts).tolist()
    places, ends = order.tolist(), batch.end[order].tolist()
    sent, served = batch.orig_octets[order].tolist(), batch.resp_octets[order].tolist()
    bounds = [*starts.tolist(), size]
    serves, goes_on = (each[order[starts]].tolist() for each in (batch.serves, batch.goes_on))
    for number, flow in enumerate(batch.take(order[starts]).rows(named=False)):
        part = slice(bounds[number], bounds[number + 1])
        yield FlowGroup(
            Flow(*flow[:7], begun[number], ended[number], *(each[number] for each in totals)),
            places[part.stop - 1],
            places[part],
            ends[part],
            sent[part],
            served[part],
            serves[number],
            goes_on[number],
        )


def _groups_of(batch: FlowBatch) -> NDArray[np.int64]:
    """Return for each flow the number of its group; groups are numbered as they appear."""
    size = len(batch.protocol)
    ways = (batch.orig_packets > 0).astype(np.uint8)
    ways |= (batch.resp_packets > 0).astype(np.uint8) << 1
    ways |= (batch.orig_octets > 0).astype(np.uint8) << 2
    ways |= (batch.resp_octets > 0).astype(np.uint8) << 3
    ways |= batch.serves.astype(np.uint8) << 4
    ways |= batch.goes_on.astype(np.uint8) << 5
    columns = (
        batch.orig_mac,
        batch.resp_mac,
        batch.orig_address,
        batch.resp_address,
        batch.resp_port,
        batch.transport,
        ways,
        *(_numbers(texts) for texts in (batch.protocol, batch.server_name, batch.encryption)),
    )
    parts = [np.ascontiguousarray(each).view(np.uint8).reshape(size, -1) for each in columns]
    rows = np.concatenate(parts, axis=1)
    keys = np.ascontiguousarray(rows).view(f"V{rows.shape[1]}").ravel().tolist()
    return _numbers(keys)


def _numbers(values: Sequence[str] | Sequence[bytes]) -> NDArray[np.int64]:
    """Return a number for each value, the same for the same, in order of appearance."""
    known: dict[str | bytes, int] = {}
    return np.array([known.setdefault(each, len(known)) for each in values], dtype=np.int64)
