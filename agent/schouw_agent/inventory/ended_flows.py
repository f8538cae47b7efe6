"""What the inventory learns from flows that ended or run for long: who sent how much to whom."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from schouw_agent.inventory.emissions import EmissionKey, EmissionState
from schouw_agent.inventory.flow_batch import FlowBatch
from schouw_agent.inventory.flow_groups import FlowGroup, groups
from schouw_agent.inventory.stations import StationKey, goes_to_group
from schouw_agent.inventory.stream_shape import Shapes, shapes_of
from schouw_agent.privacy.minimise import minimise_host
from schouw_agent.records import ENCRYPTED, NOT_READ, UNKNOWN_PROTOCOL, Match
from schouw_agent.report import Direction

if TYPE_CHECKING:
    from schouw_agent.inventory.inventory import Inventory

# Infrastructure of the network itself: who gives names or addresses receives no data of a sensor.
INFRASTRUCTURE = frozenset(
    {"dhcp", "dhcpv6", "dns", "icmp", "igmp", "llmnr", "mdns", "netbios", "ntp", "ssdp",
     "ws_discovery"}
)  # fmt: skip


RECOGNISED = frozenset(
    {("dahua", "tcp"), ("dnp3", "tcp"), ("dnp3", "udp"), ("iec60870", "tcp"), ("netbios", "tcp"),
     ("opcua", "tcp"), ("radius", "udp"), ("smtp", "tcp"),
     ("stun", "tcp"), ("telnet", "tcp")}
)  # fmt: skip
"""Protocol and transport of flows that are told by name, and whose content is not read."""


class Opaque(NamedTuple):
    """What is gathered of the flows of a batch that nobody could read."""

    counted: dict[int, tuple[EmissionState, list[tuple[int, int, int]]]]
    """By identity: an emission, and what it counts of this batch: place, octets and time."""
    shapes: Mapping[Direction, Shapes]


def account(inventory: "Inventory", batch: FlowBatch) -> None:
    """Account for flows, in their order."""
    shapes: dict[Direction, Shapes] = {
        "sent": shapes_of(batch, sent=True), "served": shapes_of(batch, sent=False)
    }  # fmt: skip
    opaque = Opaque({}, shapes)
    for group in groups(batch):
        _alike(inventory, group, opaque)
    for state, counted in opaque.counted.values():
        # Groups may share an emission, whose rhythm is that of all its flows.
        for _, octets, time in sorted(counted):
            inventory.accounts.note(state.row, octets, time)


def _alike(inventory: "Inventory", group: FlowGroup, opaque: Opaque) -> None:
    flow, count = group.flow, len(group.places)
    orig = StationKey(flow.orig.mac, flow.orig.address)
    resp = StationKey(flow.resp.mac, flow.resp.address)
    for station, packets, octets in (
        (orig, flow.orig_packets, flow.orig_octets),
        (resp, flow.resp_packets, flow.resp_octets),
    ):
        if packets:
            state = inventory.stations.state(station, count)
            state.packets += packets
            state.octets += octets
            state.seen(flow.start, flow.end)
    inventory.stations.state(orig, count).missed_octets += flow.missed_octets
    if flow.protocol == "ntp" and flow.resp_packets:
        inventory.stations.state(resp).parts.add("time server")
    told_alone = (flow.protocol, flow.transport) in RECOGNISED
    if (
        (flow.protocol in INFRASTRUCTURE and not told_alone)
        or flow.transport == "icmp"
        or goes_to_group(resp)
    ):
        return
    _recipient(inventory, orig, flow.server_name, resp, group, flow.orig_octets)
    if flow.protocol not in ("http", "rtsp"):
        _recipient(inventory, resp, "", orig, group, flow.resp_octets)
    if flow.encryption or told_alone or flow.protocol == "unknown":
        _opaque(inventory, group, orig, resp, opaque)


def _recipient(
    inventory: "Inventory",
    sender: StationKey,
    name: str,
    to: StationKey,
    group: FlowGroup,
    octets: int,
) -> None:
    number = inventory.ended_flows + group.last
    if octets and not inventory.recipients.add(sender, name, to, group.flow, octets, number):
        inventory.overflowed += len(group.places)


def _opaque(
    inventory: "Inventory",
    group: FlowGroup,
    orig: StationKey,
    resp: StationKey,
    opaque: Opaque,
) -> None:
    """Account for flows that nobody could read: they are not assessable, and not clean."""
    flow = group.flow
    reason = UNKNOWN_PROTOCOL if flow.protocol == "unknown" else NOT_READ
    reason = ENCRYPTED if flow.encryption else reason
    channel = flow.encryption or f"{flow.transport} {flow.resp.port}"
    host = minimise_host(flow.server_name)
    ends: tuple[tuple[StationKey, StationKey, Sequence[int], Direction], ...] = (
        (orig, resp, group.orig_octets, "sent"),
        (resp, orig, group.resp_octets, "served"),
    )
    for sender, to, octets, direction in ends:
        # A server that mostly answers is no source of data; one that mostly sends is.
        if not octets[0] or (direction == "served" and not group.serves):
            continue
        flows = 0 if group.goes_on else len(octets)
        inventory.stations.state(sender).not_understood(reason, flows, 0, sum(octets))
        key = EmissionKey(
            "opaque_payload", "", flow.protocol, channel, direction, False,
            host if direction == "sent" else "", to.address,
            flow.resp.port if direction == "sent" else 0,
        )  # fmt: skip
        state = inventory.state(sender, key, len(octets))
        if state is not None:
            state.weigh(Match("", "opaque_payload", 1.0, ("value_structure",), reason))
            if group.goes_on and state.counted().messages:
                # It is no further connection, so that no interval lies between the two.
                state.carried(sum(octets), flow.end)
            else:
                counted = opaque.counted.setdefault(id(state), (state, []))[1]
                counted.extend(zip(group.places, octets, group.ends, strict=True))
            inventory.opaque.add(sender, key, group, opaque.shapes[direction])
