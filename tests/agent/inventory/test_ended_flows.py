"""Flows that have ended: the inventory learns the same however many of them come together."""

import random
from dataclasses import replace

import numpy as np

from schouw_agent.inventory.freeze import freeze
from schouw_agent.inventory.inventory import Inventory
from tests.agent.flow_records import (
    BROKER,
    CLOUD,
    SECOND,
    SENSOR,
    START,
    VIEWER,
    batch_of,
    end,
    flow_of,
)


def test_flows_count_the_same_one_by_one_and_together() -> None:
    chance = random.Random(5)
    ends = [SENSOR, BROKER, VIEWER, CLOUD]
    flows = []
    for number in range(300):
        orig, resp = chance.sample(ends, 2)
        protocol, encryption = chance.choice(
            [("unknown", ""), ("tls", "tls 1.3"), ("tls", "tls 1.2"), ("mqtt", ""), ("dns", "")]
        )
        first = START + chance.randrange(90) * SECOND
        flows.append(
            flow_of(
                orig, resp, protocol=protocol, encryption=encryption, start=first,
                transport=chance.choice(["tcp", "udp", "icmp"]),
                server_name=chance.choice(["", "data.example.org"]) if encryption else "",
                end=first + chance.randrange(4000) * SECOND // 7, resp_packets=number % 2,
                orig_octets=chance.choice([0, 10, 500]), resp_octets=chance.choice([0, 90, 700]),
                missed_octets=number % 3,
            )
        )  # fmt: skip
    dumps = []
    for size in (1, 7, 300):
        inventory = Inventory()
        for at in range(0, len(flows), size):
            end(inventory, *flows[at : at + size])
        dumps.append([d.model_dump() for d in freeze(inventory)])
    assert dumps[0] == dumps[1] == dumps[2]
    assert sum(device["coverage"]["packets"] for device in dumps[0]) == 300 * 10 + 150


def test_what_was_only_recognised_is_told_as_not_read() -> None:
    inventory = Inventory()
    flow = flow_of(SENSOR, CLOUD, protocol="dnp3", encryption="", transport="tcp", orig_octets=500)
    end(inventory, flow)
    (device,) = (each for each in freeze(inventory) if each.emissions)
    (emission,) = device.emissions
    assert (emission.category, emission.protocol) == ("opaque_payload", "dnp3")
    assert emission.form == "not_read"
    assert [row.reason for row in device.coverage.undecoded] == ["not_read"]


def test_a_flow_that_is_told_in_parts_is_one_connection() -> None:
    """A camera that sends for four hours has not connected eight times, every half an hour."""
    parts = [
        flow_of(
            SENSOR, CLOUD, protocol="tls", encryption="tls 1.3", server_name="data.example.org",
            start=START + number * 1800 * SECOND, end=START + (number + 1) * 1800 * SECOND,
        )
        for number in range(10)
    ]  # fmt: skip
    inventory = Inventory()
    for number, part in enumerate(parts):
        # In one part more comes back than is sent, and yet the server is no source.
        batch = batch_of(part._replace(resp_octets=5000 if number == 4 else 100))
        batch = replace(batch, serves=np.array([False]), goes_on=np.array([number > 0]))
        inventory.flows(batch)
    (device,) = (each for each in freeze(inventory) if each.emissions)
    (emission,) = device.emissions
    assert (emission.messages, emission.octets, sum(emission.intervals)) == (1, 10_000, 0)
    assert emission.returned_octets == 5_900
    assert emission.consistent_with == ""
    assert (emission.last_seen - emission.first_seen).total_seconds() == 9 * 1800
    assert device.coverage.packets == 100
    assert [(row.flows, row.octets) for row in device.coverage.undecoded] == [(1, 10_000)]


def test_what_only_later_carries_something_is_one_connection_too() -> None:
    inventory = Inventory()
    for number in range(3):
        flow = flow_of(
            SENSOR, CLOUD, protocol="unknown", orig_octets=1000 * (number > 0), resp_octets=0
        )
        inventory.flows(replace(batch_of(flow), goes_on=np.array([number > 0])))
    (device,) = (each for each in freeze(inventory) if each.emissions)
    assert [(each.messages, each.octets) for each in device.emissions] == [(1, 2000)]
