"""Blocks of frames to columns of packets: the headers of a whole block at once.

Sources: RFC 9293 section 3.1 (TCP), RFC 768 (UDP), RFC 792 and RFC 4443 (ICMP).
"""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network import internet, links
from schouw_agent.network.packets import TCP, UDP, Packets, Tally
from schouw_agent.numbers import overlapping
from schouw_agent.records import FrameBlock

_TCP_OCTETS, _UDP_OCTETS, _ICMP_OCTETS = 20, 8, 8
_ICMP = (1, 58)
_BUFFER_OCTETS_MIN = 64
"""So that reads at a harmless place stay within the buffer."""
_NON_IP = {
    0x0806: "arp",
    0x8035: "rarp",
    0x88CC: "lldp",
    0x888E: "eapol",
    0x8863: "pppoe",
    0x8864: "pppoe",
    0x8847: "mpls",
    0x8848: "mpls",
    0x8892: "profinet",
    0x88F7: "ptp",
    0x22F0: "avtp",
    links.NO_TYPE: "without ethertype",
}


def parse(block: FrameBlock, tally: Tally) -> tuple[NDArray[np.uint8], Packets]:
    """Return the buffer that the packets point into, and the packets that belong to a flow.

    All other frames are counted in the tally with what they are.
    """
    octets, at, captured, wire = _bounded(block)
    tally.frames += at.size
    tally.octets += int(wire.sum())
    tally.dropped += block.dropped
    cut = captured < wire
    found = _links(block, octets, at, captured, tally.non_ip)
    kind = found.ethertype
    four = kind == links.IPV4
    six = kind == links.IPV6
    captured_end, wire_end = at + captured, at + wire
    rows4, rows6 = np.flatnonzero(four), np.flatnonzero(six)
    parts = [
        layer(octets, rows, found.network[rows], captured_end[rows], wire_end[rows])
        for layer, rows in ((internet.ipv4, rows4), (internet.ipv6, rows6))
    ]
    datagrams = internet.merge(*parts)
    expected = rows4.size + rows6.size
    if expected < at.size:
        _count_non_ip(kind[~(four | six)], tally.non_ip)
    cut[datagrams.row] |= datagrams.captured_end < datagrams.wire_end
    unusable = kind == links.CUT
    if datagrams.row.size < expected:
        usable = np.zeros(at.size, dtype=np.bool_)
        usable[datagrams.row] = True
        unusable |= (four | six) & ~usable
    if datagrams.later_fragment.any():
        tally.fragments += int(np.count_nonzero(datagrams.later_fragment))
        datagrams = datagrams.take(np.flatnonzero(~datagrams.later_fragment))
    packets, invalid = _transport(octets, found, datagrams)
    unusable[invalid] = True
    tally.truncated += int(np.count_nonzero(cut))
    # A header that the snap length cut off is the capture's doing, not the sender's.
    tally.invalid += int(np.count_nonzero(unusable & ~cut))
    return octets, packets


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
    octets: NDArray[np.uint8],
    at: NDArray[np.int64],
    captured: NDArray[np.int64],
    non_ip: Counter[str],
) -> links.Links:
    """Return the link layers of frames whose interfaces may differ in link type."""
    types = np.array([each.link_type for each in block.interfaces], dtype=np.int64)
    if not types.size:
        types = np.array([-1])
    distinct = np.unique(types)
    if distinct.size == 1:
        parsed = links.parse(int(distinct[0]), octets, at, captured)
        if parsed is not None:
            return parsed
    kind = np.full(at.size, links.UNKNOWN_LINK, dtype=np.int32)
    none = np.zeros(at.size, dtype=np.uint64)
    found = links.Links(kind, at.copy(), none, none.copy())
    of_frame = types[block.interface]
    for link_type in distinct.tolist():
        rows = np.flatnonzero(of_frame == link_type)
        parsed = links.parse(link_type, octets, at[rows], captured[rows])
        if parsed is None:
            if rows.size:
                non_ip[f"link type {link_type}"] += rows.size
            continue
        found.ethertype[rows] = parsed.ethertype
        found.network[rows] = parsed.network
        found.source_mac[rows] = parsed.source_mac
        found.destination_mac[rows] = parsed.destination_mac
    return found


def _count_non_ip(kinds: NDArray[np.int32], non_ip: Counter[str]) -> None:
    values, counts = np.unique(kinds, return_counts=True)
    for value, count in zip(values.tolist(), counts.tolist(), strict=True):
        if value not in (links.CUT, links.UNKNOWN_LINK):
            non_ip[_NON_IP.get(value, "other")] += count


def _transport(
    octets: NDArray[np.uint8], link: links.Links, datagrams: internet.Datagrams
) -> tuple[Packets, NDArray[np.int64]]:
    """Return the packets, and the frames whose transport header is cut off or impossible."""
    size = datagrams.row.size
    packets = Packets(
        frame=datagrams.row,
        source=datagrams.source,
        destination=datagrams.destination,
        source_mac=link.source_mac[datagrams.row],
        destination_mac=link.destination_mac[datagrams.row],
        protocol=datagrams.protocol,
        source_port=np.zeros(size, dtype=np.uint16),
        destination_port=np.zeros(size, dtype=np.uint16),
        flags=np.zeros(size, dtype=np.uint8),
        sequence=np.zeros(size, dtype=np.uint32),
        acknowledgement=np.zeros(size, dtype=np.uint32),
        payload=datagrams.start,
        captured=np.zeros(0, dtype=np.int64),
        length=datagrams.wire_end,
    )
    valid = np.ones(size, dtype=np.bool_)
    tcp = np.flatnonzero(packets.protocol == TCP)
    if tcp.size:
        _tcp(octets, packets, datagrams, tcp, valid)
    udp = np.flatnonzero(packets.protocol == UDP)
    if udp.size:
        _udp(octets, packets, datagrams, udp, valid)
    if tcp.size + udp.size < size:
        icmp = np.flatnonzero(np.isin(packets.protocol, _ICMP))
        packets.payload[icmp] += _ICMP_OCTETS
        valid[icmp] = packets.payload[icmp] <= datagrams.captured_end[icmp]
    packets.captured = np.maximum(
        np.minimum(datagrams.captured_end, packets.length) - packets.payload, 0
    )
    packets.length = packets.length - packets.payload
    valid &= packets.length >= 0
    if valid.all():
        return packets, np.zeros(0, dtype=np.int64)
    return packets.take(np.flatnonzero(valid)), packets.frame[~valid]


def _tcp(
    octets: NDArray[np.uint8],
    packets: Packets,
    datagrams: internet.Datagrams,
    rows: NDArray[np.intp],
    valid: NDArray[np.bool_],
) -> None:
    fits = datagrams.start[rows] + _TCP_OCTETS <= datagrams.captured_end[rows]
    if not fits.all():
        valid[rows[~fits]] = False
        rows = rows[fits]
    at = datagrams.start[rows]
    wide = overlapping(octets, ">u8")
    first = wide[at].astype(np.uint64)
    second = wide[at + 8].astype(np.uint64)
    packets.source_port[rows] = first >> np.uint64(48)
    packets.destination_port[rows] = first >> np.uint64(32) & np.uint64(0xFFFF)
    packets.sequence[rows] = first & np.uint64(0xFFFF_FFFF)
    packets.acknowledgement[rows] = second >> np.uint64(32)
    packets.flags[rows] = second >> np.uint64(16) & np.uint64(0x3F)
    header = (second >> np.uint64(28) & np.uint64(15)).astype(np.int64) * 4
    packets.payload[rows] = at + header
    valid[rows] = header >= _TCP_OCTETS


def _udp(
    octets: NDArray[np.uint8],
    packets: Packets,
    datagrams: internet.Datagrams,
    rows: NDArray[np.intp],
    valid: NDArray[np.bool_],
) -> None:
    fits = datagrams.start[rows] + _UDP_OCTETS <= datagrams.captured_end[rows]
    if not fits.all():
        valid[rows[~fits]] = False
        rows = rows[fits]
    at = datagrams.start[rows]
    header = overlapping(octets, ">u8")[at].astype(np.uint64)
    packets.source_port[rows] = header >> np.uint64(48)
    packets.destination_port[rows] = header >> np.uint64(32) & np.uint64(0xFFFF)
    length = (header >> np.uint64(16) & np.uint64(0xFFFF)).astype(np.int64)
    packets.payload[rows] = at + _UDP_OCTETS
    # 0: a jumbogram, or the card will split it.  The rest of a fragmented datagram comes later.
    end = np.where(length == 0, datagrams.wire_end[rows], at + length)
    valid[rows] = (end <= datagrams.wire_end[rows]) | datagrams.first_fragment[rows]
    packets.length[rows] = end
