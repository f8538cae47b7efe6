"""Which broker and which topics may be subscribed to, and by what options."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from schouw_agent.capture.broker_access import parse_url
from schouw_agent.errors import ConfigError
from schouw_agent.live import Live, allowed_topics, feeds
from schouw_agent.order import Order


def _order(**scope: Any) -> Order:
    now = datetime.now(UTC)
    return Order.model_validate(
        {
            "schema": "https://schouw.example.org/schema/order/1",
            "principal": "Gemeente Waterhaven",
            "permission": "Netbeheer",
            "period": {"start": now - timedelta(hours=1), "end": now + timedelta(hours=1)},
            "scope": scope,
        }
    )


ALLOWED = _order(brokers=["Broker.example.org", "192.0.2.1"], topics=["square/#", "street/+/level"])
URLS = [
    ("mqtt://broker.example.org", ("broker.example.org", 1883, False, "")),
    ("mqtt://broker.example.org/", ("broker.example.org", 1883, False, "")),
    ("mqtts://broker.example.org", ("broker.example.org", 8883, True, "")),
    ("mqtts://192.0.2.1:18883", ("192.0.2.1", 18883, True, "")),
    ("mqtt://[2001:db8::1]:1884", ("2001:db8::1", 1884, False, "")),
    ("ws://broker.example.org", ("broker.example.org", 80, False, "/mqtt")),
    ("wss://broker.example.org/city", ("broker.example.org", 443, True, "/city")),
]


@pytest.mark.parametrize(("text", "parts"), URLS)
def test_urls(text: str, parts: tuple[str, int, bool, str]) -> None:
    assert parse_url(text) == parts


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("broker.example.org", "begins with"),
        ("http://broker.example.org", "begins with"),
        ("mqtt://", "begins with"),
        ("mqtt://broker:port", "not an address"),
        ("mqtt://name:kwikzwaan@broker.example.org", "--password-file"),
        ("mqtt://kwikzwaan@broker.example.org", "--username"),
        ("mqtt://broker.example.org/square", "nothing follows"),
        ("ws://broker.example.org/mqtt?token=kwikzwaan", "nothing follows"),
    ],
)
def test_what_is_no_url_is_not_quoted(text: str, why: str) -> None:
    with pytest.raises(ConfigError, match=why) as raised:
        parse_url(text)
    assert "kwikzwaan" not in raised.value.diagnostics()


TOPICS = [
    ((), ("square/#", "street/+/level")),
    (("square/7/level",), ("square/7/level",)),
    (("street/7/level", "square/+", "square/+"), ("street/7/level", "square/+")),
]


@pytest.mark.parametrize(("asked", "allowed"), TOPICS)
def test_topics_within_the_order(asked: tuple[str, ...], allowed: tuple[str, ...]) -> None:
    assert allowed_topics(asked, ALLOWED) == allowed


@pytest.mark.parametrize("asked", ["#", "street/#", "street/+/+", "$SYS/#", "elsewhere"])
def test_topics_beyond_the_order(asked: str) -> None:
    with pytest.raises(ConfigError, match="beyond the topics of the order"):
        allowed_topics((asked,), ALLOWED)


def test_what_the_broker_says_of_itself_is_no_part_of_everything() -> None:
    with pytest.raises(ConfigError, match="beyond"):
        allowed_topics(("$SYS/#",), _order(topics=["#"]))
    assert allowed_topics(("$SYS/#",), _order(topics=["#", "$SYS/#"])) == ("$SYS/#",)


def _live(**options: Any) -> Live:
    return Live(broker="mqtt://192.0.2.1", **options)


SECURE = "mqtts://192.0.2.1"
REFUSED = [
    ("no order", _live(), None, "schouw order new"),
    ("an order without brokers", _live(), _order(topics=["#"]), "does not name this broker"),
    ("an order without topics", _live(), _order(brokers=["192.0.2.1"]), "allows no topics"),
    ("another broker", Live(broker="mqtt://192.0.2.2"), ALLOWED, "does not name this broker"),
    ("no filter", _live(topics=("a#",)), ALLOWED, "--topic: not an MQTT topic filter"),
    ("topics without a broker", Live(interfaces=("e",), topics=("a",)), ALLOWED, "need --broker"),
    ("a filter of frames", _live(filter="udp"), ALLOWED, "need --interface"),
    ("trust without TLS", _live(ca_file=Path("x")), ALLOWED, "need mqtts"),
    ("a key alone", Live(broker=SECURE, client_key=Path("x")), ALLOWED, "--client-certificate"),
    ("a password alone", _live(password_file=Path("x")), ALLOWED, "needs --username"),
    ("no such version", _live(mqtt_version="4"), ALLOWED, "--mqtt-version"),
    ("no payload", _live(payload_limit=0), ALLOWED, "--payload-limit"),
    ("no certificates", Live(broker=SECURE, ca_file=Path("/nowhere")), ALLOWED, "--ca-file"),
]


@pytest.mark.parametrize(
    ("live", "order", "why"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_is_refused_before_anything_is_opened(
    live: Live, order: Order | None, why: str
) -> None:
    with pytest.raises(ConfigError, match=why), feeds([], live, order):
        pass


def test_a_broker_and_interfaces_are_one_feed() -> None:
    with feeds([], _live(), ALLOWED) as (feed,):
        assert (feed.joins, feed.vantage) == (False, "broker subscription")
    with feeds([], _live(interfaces=("eth0",)), ALLOWED) as (feed,):
        assert (feed.joins, feed.vantage) == (True, "network interface, broker subscription")
