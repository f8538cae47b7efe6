"""Which segments of TCP simply follow each other, told for all flows of a batch at once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.batches import Batch
from schouw_agent.network.columns import Columns
from schouw_agent.network.first_look import WRAP
from schouw_agent.network.lanes import JUMP_OCTETS_MAX
from schouw_agent.network.packets import SYN
from schouw_agent.numbers import changes


class InSequence(NamedTuple):
    """Which segments follow each other, and which do not."""

    joined: NDArray[np.intp]
    """Rows by flow, then by time; their flows are brought up to date."""
    missing: NDArray[np.int64]
    """Octets that were lost before each of these."""
    slow: NDArray[np.intp]
    """Rows of all packets of the other flows, which are to be read one by one."""


def in_sequence(
    columns: Columns, batch: Batch, rows: NDArray[np.intp], *, lossy: bool
) -> InSequence:
    """Return how the segments of a batch follow each other.

    `lossy`: the capture lost frames about then, so that nothing that is missing will come.
    """
    flow_of, side_of = batch.flow, batch.side
    is_syn = batch.flags[rows] & SYN != 0
    carriers = rows[is_syn | (batch.length[rows] > 0)]
    carriers = carriers[np.argsort(side_of[carriers], kind="stable")]
    carriers = _without_openers(columns, batch, carriers)
    side = side_of[carriers]
    first = changes(side)
    length = batch.length[carriers]
    sequence = batch.first_octets(carriers)
    after = (sequence + length) % WRAP
    expected = np.where(first, columns.next_sequence[side], np.roll(after, 1))
    ahead = (sequence - expected) % WRAP
    if lossy:
        ahead[(ahead <= JUMP_OCTETS_MAX) & (columns.next_sequence[side] >= 0)] = 0
    follows = (ahead == 0) & (batch.captured[carriers] == length)
    slow = np.zeros(columns.capacity, dtype=np.bool_)
    flow = flow_of[carriers]
    slow[flow[~follows | ~columns.decided[flow]]] = True
    flow_of_row = flow_of[rows]
    slow[flow_of_row[columns.holding[flow_of_row]]] = True
    quick = ~slow[flow]
    columns.next_sequence[side[quick]] = after[quick]
    order = np.lexsort((carriers[quick], flow[quick]))
    missing = (sequence - expected)[quick] % WRAP
    return InSequence(carriers[quick][order], missing[order], rows[slow[flow_of_row]])


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
