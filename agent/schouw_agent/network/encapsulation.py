"""Headers between the link and IP: VLAN tags, LLC, MPLS, PPPoE, PPP, and Ethernet once more.

Sources: IEEE 802.1Q clause 9, IEEE 802.2 and RFC 1042 (SNAP), RFC 3032 (MPLS), RFC 4385 (control
word), RFC 2516 (PPPoE), RFC 1661 and 1662 (PPP).
"""

from collections import Counter
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.layer import (
    ARP,
    CUT,
    ETHERNET,
    IPV4,
    IPV6,
    LLC,
    NO_TYPE,
    PPP,
    PPP_CONTROL,
    PPPOE,
    SNAP_CISCO,
    Layer,
    Octets,
    Rows,
)
from schouw_agent.numbers import distinct, one_of, overlapping

_ETHERTYPE_MIN = 0x0600
_TAGS = (0x8100, 0x88A8, 0x9100)
_MPLS = (0x8847, 0x8848)
_ROUNDS_MAX = 12
"""More headers in one frame than this are an attack on parsers."""
_LABELS_MAX = 8
_PPP_KINDS = {0x21: IPV4, 0x57: IPV6, 0x281: _MPLS[0], 0x283: _MPLS[1]}
_SNAP_ETHERTYPE, _SNAP_CISCO = 0xAAAA03_000000, 0xAAAA03_00000C


def follow(octets: Octets, layer: Layer, rows: Rows, tunnels: Counter[str]) -> None:
    """Move past such headers, in place; `tunnels` counts frames by the kind of tunnel met."""
    for _ in range(_ROUNDS_MAX):
        kind = layer.kind[rows]
        steps = _STEP[np.clip(kind, 0, _STEP.size - 1)]
        met = np.flatnonzero(steps)
        if not met.size:
            return
        rows, steps = rows[met], steps[met]
        for number in distinct(steps).tolist():
            name, step = _STEPS[number - 1]
            chosen = rows[steps == number]
            step(octets, layer, chosen)
            if name:
                tunnels[name] += chosen.size


def _fitting(layer: Layer, rows: Rows, length: int) -> Rows:
    """Return the rows of which so many octets were captured; the others become `CUT`."""
    fits = layer.network[rows] + length <= layer.captured_end[rows]
    if fits.all():
        return rows
    layer.kind[rows[~fits]] = CUT
    return rows[fits]


def _tag(octets: Octets, layer: Layer, rows: Rows) -> None:
    rows = _fitting(layer, rows, 4)
    kind = overlapping(octets, ">u2")[layer.network[rows] + 2].astype(np.int32)
    layer.network[rows] += 4
    layer.kind[rows] = np.where(kind < _ETHERTYPE_MIN, LLC, kind)


def _ethernet(octets: Octets, layer: Layer, rows: Rows) -> None:
    rows = _fitting(layer, rows, 14)
    at = layer.network[rows]
    wide = overlapping(octets, ">u8")
    layer.destination_mac[rows] = wide[at].astype(np.uint64) >> np.uint64(16)
    layer.source_mac[rows] = wide[at + 6].astype(np.uint64) >> np.uint64(16)
    kind = overlapping(octets, ">u2")[at + 12].astype(np.int32)
    layer.network[rows] += 14
    layer.kind[rows] = np.where(kind < _ETHERTYPE_MIN, LLC, kind)


def _llc(octets: Octets, layer: Layer, rows: Rows) -> None:
    """SNAP bears an ethertype; anything else is not IP."""
    layer.kind[rows] = NO_TYPE
    fits = layer.network[rows] + 8 <= layer.captured_end[rows]
    rows = rows[fits]
    head = overlapping(octets, ">u8")[layer.network[rows]].astype(np.uint64)
    organisation = head >> np.uint64(16)
    number = (head & np.uint64(0xFFFF)).astype(np.int32)
    plain = (organisation == _SNAP_ETHERTYPE) & (number >= _ETHERTYPE_MIN)
    cisco = organisation == _SNAP_CISCO
    layer.kind[rows[plain]] = number[plain]
    layer.kind[rows[cisco]] = SNAP_CISCO
    # The protocol number of Cisco's SNAP stays part of what follows.
    layer.network[rows[plain]] += 8
    layer.network[rows[cisco]] += 6


def _mpls(octets: Octets, layer: Layer, rows: Rows) -> None:
    """The first octet behind the label stack tells IP; a control word tells Ethernet."""
    for _ in range(_LABELS_MAX):
        rows = _fitting(layer, rows, 4)
        bottom = octets[layer.network[rows] + 2] & 1 != 0
        layer.network[rows] += 4
        _behind_labels(octets, layer, _fitting(layer, rows[bottom], 1))
        rows = rows[~bottom]
        if not rows.size:
            return
    layer.kind[rows] = NO_TYPE


def _behind_labels(octets: Octets, layer: Layer, rows: Rows) -> None:
    at = layer.network[rows]
    version = octets[at] >> 4
    kind = np.full(rows.size, NO_TYPE, dtype=np.int32)
    kind[version == 4] = IPV4
    kind[version == 6] = IPV6
    wire = np.flatnonzero((version == 0) & (at + 18 <= layer.captured_end[rows]))
    inner = overlapping(octets, ">u2")[at[wire] + 16]
    kind[wire[one_of(inner, (IPV4, IPV6, ARP, *_TAGS))]] = ETHERNET
    layer.network[rows[kind == ETHERNET]] += 4
    layer.kind[rows] = kind


def _pppoe(octets: Octets, layer: Layer, rows: Rows) -> None:
    rows = _fitting(layer, rows, 8)
    at = layer.network[rows]
    end = at + 6 + overlapping(octets, ">u2")[at + 4]
    session = (octets[at] == 0x11) & (octets[at + 1] == 0) & (end <= layer.wire_end[rows])
    layer.kind[rows] = np.where(session, PPP, NO_TYPE)
    rows, end = rows[session], end[session]
    layer.network[rows] += 6
    layer.wire_end[rows] = end
    layer.captured_end[rows] = np.minimum(layer.captured_end[rows], end)


def _ppp(octets: Octets, layer: Layer, rows: Rows) -> None:
    """Address, control and the upper half of the protocol may be left out."""
    rows = _fitting(layer, rows, 2)
    at = layer.network[rows]
    framed = (octets[at] == 0xFF) & (octets[at + 1] == 3)
    layer.network[rows[framed]] += 2
    rows = _fitting(layer, rows, 2)
    at = layer.network[rows]
    short = octets[at] & 1 != 0
    protocol = np.where(short, octets[at], overlapping(octets, ">u2")[at])
    layer.network[rows] += np.where(short, 1, 2)
    kind = np.full(rows.size, PPP_CONTROL, dtype=np.int32)
    for number, known in _PPP_KINDS.items():
        kind[protocol == number] = known
    layer.kind[rows] = kind


Step = Callable[[Octets, Layer, Rows], None]
_STEPS: tuple[tuple[str, Step], ...] = (
    ("", _tag),
    ("", _ethernet),
    ("", _llc),
    ("mpls", _mpls),
    ("pppoe", _pppoe),
    ("", _ppp),
)


def _table() -> NDArray[np.uint8]:
    """Return the number of the step for each kind, counted from 1; 0 where there is none."""
    table = np.zeros(0x1_0010, dtype=np.uint8)
    kinds = (_TAGS, (ETHERNET,), (LLC,), _MPLS, (PPPOE,), (PPP,))
    for number, each in enumerate(kinds, 1):
        table[list(each)] = number
    return table


_STEP = _table()
