"""Lights and other things in the street that are told what to do, over the broker.

Who tells them stands beside the broker, so that a mirror port in the street shows what they are
told, and never by whom.
"""

from collections.abc import Mapping
from typing import Any

from tests.city.mqtt_device import Connection
from tests.city.town import BROKER_ADDRESS, BROKER_NAME, Host, Town

CONTROL_ADDRESS = "192.0.2.11"


class Control:
    """A control room of the municipality."""

    def __init__(self, town: Town, client_id: str) -> None:
        """Connect it when the story begins."""
        self._town, self._client_id = town, client_id
        town.clock.at(0.0, self._connect)

    def _connect(self) -> None:
        name = BROKER_NAME if self._town.secure else ""
        with self._town.wire.among_servers():
            self._connection = Connection(
                CONTROL_ADDRESS, BROKER_ADDRESS, self._client_id, server_name=name
            )

    def tell(self, commanded: "Commanded", values: Mapping[str, float]) -> None:
        """Give a command: numbers by category, as the maker of the device writes them."""
        self._town.sent(commanded.host, *values, readable=not self._town.secure)
        style = commanded.style
        message = style.message(values, commanded.host.name, self._town.clock.stamp())
        self._give(commanded, message)

    def say(self, commanded: "Commanded", category: str, text: str) -> None:
        """Give a command that is a text, such as what a screen is to show."""
        self._town.sent(commanded.host, category, readable=not self._town.secure)
        style = commanded.style
        empty = style.message({}, commanded.host.name, self._town.clock.stamp())
        self._give(commanded, style.with_extra(empty, {style.field(category): text}))

    def _give(self, commanded: "Commanded", message: Any) -> None:
        self._connection.publish(f"{commanded.topic}/{commanded.verb}", message, qos=1)


class Commanded:
    """A device that asks the broker for its commands, and does what they say."""

    def __init__(self, town: Town, host: Host, topic: str, *, client_id: str) -> None:
        self.host, self.topic, self.style = host, topic, town.style(host)
        self.verb = town.draw.choice(("set", "cmd", "command", "opdracht"))

        def connect() -> None:
            heard = town.connect(host, client_id, on_message=lambda _topic, _payload: None)
            heard.subscribe(f"{topic}/{self.verb}", qos=1)

        town.clock.at(town.draw.uniform(0.5, 20), connect)
