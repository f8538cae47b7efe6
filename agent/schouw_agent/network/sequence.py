"""Which segments of TCP simply follow each other, told for all flows of a batch at once."""

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.batches import Batch
from schouw_agent.network.columns import Columns
from schouw_agent.network.first_look import WRAP
from schouw_agent.network.packets import SYN
from schouw_agent.numbers import changes


def in_sequence(
    columns: Columns, batch: Batch, rows: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the segments that can be joined, and the packets of the flows to be read one by one.

    The first by flow, then by time; their flows are brought up to date.
    """
    flow_of, side_of = batch.flow, batch.side
    is_syn = batch.flags[rows] & SYN != 0
    carriers = rows[is_syn | (batch.length[rows] > 0)]
    carriers = carriers[np.argsort(side_of[carriers], kind="stable")]
    carriers = _without_openers(columns, batch, carriers)
    side = side_of[carriers]
    first = changes(side)
    length = batch.length[carriers]
    sequence = batch.sequence[carriers] + (batch.flags[carriers] & SYN != 0)
    after = (sequence.astype(np.int64) + length) % WRAP
    expected = np.where(first, columns.next_sequence[side], np.roll(after, 1))
    follows = (sequence == expected) & (batch.captured[carriers] == length)
    slow = np.zeros(columns.capacity, dtype=np.bool_)
    flow = flow_of[carriers]
    slow[flow[~follows | ~columns.decided[flow]]] = True
    flow_of_row = flow_of[rows]
    slow[flow_of_row[columns.holding[flow_of_row]]] = True
    quick = ~slow[flow]
    columns.next_sequence[side[quick]] = after[quick]
    joined = carriers[quick]
    return joined[np.lexsort((joined, flow[quick]))], rows[slow[flow_of_row]]


def _without_openers(
    columns: Columns, batch: Batch, carriers: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Take the first sequence numbers from SYNs, and return the other segments."""
    opener = (batch.flags[carriers] & SYN != 0) & (batch.length[carriers] == 0)
    if not opener.any():
        return carriers
    side = batch.side[carriers]
    first = changes(side)
    new = first & opener & (columns.next_sequence[side] < 0)
    sequence = batch.sequence[carriers[new]].astype(np.int64)
    columns.next_sequence[side[new]] = (sequence + 1) % WRAP
    others: NDArray[np.intp] = carriers[~opener]
    return others
