"""One layer of encapsulation: what follows in each frame, where it starts, and where it ends."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Octets = NDArray[np.uint8]
Positions = NDArray[np.int64]
Rows = NDArray[np.intp]

IPV4, IPV6, ARP = 0x0800, 0x86DD, 0x0806
PPPOE, LLDP = 0x8864, 0x88CC
NO_TYPE = 0
"""Kind of a frame that has no ethertype, such as LLC."""
CUT = -1
"""Kind of a frame that ends before it is known."""
UNKNOWN_LINK = -2
"""Kind of a frame whose link layer is not known."""
PASSER_BY = -3
"""Kind of a radio frame of somebody's own device: counted, never looked at."""

# Kinds above the 16 bits of an ethertype.
ETHERNET, PPP, PPP_CONTROL, LLC, RADIO = (0x1_0000 + number for number in range(5))
RADIO_BEACON, RADIO_ENCRYPTED, BLE_ADVERTISING, SNAP_CISCO = (
    0x1_0000 + number for number in range(5, 9)
)


@dataclass(slots=True)
class Layer:
    """(N,) each, in capture order."""

    frame: Positions
    """Which frame of the block."""
    kind: NDArray[np.int32]
    """Ethertype of what follows, or one of the constants above."""
    network: Positions
    """Where that starts in the buffer."""
    captured_end: Positions
    """Where it ends in the buffer."""
    wire_end: Positions
    """Where it would end if everything had been captured."""
    source_mac: NDArray[np.uint64]
    destination_mac: NDArray[np.uint64]
    tunnel: NDArray[np.uint32]
    """24 bits that name the virtual network of a tunnel; 0 for none."""

    def take(self, rows: Rows) -> "Layer":
        """Return some of the rows, in the order given."""
        return Layer(*(getattr(self, column.name)[rows] for column in fields(self)))

    @staticmethod
    def joined(layers: "Sequence[Layer]") -> "Layer":
        """Return the rows of several layers in capture order."""
        if not layers:
            rows = {"kind": np.int32, "source_mac": np.uint64, "destination_mac": np.uint64}
            rows["tunnel"] = np.uint32
            return Layer(*(np.zeros(0, rows.get(each.name, np.int64)) for each in fields(Layer)))
        columns = (
            np.concatenate([getattr(layer, column.name) for layer in layers])
            for column in fields(Layer)
        )
        both = Layer(*columns)
        return both.take(np.argsort(both.frame, kind="stable"))
