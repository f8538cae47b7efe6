"""Tasmota telemetry: readings under the name of the chip, with their units once for all."""

import re
from dataclasses import replace
from typing import Any

from schouw_agent.formats.envelope import claimed, json_object, text_at
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import Content, Leaf, Opened

_TOPIC = re.compile(r"(?:.*/)?(?:tele|stat)/.+|.+/(?:tele|stat)/[A-Z0-9]+")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_UNITS = {
    "TempUnit": ("Temperature", "DewPoint", "HeatIndex"),
    "PressureUnit": ("Pressure", "SeaPressure"),
    "SpeedUnit": ("Speed", "WindSpeed"),
}
_STATE = frozenset(("Uptime", "UptimeSec", "Heap", "SleepMode", "Wifi", "MqttCount", "LoadAvg"))
_DISCOVERY = frozenset(("ip", "dn", "fn", "hn", "mac", "md", "sw", "ft", "tp"))


def _probe(content: Content) -> float:
    value = json_object(content)
    if value.keys() >= _DISCOVERY:
        return 0.92
    time = value.get("Time")
    if not isinstance(time, str) or not _TIME.match(time):
        return 0.0
    marked = not _UNITS.keys().isdisjoint(value) or len(_STATE & value.keys()) >= 3
    return 0.92 if marked or _TOPIC.fullmatch(content.topic) else 0.0


def _open(content: Content) -> Opened:
    value = claimed(content, FORMAT)
    if value.keys() >= _DISCOVERY:
        return _announced(value)
    units = {
        name: value[key]
        for key, names in _UNITS.items()
        if isinstance(value.get(key), str)
        for name in names
    }
    opened = open_value({key: item for key, item in value.items() if key not in _UNITS})
    leaves = [
        leaf._replace(unit=leaf.unit or units.get(leaf.path.rpartition(".")[2], ""))
        for leaf in opened.leaves
    ]
    return replace(opened, leaves=leaves, by_value=True)


def _announced(value: dict[str, Any]) -> Opened:
    """Return what a device says of itself on `tasmota/discovery/…/config`."""
    identifiers = {
        "name": text_at(value, "dn", "hn"),
        "serial": text_at(value, "mac").upper(),
        "model": text_at(value, "md"),
        "firmware": text_at(value, "sw"),
    }
    return Opened(
        leaves=[
            Leaf("mac", value["mac"], "", "", "device mac"),
            Leaf("ip", value["ip"], "", "", "device ip"),
            Leaf("md", value["md"], "", "", "device model"),
            Leaf("sw", value["sw"], "", "", "firmware version"),
        ],
        identifiers={kind: text for kind, text in identifiers.items() if text},
    )


FORMAT = Format(
    id="tasmota",
    title="Tasmota telemetry",
    reference="Tasmota documentation, MQTT: tele messages and discovery",
    probe=_probe,
    open=_open,
)
