"""Home Assistant discovery: a device announces what its entities sense."""

import re
from collections.abc import Mapping
from typing import Any

from schouw_agent.formats.envelope import claimed, json_object, text_at
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Leaf, Opened
from schouw_agent.vocabulary.lexicon import read_name

_TOPIC = re.compile(r"[^/]+/([a-z_]+)(?:/[^/]+)?/[^/]+/config")
_KEYS = frozenset(
    ("state_topic", "stat_t", "command_topic", "cmd_t", "unique_id", "uniq_id", "device", "dev",
     "device_class", "dev_cla", "components", "cmps", "topic", "t", "image_topic", "origin", "o",
     "json_attributes_topic", "json_attr_t")
)  # fmt: skip
_PICTURES = {"camera": "still_image", "image": "still_image"}
_SENSING = frozenset(("sensor", "binary_sensor", "number", "event"))


def _probe(content: Content) -> float:
    named = _TOPIC.fullmatch(content.topic)
    value = json_object(content) if named else {}
    return 0.95 if len(_KEYS & value.keys()) >= 2 else 0.0


def _open(content: Content) -> Opened:
    value = claimed(content, FORMAT)
    named = _TOPIC.fullmatch(content.topic)
    component = named[1] if named else ""
    declared = dict.fromkeys(_senses(component, value))
    parts = value.get("components", value.get("cmps"))
    if isinstance(parts, dict):
        for part in list(parts.values())[:256]:
            if isinstance(part, dict):
                declared |= dict.fromkeys(_senses(text_at(part, "platform", "p"), part))
    device = value.get("device", value.get("dev"))
    device = device if isinstance(device, dict) else {}
    identifiers = _identifiers(device)
    return Opened(
        leaves=[Leaf("device", text, "", "", "device identifier") for text in identifiers.values()],
        subject=text_at(device, "name", "identifiers[]", "ids[]", "identifiers", "ids"),
        identifiers=identifiers,
        declared=tuple(declared),
    )


def _senses(component: str, value: Mapping[str, Any]) -> list[str]:
    """Return the categories that an entity says it can sense."""
    if component in _PICTURES:
        return [_PICTURES[component]]
    if component not in _SENSING:
        return []
    for word in (
        text_at(value, "device_class", "dev_cla"),
        text_at(value, "name"),
        text_at(value, "object_id", "obj_id"),
    ):
        reading = read_name(word) if word else None
        if reading is not None and reading.sure:
            return [reading.category]
    return []


def _identifiers(device: Mapping[str, Any]) -> dict[str, str]:
    found = {
        "name": text_at(device, "name"),
        "serial": text_at(device, "serial_number", "sn"),
        "model": text_at(device, "model", "mdl"),
        "vendor": text_at(device, "manufacturer", "mf"),
        "firmware": text_at(device, "sw_version", "sw"),
    }
    return {kind: text for kind, text in found.items() if text}


FORMAT = Format(
    id="homeassistant",
    title="Home Assistant discovery",
    reference="Home Assistant documentation, MQTT: discovery messages and abbreviations",
    probe=_probe,
    open=_open,
)
