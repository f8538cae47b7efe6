"""Transport headers of many packets at once.

Sources: RFC 9293 section 3.1 (TCP), RFC 768 (UDP), RFC 792 and RFC 4443 (ICMP), RFC 9260 section 3
(SCTP); which types of ICMP answer each other: Community ID v1.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.internet import Datagrams
from schouw_agent.network.layer import Layer, Octets
from schouw_agent.network.packets import ICMP, ICMP_6, SCTP, TCP, UDP, Packets
from schouw_agent.numbers import overlapping

_TCP_OCTETS, _UDP_OCTETS, _ICMP_OCTETS, _SCTP_OCTETS = 20, 8, 8, 12
ICMP_ANSWERS = {
    ICMP: ((0, 8), (9, 10), (13, 14), (15, 16), (17, 18)),
    ICMP_6: ((128, 129), (130, 131), (133, 134), (135, 136), (139, 140), (144, 145)),
}
"""By protocol, types of ICMP that answer each other."""


def parse(octets: Octets, layer: Layer, datagrams: Datagrams) -> tuple[Packets, NDArray[np.bool_]]:
    """Return the packets, and (N,) which of the datagrams they are.

    The transport headers of the others are cut off or impossible.
    """
    size = datagrams.row.size
    packets = Packets(
        frame=layer.frame[datagrams.row],
        header=layer.network[datagrams.row],
        source=datagrams.source,
        destination=datagrams.destination,
        source_mac=layer.source_mac[datagrams.row],
        destination_mac=layer.destination_mac[datagrams.row],
        tunnel=layer.tunnel[datagrams.row],
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
        for number, parse_rows in _OTHERS.items():
            rows = np.flatnonzero(packets.protocol == number)
            if rows.size:
                parse_rows(octets, packets, datagrams, rows, valid)
    packets.captured = np.maximum(
        np.minimum(datagrams.captured_end, packets.length) - packets.payload, 0
    )
    packets.length = packets.length - packets.payload
    valid &= packets.length >= 0
    return (packets if valid.all() else packets.take(np.flatnonzero(valid))), valid


def _with_header(
    datagrams: Datagrams, rows: NDArray[np.intp], header_octets: int, valid: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """Return the rows whose header was captured; the others are not valid."""
    fits = datagrams.start[rows] + header_octets <= datagrams.captured_end[rows]
    if fits.all():
        return rows
    valid[rows[~fits]] = False
    return rows[fits]


def _tcp(
    octets: Octets,
    packets: Packets,
    datagrams: Datagrams,
    rows: NDArray[np.intp],
    valid: NDArray[np.bool_],
) -> None:
    rows = _with_header(datagrams, rows, _TCP_OCTETS, valid)
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
    octets: Octets,
    packets: Packets,
    datagrams: Datagrams,
    rows: NDArray[np.intp],
    valid: NDArray[np.bool_],
) -> None:
    rows = _with_header(datagrams, rows, _UDP_OCTETS, valid)
    at = datagrams.start[rows]
    header = overlapping(octets, ">u8")[at].astype(np.uint64)
    packets.source_port[rows] = header >> np.uint64(48)
    packets.destination_port[rows] = header >> np.uint64(32) & np.uint64(0xFFFF)
    length = (header >> np.uint64(16) & np.uint64(0xFFFF)).astype(np.int64)
    packets.payload[rows] = at + _UDP_OCTETS
    # 0: a jumbogram, or the card will split it.
    end = np.where(length == 0, datagrams.wire_end[rows], at + length)
    valid[rows] = end <= datagrams.wire_end[rows]
    packets.length[rows] = end


def _icmp(
    octets: Octets,
    packets: Packets,
    datagrams: Datagrams,
    rows: NDArray[np.intp],
    valid: NDArray[np.bool_],
) -> None:
    """Put type, and answering type or code, where others have ports."""
    rows = _with_header(datagrams, rows, _ICMP_OCTETS, valid)
    if not rows.size:
        return
    at = datagrams.start[rows]
    packets.payload[rows] = at + _ICMP_OCTETS
    kind, code = octets[at], octets[at + 1].astype(np.int16)
    answer = _ANSWERS[int(packets.protocol[rows[0]])][kind]
    packets.source_port[rows] = kind
    packets.destination_port[rows] = np.where(answer >= 0, answer, code)


def _sctp(
    octets: Octets,
    packets: Packets,
    datagrams: Datagrams,
    rows: NDArray[np.intp],
    valid: NDArray[np.bool_],
) -> None:
    rows = _with_header(datagrams, rows, _SCTP_OCTETS, valid)
    at = datagrams.start[rows]
    pairs = overlapping(octets, ">u2")
    packets.source_port[rows], packets.destination_port[rows] = pairs[at], pairs[at + 2]
    packets.payload[rows] = at + _SCTP_OCTETS


def _answers(pairs: tuple[tuple[int, int], ...]) -> NDArray[np.int16]:
    """Return for each type the one that answers it, -1 for none."""
    answers = np.full(256, -1, dtype=np.int16)
    for first, second in pairs:
        answers[first], answers[second] = second, first
    return answers


_ANSWERS = {protocol: _answers(pairs) for protocol, pairs in ICMP_ANSWERS.items()}
_OTHERS: dict[
    int,
    Callable[[Octets, Packets, Datagrams, NDArray[np.intp], NDArray[np.bool_]], None],
] = {ICMP: _icmp, ICMP_6: _icmp, SCTP: _sctp}
