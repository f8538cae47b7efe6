"""Devices that announce what they can sense: Home Assistant's MQTT discovery.

Home Assistant documentation, MQTT, discovery messages.  What is announced need not be switched on.
"""

from collections.abc import Iterable

from tests.city.mqtt_device import Connection
from tests.city.style import Style
from tests.city.town import Host


def announce(
    connection: Connection, style: Style, host: Host, model: str, categories: Iterable[str]
) -> None:
    """Say for each category that the device has a sensor for it, retained, as integrations do."""
    for category in categories:
        name = style.field(category)
        connection.publish(
            f"homeassistant/sensor/{host.name}/{category}/config",
            {
                "name": name,
                "unique_id": f"{host.name}-{category}",
                "state_topic": f"telcamera/{host.name}/{category}",
                "device": {
                    "identifiers": [host.name],
                    "name": host.name,
                    "manufacturer": "Voorbeeldzicht",
                    "model": model,
                },
            },
            retain=True,
        )
