"""A new order says what its writer said, and can be read."""

from datetime import UTC, datetime

import pytest

from schouw_agent.errors import ConfigError
from schouw_agent.order import read_order
from schouw_agent.order_form import Answers, order_text

GOOD = Answers(
    principal='College van "Waterhaven" \\ besluit\n2026-118',
    permission="Netbeheer \x7f\x01 ✓",
    start=datetime(2026, 5, 1, 8, tzinfo=UTC),
    end=datetime(2026, 5, 2, tzinfo=UTC),
    purpose="Nagaan",
    subnets=("192.0.2.0/25", "2001:db8::/64"),
    guest_subnets=("192.0.2.128/28",),
    exclusions=(
        ("192.0.2.9", "police"),
        ("02-00-5E-00-00-07", "not ours"),
        ("2001:db8:1:2:3::/80", "police"),
        ("topic:police/#", "police"),
    ),
    brokers=("broker.example.org",),
    topics=("square/#",),
)


def test_it_is_read_as_it_was_meant() -> None:
    order = read_order("order.toml", order_text(GOOD).encode())
    assert (order.principal, order.permission) == (GOOD.principal, GOOD.permission)
    assert order.purpose == "Nagaan"
    assert (order.period.start, order.period.end) == (GOOD.start, GOOD.end)
    assert order.scope.subnets == GOOD.subnets
    assert order.scope.guest_subnets == GOOD.guest_subnets
    assert [(e.subnet, e.mac, e.topic, e.reason) for e in order.exclusions] == [
        ("192.0.2.9/32", None, None, "police"),
        (None, "02:00:5e:00:00:07", None, "not ours"),
        ("2001:db8:1:2:3::/80", None, None, "police"),
        (None, None, "police/#", "police"),
    ]
    assert (order.scope.brokers, order.scope.topics) == (GOOD.brokers, GOOD.topics)


def test_the_least_that_can_be_said() -> None:
    text = order_text(Answers("College", "Netbeheer", GOOD.start, GOOD.end))
    order = read_order("order.toml", text.encode())
    assert order.scope.subnets == order.exclusions == ()
    assert "# [[exclusion]]" in text


WRONG = [
    ("no principal", {"principal": " "}, "names a principal"),
    ("no permission", {"permission": ""}, "names a principal and a permission"),
    ("an impossible subnet", {"subnets": ("192.0.2.0/99",)}, "scope.subnets.0"),
    ("an impossible topic", {"topics": ("a#",)}, "scope.topics.0"),
    ("an exclusion that is none", {"exclusions": (("police", "x"),)}, "exclusion.0"),
    ("an end before the start", {"end": datetime(2020, 1, 1, tzinfo=UTC)}, "end lies before"),
]


@pytest.mark.parametrize(("change", "why"), [r[1:] for r in WRONG], ids=[r[0] for r in WRONG])
def test_what_cannot_be_an_order_is_not_written(change: dict[str, object], why: str) -> None:
    from dataclasses import replace

    with pytest.raises(ConfigError, match=why):
        order_text(replace(GOOD, **change))
