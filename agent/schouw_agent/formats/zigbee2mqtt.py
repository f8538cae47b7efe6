"""Zigbee2MQTT: a bridge speaks for the devices of a Zigbee network, by their friendly names."""

import re
from dataclasses import replace

from schouw_agent.formats.envelope import claimed, eui64, json_object, text_at
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import Content, Opened

_TOPIC = re.compile(r"zigbee2mqtt/(?!bridge(?:/|$))(.+?)(?:/availability)?")
_ABOUT_DEVICE = frozenset(("device", "update", "update_available"))


def _probe(content: Content) -> float:
    value = json_object(content)
    if not value or _TOPIC.fullmatch(content.topic) is None:
        return 0.0
    return 0.92 if not content.topic.endswith(("/set", "/get")) else 0.0


def _open(content: Content) -> Opened:
    value = claimed(content, FORMAT)
    named = _TOPIC.fullmatch(content.topic)
    name = named[1] if named else ""
    opened = open_value({key: item for key, item in value.items() if key not in _ABOUT_DEVICE})
    number = eui64(text_at(value, "device.ieeeAddr", "device.ieee_address").removeprefix("0x"))
    identifiers = {
        "name": name,
        "serial": number.upper(),
        "model": text_at(value, "device.model"),
        "vendor": text_at(value, "device.manufacturerName"),
    }
    return replace(
        opened,
        subject=name,
        identifiers={kind: text for kind, text in identifiers.items() if text},
    )


FORMAT = Format(
    id="zigbee2mqtt",
    title="Zigbee2MQTT device state",
    reference="Zigbee2MQTT documentation, MQTT topics and messages",
    probe=_probe,
    open=_open,
)
