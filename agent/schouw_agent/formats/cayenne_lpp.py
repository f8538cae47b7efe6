"""Cayenne Low Power Payload: channel, type and value, over and over to the last octet."""

import struct
from typing import NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Leaf, Opened

_LONGEST = 242
"""The longest payload of LoRaWAN."""
_HINTS = ("cayenne", "lpp")
_USUAL_CHANNELS = range(33)
_FEWEST = 2


class _Type(NamedTuple):
    name: str
    form: str
    """Of struct; `t` and `T`: 24 bits with and without a sign."""
    factor: float
    unit: str = ""
    low: float = -1e12
    high: float = 1e12
    telling: bool = False
    """What is possible is so little of what the octets could say that chance does not give it."""


# Cayenne Docs, "Data Types" (IPSO object ids less 3200); the rest: TTN's CayenneLPP, LPP 2.
_TYPES = {
    0: _Type("digital_input", "B", 1, "", 0, 1),
    1: _Type("digital_output", "B", 1, "", 0, 1),
    2: _Type("analog_input", "h", 0.01),
    3: _Type("analog_output", "h", 0.01),
    100: _Type("generic", "I", 1),
    101: _Type("illuminance", "H", 1, "lx"),
    102: _Type("presence", "B", 1, "", 0, 1),
    103: _Type("temperature", "h", 0.1, "°C", -60, 125, True),
    104: _Type("humidity", "B", 0.5, "%", 0, 100, True),
    113: _Type("acceleration", "hhh", 0.001, "g", -16, 16, True),
    115: _Type("air_pressure", "H", 0.1, "hPa", 300, 1100, True),
    116: _Type("voltage", "H", 0.01, "V", 0, 500),
    117: _Type("electric_current", "H", 0.001, "A"),
    118: _Type("frequency", "I", 1, "Hz"),
    120: _Type("percentage", "B", 1, "%", 0, 100),
    121: _Type("altitude", "h", 1, "m", -500, 9000),
    122: _Type("load", "T", 0.001, "kg"),
    125: _Type("concentration", "H", 1, "ppm"),
    128: _Type("power", "H", 1, "W"),
    130: _Type("distance", "I", 0.001, "m", 0, 10000, True),
    131: _Type("energy", "I", 0.001, "kWh"),
    132: _Type("direction", "H", 1, "°", 0, 360, True),
    133: _Type("time", "I", 1, "", 1.2e9, 3e9, True),
    134: _Type("gyroscope", "hhh", 0.01, "°/s"),
    135: _Type("colour", "BBB", 1),
    136: _Type("location", "ttt", 0.0001),
    142: _Type("switch", "B", 1, "", 0, 1),
}
_LOCATION = 136
_SIZES = {"B": 1, "h": 2, "H": 2, "I": 4, "t": 3, "T": 3}


class _Field(NamedTuple):
    channel: int
    type: _Type
    numbers: list[float]


def _read(octets: bytes) -> list[_Field] | None:
    """Return the fields, or None if the octets are not exactly a row of possible ones."""
    if not 3 <= len(octets) <= _LONGEST:
        return None
    found: list[_Field] = []
    seen: set[tuple[int, int]] = set()
    at = 0
    while at < len(octets):
        key = (octets[at], octets[at + 1] if at + 1 < len(octets) else -1)
        kind = _TYPES.get(key[1])
        if kind is None or key in seen:
            return None
        seen.add(key)
        size = sum(_SIZES[letter] for letter in kind.form)
        part = octets[at + 2 : at + 2 + size]
        at += 2 + size
        if len(part) != size:
            return None
        numbers = _numbers(part, kind)
        if not _possible(numbers, kind, key[1]):
            return None
        found.append(_Field(key[0], kind, numbers))
    return found


def _numbers(part: bytes, kind: _Type) -> list[float]:
    if kind.form[0] in "tT":
        rows = [part[i : i + 3] for i in range(0, len(part), 3)]
        raw = [int.from_bytes(row, "big", signed=kind.form[0] == "t") for row in rows]
    else:
        raw = list(struct.unpack(">" + kind.form, part))
    return [each if kind.factor == 1 else round(each * kind.factor, 4) for each in raw]


def _possible(numbers: list[float], kind: _Type, number: int) -> bool:
    if number == _LOCATION:
        return abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180
    return all(kind.low <= each <= kind.high for each in numbers)


def _probe(content: Content) -> float:
    fields = _read(content.octets)
    if fields is None:
        return 0.0
    said = f"{content.topic} {content.media_type}".lower()
    if any(hint in said for hint in _HINTS):
        return 0.9
    # Many makers' own encodings are channel, type and value as well, with other types.
    telling = sum(field.type.telling for field in fields) + sum(
        field.type.name == "location" for field in fields
    )
    usual = all(field.channel in _USUAL_CHANNELS for field in fields)
    return 0.6 if usual and telling >= 1 and len(fields) >= _FEWEST else 0.0


def _open(content: Content) -> Opened:
    fields = _read(content.octets)
    if fields is None:
        raise DecodeError("cayenne_lpp: not a row of channels")
    leaves: list[Leaf] = []
    for channel, kind, numbers in fields:
        path = f"channel_{channel}.{kind.name}"
        if kind.name == "location":
            latitude, longitude, altitude = numbers
            leaves.append(Leaf(f"{path}.latitude", latitude))
            leaves.append(Leaf(f"{path}.longitude", longitude))
            leaves.append(Leaf(f"{path}.altitude", round(altitude * 100, 2), "m"))
        elif len(numbers) > 1:
            leaves.append(Leaf(f"{path}[]", numbers, kind.unit))
        elif kind.high == 1:
            leaves.append(Leaf(path, bool(numbers[0])))
        else:
            leaves.append(Leaf(path, numbers[0], kind.unit))
    return Opened(leaves=leaves)


FORMAT = Format(
    id="cayenne_lpp",
    title="Cayenne Low Power Payload",
    reference="myDevices Cayenne Docs, LoRa: Cayenne Low Power Payload; OMA IPSO object ids",
    probe=_probe,
    open=_open,
)
