"""Remote identification of drones: the 25 octets that they broadcast, by any radio or link.

ASTM F3411-22a, 5.4.5; ASD-STAN prEN 4709-002.
"""

import struct
from typing import Any, NamedTuple

from schouw_agent.errors import DecodeError

MESSAGE_OCTETS = 25
_BASIC, _LOCATION, _AUTHENTICATION, _SELF, _SYSTEM, _OPERATOR, _PACK = 0, 1, 2, 3, 4, 5, 15
_MOST_IN_PACK = 9
_ID_TYPES = {1: "serial", 2: "registration", 3: "utm", 4: "session"}
_UA_TYPES = (
    *("none", "aeroplane", "multirotor", "gyroplane", "hybrid lift", "ornithopter", "glider"),
    *("kite", "free balloon", "captive balloon", "airship", "parachute", "rocket", "tethered"),
    *("ground obstacle", "other"),
)
_DEGREE = 1e-7
_LATITUDE_LIMIT, _LONGITUDE_LIMIT = 90.0, 180.0


class RemoteId(NamedTuple):
    """One message."""

    kind: str
    """basic_id, location, authentication, self_id, system or operator_id."""
    values: dict[str, Any]
    """Under `vehicle` or `operator_person`: degrees, metres, metres per second, if known."""


def parse(octets: bytes) -> list[RemoteId]:
    """Return the message, or those of a pack.  Raises `DecodeError` if it is none."""
    if not octets:
        raise DecodeError("no remote identification")
    if octets[0] >> 4 != _PACK:
        return [_message(octets[:MESSAGE_OCTETS])]
    if len(octets) < 3 or octets[1] != MESSAGE_OCTETS or not 0 < octets[2] <= _MOST_IN_PACK:
        raise DecodeError("malformed pack")
    if len(octets) < 3 + MESSAGE_OCTETS * octets[2]:
        raise DecodeError("pack cut short")
    starts = range(3, 3 + MESSAGE_OCTETS * octets[2], MESSAGE_OCTETS)
    return [_message(octets[at : at + MESSAGE_OCTETS]) for at in starts]


def _message(octets: bytes) -> RemoteId:
    if len(octets) != MESSAGE_OCTETS:
        raise DecodeError("message cut short")
    kind = octets[0] >> 4
    if kind == _BASIC:
        told = basic_id(octets[1] >> 4, octets[1] & 15, octets[2:22])
        return RemoteId("basic_id", of_vehicle(told))
    if kind == _LOCATION:
        return RemoteId("location", of_vehicle(_location(octets)))
    if kind == _SELF:
        return RemoteId("self_id", of_vehicle({"description": text(octets[2:25])}))
    if kind == _SYSTEM:
        latitude, longitude = struct.unpack_from("<ii", octets, 2)
        return RemoteId("system", of_operator(position(latitude, longitude)))
    if kind == _OPERATOR:
        return RemoteId("operator_id", of_operator({"operator_id": text(octets[2:22])}))
    if kind == _AUTHENTICATION:
        return RemoteId("authentication", {})
    raise DecodeError("unknown kind of message")


def basic_id(id_type: int, ua_type: int, identifier: bytes) -> dict[str, Any]:
    """Return what a drone says it is: its number by the kind of number, and its make-up."""
    told: dict[str, Any] = {"ua_type": _UA_TYPES[ua_type] if ua_type < len(_UA_TYPES) else "other"}
    name = _ID_TYPES.get(id_type)
    if name in ("utm", "session"):
        told[f"{name}_id"] = identifier.rstrip(b"\0").hex()
    elif name:
        told[name] = text(identifier)
    return told


def _location(octets: bytes) -> dict[str, Any]:
    flags, direction, speed, _, latitude, longitude, _, altitude, height = struct.unpack_from(
        "<BBBbiiHHH", octets, 1
    )
    told = position(latitude, longitude)
    if altitude:  # 0 stands for -1000 m, which is unknown
        told["altitude"] = altitude / 2 - 1000
    if height:
        told["height"] = height / 2 - 1000
    if direction <= 179:
        told["gps_course"] = direction + (180 if flags & 2 else 0)
    if speed != 255:
        told["gps_speed"] = speed * 0.75 + 255 * 0.25 if flags & 1 else speed * 0.25
    return told


def of_vehicle(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as those of the drone itself; nothing if there are none."""
    return {"vehicle": values} if values else {}


def of_operator(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as those of whoever flies it, most often a person."""
    return {"operator_person": values} if values else {}


def position(latitude: int, longitude: int) -> dict[str, Any]:
    """Return a position in degrees from ten millionths of them; nothing if it is unknown."""
    north, east = latitude * _DEGREE, longitude * _DEGREE
    known = latitude or longitude
    if not known or abs(north) > _LATITUDE_LIMIT or abs(east) > _LONGITUDE_LIMIT:
        return {}
    return {"latitude": round(north, 7), "longitude": round(east, 7)}


def text(octets: bytes) -> str:
    """Return a padded text without what is not printable."""
    plain = octets.partition(b"\0")[0].decode("utf-8", "replace")
    return "".join(character for character in plain if character.isprintable()).strip()
