"""The columns that header parsing yields, and the tally of what it could not use."""

from collections import Counter
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

TCP, UDP = 6, 17
FIN, SYN, RST, ACK = 1, 2, 4, 16


@dataclass(slots=True)
class Packets:
    """One row for each packet that belongs to a flow, in capture order."""

    frame: NDArray[np.int64]
    """(N,) which frame of the block."""
    source: NDArray[np.uint64]
    """(N, 2) address as two numbers, the upper first; IPv4 as ::ffff:a.b.c.d."""
    destination: NDArray[np.uint64]
    source_mac: NDArray[np.uint64]
    """(N,) 48 bits; 0 if the link shows none."""
    destination_mac: NDArray[np.uint64]
    protocol: NDArray[np.uint8]
    """(N,) IP protocol number."""
    source_port: NDArray[np.uint16]
    destination_port: NDArray[np.uint16]
    flags: NDArray[np.uint8]
    """(N,) of TCP, else 0."""
    sequence: NDArray[np.uint32]
    acknowledgement: NDArray[np.uint32]
    payload: NDArray[np.int64]
    """(N,) where the payload above the transport header starts in the buffer of the block."""
    captured: NDArray[np.int64]
    """(N,) payload octets that are in the buffer."""
    length: NDArray[np.int64]
    """(N,) payload octets on the wire; padding of the link does not count."""

    def take(self, rows: NDArray[np.intp]) -> "Packets":
        """Return some of the rows, in the order given."""
        return Packets(*(getattr(self, column.name)[rows] for column in fields(self)))


@dataclass(slots=True)
class Tally:
    """What became of the frames.  Counts only grow."""

    frames: int = 0
    octets: int = 0
    """On the wire."""
    truncated: int = 0
    """Frames of which the capture lacks a part."""
    invalid: int = 0
    """Frames whose headers contradict themselves or are cut off."""
    fragments: int = 0
    """Later IP fragments: they bear no ports and belong to no flow here."""
    non_ip: Counter[str] = field(default_factory=Counter)
    """Frames without IP, by kind: arp, lldp, stp, …, other."""
    dropped: int = 0
    """Frames that the source says it lost."""
