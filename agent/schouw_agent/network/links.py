"""Link layers: where the network layer starts, and between which stations.

Sources: IEEE 802.3 clause 3, tcpdump.org/linktypes.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network import radio
from schouw_agent.network.layer import (
    CUT,
    ETHERNET,
    IPV4,
    IPV6,
    LLC,
    NO_TYPE,
    PPP,
    PPPOE,
    Octets,
    Positions,
)
from schouw_agent.numbers import one_of, overlapping
from schouw_agent.records import Interface

_ETHERTYPE_MIN = 0x0600
_ETHERNET_OCTETS, _FAMILY_OCTETS = 14, 4
_FAMILY_IPV4 = (2,)
_FAMILY_IPV6 = (10, 24, 28, 30)
"""AF_INET6 of Linux, NetBSD, FreeBSD and macOS."""
_HARDWARE_WITH_MAC = (1, 6, 772)
"""ARPHRD_ETHER, _IEEE802 and _LOOPBACK."""
_NFLOG_PAYLOAD = 9
_NFLOG_FIELDS_MAX = 32


@dataclass(slots=True)
class Links:
    """(N,) each: what the link layer of a frame says."""

    kind: NDArray[np.int32]
    """Ethertype, or a constant of `layer`."""
    network: Positions
    """Where what follows starts in the buffer."""
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
    kind[kind < _ETHERTYPE_MIN] = LLC
    if not every:
        kind[~fits] = CUT
        destination[~fits] = source[~fits] = 0
    return Links(kind, at + _ETHERNET_OCTETS, source, destination)


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
        kind[kind < _ETHERTYPE_MIN] = np.where(kind[kind < _ETHERTYPE_MIN] == 4, LLC, NO_TYPE)
        kind[~fits] = CUT
        source = wide[start + self.address].astype(np.uint64) >> np.uint64(16)
        station = one_of(pairs[start + self.hardware], _HARDWARE_WITH_MAC)
        source[~(fits & station & (octets[start + self.address_length] == 6))] = 0
        return Links(kind, at + self.header, source, np.zeros_like(source))


def _loopback(octets: Octets, at: Positions, captured: Positions) -> Links:
    """LINKTYPE_NULL and LINKTYPE_LOOP: a family in the byte order of whoever captured."""
    return _by_family(octets, at, captured, _FAMILY_OCTETS)


def _openbsd_ipsec(octets: Octets, at: Positions, captured: Positions) -> Links:
    """LINKTYPE_ENC: a family, two more numbers, and the packet as it was inside."""
    return _by_family(octets, at, captured, 12)


def _by_family(octets: Octets, at: Positions, captured: Positions, header: int) -> Links:
    fits = captured >= header
    number = overlapping(octets, "<u4")[np.where(fits, at, 0)].astype(np.int64)
    family = np.where(number > 0xFFFF, number >> 24, number)
    kind = np.full(at.size, NO_TYPE, dtype=np.int32)
    kind[one_of(family, _FAMILY_IPV4)] = IPV4
    kind[one_of(family, _FAMILY_IPV6)] = IPV6
    kind[~fits] = CUT
    return _without_mac(kind, at + header)


def _raw(octets: Octets, at: Positions, captured: Positions) -> Links:
    """LINKTYPE_RAW, _IPV4 and _IPV6: the version is in the first octet."""
    fits = captured >= 1
    version = octets[np.where(fits, at, 0)] >> 4
    kind = np.full(at.size, NO_TYPE, dtype=np.int32)
    kind[version == 4] = IPV4
    kind[version == 6] = IPV6
    kind[~fits] = CUT
    return _without_mac(kind, at)


@dataclass(frozen=True, slots=True)
class _Always:
    """Frames that hold one kind of thing behind a header that is not read."""

    kind: int
    header: int = 0

    def __call__(self, octets: Octets, at: Positions, captured: Positions) -> Links:  # noqa: ARG002
        """Return the kind for all frames that are long enough."""
        kind = np.where(captured > self.header, self.kind, CUT).astype(np.int32)
        return _without_mac(kind, at + self.header)


def _cisco_hdlc(octets: Octets, at: Positions, captured: Positions) -> Links:
    """Address, control and an ethertype."""
    fits = captured >= 4
    kind = overlapping(octets, ">u2")[np.where(fits, at, 0) + 2].astype(np.int32)
    kind[kind < _ETHERTYPE_MIN] = NO_TYPE
    kind[~fits] = CUT
    return _without_mac(kind, at + 4)


def _hdlc(octets: Octets, at: Positions, captured: Positions) -> Links:
    """PPP in frames like those of HDLC, or what Cisco makes of it."""
    found = _Always(PPP)(octets, at, captured)
    start = np.where(captured >= 4, at, 0)
    cisco = one_of(octets[start], (0x0F, 0x8F)) & (octets[start + 1] == 0) & (captured >= 4)
    other = _cisco_hdlc(octets, at, captured)
    found.kind[cisco], found.network[cisco] = other.kind[cisco], other.network[cisco]
    return found


def _nflog(octets: Octets, at: Positions, captured: Positions) -> Links:
    """LINKTYPE_NFLOG: fields of length, type and value; one of them is the packet."""
    kind = np.full(at.size, NO_TYPE, dtype=np.int32)
    network = at.copy()
    kind[captured < 4] = CUT
    rows = np.flatnonzero(captured >= 4)
    place = at[rows] + 4
    for _ in range(_NFLOG_FIELDS_MAX):
        fits = place + 4 <= at[rows] + captured[rows]
        rows, place = rows[fits], place[fits]
        if not rows.size:
            break
        # The byte order is that of the host that captured; hardly any is not little-endian now.
        pairs = overlapping(octets, "<u2")
        length = pairs[place].astype(np.int64)
        packet = pairs[place + 2] & 0x7FFF == _NFLOG_PAYLOAD
        network[rows[packet]] = place[packet] + 4
        found = rows[packet]
        inner = _raw(octets, network[found], at[found] + captured[found] - network[found])
        kind[found] = inner.kind
        usable = ~packet & (length >= 4)
        rows, place = rows[usable], (place + (length + 3 & ~3))[usable]
    return _without_mac(kind, network)


def _radio(header: Callable[[Octets, Positions, Positions], radio.Header]) -> "_Layout":
    """Return the layout of 802.11 behind a header that the receiver has put before it."""

    def layout(octets: Octets, at: Positions, captured: Positions) -> Links:
        end = at + captured
        return Links(*radio.parse(octets, at, end, header(octets, at, end)))

    return layout


def _ble(header: int) -> "_Layout":
    """Return the layout of Bluetooth Low Energy behind so many octets of the receiver."""

    def layout(octets: Octets, at: Positions, captured: Positions) -> Links:
        return Links(*radio.bluetooth(octets, at, at + captured, header))

    return layout


def _without_mac(kind: NDArray[np.int32], network: Positions) -> Links:
    none = np.zeros(kind.size, dtype=np.uint64)
    return Links(kind, network, none, none.copy())


_Layout = Callable[[Octets, Positions, Positions], Links]
_LAYOUTS: dict[int, _Layout] = {
    0: _loopback,
    1: _ethernet,
    9: _hdlc,
    12: _raw,
    14: _raw,
    50: _hdlc,
    51: _Always(PPPOE),
    100: _Always(LLC),
    101: _raw,
    104: _cisco_hdlc,
    105: _radio(radio.bare),
    106: _Always(LLC),
    108: _loopback,
    109: _openbsd_ipsec,
    113: _Cooked(header=16, protocol=14, hardware=2, address_length=5, address=6),
    119: _radio(radio.prism),
    127: _radio(radio.radiotap),
    163: _radio(radio.avs),
    166: _Always(PPP, header=2),
    192: _radio(radio.ppi),
    204: _Always(PPP, header=1),
    228: _raw,
    229: _raw,
    239: _nflog,
    240: _Always(ETHERNET, header=4),
    251: _ble(0),
    256: _ble(radio.BLE_HEADER_OCTETS),
    276: _Cooked(header=20, protocol=0, hardware=8, address_length=11, address=12),
}
"""By LINKTYPE_ number."""
_RADIO = frozenset({105, 119, 127, 163, 192, 251, 256})


def of_radio(interface: Interface) -> bool:
    """Tell whether an interface listened to the air, where the devices of passers-by are too."""
    return interface.link_type in _RADIO
