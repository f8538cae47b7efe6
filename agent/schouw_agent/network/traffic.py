"""The network stage as one: blocks of frames in, messages and flows out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from schouw_agent.bulk import Bulk
from schouw_agent.inventory.flow_batch import FlowBatch
from schouw_agent.network.batches import Batch
from schouw_agent.network.bulk import bulk
from schouw_agent.network.columns import ENCRYPTED as STATE_ENCRYPTED
from schouw_agent.network.columns import INVALID as STATE_INVALID
from schouw_agent.network.columns import NOT_READ as STATE_NOT_READ
from schouw_agent.network.columns import OVER_LIMIT as STATE_OVER_LIMIT
from schouw_agent.network.columns import READ, UNDECIDED
from schouw_agent.network.export import batch
from schouw_agent.network.flows import Ended, FlowTable
from schouw_agent.network.frames import FrameReader
from schouw_agent.network.gathering import MANY, Gathered, Gathering
from schouw_agent.network.headers import Admit, Headers
from schouw_agent.network.long_flows import ACTIVE_SECONDS, LongFlows
from schouw_agent.network.packets import CARRIES, ESP, TCP, UDP, Tally
from schouw_agent.network.reassembly import Bounds
from schouw_agent.network.streams import Streams
from schouw_agent.plugins import Decoder
from schouw_agent.records import (
    ENCRYPTED,
    GAP,
    INVALID,
    NOT_READ,
    OVER_LIMIT,
    TRUNCATED,
    UNKNOWN_PROTOCOL,
    Delivery,
    FrameBlock,
)
from schouw_agent.runs import Delivered, in_order

_BULK_MAX = 1024
_LOSSY_NANOSECONDS = 2_000_000_000
"""For so long after the capture has told of a loss, holes are taken for lost frames.  The ring may
hold a second or two that came before."""
_PROTOCOLS = {"tcp": TCP, "udp": UDP}


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds the memory."""

    flows: int = 1 << 18
    """Flows that may run at the same time; some 300 octets each."""
    active_seconds: int = ACTIVE_SECONDS
    """After so many what a flow has carried is told though it runs on; 0 for never."""
    together: int = MANY
    """Packets that are kept to be read at once: the more, the less time each takes."""
    held: Bounds = field(default_factory=Bounds)


@dataclass(slots=True)
class Unread:
    """Payload that was not understood for one reason."""

    flows: int = 0
    octets: int = 0


@dataclass(slots=True)
class Counters:
    """What was seen; the octets below `payload_octets` are of flows that have ended."""

    tally: Tally = field(default_factory=Tally)
    flows: int = 0
    """That have ended."""
    evicted_flows: int = 0
    """Ended because there were too many."""
    payload_octets: int = 0
    """Payload of TCP, UDP and alike on the wire, retransmissions included."""
    read_octets: int = 0
    """Of these, in flows whose content a decoder read."""
    missed_octets: int = 0
    """Never seen, in flows that were read: lost, or cut off by the capture."""
    undecoded: dict[str, Unread] = field(default_factory=dict)
    """By reason."""


class Traffic:
    """The state of all flows of one observation point."""

    def __init__(
        self,
        decoders: Mapping[str, Decoder],
        limits: Limits | None = None,
        seed: bytes | None = None,
        admit: Admit | None = None,
    ) -> None:
        """Start without flows; `seed` protects the flow table and changes no result.

        `admit` tells by addresses and time what may be looked at beyond these.
        """
        limits = limits if limits is not None else Limits()
        by_protocol = {
            number: [each for each in decoders.values() if transport in each.transports]
            for transport, number in _PROTOCOLS.items()
        }
        ports = {
            number: frozenset[int]().union(*(each.ports for each in found))
            for number, found in by_protocol.items()
            if found
        }
        self.counters = Counters()
        self._table = FlowTable(limits.flows, ports, seed)
        self._frames = FrameReader(
            {
                transport: [each for each in decoders.values() if transport in each.transports]
                for transport in ("ethernet", "ieee80211", "bluetooth")
            }
        )
        self._streams = Streams(by_protocol, self._table.columns, limits.held)
        self._long = LongFlows(self._table.columns, limits.active_seconds)
        self._gathering = Gathering(limits.together)
        self._headers = Headers(admit)
        self._frame = 0
        self._clock = 0
        self._lossy_until = -1
        self._ended: list[NDArray[np.int64]] = []
        self._parts: list[FlowBatch] = []

    def feed(self, block: FrameBlock) -> list[Delivery]:
        """Return the messages that these frames complete, in the order of the frames."""
        return [delivery for _, delivery in in_order([*self.feed_runs(block), *self.settle()])]

    def feed_runs(self, block: FrameBlock) -> list[Delivered]:
        """Return such messages, not in order, and many that are alike in runs.

        Of frames with few packets to read they come later: with another call, or with `settle`.
        """
        sweep = self._table.sweep_frames
        start, size = 0, block.offset.size
        while True:
            stop = min(size, start + sweep - self._frame % sweep)
            due = self._long.due(block.time[start:stop], self._frame)
            stop = stop if due is None else start + due
            if stop > start or not size:
                self._feed(block.part(start, stop))
            if due is not None:
                self._read(self._gathering.take())
                self._parts.append(self._long.tell(self._clock, self._streams.outcome))
            if self._frame % sweep == 0 and stop > start:
                self._read(self._gathering.take())
                evicted = self._table.sweep(self._frame)
                self.counters.evicted_flows += evicted.flow.size
                self._streams.end(evicted)
                self._finish(evicted)
            start = stop
            if start >= size:
                return self._streams.delivered()

    def settle(self) -> list[Delivered]:
        """Return the messages that the frames so far complete and that did not come yet."""
        self._read(self._gathering.take())
        return self._streams.delivered()

    def close(self) -> list[Delivery]:
        """Return the messages that are complete because all flows end now."""
        self._read(self._gathering.take())
        ended = self._table.end_all(self._frame)
        self._streams.end(ended)
        self._finish(ended)
        self._headers.close(self.counters.tally)
        return [delivery for _, delivery in in_order(self._streams.delivered())]

    @property
    def any_ended(self) -> bool:
        """Whether there are flows that have ended and were not returned yet."""
        return bool(self._ended)

    def ended(self, most: int | None = None) -> FlowBatch:
        """Return the flows that have ended and were not returned yet, or the first so many."""
        flows = np.concatenate([np.zeros(0, dtype=np.int64), *self._ended])
        self._ended.clear()
        if most is not None and flows.size > most:
            self._ended.append(flows[most:])
            flows = flows[:most]
        found = batch(self._table.columns, flows, self._streams.outcomes)
        found = self._long.ended(found, flows)
        for flow in flows.tolist():
            self._streams.outcomes.pop(flow, None)
        self._table.columns.give_back(flows)
        return found

    def running(self) -> list[FlowBatch]:
        """Return of flows that run for long what they have carried, told since the last call."""
        parts, self._parts = self._parts, []
        return parts

    def bulk(self) -> list[Bulk]:
        """Return what of the traffic that runs is recognised and only counted, largest first."""
        self._read(self._gathering.take())
        return bulk(self._table.columns, _BULK_MAX)

    def _feed(self, block: FrameBlock) -> None:
        counters = self.counters
        parsed = self._headers.parse(block, counters.tally)
        if block.dropped:
            self._lossy_until = self._clock + _LOSSY_NANOSECONDS
        if not block.time.size:
            return
        octets, packets = parsed.octets, parsed.packets
        clock = np.maximum(np.maximum.accumulate(block.time), self._clock)
        assigned = self._table.assign(packets, block.time, clock, self._frame)
        ended = self._table.expire(clock, self._frame, assigned.ended)
        counters.payload_octets += int(packets.length[CARRIES[packets.protocol]].sum())
        told = []
        if parsed.others.frame.size:
            told = self._frames.read(octets, parsed.others, block.time, self._frame, counters.tally)
        wanted = np.flatnonzero(self._table.columns.wanted[assigned.flow])
        payload = Batch.of(octets, packets, assigned, block.time, self._frame, wanted)
        del parsed, packets, assigned  # of many frames they are megabytes, and not needed any more
        lossy = bool(clock[0] <= self._lossy_until)
        self._read(self._gathering.add(Gathered(payload, ended, told, lossy), block.time.size))
        self._clock = int(clock[-1])
        self._frame += block.time.size

    def _read(self, gathered: Iterable[Gathered]) -> None:
        """Read what was gathered, and count the flows that have ended."""
        for each in gathered:
            self._streams.feed(each.packets, each.ended, lossy=each.lossy)
            self._streams.add(each.told)
            self._finish(each.ended)

    def _finish(self, ended: Ended) -> None:
        """Count the flows that have ended, and keep them until they are asked for."""
        flows = ended.flow
        if not flows.size:
            return
        self._ended.append(flows)
        columns, counters = self._table.columns, self.counters
        counters.flows += flows.size
        gap, cut = columns.gap[flows], columns.cut[flows]
        counters.missed_octets += int(gap.sum() + cut.sum())
        self._count(GAP, gap)
        self._count(TRUNCATED, cut)
        protocol, state = columns.protocol[flows], columns.state[flows]
        payload = columns.octets[2 * flows] + columns.octets[2 * flows + 1] - cut
        payload[~CARRIES[protocol]] = 0
        state[protocol == ESP] = STATE_ENCRYPTED
        invalid = columns.invalid[flows]
        invalid[(state == UNDECIDED) | (state == STATE_OVER_LIMIT)] = 0
        failed = state == STATE_INVALID
        invalid[failed] = np.maximum(payload - columns.understood[flows], 0)[failed]
        counters.read_octets += int((payload - invalid)[(state == READ) | failed].sum())
        self._count(UNKNOWN_PROTOCOL, payload[state == UNDECIDED])
        self._count(OVER_LIMIT, payload[state == STATE_OVER_LIMIT])
        self._count(NOT_READ, payload[state == STATE_NOT_READ])
        self._count(ENCRYPTED, (payload - invalid)[state == STATE_ENCRYPTED])
        self._count(INVALID, invalid)

    def _count(self, reason: str, octets: NDArray[np.int64]) -> None:
        flows = int(np.count_nonzero(octets))
        if flows:
            unread = self.counters.undecoded.setdefault(reason, Unread())
            unread.flows += flows
            unread.octets += int(octets.sum())
