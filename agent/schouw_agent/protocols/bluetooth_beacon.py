"""Beacons of Bluetooth Low Energy that mark a place: iBeacon, AltBeacon and Eddystone.

Telephones, watches and tags that people carry advertise too.  They are never read.
"""

from collections.abc import Iterator
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint
from schouw_agent.protocols.announcement import Announcements, address, text

_HEADER_OCTETS, _SENDER_OCTETS = 6, 6
_NAMES, _SERVICE, _MANUFACTURER = (8, 9), 0x16, 0xFF
_IBEACON, _ALTBEACON, _EDDYSTONE = b"\x4c\0\x02\x15", b"\xbe\xac", b"\xaa\xfe"
_EDDYSTONE_FRAMES = {0x00: 18, 0x10: 4, 0x20: 14}
"""Those that do not change their id to stay unknown, with their least octets."""
_IBEACON_OCTETS, _ALTBEACON_OCTETS = 25, 26


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how well an advertisement fits: one element of it must be a beacon."""
    head = orig or resp
    if hint.transport != "bluetooth":
        return 0.0
    return 0.9 if any(_kind(kind, value) for kind, value in _elements(head)) else 0.0


def _elements(octets: bytes) -> Iterator[tuple[int, bytes]]:
    if len(octets) < _HEADER_OCTETS:
        return
    end = min(_HEADER_OCTETS + octets[5], len(octets))
    at = _HEADER_OCTETS + _SENDER_OCTETS
    while at + 2 <= end and octets[at]:
        after = at + 1 + octets[at]
        if after > end:
            return
        yield octets[at + 1], octets[at + 2 : after]
        at = after


def _kind(kind: int, value: bytes) -> str:
    if kind == _MANUFACTURER:
        if value[:4] == _IBEACON and len(value) == _IBEACON_OCTETS:
            return "iBeacon"
        if value[2:4] == _ALTBEACON and len(value) == _ALTBEACON_OCTETS:
            return "AltBeacon"
    elif kind == _SERVICE and value[:2] == _EDDYSTONE and len(value) > 2:
        return "Eddystone" if len(value) >= _EDDYSTONE_FRAMES.get(value[2], 1 << 8) else ""
    return ""


def read(octets: bytes) -> dict[str, Any]:
    """Return the fields of one advertisement: `identity` with mac, device_type and name.

    Raises `DecodeError`.
    """
    identity: dict[str, Any] = {"mac": address(octets[11:5:-1])}
    for kind, value in _elements(octets):
        found = _kind(kind, value)
        if found:
            identity["device_type"] = found
        elif kind in _NAMES:
            identity["name"] = text(value)
    if "device_type" not in identity:
        raise DecodeError("no beacon")
    return {"identity": {name: value for name, value in identity.items() if value}}


def open_conversation(hint: PortHint) -> Announcements:  # noqa: ARG001
    """Start to read what one beacon announces."""
    return Announcements("bluetooth_beacon", read)


DECODER = Decoder(
    id="bluetooth_beacon",
    title="Bluetooth beacon",
    reference="Bluetooth Core 5.4, volume 3 part C, 11; Apple iBeacon; AltBeacon 1.0; Eddystone",
    transports=frozenset({"bluetooth"}),
    ports=frozenset({0}),
    probe=probe,
    open=open_conversation,
)
