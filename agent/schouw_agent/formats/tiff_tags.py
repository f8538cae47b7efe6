"""The directory of a TIFF file, which is also how EXIF stands in other images.

Sources: TIFF 6.0, sections 2 and 8; EXIF 2.32 (CIPA DC-008), 4.5.2 and 4.6.6.
"""

import math
import struct
from dataclasses import dataclass

from schouw_agent.records import Leaf

_ORDERS = {b"II": "<", b"MM": ">"}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
_INTEGERS = {1: "B", 3: "H", 4: "I", 9: "i"}
_MOST_ENTRIES = 512
_WIDTH, _HEIGHT, _GPS = 0x0100, 0x0101, 0x8825
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4
_DEGREES_MAX = {"latitude": 90.0, "longitude": 180.0}


@dataclass(frozen=True, slots=True)
class Tags:
    """What Schouw looks at in a directory; all else in it is passed over."""

    width: int = 0
    height: int = 0
    position: tuple[float, float] | None = None
    """Latitude and longitude in degrees, if the image says where it was taken."""

    def leaves(self) -> tuple[Leaf, ...]:
        """Return the position as two leaves; none without one."""
        if self.position is None:
            return ()
        return (
            Leaf("exif.latitude", self.position[0]),
            Leaf("exif.longitude", self.position[1]),
        )


def is_tiff(octets: bytes) -> bool:
    """Return whether octets start as a TIFF file does."""
    order = _ORDERS.get(octets[:2])
    return order is not None and octets[2:4] == struct.pack(order + "H", 42)


def read_tags(octets: bytes) -> Tags:
    """Return the tags of the first directory; what is cut off or damaged is left out."""
    if not is_tiff(octets) or len(octets) < 8:
        return Tags()
    order = _ORDERS[octets[:2]]
    first = _directory(octets, order, struct.unpack_from(order + "I", octets, 4)[0])
    return Tags(
        width=_integer(octets, order, first.get(_WIDTH)),
        height=_integer(octets, order, first.get(_HEIGHT)),
        position=_position(octets, order, _integer(octets, order, first.get(_GPS))),
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    count: int
    at: int
    """Where its value starts."""


def _directory(octets: bytes, order: str, at: int) -> dict[int, _Entry]:
    if not 8 <= at <= len(octets) - 2:
        return {}
    count = min(struct.unpack_from(order + "H", octets, at)[0], _MOST_ENTRIES)
    found: dict[int, _Entry] = {}
    for start in range(at + 2, at + 2 + 12 * count, 12):
        if start + 12 > len(octets):
            break
        tag, kind, values = struct.unpack_from(order + "HHI", octets, start)
        size = _SIZES.get(kind, 0) * values
        value_at = start + 8 if size <= 4 else struct.unpack_from(order + "I", octets, start + 8)[0]
        if size and value_at + size <= len(octets):
            found.setdefault(tag, _Entry(kind, values, value_at))
    return found


def _integer(octets: bytes, order: str, entry: _Entry | None) -> int:
    if entry is None or entry.kind not in _INTEGERS:
        return 0
    value: int = struct.unpack_from(order + _INTEGERS[entry.kind], octets, entry.at)[0]
    return value


def _position(octets: bytes, order: str, at: int) -> tuple[float, float] | None:
    directory = _directory(octets, order, at) if at else {}
    latitude = _degrees(octets, order, directory, "latitude")
    longitude = _degrees(octets, order, directory, "longitude")
    return None if latitude is None or longitude is None else (latitude, longitude)


def _degrees(octets: bytes, order: str, gps: dict[int, _Entry], axis: str) -> float | None:
    north = axis == "latitude"
    value = gps.get(_LATITUDE if north else _LONGITUDE)
    if value is None or value.kind != 5 or value.count != 3:
        return None
    parts = struct.unpack_from(order + "6I", octets, value.at)
    if not all(parts[1::2]):
        return None
    degrees, minutes, seconds = (parts[i] / parts[i + 1] for i in (0, 2, 4))
    reference = gps.get(_LATITUDE_REF if north else _LONGITUDE_REF)
    letter = octets[reference.at : reference.at + 1] if reference else b""
    found: float = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(found) or found > _DEGREES_MAX[axis]:
        return None
    return -found if letter in (b"S", b"W") else found
