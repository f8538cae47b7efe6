"""Blocks of a TPACKET_V3 ring become blocks of frames, read where the kernel has put them.

Source: linux/if_packet.h, Documentation/networking/packet_mmap.rst.
"""

import struct
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from schouw_agent.capture.hardware import COOKED, ETHERNET
from schouw_agent.numbers import overlapping
from schouw_agent.records import FrameBlock, Interface

HEADROOM_OCTETS = 20
"""To be reserved before each frame, for a tag or a cooked header."""
# Of struct tpacket3_hdr, and of struct sockaddr_ll behind it.
_SECONDS, _NANOSECONDS, _CAPTURED, _ON_WIRE, _STATUS = 4, 8, 12, 16, 20
_MAC, _NETWORK, _TAG, _TAG_PROTOCOL = 24, 26, 32, 36
_ADDRESS = 48
_PROTOCOL, _INDEX, _HARDWARE, _KIND, _STATION_OCTETS, _STATION = (
    _ADDRESS + each for each in (2, 4, 8, 10, 11, 12)
)
_TAG_VALID, _TAG_PROTOCOL_VALID = 1 << 4, 1 << 6
_TAG_OCTETS, _ADDRESSES_OCTETS, _COOKED_OCTETS = 4, 12, 16
_VLAN = 0x8100
_STEP = struct.Struct("=I").unpack_from

Octets = NDArray[np.uint8]
Positions = NDArray[np.int64]


def frames(
    octets: Octets,
    chains: Sequence[tuple[int, int]],
    interfaces: tuple[Interface, ...],
    numbers: Mapping[int, int],
    shunted_octets: int,
) -> FrameBlock:
    """Return the frames of some blocks of the ring, over its own octets.

    `chains` tells of each block how many frames it holds and where the first header is; `numbers`
    tells for the index of an interface which one of `interfaces` it is.  What the kernel took out
    of a frame, or never put into it, is written before it: the VLAN tag, and a cooked header where
    the link layer is not known.
    A frame that was cut to `shunted_octets` counts as shunted.
    """
    at = np.array(_headers(octets, chains), dtype=np.int64)
    words, halves = overlapping(octets, "=u4"), overlapping(octets, "=u2")
    captured = words[at + _CAPTURED]
    wire = words[at + _ON_WIRE]
    time = words[at + _SECONDS].astype(np.int64) * 1_000_000_000
    time += words[at + _NANOSECONDS]
    offset = at + halves[at + _MAC]
    shunted = np.count_nonzero((captured == shunted_octets) & (wire > shunted_octets))
    interface = _interface(words[at + _INDEX], numbers)
    link_types = np.array([each.link_type for each in interfaces])[interface]
    _put_tags(octets, at, offset, captured, wire, link_types == ETHERNET)
    cooked = np.flatnonzero(link_types == COOKED)
    if cooked.size:
        _put_cooked(octets, at[cooked])
        network = at[cooked] + halves[at[cooked] + _NETWORK]
        grown = (_COOKED_OCTETS - (network - offset[cooked])).astype(np.int64)
        captured[cooked] = np.maximum(captured[cooked] + grown, _COOKED_OCTETS)
        wire[cooked] = np.maximum(wire[cooked] + grown, captured[cooked])
        offset[cooked] = network - _COOKED_OCTETS
    return FrameBlock(
        octets=octets,
        offset=offset,
        captured_length=captured,
        wire_length=wire,
        time=time,
        interface=interface,
        interfaces=interfaces,
        shunted=int(shunted),
    )


def _headers(octets: Octets, chains: Sequence[tuple[int, int]]) -> list[int]:
    """Return where the headers of the frames lie: each says how far the next one is."""
    data = octets.data
    found: list[int] = []
    append = found.append
    for count, at in chains:
        for _ in range(count):
            append(at)
            at += _STEP(data, at)[0]
    return found


def _interface(index: NDArray[np.uint32], numbers: Mapping[int, int]) -> NDArray[np.uint16]:
    found = np.zeros(index.size, dtype=np.uint16)
    if len(set(numbers.values())) > 1:
        for each, number in numbers.items():
            found[index == each] = number
    return found


def _put_tags(
    octets: Octets,
    at: Positions,
    offset: Positions,
    captured: NDArray[np.uint32],
    wire: NDArray[np.uint32],
    ethernet: NDArray[np.bool_],
) -> None:
    """Put VLAN tags back where they were, in place: the addresses move to make room."""
    status = overlapping(octets, "=u4")[at + _STATUS]
    rows = np.flatnonzero((status & _TAG_VALID != 0) & ethernet & (captured >= _ADDRESSES_OCTETS))
    if not rows.size:
        return
    halves, pairs = overlapping(octets, "=u2"), overlapping(octets, ">u2")
    header, start = at[rows], offset[rows]
    addresses = overlapping(octets, f"V{_ADDRESSES_OCTETS}")
    addresses[start - _TAG_OCTETS] = addresses[start]
    known = status[rows] & _TAG_PROTOCOL_VALID != 0
    pairs[start + 8] = np.where(known, halves[header + _TAG_PROTOCOL], _VLAN)
    pairs[start + 10] = halves[header + _TAG]
    offset[rows] -= _TAG_OCTETS
    captured[rows] += _TAG_OCTETS
    wire[rows] += _TAG_OCTETS


def _put_cooked(octets: Octets, header: Positions) -> None:
    """Write a cooked header (LINKTYPE_LINUX_SLL) before the network layer of each frame."""
    halves, pairs = overlapping(octets, "=u2"), overlapping(octets, ">u2")
    start = header + halves[header + _NETWORK] - _COOKED_OCTETS
    pairs[start] = octets[header + _KIND]
    pairs[start + 2] = halves[header + _HARDWARE]
    pairs[start + 4] = octets[header + _STATION_OCTETS]
    stations = overlapping(octets, "V8")
    stations[start + 6] = stations[header + _STATION]
    # The only field that is in network byte order already.
    pairs[start + 14] = pairs[header + _PROTOCOL]
