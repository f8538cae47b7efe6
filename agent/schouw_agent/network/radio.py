"""802.11 and Bluetooth Low Energy in existing captures: where IP starts, and who is infrastructure.

Only data that is not encrypted, beacons of access points and Bluetooth advertising go on.  What the
devices of people send to be let in or to look around is counted, and looked at no further.

Sources: IEEE 802.11 clause 9.2, radiotap.org, tcpdump.org/linktypes (PPI, Prism, AVS), Bluetooth
Core 5.4 volume 6 part B section 2.
"""

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.layer import (
    BLE_ADVERTISING,
    CUT,
    LLC,
    NO_TYPE,
    PASSER_BY,
    RADIO,
    RADIO_BEACON,
    RADIO_ENCRYPTED,
    Octets,
    Positions,
)
from schouw_agent.numbers import one_of, overlapping

BLE_HEADER_OCTETS = 10
_PRISM_OCTETS = 144
_AVS_MAGIC = 0x80211
_UNUSABLE = 1 << 40
"""A length that no frame has room for."""
_DATA, _MANAGEMENT = 2, 0
_BEACON = 8
_REQUESTS = (0, 2, 4)
"""Association, reassociation and probe requests: only a client sends them."""
_TO_AP, _FROM_AP, _PROTECTED, _ORDER = 1, 2, 0x40, 0x80
_WITHOUT_DATA, _QUALITY = 4, 8
_AGGREGATE = 0x80
_PADDED, _DAMAGED = 0x20, 0x40
_PRESENCE_WORDS_MAX = 8
_MAC = np.uint64(16)
_ADVERTISING_ACCESS = 0x8E89BED6
_ADVERTISEMENTS = (0, 2, 6)
"""ADV_IND, ADV_NONCONN_IND and ADV_SCAN_IND: undirected, and with data."""

Parsed = tuple[NDArray[np.int32], Positions, NDArray[np.uint64], NDArray[np.uint64]]
Header = tuple[Positions, NDArray[np.bool_], NDArray[np.bool_]]
"""Its octets; whether the header of 802.11 is padded; whether the frame came damaged."""


def bare(octets: Octets, at: Positions, end: Positions) -> Header:  # noqa: ARG001
    """Return that nothing precedes 802.11."""
    no = np.zeros(at.size, dtype=np.bool_)
    return np.zeros_like(at), no, no.copy()


def radiotap(octets: Octets, at: Positions, end: Positions) -> Header:
    """Return what a radiotap header says; it is believed only in version 0."""
    length, padded, damaged = bare(octets, at, end)
    fits = at + 8 <= end
    start = np.where(fits, at, 0)
    length[:] = overlapping(octets, "<u2")[start + 2]
    length[~fits | (octets[start] != 0) | (length < 8)] = _UNUSABLE
    words = overlapping(octets, "<u4")
    first = words[start + 4]
    place = start + 8
    more = np.flatnonzero(first >> 31)
    for _ in range(_PRESENCE_WORDS_MAX):
        more = more[place[more] + 4 <= np.minimum(at + length, end)[more]]
        following = words[place[more]]
        place[more] += 4
        more = more[following >> 31 != 0]
    clock = first & 1 != 0
    place[clock] += (-(place[clock] - at[clock]) % 8) + 8
    told = np.flatnonzero((first & 2 != 0) & (place < np.minimum(at + length, end)))
    flags = octets[place[told]]
    padded[told], damaged[told] = flags & _PADDED != 0, flags & _DAMAGED != 0
    return length, padded, damaged


def prism(octets: Octets, at: Positions, end: Positions) -> Header:
    """Return the length of a Prism header, or of the AVS header that may stand there instead."""
    length, padded, damaged = avs(octets, at, end)
    length[length == _UNUSABLE] = _PRISM_OCTETS
    return length, padded, damaged


def avs(octets: Octets, at: Positions, end: Positions) -> Header:
    """Return the length that an AVS header tells."""
    length, padded, damaged = bare(octets, at, end)
    fits = at + 8 <= end
    start = np.where(fits, at, 0)
    words = overlapping(octets, ">u4")
    known = fits & (words[start] >> 12 == _AVS_MAGIC)
    length[:] = np.where(known, words[start + 4].astype(np.int64), _UNUSABLE)
    return length, padded, damaged


def ppi(octets: Octets, at: Positions, end: Positions) -> Header:
    """Return the length of a PPI header before 802.11."""
    length, padded, damaged = bare(octets, at, end)
    fits = at + 8 <= end
    start = np.where(fits, at, 0)
    inside = overlapping(octets, "<u4")[start + 4]
    length[:] = overlapping(octets, "<u2")[start + 2]
    length[~fits | (inside != 105) | (length < 8)] = _UNUSABLE
    return length, padded, damaged


def parse(octets: Octets, at: Positions, end: Positions, header: Header) -> Parsed:
    """Return kind, place and stations of 802.11 frames behind a receiver's header."""
    length, padded, damaged = header
    start = at + length
    fits = start + 24 <= end
    kind = np.full(at.size, RADIO, dtype=np.int32)
    # Acknowledgements and the like are shorter than any header with three addresses.
    kind[(start + 2 > end) | damaged] = CUT
    place = np.where(fits, start, 0)
    control, flags = octets[place], octets[place + 1]
    sort, subtype = control >> 2 & 3, control >> 4
    usable = fits & (control & 3 == 0) & ~damaged
    wide = overlapping(octets, ">u8")
    first, second, third = (wide[place + o].astype(np.uint64) >> _MAC for o in (4, 10, 16))
    management = usable & (sort == _MANAGEMENT)
    kind[management & (subtype == _BEACON)] = RADIO_BEACON
    kind[management & one_of(subtype, _REQUESTS)] = PASSER_BY
    data = usable & (sort == _DATA) & (subtype & _WITHOUT_DATA == 0)
    locked = flags & _PROTECTED != 0
    kind[data & locked] = RADIO_ENCRYPTED
    up, down = flags & _TO_AP != 0, flags & _FROM_AP != 0
    size = 24 + 6 * (up & down) + 2 * (subtype >> 3) + 4 * ((subtype >> 3) & (flags >> 7))
    quality = subtype & _QUALITY != 0
    control_at = place + 24 + 6 * (up & down)
    aggregate = quality & (octets[np.where(control_at < end, control_at, 0)] & _AGGREGATE > 0)
    size = np.where(padded, size + 3 & ~3, size)
    clear = data & ~locked & ~aggregate
    clear &= start + size <= end
    kind[clear] = LLC
    network = np.where(clear, start + size, start)
    fourth = wide[np.where(start + 32 <= end, place + 24, 0)].astype(np.uint64) >> _MAC
    source = np.where(up & down, fourth, np.where(down, third, second))
    destination = np.where(up, third, first)
    source[~usable] = destination[~usable] = 0
    return kind, network, source, destination


def bluetooth(octets: Octets, at: Positions, end: Positions, header: int) -> Parsed:
    """Return kind, place and sender of advertisements behind so many octets of a receiver.

    An address that is made to change protects who carries the device: it is a passer-by's.
    """
    start = at + header
    fits = start + 12 <= end
    place = np.where(fits, start, 0)
    access = overlapping(octets, "<u4")[place]
    kind = np.full(at.size, NO_TYPE, dtype=np.int32)
    advertising = fits & (access == _ADVERTISING_ACCESS)
    low = octets[place + 4] & 15
    sender = overlapping(octets, "<u8")[np.where(start + 14 <= end, place + 6, 0)]
    sender = sender.astype(np.uint64) & np.uint64(0xFFFF_FFFF_FFFF)
    random = octets[place + 4] & 0x40 != 0
    lasting = ~random | (sender >> np.uint64(46) == 3)
    told = advertising & one_of(low, _ADVERTISEMENTS) & lasting
    kind[advertising] = PASSER_BY
    kind[told] = BLE_ADVERTISING
    kind[~fits] = CUT
    sender[~told] = 0
    return kind, start, sender, np.zeros_like(sender)
