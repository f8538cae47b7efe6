"""An MQTT client on the municipal broker, and the pace that the devices share."""

import json
import random
import time
from collections.abc import Iterator
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

BROKER = "mqtt.waterhaven.example"


def connect(
    client_id: str,
    *,
    version: int = mqtt.MQTTv311,
    account: tuple[str, str] | None = None,
    will: tuple[str, str] | None = None,
    subscriptions: tuple[tuple[str, int], ...] = (),
    on_message: Any = None,
) -> mqtt.Client:
    """Return a connected client whose network loop runs."""
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=client_id, protocol=version)
    if account:
        client.username_pw_set(*account)
    if will:
        client.will_set(*will, qos=1, retain=True)
    if on_message:
        client.on_message = on_message

    def subscribe(ready: mqtt.Client, *_: Any) -> None:
        for topic, qos in subscriptions:
            ready.subscribe(topic, qos)

    client.on_connect = subscribe
    client.connect(BROKER, 1883, keepalive=60)
    client.loop_start()
    return client


def send(
    client: mqtt.Client, topic: str, content: Any, *, qos: int = 0, retain: bool = False
) -> None:
    """Publish JSON and wait until the broker has it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    client.publish(topic, text, qos=qos, retain=retain).wait_for_publish(timeout=5)


def close(client: mqtt.Client) -> None:
    """Say goodbye and wait until it is sent, so that no will is published."""
    client.disconnect()
    client.loop_stop()


def alias(number: int) -> Properties:
    """Return the MQTT 5 property that replaces a topic by a number."""
    properties = Properties(PacketTypes.PUBLISH)
    properties.TopicAlias = number
    return properties


def every(seconds: float, *, until: float, draw: random.Random) -> Iterator[int]:
    """Yield 0, 1, … at a pace with a little jitter, for `until` seconds."""
    start = time.monotonic()
    following = start + draw.uniform(0.2, min(seconds, 4.0))
    number = 0
    while following - start < until:
        time.sleep(max(0.0, following - time.monotonic()))
        yield number
        number += 1
        following += seconds + draw.uniform(-0.02, 0.02) * seconds
