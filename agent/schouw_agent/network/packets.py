"""The columns that header parsing yields, and the tally of what it could not use."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

ICMP, TCP, UDP, ESP, ICMP_6, SCTP = 1, 6, 17, 50, 58, 132
_DCCP, _UDP_LITE = 33, 136
CARRIES = np.zeros(256, dtype=np.bool_)
CARRIES[[TCP, UDP, _DCCP, ESP, SCTP, _UDP_LITE]] = True
"""By IP protocol number: what may bear data of an application, read or not.  The others run the
network."""
FIN, SYN, RST, ACK = 1, 2, 4, 16


@dataclass(slots=True)
class AboveIp:
    """What each packet holds above IP: a row for each, in capture order."""

    protocol: NDArray[np.uint8]
    """(N,) IP protocol number."""
    source_port: NDArray[np.uint16]
    """(N,) of TCP, UDP and SCTP; of ICMP its type, and what answers it or its code; else 0."""
    destination_port: NDArray[np.uint16]
    flags: NDArray[np.uint8]
    """(N,) of TCP, else 0."""
    sequence: NDArray[np.uint32]
    acknowledgement: NDArray[np.uint32]
    payload: NDArray[np.int64]
    """(N,) where the payload above the transport header starts in the buffer."""
    captured: NDArray[np.int64]
    """(N,) payload octets that are in the buffer."""
    length: NDArray[np.int64]
    """(N,) payload octets on the wire; padding of the link does not count."""


@dataclass(slots=True)
class Packets(AboveIp):
    """One row for each packet that belongs to a flow, in capture order."""

    frame: NDArray[np.int64]
    """(N,) which frame of the block."""
    header: NDArray[np.int64]
    """(N,) where the header of IP starts in the buffer."""
    source: NDArray[np.uint64]
    """(N, 2) address as two numbers, the upper first; IPv4 as ::ffff:a.b.c.d."""
    destination: NDArray[np.uint64]
    source_mac: NDArray[np.uint64]
    """(N,) 48 bits; 0 if the link shows none."""
    destination_mac: NDArray[np.uint64]
    tunnel: NDArray[np.uint32]
    """(N,) 24 bits that name the virtual network of a tunnel; 0 for none."""

    def take(self, rows: NDArray[np.intp]) -> "Packets":
        """Return some of the rows, in the order given."""
        return Packets(*(getattr(self, column.name)[rows] for column in fields(self)))


def join(parts: Sequence[Packets]) -> Packets:
    """Return the rows of several in capture order."""
    if len(parts) == 1:
        return parts[0]
    both = Packets(
        *(
            np.concatenate([getattr(part, column.name) for part in parts])
            for column in fields(Packets)
        )
    )
    return both.take(np.argsort(both.frame, kind="stable"))


@dataclass(slots=True)
class Tally:
    """What became of the frames.  Counts only grow."""

    frames: int = 0
    octets: int = 0
    """On the wire."""
    truncated: int = 0
    """Frames of which the capture lacks a part."""
    shunted: int = 0
    """Frames of which only the headers were asked for."""
    invalid: int = 0
    """Frames whose headers contradict themselves or are cut off."""
    fragments: int = 0
    """IP fragments, but for the one of each packet that made it whole."""
    lost_fragments: int = 0
    """Of these, fragments of packets that never became whole."""
    overlapping_fragments: int = 0
    """Of these, fragments that bring again what was there: the first wins."""
    duplicates: int = 0
    """Frames that were seen before, on another interface or in another direction of a mirror."""
    tunnels: Counter[str] = field(default_factory=Counter)
    """Frames of which the inside of a tunnel is read, by kind; one for each tunnel in a frame."""
    passers_by: int = 0
    """Radio frames of people's own devices: never looked at."""
    non_ip: Counter[str] = field(default_factory=Counter)
    """Frames without IP, by kind: arp, lldp, stp, …, other."""
    dropped: int = 0
    """Frames that the source says it lost."""
