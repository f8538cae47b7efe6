"""Frames that were captured twice: on two interfaces, or by a mirror that shows both directions.

Only what is surely the same packet is dropped.  From the header of IP to its end it must be equal,
the time to live included, and the copy must follow soon.  On one interface it must bear a number of
its own (the identification of IPv4), since a sender may say the same thing twice; a retransmission
has another number.  That numbers mean something is believed when three with different ones came
twice in a row.  What a router passed on is not the same: its time to live is lower.

Nothing is paid for this until a second interface, or such copies, show up.
"""

from collections import OrderedDict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.layer import Octets
from schouw_agent.network.packets import Packets, Tally
from schouw_agent.numbers import overlapping
from schouw_agent.records import FrameBlock

_SAME_INTERFACE_NANOSECONDS = 500_000
_OTHER_INTERFACE_NANOSECONDS = 10_000_000
_UNNUMBERED_NANOSECONDS = 1_000_000
_EVIDENCE = 3
_REMEMBERED = 4096
"""Packets; more are not in flight between two sightings of one."""


class _Sighting(NamedTuple):
    key: int
    time: int
    interface: int
    number: int
    """Identification of IPv4; 0 for none."""


class Duplicates:
    """What was seen a moment ago."""

    def __init__(self) -> None:
        self._seen: OrderedDict[int, _Sighting] = OrderedDict()
        self._watching = False
        self._interface = -1
        """That of the first packet."""
        self._numbers: set[int] = set()
        """Of packets that came twice in a row."""
        self._last: _Sighting | None = None
        """The latest packet, as long as none is remembered."""

    def drop(self, octets: Octets, packets: Packets, block: FrameBlock, tally: Tally) -> Packets:
        """Return the packets without the copies, which are counted."""
        size = packets.frame.size
        if not size:
            return packets
        interface = block.interface[packets.frame]
        time = block.time[packets.frame]
        at = _Reader(octets, packets, time, interface, several=len(block.interfaces) > 1)
        first, convinced = self._begin(at, size)
        self._last = at.sighting(size - 1)
        copies = [
            row for row in range(first, size) if self._is_copy(at.sighting(row), row >= convinced)
        ]
        if not copies:
            return packets
        tally.duplicates += len(copies)
        return packets.take(np.delete(np.arange(size), copies))

    def _begin(self, at: "_Reader", size: int) -> tuple[int, int]:
        """Return from which packet on to remember them, and from which on to believe numbers.

        The size stands for none of them.
        """
        if self._interface < 0:
            self._interface = int(at.interface[0])
            self._watching = at.several
        convinced = self._convinced(at, size)
        if self._watching:
            return 0, convinced
        elsewhere = np.flatnonzero(at.interface != self._interface)
        first = min(int(elsewhere[0]) if elsewhere.size else size, convinced)
        if first == size:
            return size, size
        self._watching = True
        if first == 0 and self._last is not None:
            self._seen[self._last.key] = self._last
        return max(0, first - 1), convinced

    def _convinced(self, at: "_Reader", size: int) -> int:
        """Return the packet that proves that numbers mean something; the size if none does."""
        if len(self._numbers) == _EVIDENCE:
            return 0
        if self._last is not None:
            self._weigh(self._last, at.sighting(0))
            if len(self._numbers) == _EVIDENCE:
                return 0
        for row in at.repeated():
            self._weigh(at.sighting(row - 1), at.sighting(row))
            if len(self._numbers) == _EVIDENCE:
                return row
        return size

    def _weigh(self, first: _Sighting, second: _Sighting) -> None:
        soon = abs(second.time - first.time) < _SAME_INTERFACE_NANOSECONDS
        if (
            first.key == second.key
            and first.interface == second.interface
            and soon
            and first.number
        ):
            self._numbers.add(second.number)

    def _is_copy(self, now: _Sighting, convinced: bool) -> bool:
        before = self._seen.get(now.key)
        if before is not None:
            elapsed = abs(now.time - before.time)
            if now.interface == before.interface:
                copy = convinced and now.number > 0 and elapsed < _SAME_INTERFACE_NANOSECONDS
            elif now.number:
                copy = elapsed < _OTHER_INTERFACE_NANOSECONDS
            else:
                copy = elapsed < _UNNUMBERED_NANOSECONDS
            if copy:
                return True
        self._seen[now.key] = now
        self._seen.move_to_end(now.key)
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return False


class _Reader:
    """The packets of one block, to be looked at one by one."""

    def __init__(
        self,
        octets: Octets,
        packets: Packets,
        time: NDArray[np.int64],
        interface: NDArray[np.uint16],
        *,
        several: bool,
    ) -> None:
        self.interface = interface
        self.several = several
        """The capture names more than one interface."""
        self._octets = octets
        self._view = octets.data
        self._packets = packets
        self._time = time

    def sighting(self, row: int) -> _Sighting:
        """Return what is remembered of a packet: 64 bits of all its octets, and when it came."""
        start = int(self._packets.header[row])
        end = int(self._packets.payload[row] + self._packets.captured[row])
        view = self._view
        # Python seeds this hash anew in each process: nobody can choose octets that collide.
        return _Sighting(
            hash(bytes(view[start:end])),
            int(self._time[row]),
            int(self.interface[row]),
            view[start + 4] << 8 | view[start + 5] if view[start] >> 4 == 4 else 0,
        )

    def repeated(self) -> list[int]:
        """Return the packets that may equal the one right before, by what headers say."""
        packets = self._packets
        same = packets.sequence[1:] == packets.sequence[:-1]
        same &= packets.length[1:] == packets.length[:-1]
        rows = np.flatnonzero(same)
        if not rows.size:
            return []
        rows = rows[packets.source_port[rows] == packets.source_port[rows + 1]]
        rows = rows[packets.source[rows, 1] == packets.source[rows + 1, 1]]
        pairs = overlapping(self._octets, ">u2")
        number, next_number = (pairs[packets.header[each] + 4] for each in (rows, rows + 1))
        found: list[int] = (rows[(number == next_number) & (number > 0)] + 1).tolist()
        return found
