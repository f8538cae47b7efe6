"""One block of packets with the flows that they belong to."""

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.columns import Columns
from schouw_agent.network.flows import Assigned
from schouw_agent.network.packets import SYN, Packets

_SEQUENCE = (1 << 32) - 1


class Batch:
    """The packets of one block, with ready access to columns as lists."""

    def __init__(
        self,
        octets: NDArray[np.uint8],
        packets: Packets,
        assigned: Assigned,
        time: NDArray[np.int64],
        first_frame: int,
    ) -> None:
        self.buffer = octets
        self.view = octets.data
        self.packets = packets
        self.assigned = assigned
        self._time = time
        self._first_frame = first_frame

    def octets(self, start: int, length: int) -> bytes:
        """Return some octets of the buffer."""
        return bytes(self.view[start : start + length])

    def sequence(self, rows: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the sequence number of the first octet of payload of TCP segments."""
        packets = self.packets
        opener = packets.flags[rows] & SYN != 0
        sequence: NDArray[np.int64] = packets.sequence[rows].astype(np.int64) + opener
        return sequence & _SEQUENCE

    def lists(
        self, columns: Columns, rows: NDArray[np.intp]
    ) -> tuple[list[int], list[bool], list[int], list[int], list[int], list[int], list[int]]:
        """Return flow, from_orig, start and length of the payload, on the wire, time and frame."""
        flow = self.assigned.flow[rows]
        time, frame = self.moments(rows)
        return (
            flow.tolist(),
            self.from_orig(columns, rows).tolist(),
            self.packets.payload[rows].tolist(),
            self.packets.captured[rows].tolist(),
            self.packets.length[rows].tolist(),
            time.tolist(),
            frame.tolist(),
        )

    def from_orig(self, columns: Columns, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return of each packet whether it came from who opened the flow."""
        from_upper = (self.assigned.side[rows] & 1).astype(np.bool_)
        from_orig: NDArray[np.bool_] = from_upper == columns.orig_upper[self.assigned.flow[rows]]
        return from_orig

    def moments(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return time and number of the frame of each packet."""
        frame = self.packets.frame[rows]
        return self._time[frame], frame + self._first_frame
