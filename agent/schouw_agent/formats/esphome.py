"""ESPHome states: a bare value, of which the topic says what it is."""

import re

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Leaf, Opened

_TOPIC = re.compile(
    r"(?:.+/)?[^/]+/(sensor|binary_sensor|text_sensor|number|switch|light|fan|cover)/([^/]+)/state"
)
_LONGEST = 256


def _text(content: Content) -> str:
    if not 0 < len(content.octets) <= _LONGEST:
        return ""
    try:
        text = content.octets.decode("utf-8").strip()
    except UnicodeDecodeError:
        return ""
    return text if text.isprintable() and text[:1] not in ("{", "[") else ""


def _probe(content: Content) -> float:
    return 0.8 if _TOPIC.fullmatch(content.topic) and _text(content) else 0.0


def _open(content: Content) -> Opened:
    named, text = _TOPIC.fullmatch(content.topic), _text(content)
    if named is None or not text:
        raise DecodeError("esphome: no state")
    return Opened(leaves=(Leaf(named[2], _value(text), "", "", ""),))


def _value(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


FORMAT = Format(
    id="esphome",
    title="ESPHome state",
    reference="ESPHome documentation, MQTT client component: default topics",
    probe=_probe,
    open=_open,
)
