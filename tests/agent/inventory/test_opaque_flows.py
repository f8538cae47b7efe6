"""Encrypted flows: to whom, by what program, how much each way, in what rhythm and shape."""

from collections.abc import Mapping
from typing import Any

import pytest

from schouw_agent.inventory import opaque_flows as module
from schouw_agent.inventory.freeze import freeze
from schouw_agent.inventory.inventory import Inventory
from schouw_agent.records import Delivery, Endpoint, FlowReference, Message
from schouw_agent.report import Emission
from tests.agent.flow_records import SECOND, START, end, flow_of

CAMERA = Endpoint("02:00:00:00:00:03", "192.0.2.3", 40001)
CLOUD = Endpoint("02:00:00:00:00:fe", "203.0.113.7", 443)
JA4 = "t13d1516h2_8daaf6152771_02713d6af862"


def _ended(inventory: Inventory, at: int, **changes: Any) -> None:
    flow = flow_of(
        CAMERA, CLOUD, protocol="tls", server_name="upload.example.org", encryption="tls 1.2",
        start=START + at * SECOND, end=START + (at + 1) * SECOND, orig_octets=900, resp_octets=500,
    )  # fmt: skip
    end(inventory, flow._replace(**changes))


def _shown(inventory: Inventory, kind: str, fields: Mapping[str, Any], up: bool = True) -> None:
    flow = FlowReference("f", CAMERA, CLOUD, "tcp")
    inventory.message(Delivery(flow, Message("tls", kind, fields, b"", 8), START, up), None)


def _opaque(inventory: Inventory) -> Emission:
    [device] = [d for d in freeze(inventory) if d.emissions]
    [emission] = device.emissions
    return emission


def test_what_the_beginning_of_a_connection_shows_is_told() -> None:
    inventory = Inventory()
    _shown(inventory, "client_hello", {"ja4": JA4})
    names = ("upload.example.org", "*.example.org")
    shown = {"subject": "upload.example.org", "names": names, "issuer": "x", "of": "server"}
    _shown(inventory, "certificate", shown, up=False)
    for _ in range(2):
        _ended(inventory, 0)
    emission = _opaque(inventory)
    assert (emission.category, emission.channel) == ("opaque_payload", "tls 1.2")
    assert emission.recipient == "upload.example.org"
    assert (emission.octets, emission.returned_octets) == (1800, 1000)
    assert emission.fingerprints == (JA4,)
    assert emission.certificate_names == ("upload.example.org", "example.org")
    assert emission.consistent_with == ""


def test_names_in_certificates_are_minimised() -> None:
    inventory = Inventory()
    shown = {"subject": "Sanne Kwikzwaan", "names": ("sannes-iphone.local",), "of": "server"}
    _shown(inventory, "certificate", shown, up=False)
    _ended(inventory, 0)
    assert not {"Sanne Kwikzwaan", "sannes-iphone.local"} & {*_opaque(inventory).certificate_names}


def test_a_long_stream_of_packets_that_are_not_full_is_consistent_with_video() -> None:
    inventory = Inventory()
    _ended(
        inventory, 0, end=START + 600 * SECOND, orig_packets=114_000, orig_octets=142_500_000,
        resp_packets=40_000, resp_octets=20_000,
    )  # fmt: skip
    emission = _opaque(inventory)
    assert emission.consistent_with == "video, 1.9 Mbit/s, 10 min"
    assert emission.category == "opaque_payload"


def test_connections_at_regular_times_are_consistent_with_telemetry() -> None:
    inventory = Inventory()
    for number in range(12):
        _ended(inventory, number * 60)
    told = "telemetry, 60 s"
    assert _opaque(inventory).consistent_with == told


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 2)
    inventory = Inventory()
    for number in range(4):
        cloud = CLOUD._replace(address=f"203.0.113.{number}")
        flow = FlowReference("f", CAMERA, cloud, "tcp")
        hello = Message("tls", "client_hello", {"ja4": JA4}, b"", 8)
        inventory.message(Delivery(flow, hello, START, True), None)
        _ended(inventory, 0, resp=cloud)
    [device] = [d for d in freeze(inventory) if d.emissions]
    told = [(e.octets, e.returned_octets, len(e.fingerprints)) for e in device.emissions]
    assert sorted(told) == [(900, 0, 0), (900, 0, 0), (900, 500, 1), (900, 500, 1)]


def test_of_one_client_and_server_a_few_are_shown() -> None:
    inventory = Inventory()
    for number in range(20):
        _shown(inventory, "client_hello", {"ja4": f"{JA4}{number}"})
    _ended(inventory, 0)
    assert len(_opaque(inventory).fingerprints) == module.MOST_SHOWN
