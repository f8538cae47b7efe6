"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson

from schouw_agent.records import Content, Term

_TOPIC = "homeassistant/sensor/mast-8/geluid/config"
_DEVICE = {"name": "mast-8", "mdl": "SB-2", "mf": "Geluidbouw", "sw": "1.4", "ids": ["0001"]}


def _config(topic=_TOPIC, **config):
    return Content(orjson.dumps({"uniq_id": "x", "dev": _DEVICE, **config}), topic=topic)


_LEAVES = {"device": "1.4"}
CASES = (
    ("with abbreviations", _config(dev_cla="temperature", stat_t="a/b"), _LEAVES),
    ("in full", Content(
        b'{"unique_id": "x", "state_topic": "a/b", "device_class": "humidity"}', topic=_TOPIC), {}),
)  # fmt: skip
INVALID = (
    b"", Content(b"{}", topic=_TOPIC), Content(b'{"uniq_id": "x", "stat_t": "a/b"}', topic="a/b"),
    Content(b'{"uniq_id": "x"}', topic=_TOPIC), Content(b"", topic=_TOPIC),
)  # fmt: skip
SUBJECTS = (
    ("by the device's name", _config(), "mast-8",
     {"name": "mast-8", "model": "SB-2", "vendor": "Geluidbouw", "firmware": "1.4"}),
)  # fmt: skip
DECLARED = (
    ("device class", _config(dev_cla="temperature"), ("air_temperature",)),
    ("by its name", _config(name="LAeq"), ("sound_level",)),
    ("a picture", _config("homeassistant/camera/mast-8/config"), ("still_image",)),
    ("gender", _config(name="Visitor gender"), ("gender_estimate",)),
    ("age", _config(name="Geschatte leeftijd"), ("age_estimate",)),
    ("mood", _config(name="facialEmotion"), ("emotion_mood",)),
    ("an age of anything", _config(name="Age"), ()),
    ("the age of a message", _config(name="Message age"), ()),
    ("the mood of a lamp", _config(name="Mood"), ()),
    ("a switch senses nothing", _config("homeassistant/switch/mast-8/config", name="lamp"), ()),
    ("several components", _config("homeassistant/device/mast-8/config",
        cmps={"a": {"p": "sensor", "dev_cla": "humidity"}, "b": {"p": "camera"}}),
     ("relative_humidity", "still_image")),
)  # fmt: skip
TERMS = (
    ("a bare value", _config(stat_t="mast-8/t", dev_cla="temperature", unit_of_meas="°C"),
     {"mast-8/t": {"": Term("", "°C", "temperature")}}),
    ("a key of an object", _config(stat_t="~/SENSOR", val_tpl="{{ value_json.SB['dB'] | round }}",
        name="LAeq", **{"~": "tele/mast-8"}),
     {"tele/mast-8/SENSOR": {"SB.dB": Term("", "", "LAeq")}}),
    ("computed, and so not told", _config(stat_t="a", val_tpl="{{ value_json.a + 1 }}"), {}),
    ("nowhere", _config(name="x"), {}),
)  # fmt: skip
