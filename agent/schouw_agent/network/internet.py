"""IPv4 and IPv6: addresses, the protocol above, and where it starts and ends.

Sources: RFC 791 section 3.1, RFC 8200 sections 3 and 4, RFC 4302 section 2.2 (AH).
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from schouw_agent.numbers import one_of, overlapping

Octets = NDArray[np.uint8]
Positions = NDArray[np.int64]

_IPV4_OCTETS, _IPV6_OCTETS = 20, 40
_IPV4_MAPPED = np.uint64(0xFFFF_0000_0000)
_HOP_BY_HOP, _ROUTING, _FRAGMENT, _AUTHENTICATION, _DESTINATION = 0, 43, 44, 51, 60
_MOBILITY, _HIP, _SHIM6 = 135, 139, 140
_EXTENSIONS = (
    _HOP_BY_HOP,
    _ROUTING,
    _FRAGMENT,
    _AUTHENTICATION,
    _DESTINATION,
    _MOBILITY,
    _HIP,
    _SHIM6,
)
_EXTENSIONS_MAX = 12
"""More in one packet is an attack on parsers."""


@dataclass(slots=True)
class Datagrams:
    """(N,) each, in capture order: IP packets and fragments of them."""

    row: Positions
    """Which of the frames handed in."""
    source: NDArray[np.uint64]
    """(N, 2)"""
    destination: NDArray[np.uint64]
    protocol: NDArray[np.uint8]
    start: Positions
    """Where the protocol above IP starts in the buffer."""
    captured_end: Positions
    """Where it ends in the buffer: the padding of the link is not part of it."""
    wire_end: Positions
    """Where it would end if everything had been captured."""
    fragment: NDArray[np.bool_]
    """It is a part of a packet; `start` is then where its data begin."""

    def take(self, rows: NDArray[np.intp]) -> "Datagrams":
        """Return some of the rows, in the order given."""
        return Datagrams(*(getattr(self, column.name)[rows] for column in fields(self)))


def merge(first: Datagrams, second: Datagrams) -> Datagrams:
    """Return both in capture order."""
    if not second.row.size:
        return first
    if not first.row.size:
        return second
    columns = (
        np.concatenate([getattr(first, c.name), getattr(second, c.name)]) for c in fields(first)
    )
    both = Datagrams(*columns)
    return both.take(np.argsort(both.row, kind="stable"))


def ipv4(
    octets: Octets, row: Positions, at: Positions, captured: Positions, wire: Positions
) -> Datagrams:
    """Return the valid IPv4 packets among the frames.

    `at`: where the header starts; `captured`, `wire`: where the frame ends in the buffer and
    would end if all of it were there.
    """
    fits = at + _IPV4_OCTETS <= captured
    if not fits.all():
        row, at, captured, wire = row[fits], at[fits], captured[fits], wire[fits]
    pairs = overlapping(octets, ">u2")
    first = octets[at]
    header = (first & 15).astype(np.int64) * 4
    total = pairs[at + 2].astype(np.int64)
    fragment = pairs[at + 6]
    addresses = overlapping(octets, ">u8")[at + 12].astype(np.uint64)
    # Offloading leaves the length 0 for packets that the card will split.
    wire_end = np.where(total == 0, wire, at + total)
    start = at + header
    valid = (first >> 4 == 4) & (header >= _IPV4_OCTETS) & (start <= wire_end)
    source = np.zeros((at.size, 2), dtype=np.uint64)
    destination = np.zeros((at.size, 2), dtype=np.uint64)
    source[:, 1] = addresses >> np.uint64(32) | _IPV4_MAPPED
    destination[:, 1] = addresses & np.uint64(0xFFFF_FFFF) | _IPV4_MAPPED
    found = Datagrams(
        row=row,
        source=source,
        destination=destination,
        protocol=octets[at + 9],
        start=start,
        captured_end=np.minimum(captured, wire_end),
        wire_end=wire_end,
        fragment=fragment & 0x3FFF != 0,
    )
    return found if valid.all() else found.take(np.flatnonzero(valid))


def ipv6(
    octets: Octets, row: Positions, at: Positions, captured: Positions, wire: Positions
) -> Datagrams:
    """Return the valid IPv6 packets among the frames; arguments as for `ipv4`."""
    fits = at + _IPV6_OCTETS <= captured
    if not fits.all():
        row, at, captured, wire = row[fits], at[fits], captured[fits], wire[fits]
    wide = overlapping(octets, ">u8")
    length = overlapping(octets, ">u2")[at + 4].astype(np.int64)
    # Jumbograms and offloading leave the length 0.
    wire_end = np.where(length == 0, wire, at + _IPV6_OCTETS + length)
    found = Datagrams(
        row=row,
        source=np.stack([wide[at + 8], wide[at + 16]], axis=1).astype(np.uint64),
        destination=np.stack([wide[at + 24], wide[at + 32]], axis=1).astype(np.uint64),
        protocol=octets[at + 6],
        start=at + _IPV6_OCTETS,
        captured_end=np.minimum(captured, wire_end),
        wire_end=wire_end,
        fragment=np.zeros(at.size, dtype=np.bool_),
    )
    valid = octets[at] >> 4 == 6
    _pass_extensions(octets, found, valid)
    return found if valid.all() else found.take(np.flatnonzero(valid))


def _pass_extensions(octets: Octets, found: Datagrams, valid: NDArray[np.bool_]) -> None:
    """Move past extension headers, in place; headers that do not fit make a packet invalid."""
    pairs = overlapping(octets, ">u2")
    rows = np.flatnonzero(valid & one_of(found.protocol, _EXTENSIONS))
    for _ in range(_EXTENSIONS_MAX):
        if not rows.size:
            return
        fits = found.start[rows] + 8 <= found.captured_end[rows]
        valid[rows[~fits]] = False
        rows = rows[fits]
        at, kind = found.start[rows], found.protocol[rows]
        units = octets[at + 1].astype(np.int64)
        fragment = kind == _FRAGMENT
        size = np.where(kind == _AUTHENTICATION, (units + 2) * 4, (units + 1) * 8)
        size[fragment] = 8
        position = pairs[at + 2]
        part = fragment & (position & 0xFFF9 != 0)
        found.fragment[rows] |= part
        found.protocol[rows] = octets[at]
        found.start[rows] = at + size
        beyond = found.start[rows] > found.wire_end[rows]
        valid[rows[beyond]] = False
        # What follows is known when the fragments are together.
        rows = rows[~beyond & ~part & one_of(octets[at], _EXTENSIONS)]
    valid[rows] = False
