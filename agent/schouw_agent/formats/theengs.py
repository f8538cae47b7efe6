"""OpenMQTTGateway and Theengs: a gateway passes on what it hears over Bluetooth or LoRa.

What carries the readings of a known sensor is about that sensor; anything else that was heard is
a radio address of somebody's thing, and is named so.
"""

import re
from dataclasses import replace

from schouw_agent.formats.envelope import claimed, json_object, text_at
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import Content, Leaf, Opened

_MAC = re.compile(r"(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}")
_HEARD = frozenset(
    ("mac_type", "adv_type", "manufacturerdata", "servicedata", "servicedatauuid", "txpower",
     "brand", "model", "model_id", "distance")
)  # fmt: skip
# Kinds of device in the decoder's own terms: what hangs on a wall, and not on a person.
_SENSORS = frozenset(
    ("THB", "THBX", "BBQ", "PLANT", "CTMO", "AIR", "BATT", "ENRG", "WCVR", "ACEL", "TIRE", "BTN")
)


# What the decoder abbreviates to words that say something else, or nothing.
_SPELLED = {
    "moi": "soil moisture", "fer": "soil fertility", "for": "formaldehyde", "hum": "humidity",
    "pres": "air pressure", "lux": "illuminance", "darkness": "illuminance", "mov": "movement",
    "lvl_cm": "distance", "batt": "battery", "bpm": "heart rate", "act_bpm": "heart rate",
    "litres": "water volume", "soc": "battery level", "txpower": "tx power", "tx": "tx power",
}  # fmt: skip


def _probe(content: Content) -> float:
    value = json_object(content)
    heard = isinstance(value.get("id"), str) and _MAC.fullmatch(value["id"])
    return 0.9 if heard and "rssi" in value and not _HEARD.isdisjoint(value) else 0.0


def _open(content: Content) -> Opened:
    value = claimed(content, FORMAT)
    opened = open_value({key: item for key, item in value.items() if key != "id"})
    opened = replace(opened, leaves=[_spelled(leaf) for leaf in opened.leaves])
    sensor = bool(text_at(value, "model_id")) and text_at(value, "type") in _SENSORS
    if not sensor:
        heard = Leaf("id", value["id"], "", "", "bluetooth advertiser")
        return replace(opened, leaves=[heard, *opened.leaves], by_value=True)
    identifiers = {
        "serial": value["id"].upper(),
        "model": text_at(value, "model", "model_id"),
        "vendor": text_at(value, "brand"),
    }
    return replace(
        opened,
        leaves=[Leaf("id", value["id"], "", "", "sensor mac"), *opened.leaves],
        by_value=True,
        subject=value["id"],
        identifiers={kind: text for kind, text in identifiers.items() if text},
    )


def _spelled(leaf: Leaf) -> Leaf:
    name = _SPELLED.get(leaf.path)
    return leaf._replace(hint=name) if name and not leaf.hint else leaf


FORMAT = Format(
    id="theengs",
    title="OpenMQTTGateway or Theengs advertisement",
    reference="Theengs Gateway documentation, MQTT messages; Theengs Decoder, device types",
    probe=_probe,
    open=_open,
)
