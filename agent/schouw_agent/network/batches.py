"""Packets whose payload is wanted, with the flows that they belong to, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.columns import Columns
from schouw_agent.network.flows import Assigned
from schouw_agent.network.packets import SYN, AboveIp, Packets

_SEQUENCE = (1 << 32) - 1


@dataclass(slots=True)
class Batch(AboveIp):
    """One row for each packet, in capture order: (N,) each but for the buffer."""

    buffer: NDArray[np.uint8]
    flow: NDArray[np.int64]
    side: NDArray[np.int64]
    time: NDArray[np.int64]
    """Of its frame."""
    frame: NDArray[np.int64]
    """Number of its frame in the capture."""

    @classmethod
    def of(
        cls,
        octets: NDArray[np.uint8],
        packets: Packets,
        assigned: Assigned,
        time: NDArray[np.int64],
        first_frame: int,
        rows: NDArray[np.intp],
    ) -> "Batch":
        """Return some packets of a block; `time` (frames,) is that of each of its frames."""
        frame = packets.frame[rows]
        return cls(
            buffer=octets,
            flow=assigned.flow[rows],
            side=assigned.side[rows],
            **{each.name: getattr(packets, each.name)[rows] for each in fields(AboveIp)},
            time=time[frame],
            frame=frame + first_frame,
        )

    @classmethod
    def joined(cls, parts: Sequence["Batch"]) -> "Batch":
        """Return several as one, in their order."""
        reached = np.cumsum([0, *(part.buffer.size for part in parts)]).tolist()
        parts = [
            replace(part, payload=part.payload + start)
            for part, start in zip(parts, reached, strict=False)
        ]
        columns = (each.name for each in fields(cls))
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in columns))

    def kept(self) -> "Batch":
        """Return the same with a buffer of its own, of nothing but the payload."""
        view = self.buffer.data
        ends = zip(self.payload.tolist(), (self.payload + self.captured).tolist(), strict=True)
        # One more, since what was cut off is looked for as well.
        octets = b"".join([*(view[start:end] for start, end in ends), b"\0"])
        payload = np.cumsum(self.captured) - self.captured
        return replace(self, buffer=np.frombuffer(octets, dtype=np.uint8), payload=payload)

    def first_octets(self, rows: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return the sequence number of the first octet of payload of TCP segments."""
        opener = self.flags[rows] & SYN != 0
        sequence: NDArray[np.int64] = self.sequence[rows].astype(np.int64) + opener
        return sequence & _SEQUENCE

    def from_orig(self, columns: Columns, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return of each packet whether it came from who opened the flow."""
        from_upper = (self.side[rows] & 1).astype(np.bool_)
        from_orig: NDArray[np.bool_] = from_upper == columns.orig_upper[self.flow[rows]]
        return from_orig

    def lists(
        self, columns: Columns, rows: NDArray[np.intp]
    ) -> tuple[list[int], list[bool], list[int], list[int], list[int], list[int], list[int]]:
        """Return flow, from_orig, start and length of the payload, on the wire, time and frame."""
        return (
            self.flow[rows].tolist(),
            self.from_orig(columns, rows).tolist(),
            self.payload[rows].tolist(),
            self.captured[rows].tolist(),
            self.length[rows].tolist(),
            self.time[rows].tolist(),
            self.frame[rows].tolist(),
        )
