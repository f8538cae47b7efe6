"""Rows: why; content; leaves as path to value, or the form of a medium."""

import orjson


def _heard(**advert):
    return orjson.dumps({"id": "02:A1:B2:C3:D4:E5", "rssi": -70, **advert})


_SENSOR = _heard(brand="Xiaomi", model="RoundT&H", model_id="LYWSDCGQ", type="THB", tempc=20.5)
CASES = (
    ("a sensor on the wall", _SENSOR,
     {"id": "02:A1:B2:C3:D4:E5", "rssi": -70, "brand": "Xiaomi", "model": "RoundT&H",
      "model_id": "LYWSDCGQ", "type": "THB", "tempc": 20.5}),
    ("something that passes", _heard(mac_type=1, manufacturerdata="4c001005"),
     {"id": "02:A1:B2:C3:D4:E5", "rssi": -70, "mac_type": 1, "manufacturerdata": "4c001005"}),
    ("a type that is none", _heard(model_id="LYWSDCGQ", type={"a": 4}),
     {"id": "02:A1:B2:C3:D4:E5", "rssi": -70, "model_id": "LYWSDCGQ", "type.a": 4}),
)  # fmt: skip
HINTS = (
    (
        "abbreviations that say something else elsewhere",
        _heard(model_id="HHCCJCY01HHCC", type="PLANT", moi=22, fer=120),
        {"moi": "soil moisture", "fer": "soil fertility"},
    ),
)
INVALID = (
    b"", b"{}", _heard(), b'{"id": "mast-1", "rssi": -70, "model": "x"}',
    b'{"id": "02:A1:B2:C3:D4:E5", "model": "x"}',
)  # fmt: skip
SUBJECTS = (
    ("a sensor speaks through the gateway", _SENSOR, "02:A1:B2:C3:D4:E5",
     {"serial": "02:A1:B2:C3:D4:E5", "model": "RoundT&H", "vendor": "Xiaomi"}),
    ("a passing telephone is no device of ours", _heard(mac_type=1), "", {}),
    ("nor is a watch, whatever is known of it",
     _heard(model_id="APPLEWATCH", type="WTCH", brand="Apple"), "", {}),
)  # fmt: skip
