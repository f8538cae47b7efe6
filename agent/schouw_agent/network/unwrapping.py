"""Packets that are tunnels give way to what is inside them."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network import datagram_tunnels, ip_tunnels
from schouw_agent.network.layer import Layer, Octets
from schouw_agent.network.packets import Packets

DEPTH_MAX = 4
"""Tunnels within each other in one frame."""


def unwrap(
    octets: Octets,
    packets: Packets,
    layer: Layer,
    layer_rows: NDArray[np.int64],
    tunnels: Counter[str],
) -> tuple[NDArray[np.intp], Layer | None]:
    """Return which packets are no tunnels, and what is inside the others (None: there are none).

    `layer_rows`: for each packet the row of the layer that it came from.  What is inside has no MAC
    address unless it brings its own: the outer one is that of a router.
    """
    found = ip_tunnels.find(octets, packets) + datagram_tunnels.find(octets, packets)
    found = [each for each in found if each.row.size]
    everything = np.arange(packets.frame.size)
    if not found:
        return everything, None
    row = np.concatenate([each.row for each in found])
    for each in found:
        tunnels[each.name] += each.row.size
    order = np.argsort(row, kind="stable")
    row = row[order]
    inner = layer.take(layer_rows[row])
    inner.kind = np.concatenate([each.kind for each in found])[order]
    inner.network = np.concatenate([each.start for each in found])[order]
    inner.captured_end = packets.payload[row] + packets.captured[row]
    inner.wire_end = packets.payload[row] + packets.length[row]
    inner.source_mac = np.zeros(row.size, dtype=np.uint64)
    inner.destination_mac = np.zeros(row.size, dtype=np.uint64)
    number = np.concatenate([each.network for each in found])[order]
    named = inner.tunnel.astype(np.int64) * 0x9E37 + number + 1 & 0xFF_FFFF
    inner.tunnel = np.where(number >= 0, named, inner.tunnel).astype(np.uint32)
    rest = np.ones(everything.size, dtype=np.bool_)
    rest[row] = False
    return everything[rest], inner
