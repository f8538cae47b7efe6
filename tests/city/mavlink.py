"""What a drone and its ground station tell each other: MAVLink 2, with remote identification.

MAVLink Developer Guide: Serialization, Common Message Set, Open Drone ID.
"""

import socket
import struct
from collections.abc import Iterator

from tests.city.town import Host, Town

PORT = 14550
_START = 0xFD
_HEARTBEAT, _POSITION, _BASIC_ID, _SYSTEM = 0, 33, 12900, 12904
_EXTRA = {_HEARTBEAT: 50, _POSITION: 104, _BASIC_ID: 114, _SYSTEM: 77}
"""CRC_EXTRA of each message, as the published definitions give it."""
_MULTIROTOR, _AUTOPILOT, _ARMED, _ACTIVE = 2, 3, 0x81, 4


class Flight:
    """A drone that tells a ground station where it is, and where its pilot stands."""

    def __init__(self, town: Town, drone: Host, station: str) -> None:
        """`station` is the address of a server."""
        self._town, self._drone = town, drone
        self._number = town.draw.randrange(256)
        self._serial = f"1581F{town.draw.getrandbits(40):010X}".encode()
        with town.wire.among_servers():
            self._station = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._station.bind((station, PORT))
        self._target = (station, PORT)

    def tell(self, place: tuple[float, float], pilot: tuple[float, float], height: float) -> None:
        """Send one datagram for each message: alive, position, and remote identification.

        Places are latitude and longitude in degrees; `height` is in metres.
        """
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as telling:
            telling.bind((self._drone.address, PORT))
            for number, payload in self._messages(place, pilot, height):
                telling.sendto(self._frame(number, payload), self._target)

    def _messages(
        self, place: tuple[float, float], pilot: tuple[float, float], height: float
    ) -> Iterator[tuple[int, bytes]]:
        draw = self._town.draw
        yield (
            _HEARTBEAT,
            struct.pack("<IBBBBB", 0, _MULTIROTOR, _AUTOPILOT, _ARMED, _ACTIVE, 3),
        )
        boot, millimetres = int(self._town.clock.now * 1000), int(height * 1000)
        yield (
            _POSITION,
            struct.pack(
                "<IiiiihhhH", boot, *_whole(place), millimetres + 4000, millimetres,
                draw.randrange(-500, 500), draw.randrange(-500, 500), 0, draw.randrange(36_000),
            ),
        )  # fmt: skip
        yield _BASIC_ID, struct.pack("<BB20sBB20s", 0, 0, b"", 1, _MULTIROTOR, self._serial)
        yield (
            _SYSTEM,
            struct.pack(
                "<iifffIHHBB20sBBBB", *_whole(pilot), 120.0, 0.0, 1.0, boot // 1000, 1, 0,
                0, 0, b"", 0, 1, 1, 2,
            ),
        )  # fmt: skip

    def _frame(self, number: int, payload: bytes) -> bytes:
        # Zeros at the end are not sent, but for the first octet.
        cut = payload.rstrip(b"\0") or b"\0"
        self._number = self._number + 1 & 0xFF
        head = struct.pack("<BBBBBB", len(cut), 0, 0, self._number, 1, 1)
        body = head + number.to_bytes(3, "little") + cut
        return bytes((_START,)) + body + struct.pack("<H", _crc(body + bytes((_EXTRA[number],))))


def _whole(place: tuple[float, float]) -> tuple[int, int]:
    return round(place[0] * 1e7), round(place[1] * 1e7)


def _crc(octets: bytes) -> int:
    """Return the CRC-16/MCRF4XX (X.25 without the last inversion)."""
    value = 0xFFFF
    for octet in octets:
        value ^= octet
        for _ in range(8):
            value = value >> 1 ^ 0x8408 if value & 1 else value >> 1
    return value
