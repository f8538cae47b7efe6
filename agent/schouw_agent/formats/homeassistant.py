"""Home Assistant discovery: a device announces what its entities sense."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from schouw_agent.formats.envelope import claimed, json_object, text_at
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Leaf, Opened, Term
from schouw_agent.vocabulary.lexicon import MAYBE, SURE, name_words, read_name, word_list

_TOPIC = re.compile(r"[^/]+/([a-z_]+)(?:/[^/]+)?/[^/]+/config")
_KEYS = frozenset(
    ("state_topic", "stat_t", "command_topic", "cmd_t", "unique_id", "uniq_id", "device", "dev",
     "device_class", "dev_cla", "components", "cmps", "topic", "t", "image_topic", "origin", "o",
     "json_attributes_topic", "json_attr_t")
)  # fmt: skip
# `{{ value_json.AM2301.Temperature }}`, with or without a filter behind it.
_READS = re.compile(
    r"\s*\{\{-?\s*(?:value_json((?:\.\w+|\[['\"][^'\"]+['\"]\])+)|value)\s*(?:\|[^{}]*)?-?\}\}\s*"
)
_KEYS_READ = re.compile(r"\.(\w+)|\[['\"]([^'\"]+)['\"]\]")
_MOST_PARTS = 256
_PICTURES = {"camera": "still_image", "image": "still_image"}
_SENSING = frozenset(("sensor", "binary_sensor", "number", "event"))


def _probe(content: Content) -> float:
    named = _TOPIC.fullmatch(content.topic)
    value = json_object(content) if named else {}
    return 0.95 if len(_KEYS & value.keys()) >= 2 else 0.0


def _open(content: Content) -> Opened:
    value = claimed(content, FORMAT)
    declared: dict[str, None] = {}
    terms: dict[str, dict[str, Term]] = {}
    for component, entity in _entities(content.topic, value):
        declared |= dict.fromkeys(_senses(component, entity))
        topic = _state_topic(entity, value)
        path = _template_path(text_at(entity, "value_template", "val_tpl"))
        if topic and path is not None:
            terms.setdefault(topic, {})[path] = _term(entity)
    device = value.get("device", value.get("dev"))
    device = device if isinstance(device, dict) else {}
    identifiers = _identifiers(device)
    return Opened(
        leaves=[Leaf("device", text, "", "", "device identifier") for text in identifiers.values()],
        subject=text_at(device, "name", "identifiers[]", "ids[]", "identifiers", "ids"),
        identifiers=identifiers,
        declared=tuple(declared),
        terms=terms,
        by_value=True,
    )


def _entities(topic: str, value: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the component and the configuration of each entity that a message announces."""
    named = _TOPIC.fullmatch(topic)
    yield (named[1] if named else ""), value
    parts = value.get("components", value.get("cmps"))
    for part in list(parts.values())[:_MOST_PARTS] if isinstance(parts, dict) else ():
        if isinstance(part, dict):
            yield text_at(part, "platform", "p"), part


def _state_topic(entity: Mapping[str, Any], value: Mapping[str, Any]) -> str:
    topic = text_at(entity, "state_topic", "stat_t") or text_at(value, "state_topic", "stat_t")
    base = text_at(value, "~")
    return base + topic[1:] if topic.startswith("~") else topic


def _template_path(template: str) -> str | None:
    """Return the key path that a template reads, empty for the whole value; None if it computes."""
    if not template:
        return ""
    read = _READS.fullmatch(template)
    return _KEYS_READ.sub(_key_read, read[1] or "").lstrip(".") if read else None


def _key_read(key: re.Match[str]) -> str:
    return "." + (key[1] or key[2])


def _term(entity: Mapping[str, Any]) -> Term:
    unit = text_at(entity, "unit_of_measurement", "unit_of_meas")
    return Term("", unit, text_at(entity, "device_class", "dev_cla") or text_at(entity, "name"))


def _senses(component: str, value: Mapping[str, Any]) -> list[str]:
    """Return the categories that an entity says it can sense."""
    if component in _PICTURES:
        return [_PICTURES[component]]
    if component not in _SENSING:
        return []
    for keys, enough in (
        # A class is a term; a name that somebody gave must be clear of itself.
        (("device_class", "dev_cla"), (SURE, MAYBE)),
        (("name",), (SURE,)),
        (("object_id", "obj_id"), (SURE,)),
    ):
        word = text_at(value, *keys)
        reading = read_name(word) if word else None
        if reading is not None and reading.strength in enough:
            return [reading.category]
        estimate = _estimate(name_words(word)[0]) if word else ""
        if estimate:
            return [estimate]
    return []


def _estimate(words: frozenset[str]) -> str:
    """Return what is estimated of people, by the words of a name; empty if it is not that clear.

    An age alone may be that of anything, and moods are also those of lamps.
    """
    if words & word_list("gender"):
        return "gender_estimate"
    of_people = bool(words & word_list("person"))
    if words & word_list("age") and (of_people or words & word_list("years")):
        return "age_estimate"
    if words & word_list("emotion") and (of_people or words & word_list("feeling")):
        return "emotion_mood"
    return ""


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
