"""What a broker passes on, to others and to Schouw itself: whose it is."""

from schouw_agent.inventory.emitters import OURSELVES
from schouw_agent.inventory.freeze import freeze
from schouw_agent.inventory.inventory import Inventory
from schouw_agent.recognition.classification import Classified
from schouw_agent.records import Delivery, Endpoint, FlowReference, Match, Message
from schouw_agent.report import Device
from tests.agent.flow_records import BROKER, SENSOR, START, VIEWER, end, flow_of

OURS = Endpoint(*OURSELVES, 0)
COUNT = Classified("json", (Match("value", "people_count", 0.9, ("field_name",), "number"),))


def _message(client: Endpoint, topic: str, *, up: bool = True, retain: bool = False) -> Delivery:
    host = "broker.example.org" if client == OURS else ""
    fields = {"topic": topic, "qos": 0, "retain": retain, "client_id": "", "host": host}
    flow = FlowReference("f", client, BROKER, "tcp")
    return Delivery(flow, Message("mqtt", "publish", fields, b"12345678", 8), START, up)


def _sensor(devices: tuple[Device, ...]) -> Device:
    [found] = [d for d in devices if any(i.value == SENSOR.address for i in d.identifiers)]
    return found


def test_who_publishes_both_to_be_kept_and_not_is_one_publisher() -> None:
    inventory = Inventory()
    inventory.message(_message(SENSOR, "plein/1"), COUNT)
    inventory.message(_message(SENSOR, "plein/1", retain=True), COUNT)
    inventory.message(_message(VIEWER, "plein/1", up=False), COUNT)
    end(inventory, flow_of(SENSOR, BROKER))
    sensor = _sensor(freeze(inventory))
    passed_on = [e.messages for e in sensor.emissions if e.recipient == VIEWER.address]
    assert passed_on == [1]


def test_what_only_a_subscription_shows_is_of_whoever_publishes_the_like() -> None:
    inventory = Inventory()
    inventory.message(_message(SENSOR, "plein/1"), COUNT)
    inventory.message(_message(SENSOR, "plein/1", retain=True), COUNT)
    for topic in ("plein/1", "plein/lamp"):
        inventory.message(_message(OURS, topic, up=False), COUNT)
    end(inventory, flow_of(SENSOR, BROKER))
    devices = freeze(inventory)
    sensor = _sensor(devices)
    assert sum(e.messages for e in sensor.emissions) == 3
    assert {e.recipient for e in sensor.emissions} == {"broker.example.org"}
    [unseen] = [d for d in devices if d.emissions and d is not sensor]
    assert [(i.kind, i.value) for i in unseen.identifiers] == [("topic", "plein/lamp")]
    assert [r.transport_security for r in unseen.recipients] == ["unknown"]
