"""Frames and a subscription may show the same message; some topics must not be looked at."""

from typing import Any

from schouw_agent.order import Order, View
from schouw_agent.overhearing import Overhearing
from schouw_agent.records import Delivery, Endpoint, FlowReference, Message

SECOND = 1_000_000_000
CLIENT = Endpoint("02:00:00:00:00:07", "192.0.2.7", 40_000)
SERVER = Endpoint("", "192.0.2.1", 1883)
FLOW = FlowReference("", CLIENT, SERVER, "tcp")
NOBODY = FlowReference("", Endpoint("", "", 0), SERVER, "tcp")


def shown(topic: str, payload: bytes = b"1", time: int = 0, **more: Any) -> Delivery:
    kind, protocol = more.get("kind", "publish"), more.get("protocol", "mqtt")
    return Delivery(FLOW, Message(protocol, kind, {"topic": topic}, payload, 0), time, True)


def passed_on(topic: str, payload: bytes = b"1", time: int = 0) -> Delivery:
    return Delivery(NOBODY, Message("mqtt", "publish", {"topic": topic}, payload, 0), time, False)


def test_what_frames_showed_is_not_counted_again() -> None:
    both = Overhearing(None, joins=True)
    assert list(both.admitted([shown("a"), shown("ab", b"c")])) == [shown("a"), shown("ab", b"c")]
    new = [
        passed_on("a", b"2"),
        passed_on("b"),
        passed_on("a", b"bc"),
        passed_on("abc", b""),
        passed_on("a", time=11 * SECOND),
    ]
    assert list(both.of_broker([passed_on("a"), *new, passed_on("ab", b"c", 9 * SECOND)])) == new
    assert both.twice == 2


def test_only_published_messages_of_mqtt_are_the_same() -> None:
    both = Overhearing(None, joins=True)
    both.admitted([shown("a", kind="will"), shown("a", protocol="http")])
    assert list(both.of_broker([passed_on("a")])) == [passed_on("a")]


def test_without_frames_nothing_is_remembered() -> None:
    alone = Overhearing(None, joins=False)
    alone.admitted([shown("a")])
    assert list(alone.of_broker([passed_on("a"), passed_on("a")])) == [passed_on("a")] * 2
    assert not alone._shown


def test_memory_is_bounded() -> None:
    both = Overhearing(None, joins=True)
    both.admitted([shown(str(n)) for n in range(70_000)])
    assert len(both._shown) == 65_536
    assert list(both.of_broker([passed_on("69999")])) == []


def test_excluded_topics_are_counted_and_not_looked_at() -> None:
    order = Order.model_validate(
        {
            "schema": "https://schouw.example.org/schema/order/1",
            "principal": "Gemeente Waterhaven",
            "permission": "Netbeheer",
            "period": {"start": "2026-01-01T00:00:00Z", "end": "2100-01-01T00:00:00Z"},
            "exclusion": [{"topic": "police/#", "reason": "not ours"}],
        }
    )
    view = View(order)
    over = Overhearing(view, joins=True)
    assert list(over.admitted([shown("police/7"), shown("a")])) == [shown("a")]
    assert list(over.of_broker([passed_on("police"), passed_on("b")])) == [passed_on("b")]
    assert view.outside_messages == 2
    # An alias of MQTT 5 that was agreed on unseen: it may be any topic.
    assert list(over.admitted([shown(""), shown("c")])) == [shown("c")]
    assert view.outside_messages == 3
