"""Flows as the records that other stages see."""

import struct
from collections.abc import Mapping, Sequence
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from schouw_agent.inventory.flow_batch import FlowBatch, address_text, mac_text
from schouw_agent.network.columns import Columns
from schouw_agent.network.packets import ESP, ICMP, ICMP_6, TCP, UDP
from schouw_agent.plugins import PortHint
from schouw_agent.records import Endpoint, FlowReference, flow_uid

_ADDRESS = struct.Struct(">QQ")
_IDENTITY = struct.Struct(">QQQQHHBIq")
"""Ends, protocol, tunnel and start."""
_IGMP = 2
_TRANSPORTS = {ICMP: "icmp", TCP: "tcp", UDP: "udp", ICMP_6: "icmp"}


class Outcome(NamedTuple):
    """What the decoder of a flow has found out about it."""

    protocol: str
    server_name: str
    encryption: str


NO_OUTCOME = Outcome("unknown", "", "")
_KNOWN_BY_NUMBER = {
    ICMP: Outcome("icmp", "", ""),
    _IGMP: Outcome("igmp", "", ""),
    ICMP_6: Outcome("icmp", "", ""),
    ESP: Outcome("ipsec", "", "ipsec"),
}
"""IP protocols that are what they are: nothing in them is read."""


class Uids(Sequence[str]):
    """The uids of many flows, each computed when it is asked for."""

    def __init__(self, identities: NDArray[np.uint8]) -> None:
        self._identities = identities

    def __len__(self) -> int:
        return len(self._identities)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> "Uids": ...
    def __getitem__(self, index: int | slice) -> "str | Uids":
        if isinstance(index, slice):
            return Uids(self._identities[index])
        return flow_uid(self._identities[index].tobytes())


def batch(columns: Columns, flows: NDArray[np.int64], outcomes: Mapping[int, Outcome]) -> FlowBatch:
    """Return these flows as columns, in the order given."""
    found = [NO_OUTCOME] * flows.size
    if outcomes:
        found = [outcomes.get(flow, NO_OUTCOME) for flow in flows.tolist()]
    for number, outcome in _KNOWN_BY_NUMBER.items():
        for row in np.flatnonzero(columns.protocol[flows] == number).tolist():
            found[row] = outcome
    upper = columns.orig_upper[flows]
    orig, resp = 2 * flows + upper, 2 * flows + ~upper
    orig_address, resp_address = _addresses(columns, flows)
    orig_port, resp_port = _ports(columns, flows)
    return FlowBatch(
        uid=Uids(_identities(columns, flows)),
        orig_mac=columns.mac[orig],
        resp_mac=columns.mac[resp],
        orig_address=orig_address,
        resp_address=resp_address,
        orig_port=orig_port,
        resp_port=resp_port,
        transport=columns.protocol[flows],
        protocol=[each.protocol for each in found],
        server_name=[each.server_name for each in found],
        encryption=[each.encryption for each in found],
        start=columns.start[flows],
        end=columns.end[flows],
        orig_packets=columns.packets[orig],
        resp_packets=columns.packets[resp],
        orig_octets=columns.octets[orig],
        resp_octets=columns.octets[resp],
        missed_octets=columns.gap[flows] + columns.cut[flows],
        serves=columns.octets[resp] > columns.octets[orig],
        goes_on=np.zeros(flows.size, dtype=np.bool_),
    )


def port_hint(columns: Columns, flow: int) -> PortHint:
    """Return what the ports of a flow of TCP or UDP hint at."""
    ports = columns.ends.item(flow, 4) >> 8
    orig, resp = ports >> 16 & 0xFFFF, ports & 0xFFFF
    if columns.orig_upper.item(flow):
        orig, resp = resp, orig
    return PortHint(_TRANSPORTS[columns.protocol.item(flow)], orig, resp)


def reference(columns: Columns, flow: int, frame: int) -> FlowReference:
    """Return what is known at a certain frame of a flow that still runs."""
    *address, rest = columns.ends[flow].tolist()
    ends = [
        Endpoint(
            mac_text(columns.mac.item(side) if columns.mac_frame.item(side) <= frame else 0),
            address_text(_ADDRESS.pack(*address[at : at + 2])),
            port & 0xFFFF,
        )
        for side, at, port in ((2 * flow, 0, rest >> 24), (2 * flow + 1, 2, rest >> 8))
    ]
    upper = columns.orig_upper.item(flow)
    if upper:
        address = address[2:] + address[:2]
        ends.reverse()
    orig, resp = ends
    number = columns.protocol.item(flow)
    start = columns.start.item(flow)
    identity = _IDENTITY.pack(*address, orig.port, resp.port, number, rest >> 40, start)
    return FlowReference(identity, orig, resp, _TRANSPORTS.get(number) or f"ip-{number}")


def _addresses(
    columns: Columns, flows: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    octets = columns.ends[flows].astype(">u8").view(np.uint8)
    lower, upper = octets[:, :16], octets[:, 16:32]
    swap = columns.orig_upper[flows][:, np.newaxis]
    return np.where(swap, upper, lower), np.where(swap, lower, upper)


def _ports(
    columns: Columns, flows: NDArray[np.int64]
) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    packed = columns.ends[flows, 4]
    lower = (packed >> np.uint64(24)).astype(np.uint16)
    upper = (packed >> np.uint64(8) & np.uint64(0xFFFF)).astype(np.uint16)
    swap = columns.orig_upper[flows]
    return np.where(swap, upper, lower), np.where(swap, lower, upper)


def _identities(columns: Columns, flows: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return what tells one flow from all others: ends, protocol, tunnel and start."""
    found = np.zeros((flows.size, _IDENTITY.size), dtype=np.uint8)
    orig, resp = _addresses(columns, flows)
    found[:, :16], found[:, 16:32] = orig, resp
    ports = np.stack(_ports(columns, flows), axis=1).astype(">u2")
    found[:, 32:36] = np.ascontiguousarray(ports).view(np.uint8).reshape(-1, 4)
    found[:, 36] = columns.protocol[flows]
    tunnel = (columns.ends[flows, 4] >> np.uint64(40)).astype(">u4")
    found[:, 37:41] = tunnel.view(np.uint8).reshape(-1, 4)
    found[:, 41:] = columns.start[flows].astype(">i8").view(np.uint8).reshape(-1, 8)
    return found
