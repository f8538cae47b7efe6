"""MAVLink messages: their checksums, and what those say that tell where a vehicle is.

MAVLink, Serialization and Common Message Set; the seeds are those of the generated libraries.
"""

import struct
from collections.abc import Mapping
from typing import Any

from schouw_agent.protocols import remote_id_messages as remote_id

SEEDS: Mapping[int, int] = {
    0: 50,
    1: 124,
    2: 137,
    4: 237,
    20: 214,
    21: 159,
    22: 220,
    23: 168,
    24: 24,
    26: 170,
    27: 144,
    29: 115,
    30: 39,
    31: 246,
    32: 185,
    33: 104,
    35: 244,
    36: 222,
    42: 28,
    46: 11,
    47: 153,
    62: 183,
    65: 118,
    66: 148,
    69: 243,
    70: 124,
    74: 20,
    75: 158,
    76: 152,
    77: 143,
    83: 22,
    85: 140,
    87: 150,
    105: 93,
    111: 34,
    116: 76,
    125: 203,
    129: 46,
    136: 1,
    141: 47,
    147: 154,
    148: 178,
    163: 127,
    165: 21,
    168: 1,
    178: 47,
    193: 71,
    230: 163,
    241: 90,
    242: 104,
    245: 130,
    253: 83,
    300: 217,
    12900: 114,
    12901: 254,
    12902: 140,
    12903: 249,
    12904: 77,
    12905: 49,
    12915: 94,
    12918: 139,
    12919: 7,
}
"""CRC_EXTRA by message id: it stands for the layout of the message."""
_HEARTBEAT, _GPS_RAW, _GLOBAL_POSITION, _HOME = 0, 24, 33, 242
_BASIC_ID, _LOCATION, _SELF_ID, _SYSTEM, _OPERATOR_ID, _PACK = (
    12900,
    12901,
    12903,
    12904,
    12905,
    12915,
)
_LENGTHS = {
    _HEARTBEAT: 9,
    _GPS_RAW: 30,
    _GLOBAL_POSITION: 28,
    _HOME: 52,
    _BASIC_ID: 44,
    _LOCATION: 59,
    _SELF_ID: 46,
    _SYSTEM: 54,
    _OPERATOR_ID: 43,
    _PACK: 249,
}
_VEHICLES = {
    1: "fixed-wing drone",
    2: "quadrotor drone",
    3: "coaxial drone",
    4: "helicopter drone",
    6: "ground control station",
    10: "ground rover",
    11: "surface boat",
    12: "submarine",
    13: "hexarotor drone",
    14: "octorotor drone",
    15: "tricopter drone",
    19: "vertical take-off drone",
    26: "gimbal",
    30: "camera",
    34: "remote identification module",
}
_UNKNOWN_COURSE = 65535


def checksum(octets: bytes, seed: int) -> int:
    """Return the CRC-16/MCRF4XX of octets and the seed of their message."""
    value = 0xFFFF
    for octet in (*octets, seed):
        low = (octet ^ value) & 0xFF
        low = (low ^ low << 4) & 0xFF
        value = value >> 8 ^ low << 8 ^ low << 3 ^ low >> 4
    return value & 0xFFFF


def name(number: int) -> str:
    """Return the kind that a message is told as."""
    if number == _HEARTBEAT:
        return "heartbeat"
    if number in (_GPS_RAW, _GLOBAL_POSITION, _HOME):
        return "position"
    return "remote_id" if _BASIC_ID <= number <= 12919 else "message"


def device_type(number: int, payload: bytes) -> str:
    """Return what kind of vehicle a heartbeat says that its sender is; else empty."""
    if number != _HEARTBEAT:
        return ""
    octets = payload.ljust(_LENGTHS[_HEARTBEAT], b"\0")
    return _VEHICLES.get(octets[4], "")


def values(number: int, payload: bytes) -> dict[str, Any]:
    """Return what a message says of the vehicle and of who operates it; most say nothing of them.

    Raises `DecodeError` if remote identification within it is malformed.
    """
    length = _LENGTHS.get(number)
    if length is None or number == _HEARTBEAT:
        return {}
    octets = payload.ljust(length, b"\0")  # zeros at the end are not sent
    if number == _GLOBAL_POSITION:
        found = struct.unpack_from("<IiiiihhhH", octets)
        told = remote_id.position(found[1], found[2])
        if told:
            told |= {"altitude": found[3] / 1000, "height": found[4] / 1000}
        if told and found[8] != _UNKNOWN_COURSE:
            told["gps_course"] = found[8] / 100
        return remote_id.of_vehicle(told)
    if number == _GPS_RAW:
        _, latitude, longitude, altitude = struct.unpack_from("<Qiii", octets)
        told = remote_id.position(latitude, longitude)
        return remote_id.of_vehicle(told | {"altitude": altitude / 1000} if told else {})
    if number == _HOME:
        return {"home": told} if (told := remote_id.position(*_two(octets))) else {}
    return _identification(number, octets)


def _two(octets: bytes) -> tuple[int, int]:
    latitude, longitude = struct.unpack_from("<ii", octets)
    return latitude, longitude


def _identification(number: int, octets: bytes) -> dict[str, Any]:
    if number == _BASIC_ID:
        return remote_id.of_vehicle(remote_id.basic_id(octets[22], octets[23], octets[24:44]))
    if number == _LOCATION:
        return remote_id.of_vehicle(remote_id.position(*_two(octets)))
    if number == _SYSTEM:
        return remote_id.of_operator(remote_id.position(*_two(octets)))
    if number == _SELF_ID:
        return remote_id.of_vehicle({"description": remote_id.text(octets[23:46])})
    if number == _OPERATOR_ID:
        return remote_id.of_operator({"operator_id": remote_id.text(octets[23:43])})
    told: dict[str, Any] = {}
    size, count = octets[22], octets[23]
    if size == remote_id.MESSAGE_OCTETS and count:
        pack = bytes([0xF0, size, count]) + octets[24 : 24 + size * count]
        for message in remote_id.parse(pack):
            for whom, values_of in message.values.items():
                told[whom] = told.get(whom, {}) | values_of
    return told
