"""Weights as Bluetooth scales tell them, with the moment of weighing."""

import datetime as dt
import struct

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Format
from schouw_agent.records import Content, Leaf, Opened

# Weight Measurement: imperial units, moment, user, body mass index and height.
_POUNDS, _MOMENT, _USER, _INDEX = 1, 2, 4, 8
# Reserved by the Bluetooth SIG; Xiaomi's scales set them for "stable" and "empty again".
_STABLE, _EMPTY, _CATTIES = 0x20, 0x80, 0x10
_YEARS = range(1970, 2100)
_HEAVIEST = 500


def _moment(octets: bytes) -> bool:
    year, *rest = struct.unpack("<H5B", octets)
    if year not in _YEARS:
        return False
    try:
        dt.datetime(year, *rest)
    except ValueError:
        return False
    return True


def _measurement(octets: bytes) -> list[Leaf] | None:
    """Return the leaves of a Weight Measurement that bears its moment."""
    flags = octets[0]
    size = 10 + bool(flags & _USER) + 4 * bool(flags & _INDEX)
    if not flags & _MOMENT or flags & 0x40 or len(octets) != size or not _moment(octets[3:10]):
        return None
    raw = int.from_bytes(octets[1:3], "little")
    pounds = bool(flags & (_POUNDS | _CATTIES))
    found = [Leaf("body.weight", round(raw * (0.01 if pounds else 0.005), 3),
                  "lb" if pounds else "kg")]  # fmt: skip
    if flags & _USER:
        found.append(Leaf("body.person_number", octets[10]))
    if flags & _INDEX:
        index, height = struct.unpack("<HH", octets[-4:])
        found.append(Leaf("body.mass_index", index / 10))
        found.append(Leaf("body.height", height / 1000, "m"))
    return found if 0 <= float(found[0].value) <= _HEAVIEST else None


def _composition(octets: bytes) -> list[Leaf] | None:
    """Return the leaves of what Xiaomi's body composition scale advertises."""
    if len(octets) != 13 or octets[0] & 0xEC or octets[1] & 0x18 or not _moment(octets[2:9]):
        return None
    impedance, raw = struct.unpack("<HH", octets[9:])
    pounds = octets[0] & 3 != 2
    weight = round(raw * (0.01 if pounds else 0.005), 3)
    found = [Leaf("body.weight", weight, "lb" if pounds else "kg")]
    if octets[1] & 2:
        found.append(Leaf("body.impedance", impedance, "Ω"))
    return found if weight <= _HEAVIEST else None


def _read(octets: bytes) -> list[Leaf] | None:
    if not 10 <= len(octets) <= 15:
        return None
    return _measurement(octets) or _composition(octets)


def _probe(content: Content) -> float:
    return 0.78 if _read(content.octets) else 0.0


def _open(content: Content) -> Opened:
    found = _read(content.octets)
    if found is None:
        raise DecodeError("weight_scale: no weight with its moment")
    return Opened(leaves=found)


FORMAT = Format(
    id="weight_scale",
    title="Weight of a Bluetooth scale",
    reference="Bluetooth GATT Specification Supplement, Weight Measurement (0x2A9D)",
    probe=_probe,
    open=_open,
)
