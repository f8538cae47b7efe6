"""802.11 beacons: which access points there are, and what they call their network."""

from collections.abc import Iterator
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint
from schouw_agent.protocols.announcement import Announcements, address, text

_BEACON = 0x80
_HEADER_OCTETS, _FIXED_OCTETS, _CONTROL_OCTETS = 24, 12, 4
_ORDER = 0x80
_INFRASTRUCTURE, _AD_HOC = 1, 2
_NAME, _CISCO, _VENDOR = 0, 133, 221
_SETUP = bytes.fromhex("0050f204")
_SETUP_FIELDS = {0x1021: "vendor", 0x1023: "model", 0x1042: "serial"}
_ELEMENTS_MAX = 256


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how well a frame fits: only an access point sets the bit of infrastructure."""
    head = orig or resp
    if (hint.transport, hint.resp_port) != ("ieee80211", _BEACON) or len(
        head
    ) < _HEADER_OCTETS + _FIXED_OCTETS:
        return 0.0
    able = head[_start(head) - 2] if len(head) >= _start(head) else 0
    is_beacon = head[0] == _BEACON and able & _INFRASTRUCTURE and not able & _AD_HOC
    # Who sends it and which cell it is of are the same.
    return 0.9 if is_beacon and head[10:16] == head[16:22] else 0.0


def _start(octets: bytes) -> int:
    """Return where the elements start."""
    return _HEADER_OCTETS + _CONTROL_OCTETS * (octets[1] & _ORDER > 0) + _FIXED_OCTETS


def _elements(octets: bytes) -> Iterator[tuple[int, bytes]]:
    at = _start(octets)
    for _ in range(_ELEMENTS_MAX):
        if at + 2 > len(octets):
            return
        end = at + 2 + octets[at + 1]
        # What follows the last element is the check sequence of the frame.
        if end > len(octets):
            return
        yield octets[at], octets[at + 2 : end]
        at = end


def read(octets: bytes) -> dict[str, Any]:
    """Return the fields of one beacon: `identity` with mac, name (of the network) and services.

    Also vendor, model and serial, if the access point offers to set itself up and says so, and
    host_name, if it is one of Cisco's.  Raises `DecodeError`.
    """
    if len(octets) < _HEADER_OCTETS + _FIXED_OCTETS or octets[0] != _BEACON:
        raise DecodeError("no beacon")
    identity: dict[str, Any] = {"mac": address(octets[10:16]), "services": ("access point",)}
    for kind, value in _elements(octets):
        if kind == _NAME:
            identity["name"] = text(value)
        elif kind == _CISCO and len(value) >= 26:
            identity["host_name"] = text(value[10:26])
        elif kind == _VENDOR and value[:4] == _SETUP:
            identity |= _setup(value[4:])
    return {"identity": {name: value for name, value in identity.items() if value}}


def _setup(octets: bytes) -> dict[str, str]:
    """Return what Wi-Fi Simple Configuration tells of the device."""
    found = {}
    at = 0
    while at + 4 <= len(octets):
        kind, length = (int.from_bytes(octets[at + i : at + i + 2], "big") for i in (0, 2))
        if kind in _SETUP_FIELDS:
            found[_SETUP_FIELDS[kind]] = text(octets[at + 4 : at + 4 + length])
        at += 4 + length
    return found


def open_conversation(hint: PortHint) -> Announcements:  # noqa: ARG001
    """Start to read what one access point announces."""
    return Announcements("wifi_beacon", read)


DECODER = Decoder(
    id="wifi_beacon",
    title="802.11 beacon",
    reference="IEEE 802.11-2020, 9.3.3.2 and 9.4.2; Wi-Fi Simple Configuration 2.0, 12",
    transports=frozenset({"ieee80211"}),
    ports=frozenset({_BEACON}),
    probe=probe,
    open=open_conversation,
)
