"""Flows that have ended, or run for long, as columns, and how their ends are written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schouw_agent.records import Endpoint, Flow


@dataclass(frozen=True, slots=True)
class FlowBatch:
    """Flows as columns of length N."""

    uid: Sequence[str]
    orig_mac: NDArray[np.uint64]
    """48 bits; 0 if the link shows none."""
    resp_mac: NDArray[np.uint64]
    orig_address: NDArray[np.uint8]
    """(N, 16); IPv4 as ::ffff:a.b.c.d."""
    resp_address: NDArray[np.uint8]
    orig_port: NDArray[np.uint16]
    resp_port: NDArray[np.uint16]
    transport: NDArray[np.uint8]
    """IP protocol number."""
    protocol: Sequence[str]
    server_name: Sequence[str]
    encryption: Sequence[str]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    orig_packets: NDArray[np.int64]
    resp_packets: NDArray[np.int64]
    orig_octets: NDArray[np.int64]
    resp_octets: NDArray[np.int64]
    missed_octets: NDArray[np.int64]
    serves: NDArray[np.bool_]
    """Since the flow began, more came from resp than from orig."""
    goes_on: NDArray[np.bool_]
    """Some of the flow was told before: this is what it has carried since."""

    def take(self, rows: NDArray[np.intp]) -> "FlowBatch":
        """Return some of the flows, in the order given, without their uids."""
        numbers = rows.tolist()
        taken: dict[str, Any] = {"uid": ()}
        for each in fields(self)[1:]:
            column = getattr(self, each.name)
            texts = not isinstance(column, np.ndarray)
            taken[each.name] = [column[n] for n in numbers] if texts else column[rows]
        return FlowBatch(**taken)

    def rows(self, *, named: bool = True) -> Iterator[Flow]:
        """Yield each flow as a record; `named` False leaves out the uids, which take time."""
        macs = [list(map(mac_text, each.tolist())) for each in (self.orig_mac, self.resp_mac)]
        addresses = [_texts(each) for each in (self.orig_address, self.resp_address)]
        ports = (self.orig_port.tolist(), self.resp_port.tolist())
        origs, resps = (map(Endpoint, *ends) for ends in zip(macs, addresses, ports, strict=True))
        yield from map(
            Flow,
            self.uid if named else repeat(""),
            origs,
            resps,
            [_TRANSPORTS.get(each) or f"ip-{each}" for each in self.transport.tolist()],
            self.protocol,
            self.server_name,
            self.encryption,
            self.start.tolist(),
            self.end.tolist(),
            self.orig_packets.tolist(),
            self.resp_packets.tolist(),
            self.orig_octets.tolist(),
            self.resp_octets.tolist(),
            self.missed_octets.tolist(),
        )


_TRANSPORTS = {1: "icmp", 6: "tcp", 17: "udp", 58: "icmp"}


def _texts(addresses: NDArray[np.uint8]) -> list[str]:
    octets = addresses.tobytes()
    return [address_text(octets[at : at + 16]) for at in range(0, len(octets), 16)]


@lru_cache(maxsize=4096)
def mac_text(number: int) -> str:
    """Return a MAC address in lower case with colons; empty for 0."""
    return number.to_bytes(6, "big").hex(":") if number else ""


@lru_cache(maxsize=4096)
def address_text(packed: bytes) -> str:
    """Return an IP address as text from 16 octets (IPv4 mapped into IPv6); empty for all zeros."""
    if packed[:12] == b"\0\0\0\0\0\0\0\0\0\0\xff\xff":
        return ".".join(map(str, packed[12:]))
    if not any(packed):
        return ""
    import ipaddress  # only IPv6 text needs it, and it is slow to import on a gateway

    return str(ipaddress.IPv6Address(packed))
