"""How long a flow may be silent before it has ended."""

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.columns import Columns
from schouw_agent.network.packets import TCP, UDP

ESTABLISHED_SECONDS = 7440
"""A connection of TCP that has carried something and was not closed: what address translators must
keep open at least (RFC 5382, 5).  A sensor may be silent for an hour and go on where it was, with
nothing that shows anew which protocol it speaks."""
TCP_IDLE_SECONDS = 300
"""Other connections: tried, or about to close (RFC 5382, 5: four minutes at least)."""
UDP_IDLE_SECONDS = 180
"""What address translators keep open at most by habit, so that a client opens anew after it."""
OTHER_IDLE_SECONDS = 60
_SECOND = 1_000_000_000


class Idle:
    """The times of all flows, in nanoseconds."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._least = np.full(256, OTHER_IDLE_SECONDS * _SECOND, dtype=np.int64)
        self._least[TCP] = TCP_IDLE_SECONDS * _SECOND
        self._least[UDP] = UDP_IDLE_SECONDS * _SECOND
        self.shortest = int(self._least.min())

    def least(self, protocol: NDArray[np.uint8]) -> NDArray[np.int64]:
        """Return after how long flows of IP protocols may have ended: (N,) each."""
        return self._least[protocol]

    def of(self, flows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return after how long each of some flows has ended."""
        columns = self._columns
        protocol = columns.protocol[flows]
        carried = columns.octets[2 * flows] + columns.octets[2 * flows + 1] > 0
        established = (protocol == TCP) & carried & ~columns.closing[flows]
        return np.where(established, ESTABLISHED_SECONDS * _SECOND, self._least[protocol])

    def after(self, protocol: int, *, carried: bool, closing: bool) -> int:
        """Return the same for one flow by what is known of it."""
        if protocol == TCP and carried and not closing:
            return ESTABLISHED_SECONDS * _SECOND
        return int(self._least[protocol])
