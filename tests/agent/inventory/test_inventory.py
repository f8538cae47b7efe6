"""Observations become devices: who emits, who receives, and what is never kept."""

from collections.abc import Mapping
from typing import Any

import pytest

from schouw_agent.inventory import inventory as module
from schouw_agent.inventory import recipients
from schouw_agent.inventory.freeze import freeze
from schouw_agent.inventory.inventory import Inventory
from schouw_agent.recognition.classification import Classified
from schouw_agent.records import Delivery, Endpoint, FlowReference, Match, Message
from schouw_agent.report import Device
from tests.agent.flow_records import (
    BROKER,
    CLOUD,
    ROUTER,
    SECOND,
    SENSOR,
    START,
    VIEWER,
    end,
    flow_of,
)


def _delivery(
    orig: Endpoint, resp: Endpoint, kind: str, fields: Mapping[str, Any], *,
    from_orig: bool = True, time: int = START, protocol: str = "mqtt",
) -> Delivery:  # fmt: skip
    flow = FlowReference("f", orig, resp, "tcp")
    return Delivery(flow, Message(protocol, kind, fields, b"12345678", 8), time, from_orig)


def _found(*categories: str, subject: str = "", **more: Any) -> Classified:
    matches = tuple(Match("value", c, 0.9, ("field_name",), "number", subject) for c in categories)
    return Classified(format="json", matches=matches, **more)


def _publish(topic: str, *, client: Endpoint = SENSOR, up: bool = True, t: int = 0) -> Delivery:
    fields = {"topic": topic, "qos": 0, "retain": False, "client_id": ""}
    return _delivery(client, BROKER, "publish", fields, from_orig=up, time=START + t * SECOND)


def _by_ip(devices: tuple[Device, ...], address: str) -> Device:
    [found] = [d for d in devices if any(i.value == address for i in d.identifiers)]
    return found


def test_a_publish_is_the_clients_and_its_rhythm_is_counted() -> None:
    inventory = Inventory()
    for n in range(5):
        inventory.message(_publish("plein/1", t=n * 10), _found("air_temperature"))
    end(inventory, flow_of(SENSOR, BROKER))
    devices = freeze(inventory)
    sensor, broker = _by_ip(devices, SENSOR.address), _by_ip(devices, BROKER.address)
    [emission] = sensor.emissions
    assert (sensor.role, broker.role) == ("sensor", "broker")
    assert broker.emissions == ()
    assert (emission.category, emission.recipient) == ("air_temperature", BROKER.address)
    assert emission.messages == 5
    assert emission.octets == 40
    assert sum(emission.intervals) == 4
    # 10 s lies between 2^3 and 2^4 seconds: element 13 begins at 2^3.
    assert emission.intervals[13] == 4
    assert sensor.recipients[0].role == "broker"
    assert sensor.recipients[0].transport_security == "none"


def test_a_delivery_names_a_recipient_and_never_an_emitter() -> None:
    inventory = Inventory()
    inventory.message(_publish("plein/1"), _found("people_count"))
    inventory.message(_publish("plein/1", client=VIEWER, up=False), _found("people_count"))
    end(inventory, flow_of(SENSOR, BROKER))
    end(inventory, flow_of(VIEWER, BROKER))
    devices = freeze(inventory)
    sensor, viewer = _by_ip(devices, SENSOR.address), _by_ip(devices, VIEWER.address)
    assert viewer.role == "viewer"
    assert viewer.emissions == ()
    assert {e.recipient for e in sensor.emissions} == {BROKER.address, VIEWER.address}
    assert {r.role for r in sensor.recipients} == {"broker", "subscriber"}


def test_an_unseen_publisher_is_known_by_its_topic() -> None:
    inventory = Inventory()
    inventory.message(_publish("plein/1", client=VIEWER, up=False), _found("people_count"))
    devices = freeze(inventory)
    [unseen] = [d for d in devices if d.emissions]
    assert [(i.kind, i.value) for i in unseen.identifiers] == [("topic", "plein/1")]
    assert unseen.authentication == "unseen"


def test_an_envelope_names_the_device_and_makes_its_carrier_a_relay() -> None:
    inventory = Inventory()
    found = _found("air_temperature", subject="lucht-01").matches
    classified = Classified(
        format="ttn_v3", matches=found, subject="lucht-01",
        identifiers={"dev_eui": "0202020202020202"},
    )  # fmt: skip
    inventory.message(_publish("v3/a/devices/lucht-01/up"), classified)
    end(inventory, flow_of(SENSOR, BROKER))
    devices = freeze(inventory)
    relay = _by_ip(devices, SENSOR.address)
    [radio] = [d for d in devices if d.emissions]
    assert relay.role == "relay"
    assert radio.relay == relay.id
    assert radio.identifiers[0].kind == "dev_eui"


def test_each_radio_device_of_one_message_is_a_device_by_its_number() -> None:
    inventory = Inventory()
    subjects = ("dev_addr 26011bda", "dev_addr 26011bdb", "dev_eui 02000000fffe0007")
    found = tuple(_found("opaque_payload", subject=name).matches[0] for name in subjects)
    pushed = _delivery(SENSOR, BROKER, "push_data", {}, protocol="semtech_udp")
    inventory.message(pushed, Classified(format="semtech_rxpk", matches=found))
    end(inventory, flow_of(SENSOR, BROKER, protocol="semtech_udp"))
    devices = freeze(inventory)
    gateway = _by_ip(devices, SENSOR.address)
    radio = [device for device in devices if device.emissions]
    assert sorted(device.identifiers[0].value for device in radio) == [
        "02000000fffe0007", "dev_addr 26011bda", "dev_addr 26011bdb",
    ]  # fmt: skip
    assert {device.relay for device in radio} == {gateway.id}
    assert "dev_eui" in {i.kind for device in radio for i in device.identifiers}


def test_a_machine_that_speaks_of_itself_only_is_its_subject() -> None:
    inventory = Inventory()
    classified = Classified(
        format="json", matches=_found("air_temperature", subject="lucht-01").matches,
        subject="lucht-01", identifiers={"name": "lucht-01"},
    )  # fmt: skip
    inventory.message(_publish("plein/1"), classified)
    end(inventory, flow_of(SENSOR, BROKER))
    sensor = _by_ip(freeze(inventory), SENSOR.address)
    assert sensor.role == "sensor"
    assert ("name", "lucht-01") in {(i.kind, i.value) for i in sensor.identifiers}


@pytest.mark.parametrize(("other", "devices"), [("lucht-01", 1), ("lucht-02", 2)])
def test_a_machine_is_one_device_under_its_name_and_the_urn_of_it(other: str, devices: int) -> None:
    inventory = Inventory()
    for subject in ("lucht-01", f"urn:ngsi-ld:Device:{other}"):
        found = _found("air_temperature", subject=subject).matches
        told = Classified(format="json", matches=found, subject=subject)
        inventory.message(_publish(f"plein/{len(subject)}"), told)
    end(inventory, flow_of(SENSOR, BROKER))
    assert len([device for device in freeze(inventory) if device.emissions]) == devices


def test_encrypted_data_is_opaque_and_named_by_its_server() -> None:
    inventory = Inventory()
    end(inventory,
        flow_of(
            SENSOR, CLOUD, protocol="tls", encryption="tls 1.3", server_name="x.cloud.example",
        )
    )  # fmt: skip
    end(inventory, flow_of(VIEWER, Endpoint(ROUTER, "198.51.100.1", 123), protocol="dns"))
    devices = freeze(inventory)
    sensor = _by_ip(devices, SENSOR.address)
    [emission] = sensor.emissions
    assert (emission.category, emission.privacy_class) == ("opaque_payload", "unknown")
    assert emission.recipient == "x.cloud.example"
    assert sensor.authentication == "TLS"
    assert sensor.recipients[0].role == "cloud"
    assert sensor.coverage.undecoded[0].reason == "encrypted"
    assert not any(i.value == CLOUD.address for d in devices for i in d.identifiers)


def test_a_command_received_is_the_receivers_capability() -> None:
    inventory = Inventory()
    delivery = _publish("licht/1/opdracht", up=False)
    inventory.message(delivery, _found("actuation_light_colour"))
    end(inventory, flow_of(SENSOR, BROKER))
    lamp = _by_ip(freeze(inventory), SENSOR.address)
    assert [(e.category, e.direction) for e in lamp.emissions] == [
        ("actuation_light_colour", "received")
    ]


@pytest.mark.parametrize(
    ("credentials", "said"),
    [("password", "password in clear"), ("community", "password in clear"), ("", "none")],
)
def test_how_a_client_proves_itself(credentials: str, said: str) -> None:
    inventory = Inventory()
    fields = {"client_id": "teller-01", "credentials": credentials}
    inventory.message(_delivery(SENSOR, BROKER, "connect", fields), None)
    end(inventory, flow_of(SENSOR, BROKER))
    sensor = _by_ip(freeze(inventory), SENSOR.address)
    assert sensor.authentication == said
    assert ("client_id", "teller-01") in {(i.kind, i.value) for i in sensor.identifiers}


def test_names_are_minimised_before_they_are_kept() -> None:
    inventory = Inventory()
    match = Match("visitors.Mohamed.plate_AB-12-CD", "licence_plate_raw", 0.9, ("field_name",))
    classified = Classified(format="json", matches=(match,), subject="02AABBCCDDEE")
    inventory.message(_publish("users/jansen/AB-12-CD"), classified)
    end(inventory, flow_of(SENSOR, BROKER))
    text = "".join(d.model_dump_json() for d in freeze(inventory))
    for secret in ("jansen", "AB-12-CD", "Mohamed", "02AABBCCDDEE"):
        assert secret not in text


@pytest.mark.parametrize("up", [True, False])
def test_fields_with_one_minimised_path_are_one_message(up: bool) -> None:
    inventory = Inventory()
    bands = [f"AB12{n}CD9876543" for n in range(7)]
    matches = tuple(Match(band, "sound_level", 0.9, ("field_name",)) for band in bands)
    for n in range(5):
        message = _publish("plein/geluid", client=SENSOR if up else VIEWER, up=up, t=n * 10)
        inventory.message(message, Classified(format="json", matches=matches))
    end(inventory, flow_of(SENSOR if up else VIEWER, BROKER))
    [emission] = [e for device in freeze(inventory) for e in device.emissions]
    assert (emission.messages, emission.octets) == (5, 40)
    assert (sum(emission.intervals), emission.intervals[13]) == (4, 4)


def test_too_many_kinds_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_EMISSIONS_OF_ONE", 4)
    inventory = Inventory()
    for n in range(20):
        word = "abcdefghij"[n % 10] + "amen" + "abcdefghij"[n // 10] + "eren"
        inventory.message(_publish(f"plein/{word}"), _found("people_count"))
    end(inventory, flow_of(SENSOR, BROKER))
    sensor = _by_ip(freeze(inventory), SENSOR.address)
    assert len(sensor.emissions) == 5
    assert sum(e.messages for e in sensor.emissions) == 20
    assert inventory.overflowed == 16


def test_too_many_kinds_of_many_senders_are_counted_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_EMISSIONS", 6)
    inventory = Inventory()
    for n in range(20):
        sender = Endpoint(f"02:00:00:00:01:{n % 4:02}", f"192.0.2.{n % 4 + 100}", 40001)
        topic = f"plein/{'abcdefghij'[n % 10]}amen{'abcdefghij'[n // 10]}eren"
        inventory.message(_publish(topic, client=sender), _found("people_count"))
    emissions = [e for d in freeze(inventory) for e in d.emissions]
    assert len(emissions) == 6 + 4
    assert sum(e.messages for e in emissions) == 20
    assert inventory.overflowed == 14


def test_devices_and_ids_do_not_depend_on_the_order_of_flows() -> None:
    flows = [flow_of(SENSOR, BROKER), flow_of(VIEWER, BROKER, start=START + 1)]
    dumps = []
    for order in (flows, flows[::-1]):
        inventory = Inventory()
        for flow in order:
            end(inventory, flow)
        dumps.append([d.model_dump() for d in freeze(inventory)])
    assert dumps[0] == dumps[1]


def test_a_listener_to_everything_is_a_viewer_and_not_what_it_overhears() -> None:
    inventory = Inventory()
    fields = {"topic_filters": ("plein/#",), "client_id": ""}
    inventory.message(_delivery(VIEWER, BROKER, "subscribe", fields), None)
    overheard = _publish("licht/1/opdracht", client=VIEWER, up=False)
    inventory.message(overheard, _found("actuation_light_colour"))
    end(inventory, flow_of(VIEWER, BROKER))
    viewer = _by_ip(freeze(inventory), VIEWER.address)
    assert viewer.role == "viewer"
    assert viewer.emissions == ()


def test_senders_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_EMITTERS", 3)
    monkeypatch.setattr(recipients, "MOST_SENDERS", 3)
    inventory = Inventory()
    for number in range(9):
        sender = Endpoint(f"02:00:00:00:01:{number:02}", f"192.0.2.{number + 100}", 40001)
        end(inventory, flow_of(sender, BROKER))
        inventory.message(_publish("plein/1", client=sender, up=False), _found("people_count"))
    assert len(inventory.recipients) == 3
    assert len(inventory.deliveries) == 3
    # The broker, which answers, is one of the three who send.
    assert inventory.overflowed == 13
