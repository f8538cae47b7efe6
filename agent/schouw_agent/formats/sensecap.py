"""SenseCAP readings: each goes by the number of what it measures."""

from dataclasses import replace
from typing import Any

from schouw_agent.formats.envelope import claimed, json_object
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import open_value
from schouw_agent.records import Content, Opened

_MEASURED = {
    4097: ("air temperature", "°C"), 4098: ("air humidity", "%rh"), 4099: ("illuminance", "lx"),
    4100: ("co2", "ppm"), 4101: ("barometric pressure", "pa"), 4102: ("soil temperature", "°C"),
    4103: ("soil moisture", "%"), 4104: ("wind direction", "°"), 4105: ("wind speed", "m/s"),
    4106: ("ph", "ph"), 4107: ("photosynthetic photon flux", ""),
    4108: ("electrical conductivity", "ds/m"), 4109: ("dissolved oxygen", ""),
    4110: ("soil water", "%"), 4111: ("soil conductivity", "ds/m"),
    4112: ("soil temperature", "°C"), 4113: ("rainfall", "mm/h"), 4115: ("distance", "cm"),
    4116: ("water leak", ""), 4117: ("liquid level", "cm"), 4118: ("nh3", "ppm"),
    4119: ("h2s", "ppm"), 4120: ("water flow", "m3/h"), 4121: ("water volume", "m3"),
    4123: ("water conductivity", "us/cm"), 4124: ("water temperature", "°C"),
    4126: ("sunshine duration", ""), 4127: ("solar radiation", "w/m²"),
    4129: ("photosynthetically active radiation", ""), 4130: ("acceleration", ""),
    4131: ("sound intensity", ""), 4133: ("soil tension", ""), 4134: ("salinity", ""),
    4135: ("tds", ""), 4136: ("surface temperature", "°C"), 4137: ("leaf wetness", "%"),
    4190: ("uv index", ""), 4191: ("wind gust", "m/s"), 4195: ("tvoc", ""),
    4197: ("longitude", "°"), 4198: ("latitude", "°"), 4199: ("illuminance", ""),
    4213: ("rain accumulation", "mm"), 3000: ("battery", "%"),
}  # fmt: skip
"""Number to name and unit, as far as a category has them."""
_MOST_ROWS = 64


def _rows(value: dict[str, Any]) -> list[Any]:
    """Return the readings, which stand in one list or in a list for each moment."""
    messages = value.get("messages")
    rows: list[Any] = []
    for item in messages[:_MOST_ROWS] if isinstance(messages, list) else ():
        rows.extend(item[:_MOST_ROWS] if isinstance(item, list) else (item,))
    return rows


def _number(row: Any) -> int:
    """Return which measurement a reading is of; 0 if it does not say."""
    number = row.get("measurementId") if isinstance(row, dict) else None
    if isinstance(number, str) and len(number) == 4 and number.isascii() and number.isdigit():
        return int(number)
    return number if type(number) is int else 0


def _probe(content: Content) -> float:
    known = any(_number(row) in _MEASURED for row in _rows(json_object(content)))
    return 0.9 if known else 0.0


def _named(value: Any, deep: int = 2) -> Any:
    if isinstance(value, list) and deep:
        return [_named(item, deep - 1) for item in value]
    known = _MEASURED.get(_number(value))
    if known is None:
        return value
    # Its `type` says either the name, or only that it is a reading.
    return {**value, "type": known[0], "unit": known[1]}


def _open(content: Content) -> Opened:
    value = claimed(content, FORMAT)
    opened = open_value({**value, "messages": _named(value["messages"])})
    return replace(opened, by_value=True)


FORMAT = Format(
    id="sensecap",
    title="SenseCAP readings by number",
    reference="Seeed Studio, SenseCAP API: List of Measurement IDs",
    probe=_probe,
    open=_open,
)
