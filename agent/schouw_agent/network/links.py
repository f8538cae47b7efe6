"""Link layers: where the network layer starts, and between which stations.

Sources: IEEE 802.3 clause 3, IEEE 802.1Q clause 9, tcpdump.org/linktypes.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schouw_agent.numbers import overlapping

IPV4, IPV6 = 0x0800, 0x86DD
NO_TYPE = 0
"""Ethertype of a frame that has none, such as LLC."""
CUT = -1
"""Ethertype of a frame that ends before it is known."""
UNKNOWN_LINK = -2
"""Ethertype of a frame whose link layer is not known."""
_TAGS = (0x8100, 0x88A8, 0x9100)
_TAGS_MAX = 8
_ETHERTYPE_MIN = 0x0600
_ETHERNET_OCTETS, _TAG_OCTETS, _FAMILY_OCTETS = 14, 4, 4
_FAMILY_IPV4 = (2,)
_FAMILY_IPV6 = (10, 24, 28, 30)
"""AF_INET6 of Linux, NetBSD, FreeBSD and macOS."""
_HARDWARE_WITH_MAC = (1, 6, 772)
"""ARPHRD_ETHER, _IEEE802 and _LOOPBACK."""

Octets = NDArray[np.uint8]
Positions = NDArray[np.int64]


@dataclass(slots=True)
class Links:
    """(N,) each: what the link layer of a frame says."""

    ethertype: NDArray[np.int32]
    network: Positions
    """Where the network layer starts in the buffer."""
    source_mac: NDArray[np.uint64]
    destination_mac: NDArray[np.uint64]


def parse(link_type: int, octets: Octets, at: Positions, captured: Positions) -> Links | None:
    """Return what the link layers of these frames say; None for a link type that is not known."""
    layout = _LAYOUTS.get(link_type)
    return layout(octets, at, captured) if layout is not None else None


def _ethernet(octets: Octets, at: Positions, captured: Positions) -> Links:
    fits = captured >= _ETHERNET_OCTETS
    every = bool(fits.all())
    start = at if every else np.where(fits, at, 0)
    wide = overlapping(octets, ">u8")
    pairs = overlapping(octets, ">u2")
    destination = wide[start].astype(np.uint64) >> np.uint64(16)
    source = wide[start + 6].astype(np.uint64) >> np.uint64(16)
    kind = pairs[start + 12].astype(np.int32)
    network = at + _ETHERNET_OCTETS
    if not every:
        kind[~fits] = CUT
        destination[~fits] = source[~fits] = 0
    _strip_tags(octets, kind, network, at + captured)
    kind[(kind >= 0) & (kind < _ETHERTYPE_MIN)] = NO_TYPE
    return Links(kind, network, source, destination)


def _strip_tags(
    octets: Octets, kind: NDArray[np.int32], network: Positions, end: Positions
) -> None:
    """Move past VLAN tags, in place."""
    pairs = overlapping(octets, ">u2")
    for _ in range(_TAGS_MAX):
        tagged = np.flatnonzero((kind == _TAGS[0]) | (kind == _TAGS[1]) | (kind == _TAGS[2]))
        if not tagged.size:
            return
        fits = network[tagged] + _TAG_OCTETS <= end[tagged]
        kind[tagged[~fits]] = CUT
        tagged = tagged[fits]
        kind[tagged] = pairs[network[tagged] + 2]
        network[tagged] += _TAG_OCTETS


@dataclass(frozen=True, slots=True)
class _Cooked:
    """Where the fields of a Linux cooked header lie, in octets from its start."""

    header: int
    protocol: int
    hardware: int
    address_length: int
    address: int

    def __call__(self, octets: Octets, at: Positions, captured: Positions) -> Links:
        """Parse; the one address is the sender's, whichever way the frame went."""
        fits = captured >= self.header
        start = np.where(fits, at, 0)
        pairs = overlapping(octets, ">u2")
        wide = overlapping(octets, ">u8")
        kind = pairs[start + self.protocol].astype(np.int32)
        kind[~fits] = CUT
        source = wide[start + self.address].astype(np.uint64) >> np.uint64(16)
        station = np.isin(pairs[start + self.hardware], _HARDWARE_WITH_MAC)
        source[~(fits & station & (octets[start + self.address_length] == 6))] = 0
        network = at + self.header
        _strip_tags(octets, kind, network, at + captured)
        kind[(kind >= 0) & (kind < _ETHERTYPE_MIN)] = NO_TYPE
        return Links(kind, network, source, np.zeros_like(source))


def _loopback(octets: Octets, at: Positions, captured: Positions) -> Links:
    """LINKTYPE_NULL and LINKTYPE_LOOP: a family in the byte order of whoever captured."""
    fits = captured >= _FAMILY_OCTETS
    number = overlapping(octets, "<u4")[np.where(fits, at, 0)].astype(np.int64)
    family = np.where(number > 0xFFFF, number >> 24, number)
    kind = np.full(at.size, NO_TYPE, dtype=np.int32)
    kind[np.isin(family, _FAMILY_IPV4)] = IPV4
    kind[np.isin(family, _FAMILY_IPV6)] = IPV6
    kind[~fits] = CUT
    return _without_mac(kind, at + _FAMILY_OCTETS)


def _raw(octets: Octets, at: Positions, captured: Positions) -> Links:
    """LINKTYPE_RAW, _IPV4 and _IPV6: the version is in the first octet."""
    fits = captured >= 1
    version = octets[np.where(fits, at, 0)] >> 4
    kind = np.full(at.size, NO_TYPE, dtype=np.int32)
    kind[version == 4] = IPV4
    kind[version == 6] = IPV6
    kind[~fits] = CUT
    return _without_mac(kind, at)


def _without_mac(kind: NDArray[np.int32], network: Positions) -> Links:
    none = np.zeros(kind.size, dtype=np.uint64)
    return Links(kind, network, none, none)


_LAYOUTS: dict[int, Callable[[Octets, Positions, Positions], Links]] = {
    0: _loopback,
    1: _ethernet,
    12: _raw,
    14: _raw,
    101: _raw,
    108: _loopback,
    113: _Cooked(header=16, protocol=14, hardware=2, address_length=5, address=6),
    228: _raw,
    229: _raw,
    276: _Cooked(header=20, protocol=0, hardware=8, address_length=11, address=12),
}
"""By LINKTYPE_ number."""
