"""Packets to flows: which packets belong together, and when a flow has ended.

All of it depends on the order and the times of frames alone, never on how they were cut into
blocks or files.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.columns import Columns
from schouw_agent.network.idle import Idle
from schouw_agent.network.index import UNKNOWN, Ends, Index
from schouw_agent.network.packets import ACK, FIN, RST, SYN, TCP, UDP, Packets
from schouw_agent.numbers import distinct

_WELL_KNOWN_PORTS = 1024


@dataclass(frozen=True, slots=True)
class Ended:
    """(K,) each: flows that ended, in order."""

    frame: NDArray[np.int64]
    """It ended before this frame, counted from the first of the capture."""
    flow: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Assigned:
    """(N,) each: to which flow a packet belongs, and to which side of it."""

    flow: NDArray[np.int64]
    side: NDArray[np.int64]
    ended: list[tuple[int, int]]
    """Frames that found a flow ended, and that flow."""


class FlowTable:
    """The flows that run, and their ends."""

    def __init__(
        self,
        flows_max: int,
        server_ports: Mapping[int, frozenset[int]],
        seed: bytes | None = None,
    ) -> None:
        """Start empty; `server_ports` holds for each protocol number with decoders their ports."""
        self.columns = Columns()
        self.live = 0
        self.sweep_frames = max(1, flows_max // 4)
        """So many frames cannot open more flows than a sweep leaves room for."""
        self._kept_max = max(0, flows_max - self.sweep_frames)
        self._index = Index(seed)
        self._wanted = np.zeros(256, dtype=np.bool_)
        self._server = np.zeros((2, 1 << 16), dtype=np.bool_)
        self._server[0, 1:_WELL_KNOWN_PORTS] = True
        for protocol, ports in server_ports.items():
            self._wanted[protocol] = True
            self._server[int(protocol != TCP), list(ports)] = True
        self._idle = Idle(self.columns)
        self._earliest = 0

    def assign(
        self,
        packets: Packets,
        time: NDArray[np.int64],
        clock: NDArray[np.int64],
        first_frame: int,
    ) -> Assigned:
        """Return the flow of each packet and bring the flows up to date.

        `time` and `clock` (frames,): of each frame of the block its time, and the latest time
        of any frame up to it; `first_frame` is the block's first, counted over the capture.
        """
        sought = self._index.ends(packets)
        rows = np.arange(packets.frame.size)
        flow = self._index.find(sought, rows, self.columns.ends)
        unknown = np.flatnonzero(flow == UNKNOWN)
        while unknown.size:
            first = np.sort(np.unique(sought.key[unknown], return_index=True)[1])
            opened = self.columns.take(first.size)
            self._open(opened, unknown[first], sought, packets, time, clock)
            self._link(opened)
            flow[unknown] = self._index.find(sought, unknown, self.columns.ends)
            unknown = unknown[flow[unknown] == UNKNOWN]
        suspects = self._suspects(packets, flow, clock)
        ended: list[tuple[int, int]] = []
        if suspects.size:
            ended = self._split(suspects, flow, sought, packets, time, clock, first_frame)
        side = 2 * flow + sought.from_upper
        self._update(packets, flow, side, time, clock, first_frame)
        return Assigned(flow, side, ended)

    def expire(
        self, clock: NDArray[np.int64], first_frame: int, split: list[tuple[int, int]]
    ) -> Ended:
        """Return the flows that are idle for too long at the end of this block.

        Those that `assign` found ended come along, all in the order in which they ended.
        """
        pairs = np.array(split, dtype=np.int64).reshape(-1, 2)
        frames, flows = pairs[:, 0], pairs[:, 1]
        now = int(clock[-1])
        if now > self._earliest:
            running = np.flatnonzero(self.columns.live)
            due = self.columns.clock[running] + self._idle.of(running)
            over = due < now
            self._earliest = int(due[~over].min(initial=now + self._idle.shortest))
            self._unlink(running[over])
            frame = first_frame + np.searchsorted(clock, due[over], side="right")
            frames, flows = np.append(frames, frame), np.append(flows, running[over])
        order = np.lexsort((self.columns.last_frame[flows], frames))
        return Ended(frames[order], flows[order])

    def sweep(self, frame: int) -> Ended:
        """Return the flows that must make room: those whose last packet is the longest ago."""
        return self._end_oldest(max(0, self.live - self._kept_max), frame)

    def end_all(self, frame: int) -> Ended:
        """Return all flows that still run, as ended, in the order of their last packets."""
        return self._end_oldest(self.live, frame)

    def _end_oldest(self, count: int, frame: int) -> Ended:
        running = np.flatnonzero(self.columns.live) if count else np.zeros(0, dtype=np.int64)
        order = np.argsort(self.columns.last_frame[running], kind="stable")
        flows = running[order[:count]]
        self._unlink(flows)
        return Ended(np.full(flows.size, frame, dtype=np.int64), flows)

    def _open(
        self,
        flows: NDArray[np.int64],
        rows: NDArray[np.intp],
        sought: Ends,
        packets: Packets,
        time: NDArray[np.int64],
        clock: NDArray[np.int64],
    ) -> None:
        """Fill the columns of new flows from their first packets."""
        columns = self.columns
        frame = packets.frame[rows]
        protocol, flags = packets.protocol[rows], packets.flags[rows]
        upper = sought.from_upper[rows]
        columns.ends[flows] = sought.columns[rows]
        columns.key[flows] = sought.key[rows]
        columns.protocol[flows] = protocol
        columns.orig_upper[flows] = upper ^ self._from_resp(packets, rows, protocol, flags)
        columns.start[flows] = columns.end[flows] = time[frame]
        columns.clock[flows] = columns.told[flows] = clock[frame]
        columns.closing[flows] = False
        columns.opening[flows] = np.where(flags & SYN, _opening(packets, rows), -1)
        columns.wanted[flows] = self._wanted[protocol]
        columns.state[flows] = 0
        columns.holding[flows] = columns.decided[flows] = columns.streaming[flows] = False
        columns.passed[flows] = 0
        columns.gap[flows] = columns.cut[flows] = 0
        columns.understood[flows] = columns.invalid[flows] = 0
        sender, receiver = 2 * flows + upper, 2 * flows + ~upper
        for sides in (sender, receiver):
            columns.packets[sides] = columns.octets[sides] = 0
            columns.next_sequence[sides] = -1
            columns.mac_frame[sides] = 0
            columns.misfit[sides] = False
        columns.mac[sender] = packets.source_mac[rows]
        columns.mac[receiver] = packets.destination_mac[rows]

    def _from_resp(
        self,
        packets: Packets,
        rows: NDArray[np.intp],
        protocol: NDArray[np.uint8],
        flags: NDArray[np.uint8],
    ) -> NDArray[np.bool_]:
        """Return whether a first packet was sent by who did not open the flow."""
        source, destination = packets.source_port[rows], packets.destination_port[rows]
        kind = (protocol != TCP).astype(np.intp)
        server, other = self._server[kind, source], self._server[kind, destination]
        answers: NDArray[np.bool_] = server & (~other | (source < destination))
        answers &= (protocol == TCP) | (protocol == UDP)  # of others these are no ports
        return np.where(flags & SYN != 0, flags & ACK != 0, answers)

    def _link(self, flows: NDArray[np.int64]) -> None:
        columns = self.columns
        columns.live[flows] = True
        self.live += flows.size
        if not self._index.insert(columns.key[flows], flows):
            running = np.flatnonzero(columns.live)
            self._index.rebuild(columns.key[running], running)

    def _unlink(self, flows: NDArray[np.int64]) -> None:
        self._index.remove(self.columns.key[flows], flows)
        self.columns.live[flows] = False
        self.live -= flows.size

    def _suspects(
        self, packets: Packets, flow: NDArray[np.int64], clock: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return flows of which some packet in this block may begin another flow."""
        columns = self.columns
        late = clock[packets.frame] - columns.clock[flow] > self._idle.least(packets.protocol)
        found = flow[late]
        rows = np.flatnonzero(packets.flags & SYN)
        if rows.size:
            flows = flow[rows]
            odd = columns.opening[flows] != _opening(packets, rows)
            closers = np.flatnonzero(packets.flags & (FIN | RST))[::-1]
            first_closer = np.full(columns.capacity, packets.frame.size, dtype=np.int64)
            first_closer[flow[closers]] = closers
            again = (rows > first_closer[flows]) | columns.closing[flows]
            odd |= again & (packets.flags[rows] & ACK == 0)
            found = np.concatenate([found, flows[odd]])
        return distinct(found)

    def _split(
        self,
        suspects: NDArray[np.int64],
        flow: NDArray[np.int64],
        sought: Ends,
        packets: Packets,
        time: NDArray[np.int64],
        clock: NDArray[np.int64],
        first_frame: int,
    ) -> list[tuple[int, int]]:
        """Look at the packets of suspects one by one, and begin new flows where due; in place."""
        columns = self.columns
        suspected = np.zeros(columns.capacity, dtype=np.bool_)
        suspected[suspects] = True
        rows = np.flatnonzero(suspected[flow])
        opening = np.where(packets.flags[rows] & SYN, _opening(packets, rows), -1)
        current = {int(each): int(each) for each in suspects}
        state = {
            each: (
                int(columns.clock[each]),
                bool(columns.closing[each]),
                int(columns.opening[each]),
                bool(columns.octets[2 * each] + columns.octets[2 * each + 1]),
            )
            for each in current
        }
        ended: list[tuple[int, int]] = []
        opened: list[int] = []
        opened_by: list[int] = []
        for row, frame, number, flags, length, isn in zip(
            rows.tolist(),
            packets.frame[rows].tolist(),
            flow[rows].tolist(),
            packets.flags[rows].tolist(),
            packets.length[rows].tolist(),
            opening.tolist(),
            strict=True,
        ):
            now = current[number]
            last, closing, known, carried = state[now]
            at, protocol = int(clock[frame]), int(packets.protocol[row])
            due = last + self._idle.after(protocol, carried=carried, closing=closing)
            again = isn >= 0 and (isn != known or (closing and not flags & ACK))
            if at > due or again:
                if at > due:
                    frame = int(np.searchsorted(clock, due, side="right"))
                ended.append((first_frame + frame, now))
                now = current[number] = int(columns.take(1)[0])
                opened.append(now)
                opened_by.append(row)
                closing, known, carried = False, isn, False
            flow[row] = now
            closing = closing or bool(flags & (FIN | RST))
            state[now] = (at, closing, isn if isn >= 0 else known, carried or length > 0)
        if opened:
            before = np.array([old for old, new in current.items() if old != new], dtype=np.int64)
            after = np.array([new for old, new in current.items() if old != new], dtype=np.int64)
            self._unlink(before)
            self._open(np.array(opened), np.array(opened_by), sought, packets, time, clock)
            self._link(after)
        return ended

    def _update(
        self,
        packets: Packets,
        flow: NDArray[np.int64],
        side: NDArray[np.int64],
        time: NDArray[np.int64],
        clock: NDArray[np.int64],
        first_frame: int,
    ) -> None:
        columns = self.columns
        np.add.at(columns.packets, side, 1)
        np.add.at(columns.octets, side, packets.length)
        np.maximum.at(columns.end, flow, time[packets.frame])
        # The last assignment wins, and these only grow.
        columns.clock[flow] = clock[packets.frame]
        columns.last_frame[flow] = first_frame + packets.frame
        columns.closing[flow[packets.flags & (FIN | RST) != 0]] = True
        openers = np.flatnonzero(packets.flags & SYN)
        columns.opening[flow[openers]] = _opening(packets, openers)
        # A cooked link shows only who sends; the other end is learnt from its own packets.
        unseen = np.flatnonzero((columns.mac[side] == 0) & (packets.source_mac != 0))[::-1]
        columns.mac[side[unseen]] = packets.source_mac[unseen]
        columns.mac_frame[side[unseen]] = first_frame + packets.frame[unseen]


def _opening(packets: Packets, rows: NDArray[np.intp]) -> NDArray[np.int64]:
    """Return the initial sequence number of who opens, which the answer to a SYN shows too."""
    answer = packets.flags[rows] & ACK != 0
    before = packets.acknowledgement[rows].astype(np.int64) - 1
    return np.where(answer, before & 0xFFFF_FFFF, packets.sequence[rows].astype(np.int64))
