"""Devices for tests of the inventory: what they are heard to say, and what they are found to be."""

from collections.abc import Mapping
from typing import Any

from schouw_agent.inventory.freeze import freeze
from schouw_agent.inventory.inventory import Inventory
from schouw_agent.recognition.classification import Classified
from schouw_agent.records import Delivery, Endpoint, FlowReference, Match, Message
from schouw_agent.report import Device
from tests.agent.flow_records import ROUTER, START, VIEWER, end, flow_of

__all__ = ["CAMERA", "GROUP", "NOBODY", "ROUTER", "SERVER", "VIEWER", "device_with", "end",
           "flow_of", "found_to_be", "heard", "known_by", "told"]  # fmt: skip
CAMERA = Endpoint("00:00:5e:00:53:03", "192.0.2.3", 40001)
SERVER = Endpoint("02:00:00:00:00:0a", "192.0.2.10", 1883)
GROUP = Endpoint("01:00:5e:00:00:fb", "224.0.0.251", 5353)
NOBODY = Endpoint("", "", 0)


def heard(
    inventory: Inventory, protocol: str, kind: str, fields: Mapping[str, Any], *,
    orig: Endpoint = CAMERA, resp: Endpoint = GROUP, from_orig: bool = True,
    transport: str = "udp", found: Classified | None = None,
) -> None:  # fmt: skip
    flow = FlowReference("f", orig, resp, transport)
    message = Message(protocol, kind, fields, b"", 8)
    inventory.message(Delivery(flow, message, START, from_orig), found)


def told(inventory: Inventory, protocol: str, identity: Mapping[str, Any], **more: Any) -> None:
    heard(inventory, protocol, "identity", {"identity": identity}, **more)


def found_to_be(*categories: str, **more: Any) -> Classified:
    matches = tuple(Match("value", c, 0.9, ("field_name",), "number") for c in categories)
    return Classified(format=more.pop("format", "json"), matches=matches, **more)


def known_by(device: Device) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for identifier in device.identifiers:
        known.setdefault(identifier.kind, []).append(identifier.value)
    return known


def device_with(inventory: Inventory, mac: str) -> Device:
    [found] = [d for d in freeze(inventory) if mac in known_by(d).get("mac", ())]
    return found
