"""Flows between invented machines, and how the inventory learns that they have ended."""

from typing import Any

import numpy as np

from schouw_agent.inventory.flow_batch import FlowBatch
from schouw_agent.inventory.inventory import Inventory
from schouw_agent.records import Endpoint, Flow

SECOND = 1_000_000_000
START = 1_778_000_000 * SECOND
SENSOR = Endpoint("02:00:00:00:00:01", "192.0.2.11", 40001)
BROKER = Endpoint("02:00:00:00:00:0a", "192.0.2.10", 1883)
VIEWER = Endpoint("02:00:00:00:00:14", "192.0.2.20", 40002)
ROUTER = "02:00:00:00:00:fe"
CLOUD = Endpoint(ROUTER, "203.0.113.7", 443)


def flow_of(orig: Endpoint, resp: Endpoint, **changes: Any) -> Flow:
    return Flow(
        **{
            "uid": "f", "orig": orig, "resp": resp, "transport": "tcp", "protocol": "mqtt",
            "server_name": "", "encryption": "", "start": START, "end": START + 60 * SECOND,
            "orig_packets": 10, "resp_packets": 5, "orig_octets": 1000, "resp_octets": 100,
            "missed_octets": 0, **changes,
        }
    )  # fmt: skip


def end(inventory: Inventory, *flows: Flow) -> None:
    """Let the inventory know of flows that have ended."""
    inventory.flows(batch_of(*flows))


def batch_of(*flows: Flow) -> FlowBatch:
    """Return flows as columns."""
    ends = [[getattr(flow, end) for flow in flows] for end in ("orig", "resp")]
    numbers = ("start", "end", "orig_packets", "resp_packets", "orig_octets", "resp_octets")
    return FlowBatch(
        [flow.uid for flow in flows],
        *(np.array([int(e.mac.replace(":", ""), 16) for e in each], np.uint64) for each in ends),
        *(np.array([_packed(e.address) for e in each], np.uint8) for each in ends),
        *(np.array([e.port for e in each], np.uint16) for each in ends),
        np.array([{"icmp": 1, "tcp": 6, "udp": 17}[flow.transport] for flow in flows], np.uint8),
        *([getattr(f, name) for f in flows] for name in ("protocol", "server_name", "encryption")),
        *(np.array([getattr(f, name) for f in flows]) for name in (*numbers, "missed_octets")),
        np.array([flow.resp_octets > flow.orig_octets for flow in flows], np.bool_),
        np.zeros(len(flows), np.bool_),
    )


def _packed(address: str) -> list[int]:
    return [*[0] * 10, 255, 255, *map(int, address.split("."))]
