"""Ways by which a device may report besides MQTT: it posts by CoAP, is observed, or uses NATS."""

import random
from collections.abc import Callable
from typing import Any

from tests.city.coap import CoapDevice, Collector
from tests.city.nats import Nats, NatsClient
from tests.city.town import BROKER_ADDRESS, BROKER_NAME, Host, Town

MQTT, TELLING, OBSERVED, NATS = "mqtt", "coap", "coap observed", "nats"
_LIKELY = {MQTT: 7, TELLING: 1, OBSERVED: 1, NATS: 1}


def way_of(town: Town, host: Host) -> str:
    """Return the way that the seed chooses for a host; apart from all else that it chooses."""
    draw = random.Random(f"{town.seed} {host.name} way")
    chosen = draw.choices(list(_LIKELY), list(_LIKELY.values()))[0]
    # There is no DTLS here.
    return MQTT if town.secure and chosen in (TELLING, OBSERVED) else chosen


class Ways:
    """The servers that such devices need, on the machine of the broker."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._collector: Collector | None = None
        self._nats: Nats | None = None

    def report(
        self, way: str, host: Host, topic: str, value: Callable[[], Any], *, every: float
    ) -> None:
        """Let a host report what `value` gives again and again, `every` so many seconds."""
        town = self._town
        begin = town.draw.uniform(0, min(every, 60))
        first = begin + town.draw.uniform(0.1, every)
        if way == NATS:
            self._nats = self._nats or Nats(town, BROKER_ADDRESS, BROKER_NAME)
            self._by_nats(self._nats, host, topic, value, begin, first, every)
            return
        self._collector = self._collector or Collector(town, BROKER_ADDRESS, BROKER_NAME)
        device = CoapDevice(town, host, self._collector, topic, value)
        if way == OBSERVED:
            town.clock.at(begin, device.be_observed)
        tell = device.notify if way == OBSERVED else device.tell
        town.clock.every(town.jitter(every), tell, first=first)

    def _by_nats(
        self, server: Nats, host: Host, topic: str, value: Callable[[], Any],
        begin: float, first: float, every: float,
    ) -> None:  # fmt: skip
        held: list[NatsClient] = []
        self._town.clock.at(begin, lambda: held.append(NatsClient(server, host)))
        self._town.clock.every(
            self._town.jitter(every), lambda: held[0].publish(topic, value()), first=first
        )
