"""Counters of people that do nothing else, near where something happens out of sight.

By seed they report over MQTT, or speak CoAP: a server observes them, or they tell it themselves.
"""

import random
from typing import Any

from tests.city.background import Background
from tests.city.coap import CoapDevice, Collector
from tests.city.reporting import report
from tests.city.town import BROKER_ADDRESS, BROKER_NAME, Host, Town

WAYS = ("mqtt", "observed", "telling")


def count_people(town: Town, host: Host, topic: str, *, most: int, every: float = 300) -> None:
    """Let a counter report how many people it saw, at its own pace, with the usual noise."""
    Background(town).around(host)
    way = random.Random(f"{town.seed} {host.name} way").choice(WAYS)
    if way == "mqtt" or town.secure:
        report(
            town,
            host,
            topic,
            lambda: {"people_count": town.draw.randrange(3, most)},
            every=every,
        )
        return
    style = town.style(host)

    def value() -> Any:
        numbers = {"people_count": town.draw.randrange(3, most)}
        town.sent(host, *numbers)
        return style.message(numbers, host.name, town.clock.stamp())

    # The collecting server is on the machine of the broker.
    collector = Collector(town, BROKER_ADDRESS, BROKER_NAME)
    device = CoapDevice(town, host, collector, "sensors/people", value)
    begin = town.draw.uniform(5, 60)
    if way == "observed":
        town.clock.at(begin, device.be_observed)
    town.clock.every(
        town.jitter(every), device.notify if way == "observed" else device.tell,
        first=begin + town.draw.uniform(0.1, every),
    )  # fmt: skip
