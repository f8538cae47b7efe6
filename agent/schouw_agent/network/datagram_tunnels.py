"""Tunnels in UDP: VXLAN, GTP-U and Teredo by their content, Geneve and L2TP on their ports too.

Sources: RFC 7348 and draft-smith-vxlan-group-policy (VXLAN), RFC 8926 (Geneve), 3GPP TS 29.281
section 5 (GTP-U), RFC 4380 section 5.1.1 (Teredo), RFC 2661 section 3.1 (L2TP).
"""

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.layer import ARP, ETHERNET, IPV4, IPV6, PPP, Octets, Positions
from schouw_agent.network.packets import UDP, Packets
from schouw_agent.network.tunnels import NO_NETWORK, TRANSPARENT_ETHERNET, Opened, plausible
from schouw_agent.numbers import Numbers, one_of, overlapping

_GENEVE_PORT, _L2TP_PORT = 6081, 1701
_VXLAN_PORTS = (4789, 8472)
_TAG = 0x8100
_GTP_EXTENSIONS_MAX = 8
_TEREDO_PREFIX = 0x20010000
_LINK_LOCAL = 0xFE80_0000_0000_0000
_LEAST = 14


def find(octets: Octets, packets: Packets) -> list[Opened]:
    """Return the datagrams that are such tunnels."""
    rows = np.flatnonzero((packets.protocol == UDP) & (packets.captured >= _LEAST))
    if not rows.size:
        return []
    at = packets.payload[rows]
    port = packets.destination_port[rows]
    likely = _LIKELY[overlapping(octets, ">u2")[at]]
    likely |= (port == _GENEVE_PORT) | (port == _L2TP_PORT)
    if not likely.any():
        return []
    rows = rows[likely]
    found: list[Opened] = []
    for each in (_vxlan, _gtp, _teredo, _geneve, _l2tp):
        opened = each(octets, packets, rows)
        found.append(opened)
        if opened.row.size:
            rows = np.setdiff1d(rows, opened.row, assume_unique=True)
    return found


def _likely() -> NDArray[np.bool_]:
    """Return for each value of the first two octets whether a tunnel may begin with it."""
    likely = np.zeros(1 << 16, dtype=np.bool_)
    likely[[0x0800, 0x0000, 0x0001, 0x8800, 0x8808, 0x8840, 0x8848]] = True
    likely[0x6000:0x7000] = True
    likely[[0x30FF + (flags << 8) for flags in range(8)]] = True
    return likely


_LIKELY = _likely()


def _places(packets: Packets, rows: NDArray[np.intp]) -> tuple[Positions, Positions]:
    at = packets.payload[rows]
    return at, at + packets.captured[rows]


def _vxlan(octets: Octets, packets: Packets, rows: NDArray[np.intp]) -> Opened:
    at, end = _places(packets, rows)
    head = overlapping(octets, ">u8")[at].astype(np.uint64)
    start = at + 8
    kind = np.full(rows.size, ETHERNET, dtype=np.int32)
    usual = one_of(packets.destination_port[rows], _VXLAN_PORTS)
    fits = (head & np.uint64(0xFFFF_FFFF_0000_00FF)) == np.uint64(0x0800_0000_0000_0000)
    grouped = (head & np.uint64(0xFFB7_0000_0000_00FF)) == np.uint64(0x8800_0000_0000_0000)
    fits |= grouped & usual
    fits &= plausible(octets, kind, start, end) & _ethernet_inside(octets, start, end)
    network = (head >> np.uint64(8) & np.uint64(0xFF_FFFF)).astype(np.int64)
    # Elsewhere an address of IP must be there to believe it.
    fits &= usual | _ip_inside(octets, start, end)
    return Opened(rows[fits], kind[fits], start[fits], network[fits], "vxlan")


def _ethernet_inside(octets: Octets, start: Positions, end: Positions) -> NDArray[np.bool_]:
    kind = overlapping(octets, ">u2")[np.where(start + 14 <= end, start + 12, 0)]
    known: NDArray[np.bool_] = one_of(kind, (IPV4, IPV6, ARP, _TAG))
    known |= (kind < 0x600) | (kind >= 0x8800)
    return known


def _ip_inside(octets: Octets, start: Positions, end: Positions) -> NDArray[np.bool_]:
    """Return whether IP follows an Ethernet header, as the first octet and the length say."""
    fits: NDArray[np.bool_] = start + 34 <= end
    place = np.where(fits, start, 0)
    pairs = overlapping(octets, ">u2")
    kind, version = pairs[place + 12], octets[place + 14] >> 4
    four = (kind == IPV4) & (version == 4) & (pairs[place + 16] <= end - start - 14)
    six = (kind == IPV6) & (version == 6) & (pairs[place + 18] <= end - start - 54)
    fits &= four | six
    return fits


def _geneve(octets: Octets, packets: Packets, rows: NDArray[np.intp]) -> Opened:
    rows = rows[packets.destination_port[rows] == _GENEVE_PORT]
    at, end = _places(packets, rows)
    head = overlapping(octets, ">u8")[at].astype(np.uint64)
    kind = (head >> np.uint64(32) & np.uint64(0xFFFF)).astype(np.int32)
    kind[kind == TRANSPARENT_ETHERNET] = ETHERNET
    start = at + 8 + 4 * (octets[at] & 0x3F).astype(np.int64)
    fits = (octets[at] >> 6 == 0) & (octets[at + 1] & 0x3F == 0) & (octets[at + 7] == 0)
    fits &= one_of(kind, (IPV4, IPV6, ETHERNET)) & plausible(octets, kind, start, end)
    network = (head >> np.uint64(8) & np.uint64(0xFF_FFFF)).astype(np.int64)
    return Opened(rows[fits], kind[fits], start[fits], network[fits], "geneve")


def _gtp(octets: Octets, packets: Packets, rows: NDArray[np.intp]) -> Opened:
    """Endpoint identifiers differ by direction and change as a phone moves: they name no network.

    The length must be that of the datagram, and that of the packet inside must fit.
    """
    at, end = _places(packets, rows)
    pairs = overlapping(octets, ">u2")
    fits = (octets[at] & 0xF8 == 0x30) & (octets[at + 1] == 0xFF)
    fits &= pairs[at + 2] == packets.length[rows] - 8
    optional = octets[at] & 7 != 0
    start = at + 8 + 4 * optional
    following = np.where(octets[at] & 4 != 0, octets[at + 11], 0)
    pending = np.flatnonzero(fits & (following != 0))
    for _ in range(_GTP_EXTENSIONS_MAX):
        size = octets[np.minimum(start[pending], octets.size - 1)].astype(np.int64) * 4
        usable = (start[pending] + size < end[pending]) & (size > 0)
        fits[pending[~usable]] = False
        pending, size = pending[usable], size[usable]
        start[pending] += size
        pending = pending[octets[start[pending] - 1] != 0]
        if not pending.size:
            break
    fits[pending] = False
    kind = _version(octets, start, end)
    fits &= (kind != 0) & plausible(octets, kind, start, end)
    fits &= _packet_length(octets, kind, np.where(fits, start, 0)) <= end - start + (
        packets.length[rows] - packets.captured[rows]
    )
    return Opened(rows[fits], kind[fits], start[fits], _none(fits), "gtp")


def _teredo(octets: Octets, packets: Packets, rows: NDArray[np.intp]) -> Opened:
    """An IPv6 packet of exactly the length that is left, with an end of the kind."""
    at, end = _places(packets, rows)
    pairs = overlapping(octets, ">u2")
    start = at.copy()
    signed = pairs[start] == 1
    start += np.where(signed, 13 + octets[at + 2].astype(np.int64) + octets[at + 3], 0)
    start = np.where(start + 2 <= end, start, at)
    start += 8 * (pairs[start] == 0)
    kind = _version(octets, start, end)
    fits = (kind == IPV6) & plausible(octets, kind, start, end)
    place = np.where(fits, start, 0)
    payload = pairs[place + 4].astype(np.int64)
    left = packets.length[rows] - (start - at) - 40
    # Bubbles hold nothing: they only keep the way open.
    fits &= (payload == left) & (payload > 0)
    wide = overlapping(octets, ">u8")
    source, destination = wide[place + 8].astype(np.uint64), wide[place + 24].astype(np.uint64)
    local = (source >> np.uint64(54) << np.uint64(54) == _LINK_LOCAL) & (start > at)
    thirty_two = np.uint64(32)
    fits &= (
        (source >> thirty_two == _TEREDO_PREFIX)
        | (destination >> thirty_two == _TEREDO_PREFIX)
        | local
    )
    return Opened(rows[fits], kind[fits], start[fits], _none(fits), "teredo")


def _l2tp(octets: Octets, packets: Packets, rows: NDArray[np.intp]) -> Opened:
    ports = (packets.destination_port[rows], packets.source_port[rows])
    rows = rows[(ports[0] == _L2TP_PORT) | (ports[1] == _L2TP_PORT)]
    at, end = _places(packets, rows)
    pairs = overlapping(octets, ">u2")
    flags = pairs[at].astype(np.int64)
    fits = flags & 0x8F == 2
    fits &= flags & 0x8000 == 0
    long, numbered, shifted = flags & 0x4000 != 0, flags & 0x0800 != 0, flags & 0x0200 != 0
    fits &= ~long | (pairs[at + 2] == packets.length[rows])
    start = at + 6 + 2 * long + 4 * numbered
    start = np.where(shifted, start + 2 + pairs[np.where(start + 2 <= end, start, 0)], start)
    kind = np.full(rows.size, PPP, dtype=np.int32)
    fits &= plausible(octets, kind, start, end)
    return Opened(rows[fits], kind[fits], start[fits], _none(fits), "l2tp")


def _version(octets: Octets, start: Positions, end: Positions) -> NDArray[np.int32]:
    version = octets[np.where(start < end, start, 0)] >> 4
    kind: NDArray[np.int32] = np.select([version == 4, version == 6], [IPV4, IPV6], 0)
    return kind.astype(np.int32)


def _packet_length(octets: Octets, kind: NDArray[np.int32], start: Positions) -> Numbers:
    pairs = overlapping(octets, ">u2")
    length = np.where(kind == IPV4, pairs[start + 2], pairs[start + 4].astype(np.int64) + 40)
    return length.astype(np.int64)


def _none(fits: NDArray[np.bool_]) -> Numbers:
    return np.full(int(np.count_nonzero(fits)), NO_NETWORK, dtype=np.int64)
