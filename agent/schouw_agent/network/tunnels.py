"""What is found inside tunnels, whatever their kind."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.layer import ETHERNET, IPV4, IPV6, PPP, Octets, Positions

MPLS = 0x8847
TRANSPARENT_ETHERNET = 0x6558
"""Ethertype of Ethernet itself."""
NO_NETWORK = -1


@dataclass(slots=True)
class Opened:
    """(K,) each: packets that turned out to be tunnels, and what is inside."""

    row: NDArray[np.intp]
    """Which of the packets."""
    kind: NDArray[np.int32]
    start: Positions
    network: NDArray[np.int64]
    """The number of the virtual network, or -1."""
    name: str


def plausible(
    octets: Octets, kind: NDArray[np.int32], start: Positions, end: Positions
) -> NDArray[np.bool_]:
    """Return whether what starts there can be what it is said to be, as far as one octet tells."""
    need = np.select(
        [kind == IPV4, kind == IPV6, kind == ETHERNET, kind == PPP, kind == MPLS],
        [20, 40, 14, 2, 5],
        1 << 40,
    )
    fits: NDArray[np.bool_] = start + need <= end
    version = octets[np.where(fits, start, 0)] >> 4
    fits &= (kind != IPV4) | (version == 4)
    fits &= (kind != IPV6) | (version == 6)
    return fits
