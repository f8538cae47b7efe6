"""BTHome service data of Bluetooth advertisements, versions 1 and 2."""

import struct
from typing import NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import ENCRYPTED, Content, Leaf, Opened

_UUIDS = frozenset(("fcd2", "181c", "181e"))
_VERSION_2 = 2
_LONGEST = 255
_MOST_REPEATED = 8


class _Object(NamedTuple):
    name: str
    size: int
    """Octets; negative: signed; 0: a length precedes."""
    factor: float = 1
    unit: str = ""


def _flags(first: int, names: str) -> dict[int, _Object]:
    return {first + i: _Object(name, 1, 0) for i, name in enumerate(names.split())}


# bthome.io/format, "Sensor data", "Binary sensor data", "Events", "Device information".
# A factor of 0: true or false.
_OBJECTS = {
    0x00: _Object("packet_seq", 1),
    0x01: _Object("battery", 1, 1, "%"),
    0x02: _Object("temperature", -2, 0.01, "°C"),
    0x03: _Object("humidity", 2, 0.01, "%"),
    0x04: _Object("air_pressure", 3, 0.01, "hPa"),
    0x05: _Object("illuminance", 3, 0.01, "lx"),
    0x06: _Object("mass", 2, 0.01, "kg"),
    0x07: _Object("mass", 2, 0.01, "lb"),
    0x08: _Object("dew_point", -2, 0.01, "°C"),
    0x09: _Object("count", 1),
    0x0A: _Object("energy", 3, 0.001, "kWh"),
    0x0B: _Object("power", 3, 0.01, "W"),
    0x0C: _Object("voltage", 2, 0.001, "V"),
    0x0D: _Object("pm2.5", 2, 1, "µg/m3"),
    0x0E: _Object("pm10", 2, 1, "µg/m3"),
    0x12: _Object("co2", 2, 1, "ppm"),
    0x13: _Object("tvoc", 2, 1, "µg/m3"),
    0x14: _Object("moisture", 2, 0.01, "%"),
    **_flags(0x0F, "generic_flag power_switch opened"),
    **_flags(
        0x15,
        "battery_low battery_charging carbon_monoxide cold connectivity door garage_door gas heat "
        "light lock moisture_leak motion moving occupancy plug_contact presence problem running "
        "safety smoke sound tamper vibration window_open",
    ),
    0x2E: _Object("humidity", 1, 1, "%"),
    0x2F: _Object("moisture", 1, 1, "%"),
    0x3A: _Object("button", 1),
    0x3C: _Object("dimmer", 2),
    0x3D: _Object("count", 2),
    0x3E: _Object("count", 4),
    0x3F: _Object("rotation", -2, 0.1, "°"),
    0x40: _Object("distance", 2, 1, "mm"),
    0x41: _Object("distance", 2, 0.1, "m"),
    0x42: _Object("duration", 3, 0.001, "s"),
    0x43: _Object("current", 2, 0.001, "A"),
    0x44: _Object("speed", 2, 0.01, "m/s"),
    0x45: _Object("temperature", -2, 0.1, "°C"),
    0x46: _Object("uv_index", 1, 0.1),
    0x47: _Object("volume", 2, 0.1, "l"),
    0x48: _Object("volume", 2, 0.001, "l"),
    0x49: _Object("flow_rate", 2, 0.001, "m3/h"),
    0x4A: _Object("voltage", 2, 0.1, "V"),
    0x4B: _Object("gas_consumption", 3, 0.001, "m3"),
    0x4C: _Object("gas_consumption", 4, 0.001, "m3"),
    0x4D: _Object("energy", 4, 0.001, "kWh"),
    0x4E: _Object("volume", 4, 0.001, "l"),
    0x4F: _Object("water_volume", 4, 0.001, "l"),
    0x50: _Object("timestamp", 4),
    0x51: _Object("acceleration", 2, 0.001, "m/s2"),
    0x52: _Object("gyroscope", 2, 0.001, "°/s"),
    0x53: _Object("text", 0),
    0x54: _Object("raw", 0),
    0x55: _Object("volume_stored", 4, 0.001, "l"),
    0x56: _Object("conductivity", 2, 1, "µS/cm"),
    0x57: _Object("temperature", -1, 1, "°C"),
    0x58: _Object("temperature", -1, 0.35, "°C"),
    0x59: _Object("count", -1),
    0x5A: _Object("count", -2),
    0x5B: _Object("count", -4),
    0x5C: _Object("power", -4, 0.01, "W"),
    0x5D: _Object("current", -2, 0.001, "A"),
    0x5E: _Object("direction", 2, 0.01, "°"),
    0x5F: _Object("precipitation", 2, 0.1, "mm"),
    0x60: _Object("channel", 1),
    0x61: _Object("rotations_per_minute", 2, 1, "rpm"),
    0x62: _Object("speed", -4, 0.000001, "m/s"),
    0x63: _Object("acceleration", -4, 0.000001, "m/s2"),
    0xF0: _Object("device_type", 2),
    0xF1: _Object("firmware_version", 4),
    0xF2: _Object("firmware_version", 3),
}
_HALF_AND_OTHERS = {2: "<e", 4: "<f", 8: "<d"}


def _told(content: Content) -> bool:
    """Return whether the message says that this is BTHome."""
    return content.fields.get("service_uuid") in _UUIDS or "bthome" in content.topic.lower()


def _number(row: _Object, octets: bytes) -> float | bool:
    raw = int.from_bytes(octets, "little", signed=row.size < 0)
    if row.factor == 0:
        return bool(raw)
    return raw if row.factor == 1 else round(raw * row.factor, 6)


def _second(octets: bytes) -> list[Leaf] | None:
    """Return the leaves of version 2 after its first octet, or None if it is not exactly that."""
    found: list[Leaf] = []
    at, previous, repeated = 1, 0, 0
    while at < len(octets):
        number = octets[at]
        row = _OBJECTS.get(number)
        repeated = repeated + 1 if number == previous else 0
        if row is None or number < previous or repeated > _MOST_REPEATED:
            return None
        previous = number
        at += 1
        size = abs(row.size)
        if not size:
            if at >= len(octets):
                return None
            size, at = octets[at], at + 1
        part = octets[at : at + size]
        at += size
        if at > len(octets) or (row.factor == 0 and part[0] > 1):
            return None
        found.append(_leaf(row, part))
    return found or None


def _leaf(row: _Object, part: bytes) -> Leaf:
    if row.name == "raw":
        return Leaf("raw", part)
    if row.name == "text":
        return Leaf("text", part.decode("utf-8", "replace"))
    if row.name == "firmware_version":
        return Leaf(row.name, ".".join(map(str, reversed(part))))
    return Leaf(row.name.replace(".", "_"), _number(row, part), row.unit)


def _first(octets: bytes) -> list[Leaf] | None:
    """Return the leaves of version 1, where a length and a type precede every object."""
    found: list[Leaf] = []
    at = 0
    while at < len(octets):
        size, kind = octets[at] & 0x1F, octets[at] >> 5
        part = octets[at + 2 : at + 1 + size]
        row = _OBJECTS.get(octets[at + 1]) if at + 1 < len(octets) else None
        if row is None or kind > 2 or not 2 <= size <= 9 or len(part) != size - 1:
            return None
        at += 1 + size
        if kind == 2:
            form = _HALF_AND_OTHERS.get(len(part))
            if form is None:
                return None
            value = round(struct.unpack(form, part)[0], 4)
            found.append(Leaf(row.name.replace(".", "_"), value, row.unit))
        else:
            # The sign and the length that the object has in version 2, or chance would do.
            if (kind == 1) != (row.size < 0) or len(part) != abs(row.size):
                return None
            if row.factor == 0 and part[0] > 1:
                return None
            found.append(_leaf(row, part))
    return found or None


def _read(content: Content) -> list[Leaf] | None:
    octets = content.octets
    if not 3 <= len(octets) <= _LONGEST:
        return None
    # Bits 5 to 7: the version; bit 0: encrypted; bit 2: sent upon an event; the rest is reserved.
    if octets[0] & 0xFB == _VERSION_2 << 5:
        found = _second(octets)
        if found:
            return found
    return _first(octets) if len(octets) > 3 or _told(content) else None


def _encrypted(content: Content) -> bool:
    octets = content.octets
    return _told(content) and len(octets) > 9 and octets[0] & 0xE1 == (_VERSION_2 << 5) + 1


def _probe(content: Content) -> float:
    if _encrypted(content):
        return 0.9
    found = _read(content)
    if not found:
        return 0.0
    if _told(content):
        return 0.95
    return 0.7 if all(map(_plausible, found)) else 0.0


# Nobody says that it is BTHome: then what it says must be possible.
_POSSIBLE = {
    "battery": (0, 100),
    "temperature": (-60, 125),
    "humidity": (0, 100),
    "moisture": (0, 100),
    "dew_point": (-80, 80),
    "air_pressure": (300, 1200),
    "illuminance": (0, 160000),
    "button": (0, 0xFE),
    "channel": (0, 32),
    "direction": (0, 360),
    "uv_index": (0, 20),
    "acceleration": (-400, 400),
}


def _plausible(leaf: Leaf) -> bool:
    low, high = _POSSIBLE.get(leaf.path, (0, 0))
    if low == high:
        return True
    return isinstance(leaf.value, (int, float)) and low <= leaf.value <= high


def _open(content: Content) -> Opened:
    if _encrypted(content):
        return Opened(undecoded=ENCRYPTED)
    found = _read(content)
    if not found:
        raise DecodeError("bthome: not a row of objects")
    return Opened(leaves=found)


FORMAT = Format(
    id="bthome",
    title="BTHome service data",
    reference="bthome.io, Format (version 2) and Version 1",
    probe=_probe,
    open=_open,
)
