"""Tunnels right above IP: GRE with all it carries, IP in IP, MPLS in IP and EtherIP.

Sources: RFC 2784 and 2890 (GRE), RFC 2637 (PPTP), RFC 7637 (NVGRE), draft-foschiano-erspan-03,
RFC 2003 and 4213 (IP in IP), RFC 4023 (MPLS in IP), RFC 3378 (EtherIP).
"""

import numpy as np
from numpy.typing import NDArray

from schouw_agent.network.layer import ETHERNET, IPV4, IPV6, PPP, Octets
from schouw_agent.network.packets import Packets
from schouw_agent.network.tunnels import (
    MPLS,
    NO_NETWORK,
    TRANSPARENT_ETHERNET,
    Opened,
    plausible,
)
from schouw_agent.numbers import overlapping

_IP_IN_IP, _IPV6_IN_IP, _GRE, _ETHER_IP, _MPLS_IN_IP = 4, 41, 47, 97, 137
_PPP_IN_GRE, _ERSPAN, _ERSPAN_3 = 0x880B, 0x88BE, 0x22EB
_CHECKSUM, _ROUTING, _KEY, _SEQUENCE, _ACKNOWLEDGEMENT = 0x8000, 0x4000, 0x2000, 0x1000, 0x0080


def find(octets: Octets, packets: Packets) -> list[Opened]:
    """Return the packets that are such tunnels."""
    if _PLAIN[packets.protocol].all():
        return []
    found = []
    for number, kind, name in (
        (_IP_IN_IP, IPV4, "ip_in_ip"),
        (_IPV6_IN_IP, IPV6, "ip_in_ip"),
        (_MPLS_IN_IP, MPLS, "mpls"),
        (_ETHER_IP, ETHERNET, "ether_ip"),
    ):
        rows = np.flatnonzero(packets.protocol == number)
        header = 2 if kind == ETHERNET else 0
        start = packets.payload[rows] + header
        kinds = np.full(rows.size, kind, dtype=np.int32)
        none = np.full(rows.size, NO_NETWORK, dtype=np.int64)
        end = packets.payload[rows] + packets.captured[rows]
        fits = plausible(octets, kinds, start, end)
        if header:
            fits &= octets[np.minimum(packets.payload[rows], octets.size - 8)] == 0x30
        found.append(Opened(rows[fits], kinds[fits], start[fits], none[fits], name))
    rows = np.flatnonzero((packets.protocol == _GRE) & (packets.captured >= 4))
    if rows.size:
        found.append(_gre(octets, packets, rows))
    return found


def _gre(octets: Octets, packets: Packets, rows: NDArray[np.intp]) -> Opened:
    at = packets.payload[rows]
    end = at + packets.captured[rows]
    pairs = overlapping(octets, ">u2")
    flags, protocol = pairs[at].astype(np.int64), pairs[at + 2].astype(np.int32)
    version = flags & 7
    keyed, numbered = flags & _KEY != 0, flags & _SEQUENCE != 0
    old = version == 0
    start = at + 4 + 4 * (old & (flags & _CHECKSUM != 0))
    key_at = start.copy()
    start += 4 * keyed + 4 * numbered + 4 * (~old & (flags & _ACKNOWLEDGEMENT != 0))
    kind = protocol.copy()
    kind[protocol == TRANSPARENT_ETHERNET] = ETHERNET
    kind[protocol == _PPP_IN_GRE] = PPP
    mirrored = (protocol == _ERSPAN) | (protocol == _ERSPAN_3)
    kind[mirrored] = ETHERNET
    start += 8 * ((protocol == _ERSPAN) & numbered)
    third = np.flatnonzero((protocol == _ERSPAN_3) & (start + 12 <= end))
    start[third] += 12 + 8 * (octets[start[third] + 11] & 1)
    fits = (old & (flags & _ROUTING == 0)) | ((version == 1) & (protocol == _PPP_IN_GRE))
    fits &= plausible(octets, kind, start, end)
    network = np.full(rows.size, NO_NETWORK, dtype=np.int64)
    named = np.flatnonzero(fits & old & keyed)
    key = overlapping(octets, ">u4")[key_at[named]].astype(np.int64)
    # NVGRE: the upper 24 bits name the network, the lower 8 only spread the flows.
    network[named] = np.where(protocol[named] == TRANSPARENT_ETHERNET, key >> 8, key)
    return Opened(rows[fits], kind[fits], start[fits], network[fits], "gre")


def _plain() -> NDArray[np.bool_]:
    plain = np.ones(256, dtype=np.bool_)
    plain[[_IP_IN_IP, _IPV6_IN_IP, _GRE, _ETHER_IP, _MPLS_IN_IP]] = False
    return plain


_PLAIN = _plain()
