"""MiBeacon service data of Bluetooth advertisements, which Xiaomi's sensors send."""

import struct
from collections.abc import Callable
from typing import NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import ENCRYPTED, Content, Leaf, Opened

_UUID = "fe95"
_ENCRYPTED, _ADDRESS, _CAPABILITY, _OBJECT = 0x0008, 0x0010, 0x0020, 0x0040
_VERSIONS = range(2, 6)
_INPUT_OUTPUT = 0x20
_HEAD = 5
_LONGEST = 64
_MOST_TRAILING = 2
"""Some devices pad what they send."""


def _scaled(name: str, form: str, factor: float, unit: str) -> Callable[[bytes], list[Leaf]]:
    def read(octets: bytes) -> list[Leaf]:
        value = struct.unpack(form, octets)[0]
        return [Leaf(name, round(value * factor, 3), unit)]

    return read


def _flag(name: str, when: int = 1) -> Callable[[bytes], list[Leaf]]:
    return lambda octets: [Leaf(name, octets[0] == when)]


def _number(name: str, unit: str = "") -> Callable[[bytes], list[Leaf]]:
    return lambda octets: [Leaf(name, int.from_bytes(octets, "little"), unit)]


def _both(octets: bytes) -> list[Leaf]:
    temperature, humidity = struct.unpack("<hH", octets)
    return [
        Leaf("temperature", round(temperature / 10, 1), "°C"),
        Leaf("humidity", round(humidity / 10, 1), "%"),
    ]


def _seen(octets: bytes) -> list[Leaf]:
    return [Leaf("motion", True), Leaf("illuminance", int.from_bytes(octets, "little"), "lx")]


def _fingerprint(octets: bytes) -> list[Leaf]:
    return [Leaf("fingerprint.key_id", octets[:4].hex()), Leaf("fingerprint.result", octets[4])]


class _Object(NamedTuple):
    size: int
    read: Callable[[bytes], list[Leaf]]


_HUMIDITY = _scaled("humidity", "<H", 0.1, "%")
_OBJECTS = {
    0x0003: _Object(1, _flag("motion", 0)),
    0x0006: _Object(5, _fingerprint),
    0x0007: _Object(1, _flag("door_open", 0)),
    0x000A: _Object(2, _scaled("temperature", "<h", 0.01, "°C")),
    0x000F: _Object(3, _seen),
    0x0010: _Object(2, _number("toothbrush_event")),
    0x1001: _Object(3, _number("button_event")),
    0x1004: _Object(2, _scaled("temperature", "<h", 0.1, "°C")),
    0x1006: _Object(2, _HUMIDITY),
    0x1007: _Object(3, _number("illuminance", "lx")),
    0x1008: _Object(1, _number("soil_moisture", "%")),
    0x1009: _Object(2, _number("soil_conductivity", "µS/cm")),
    0x100A: _Object(1, _number("battery", "%")),
    0x100D: _Object(4, _both),
    0x1010: _Object(2, _scaled("formaldehyde", "<H", 0.01, "mg/m3")),
    0x1012: _Object(1, _flag("switch")),
    0x1013: _Object(1, _number("consumable", "%")),
    0x1014: _Object(1, _flag("water_leak")),
    0x1015: _Object(1, _flag("smoke")),
    0x1017: _Object(4, _number("motion_idle_duration", "s")),
    0x1018: _Object(1, _flag("light")),
    0x1019: _Object(1, _flag("door_open", 0)),
    0x4803: _Object(1, _number("battery", "%")),
    0x4804: _Object(1, _flag("door_open")),
    0x4818: _Object(2, _number("motion_idle_duration", "s")),
    0x4C01: _Object(4, _scaled("temperature", "<f", 1, "°C")),
    0x4C02: _Object(1, _number("humidity", "%")),
    0x4C03: _Object(1, _number("battery", "%")),
    0x4C08: _Object(4, _scaled("humidity", "<f", 1, "%")),
}


class _Beacon(NamedTuple):
    product: int
    address: str
    encrypted: bool
    leaves: list[Leaf]


def _read(octets: bytes) -> _Beacon | None:
    """Return what a beacon with an object says; None if the octets are no such beacon."""
    if not _HEAD < len(octets) <= _LONGEST:
        return None
    control, product = struct.unpack_from("<HH", octets)
    if control >> 12 not in _VERSIONS or not control & _OBJECT or not product:
        return None
    at, address = _HEAD, ""
    if control & _ADDRESS:
        address = octets[at : at + 6][::-1].hex(":")
        at += 6
    if control & _CAPABILITY:
        at += 3 if octets[at : at + 1] and octets[at] & _INPUT_OUTPUT else 1
    if at + 3 > len(octets):
        return None
    if control & _ENCRYPTED:
        return _Beacon(product, address, True, [])
    leaves = _objects(octets, at)
    return _Beacon(product, address, False, leaves) if leaves is not None else None


def _objects(octets: bytes, at: int) -> list[Leaf] | None:
    leaves: list[Leaf] = []
    while at + 3 <= len(octets):
        kind, size = struct.unpack_from("<HB", octets, at)
        part = octets[at + 3 : at + 3 + size]
        row = _OBJECTS.get(kind)
        if row is None or size != row.size or len(part) != size:
            return None
        leaves.extend(row.read(part))
        at += 3 + size
    return leaves if leaves and len(octets) - at <= _MOST_TRAILING else None


def _told(content: Content) -> bool:
    return content.fields.get("service_uuid") == _UUID


def _probe(content: Content) -> float:
    beacon = _read(content.octets)
    if beacon is None:
        return 0.0
    if _told(content):
        return 0.95
    # Encrypted, nothing but an address could tell it from any other octets.
    return 0.8 if beacon.address and not beacon.encrypted else 0.6 if beacon.leaves else 0.0


def _open(content: Content) -> Opened:
    beacon = _read(content.octets)
    if beacon is None:
        raise DecodeError("xiaomi_ble: no beacon with an object")
    return Opened(
        leaves=beacon.leaves,
        identifiers={"serial": beacon.address} if beacon.address else {},
        undecoded=ENCRYPTED if beacon.encrypted else "",
    )


FORMAT = Format(
    id="xiaomi_ble",
    title="MiBeacon service data",
    reference="Xiaomi IoT developer documentation, MiBeacon protocol versions 2 to 5",
    probe=_probe,
    open=_open,
)
