"""Blocks of frames to columns of packets: the headers of a whole block at once.

A packet in a tunnel stands for its frame; the packets around it are counted as tunnels, and are no
flows.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network import internet, links, transport
from schouw_agent.network.duplicates import Duplicates
from schouw_agent.network.encapsulation import follow
from schouw_agent.network.fragments import FragmentBounds, Fragments
from schouw_agent.network.layer import (
    BLE_ADVERTISING,
    CUT,
    IPV4,
    IPV6,
    LLDP,
    PASSER_BY,
    RADIO_BEACON,
    SNAP_CISCO,
    UNKNOWN_LINK,
    Layer,
    Octets,
    Positions,
)
from schouw_agent.network.non_ip import link_type_name, name_of
from schouw_agent.network.packets import Packets, Tally, join
from schouw_agent.network.unwrapping import DEPTH_MAX, unwrap
from schouw_agent.numbers import distinct, one_of
from schouw_agent.records import FrameBlock

_BUFFER_OCTETS_MIN = 64
"""So that reads at a harmless place stay within the buffer."""
_READ_WITHOUT_IP = (LLDP, SNAP_CISCO, RADIO_BEACON, BLE_ADVERTISING)
_NOT_COUNTED_BY_KIND = (CUT, UNKNOWN_LINK, PASSER_BY)

Pair = tuple[NDArray[np.uint64], NDArray[np.uint64]]
Admit = Callable[[Pair, Pair, NDArray[np.int64]], NDArray[np.bool_]]
"""From both addresses (N, 2), both MAC addresses (N,) and the time (N,) of packets or frames to
(N,) which of them may be looked at."""


@dataclass(slots=True)
class Parsed:
    """What a block of frames came to."""

    octets: Octets
    """The buffer that the positions point into."""
    packets: Packets
    """Those that belong to a flow."""
    others: Layer
    """Frames without IP that a decoder may read."""


@dataclass(slots=True)
class _Work:
    """One block on its way."""

    octets: Octets
    time: NDArray[np.int64]
    tally: Tally
    cut: NDArray[np.bool_]
    """(frames,) something of it was not captured."""
    unusable: NDArray[np.bool_]
    """(frames,) some header contradicts itself or is cut off."""


class Headers:
    """Parses headers; keeps fragments of packets and what is needed to know a duplicate."""

    def __init__(self, admit: Admit | None = None, bounds: FragmentBounds | None = None) -> None:
        """`admit` is asked at each layer of addresses before anything beyond them is looked at."""
        self._admit = admit
        self._fragments = Fragments(bounds)
        self._duplicates = Duplicates()

    def parse(self, block: FrameBlock, tally: Tally) -> Parsed:
        """Return the packets of the block; all else is counted in the tally with what it is."""
        octets, at, captured, wire = _bounded(block)
        tally.frames += at.size
        tally.octets += int(wire.sum())
        tally.dropped += block.dropped
        work = _Work(octets, block.time, tally, captured < wire, np.zeros(at.size, dtype=np.bool_))
        layer = _links(block, octets, at, captured, wire, tally.non_ip)
        parts: list[Packets] = []
        others: list[Layer] = []
        for depth in range(DEPTH_MAX + 1):
            packets, inside = self._descend(work, layer, others, last=depth == DEPTH_MAX)
            parts.append(packets)
            if inside is None:
                break
            layer = inside
        packets = join(parts)
        # What was cut on purpose is not missed.
        tally.truncated += int(np.count_nonzero(work.cut)) - block.shunted
        tally.shunted += block.shunted
        # A header that the snap length cut off is the capture's doing, not the sender's.
        tally.invalid += int(np.count_nonzero(work.unusable & ~work.cut))
        packets = self._duplicates.drop(work.octets, packets, block, tally)
        return Parsed(work.octets, packets, Layer.joined(others))

    def close(self, tally: Tally) -> None:
        """Count what waits in vain for more."""
        self._fragments.close(tally)

    def _descend(
        self, work: _Work, layer: Layer, others: list[Layer], *, last: bool
    ) -> tuple[Packets, Layer | None]:
        """Return the packets of one layer that are no tunnels, and the layer inside the others."""
        kind = layer.kind
        ip = (kind == IPV4) | (kind == IPV6)
        every = bool(ip.all())
        if not every:
            follow(work.octets, layer, np.flatnonzero(~ip), work.tally.tunnels)
            ip = (kind == IPV4) | (kind == IPV6)
            self._without_ip(work, layer, np.flatnonzero(~ip), others)
        rows = np.flatnonzero(ip)
        datagrams = _datagrams(work.octets, layer, rows)
        work.cut[layer.frame[datagrams.row]] |= datagrams.captured_end < datagrams.wire_end
        if datagrams.row.size < rows.size:
            ip[datagrams.row] = False
            work.unusable[layer.frame[ip]] = True
        datagrams = self._admitted(work, layer, datagrams)
        if datagrams.fragment.any():
            datagrams = self._reassembled(work, layer, datagrams)
        packets, valid = transport.parse(work.octets, layer, datagrams)
        layer_rows = datagrams.row
        if packets.frame.size < layer_rows.size:
            work.unusable[layer.frame[layer_rows[~valid]]] = True
            layer_rows = layer_rows[valid]
        if last:
            return packets, None
        rest, inside = unwrap(work.octets, packets, layer, layer_rows, work.tally.tunnels)
        return (packets if inside is None else packets.take(rest)), inside

    def _without_ip(
        self, work: _Work, layer: Layer, rows: NDArray[np.intp], others: list[Layer]
    ) -> None:
        kind = layer.kind[rows]
        work.unusable[layer.frame[rows[kind == CUT]]] = True
        work.tally.passers_by += int(np.count_nonzero(kind == PASSER_BY))
        values, counts = np.unique(kind, return_counts=True)
        for value, count in zip(values.tolist(), counts.tolist(), strict=True):
            if value not in _NOT_COUNTED_BY_KIND:
                work.tally.non_ip[name_of(value)] += count
        found = layer.take(rows[one_of(kind, _READ_WITHOUT_IP)])
        if self._admit is not None and found.frame.size:
            none = np.zeros((found.frame.size, 2), dtype=np.uint64)
            macs = (found.source_mac, found.destination_mac)
            admitted = self._admit((none, none), macs, work.time[found.frame])
            found = found.take(np.flatnonzero(admitted))
        if found.frame.size:
            others.append(found)

    def _admitted(
        self, work: _Work, layer: Layer, datagrams: internet.Datagrams
    ) -> internet.Datagrams:
        """Return those that may be looked at."""
        if self._admit is None:
            return datagrams
        row = datagrams.row
        admitted = self._admit(
            (datagrams.source, datagrams.destination),
            (layer.source_mac[row], layer.destination_mac[row]),
            work.time[layer.frame[row]],
        )
        return datagrams.take(np.flatnonzero(admitted))

    def _reassembled(
        self, work: _Work, layer: Layer, datagrams: internet.Datagrams
    ) -> internet.Datagrams:
        """Return the packets, those included that the fragments among them complete."""
        rows = np.flatnonzero(datagrams.fragment)
        times = work.time[layer.frame[datagrams.row[rows]]].tolist()
        found = self._fragments.take(work.octets, layer, datagrams, rows, times, work.tally)
        datagrams = datagrams.take(np.flatnonzero(~datagrams.fragment))
        if not found:
            return datagrams
        start = work.octets.size
        grown = b"".join(each.octets for each in found) + bytes(_BUFFER_OCTETS_MIN)
        work.octets = np.concatenate([work.octets, np.frombuffer(grown, dtype=np.uint8)])
        for whole in found:
            layer.network[whole.row] = start
            layer.captured_end[whole.row] = start + len(whole.octets)
            layer.wire_end[whole.row] = start + whole.length
            start += len(whole.octets)
        whole_rows = np.array([each.row for each in found], dtype=np.int64)
        wholes = _datagrams(work.octets, layer, whole_rows)
        if wholes.row.size < whole_rows.size:
            refused = np.setdiff1d(whole_rows, wholes.row)
            work.unusable[layer.frame[refused]] = True
        return internet.merge(datagrams, wholes)


def _datagrams(octets: Octets, layer: Layer, rows: Positions) -> internet.Datagrams:
    """Return the valid packets of IP among the rows, which all say that they are one."""
    four = layer.kind[rows] == IPV4
    if four.all():
        return _read(internet.ipv4, octets, layer, rows)
    return internet.merge(
        _read(internet.ipv4, octets, layer, rows[four]),
        _read(internet.ipv6, octets, layer, rows[~four]),
    )


def _read(
    read: Callable[[Octets, Positions, Positions, Positions, Positions], internet.Datagrams],
    octets: Octets,
    layer: Layer,
    rows: Positions,
) -> internet.Datagrams:
    ends = (layer.captured_end[rows], layer.wire_end[rows])
    return read(octets, rows, layer.network[rows], *ends)


def _bounded(
    block: FrameBlock,
) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    octets = block.octets
    if octets.size < _BUFFER_OCTETS_MIN:
        octets = np.pad(octets, (0, _BUFFER_OCTETS_MIN - octets.size))
    captured = block.captured_length.astype(np.int64)
    wire = np.maximum(block.wire_length.astype(np.int64), captured)
    return octets, block.offset, captured, wire


def _links(
    block: FrameBlock,
    octets: Octets,
    at: Positions,
    captured: Positions,
    wire: Positions,
    non_ip: Counter[str],
) -> Layer:
    """Return the link layers of frames whose interfaces may differ in link type."""
    types = np.array([each.link_type for each in block.interfaces], dtype=np.int64)
    if not types.size:
        types = np.array([-1])
    kinds = distinct(types)
    found = links.parse(int(kinds[0]), octets, at, captured) if kinds.size == 1 else None
    if found is None:
        found = _mixed(block, octets, at, captured, types, non_ip)
    return Layer(
        frame=np.arange(at.size),
        kind=found.kind,
        network=found.network,
        captured_end=at + captured,
        wire_end=at + wire,
        source_mac=found.source_mac,
        destination_mac=found.destination_mac,
        tunnel=np.zeros(at.size, dtype=np.uint32),
    )


def _mixed(
    block: FrameBlock,
    octets: Octets,
    at: Positions,
    captured: Positions,
    types: NDArray[np.int64],
    non_ip: Counter[str],
) -> links.Links:
    kind = np.full(at.size, UNKNOWN_LINK, dtype=np.int32)
    none = np.zeros(at.size, dtype=np.uint64)
    found = links.Links(kind, at.copy(), none, none.copy())
    of_frame = types[block.interface]
    for link_type in distinct(types).tolist():
        rows = np.flatnonzero(of_frame == link_type)
        parsed = links.parse(link_type, octets, at[rows], captured[rows])
        if parsed is None:
            if rows.size:
                non_ip[link_type_name(link_type)] += rows.size
            continue
        found.kind[rows] = parsed.kind
        found.network[rows] = parsed.network
        found.source_mac[rows] = parsed.source_mac
        found.destination_mac[rows] = parsed.destination_mac
    return found
