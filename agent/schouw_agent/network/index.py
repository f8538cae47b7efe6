"""A hash table from the ends of flows to dense numbers, looked up for many packets at once.

The key is seeded, so that nobody can choose addresses and ports that collide; and the ends
themselves are compared, so that a collision never joins two flows.
"""

import secrets
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.packets import Packets
from schouw_agent.numbering import FREE, put

UNKNOWN = -1
_REMOVED = -2
_SLOTS_MIN = 4096


@dataclass(slots=True)
class Ends:
    """The two ends of each packet's flow in an order that does not depend on its direction."""

    columns: NDArray[np.uint64]
    """(N, 5): address of the lower end in two numbers, of the upper end; tunnel, ports
    and protocol in one number."""
    from_upper: NDArray[np.bool_]
    """(N,) the packet was sent by the upper end."""
    key: NDArray[np.uint64]
    """(N,)"""


class Index:
    """Open addressing with linear probing; at most half of the slots are in use."""

    def __init__(self, seed: bytes | None = None) -> None:
        octets = (seed if seed is not None else secrets.token_bytes(32)).ljust(32, b"\0")[:32]
        words = np.frombuffer(octets, dtype="<u8").astype(np.uint64)
        self._start = words[0]
        self._factors = words[1:] | np.uint64(1)
        self._clear(_SLOTS_MIN)

    def ends(self, packets: Packets) -> Ends:
        """Return the ends of the packets with their keys."""
        high1, low1 = packets.source[:, 0], packets.source[:, 1]
        high2, low2 = packets.destination[:, 0], packets.destination[:, 1]
        port1 = packets.source_port.astype(np.uint64)
        port2 = packets.destination_port.astype(np.uint64)
        upper = (low1 > low2) | ((low1 == low2) & (port1 > port2))
        if (high1 != high2).any():
            upper = (high1 > high2) | ((high1 == high2) & upper)
        columns = np.empty((port1.size, 5), dtype=np.uint64)
        columns[:, 0] = np.where(upper, high2, high1)
        columns[:, 1] = np.where(upper, low2, low1)
        columns[:, 2] = np.where(upper, high1, high2)
        columns[:, 3] = np.where(upper, low1, low2)
        columns[:, 4] = np.where(upper, port2, port1) << np.uint64(24)
        columns[:, 4] |= np.where(upper, port1, port2) << np.uint64(8)
        columns[:, 4] |= packets.protocol
        if packets.tunnel.any():
            columns[:, 4] |= packets.tunnel.astype(np.uint64) << np.uint64(40)
        return Ends(columns, upper, self._key(columns))

    def find(
        self, sought: Ends, rows: NDArray[np.intp], known: NDArray[np.uint64]
    ) -> NDArray[np.int64]:
        """Return the numbers of the flows of some packets, `UNKNOWN` where there is none.

        `known` (F, 5) holds the ends of each flow by number.
        """
        key, columns = sought.key, sought.columns
        if rows.size < key.size:
            key, columns = key[rows], columns.take(rows, axis=0)
        slot = self._slot(key)
        flow = self._flow[slot]
        here = (flow >= 0) & (self._key_of[slot] == key)
        here &= _equal(known.take(np.maximum(flow, 0), axis=0), columns)
        found = np.where(here, flow, UNKNOWN).astype(np.int64)
        # Most are found at the first look; the others go on from slot to slot.
        pending = np.flatnonzero(~here & (flow != FREE))
        while pending.size:
            slot[pending] = at = (slot[pending] + 1) & self._mask
            flow = self._flow[at]
            here = (flow >= 0) & (self._key_of[at] == key[pending])
            hits, flows = pending[here], flow[here]
            same = _equal(known.take(flows, axis=0), columns.take(hits, axis=0))
            found[hits[same]] = flows[same]
            pending = pending[(flow != FREE) & (found[pending] == UNKNOWN)]
        return found

    def insert(self, key: NDArray[np.uint64], flow: NDArray[np.int64]) -> bool:
        """Return whether the flows could be added; if not, `rebuild` first.

        They must not be there yet, or be other flows with the same key.
        """
        if (self._used + key.size) * 2 > self._flow.size:
            return False
        self._used += key.size
        put(self._flow, self._key_of, self._slot(key), key, flow)
        return True

    def remove(self, key: NDArray[np.uint64], flow: NDArray[np.int64]) -> None:
        """Forget flows that are in the table."""
        pending = np.arange(key.size)
        slot = self._slot(key)
        while pending.size:
            at = slot[pending]
            hit = self._flow[at] == flow[pending]
            self._flow[at[hit]] = _REMOVED
            pending = pending[~hit & (self._flow[at] != FREE)]
            slot[pending] = (slot[pending] + 1) & self._mask

    def rebuild(self, key: NDArray[np.uint64], flow: NDArray[np.int64]) -> None:
        """Start anew with these flows, and room for as many more."""
        slots = _SLOTS_MIN
        while slots < 4 * key.size:
            slots *= 2
        self._clear(slots)
        self.insert(key, flow)

    def _clear(self, slots: int) -> None:
        self._flow = np.full(slots, FREE, dtype=np.int32)
        self._key_of = np.zeros(slots, dtype=np.uint64)
        self._mask = slots - 1
        self._used = 0

    def _slot(self, key: NDArray[np.uint64]) -> NDArray[np.int64]:
        return (key >> np.uint64(32)).astype(np.int64) & self._mask

    def _key(self, columns: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Return a 64-bit key; an upper half that is 0 does not count, so IPv4 skips it."""
        key = np.full(columns.shape[0], self._start, dtype=np.uint64)
        for upper, lower in ((0, 1), (2, 3), (None, 4)):
            key += columns[:, lower]
            if upper is not None and columns[:, upper].any():
                key ^= columns[:, upper] * self._factors[0]
            key *= self._factors[1]
            key ^= key >> np.uint64(32)
        key *= self._factors[2]
        key ^= key >> np.uint64(29)
        return key


def _equal(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return for each row whether all its numbers are the same; faster than `all` over rows."""
    same: NDArray[np.bool_] = first[:, 0] == second[:, 0]
    for column in range(1, first.shape[1]):
        same &= first[:, column] == second[:, column]
    return same
