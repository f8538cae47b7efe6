"""Messages that repeat: counted as if each had been looked at."""

from typing import Any

import pytest

from schouw_agent.inventory import inventory as module
from schouw_agent.inventory import repetitions
from schouw_agent.inventory.freeze import freeze
from schouw_agent.inventory.inventory import Inventory
from schouw_agent.recognition.classification import Classified
from schouw_agent.records import Delivery, FlowReference, Match, Message
from tests.agent.flow_records import BROKER, SECOND, SENSOR, START, VIEWER


def _found(*categories: str, subject: str = "", **more: Any) -> Classified:
    matches = tuple(Match("value", c, 0.9, ("field_name",), "number", subject) for c in categories)
    return Classified(format="json", matches=matches, **more)


def _mixed(lasting: bool) -> Inventory:
    """Return an inventory of publications, deliveries and commands on flows that go on."""
    inventory = Inventory()
    found = {
        name: _found(*categories, lasting=lasting, undecoded=undecoded)
        for name, categories, undecoded in (
            ("air", ("air_temperature", "air_humidity"), ()),
            ("count", ("people_count", "air_temperature"), (("invalid", 3),)),
            ("command", ("actuation_light_level",), ()),
        )
    }
    flows = [FlowReference("f", end, BROKER, "tcp") for end in (SENSOR, VIEWER)]
    topics = [
        {"topic": topic, "retain": retain}
        for topic in ("plein/1", "plein/2")
        for retain in (False, True)
    ]
    for n in range(200):
        flow = flows[n % 2]
        fields = topics[n // 3 % 4]
        message = Message("mqtt", "publish", fields, b"x" * (n % 7), 8)
        name = ("air", "count", "command", "air", "air")[n // 5 % 5]
        time = START + (n - n % 11) * SECOND
        inventory.message(Delivery(flow, message, time, n % 3 > 0), found[name])
    return inventory


def test_messages_that_repeat_are_counted_as_if_they_did_not() -> None:
    assert freeze(_mixed(lasting=True)) == freeze(_mixed(lasting=False))


def test_repeated_messages_are_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = freeze(_mixed(lasting=False))
    monkeypatch.setattr(repetitions, "MOST_REPEATED", 3)
    assert freeze(_mixed(lasting=True)) == expected


def test_repeated_messages_beyond_the_bounds_are_counted_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_EMITTERS", 1)
    monkeypatch.setattr(module, "MOST_EMISSIONS_OF_ONE", 2)
    one, other = _mixed(lasting=True), _mixed(lasting=False)
    assert one.overflowed == other.overflowed > 0
    assert freeze(one) == freeze(other)
