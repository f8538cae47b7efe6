"""CDP: who a device of Cisco, or one that speaks its language, is on the wire."""

import struct
from collections.abc import Iterator
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint
from schouw_agent.protocols.announcement import Announcements, address, text

_SNAP_PROTOCOL = 0x2000
_HEADER_OCTETS = 4
_DEVICE, _ADDRESSES, _PORT, _CAPABILITIES, _SOFTWARE, _PLATFORM = range(1, 7)
_SERVICES = ("router", "bridge", "source route bridge", "switch", "host", "igmp", "repeater",
             "telephone", "remote managed")  # fmt: skip
_ELEMENTS_MAX = 256
_FIRMWARE_OCTETS = 120


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how well a frame fits: version 1 or 2, a time to live, a checksum, an element."""
    head = orig or resp
    if hint.transport != "ethernet" or hint.resp_port != _SNAP_PROTOCOL:
        return 0.0
    fits = len(head) >= 8 and head[0] in (1, 2) and int.from_bytes(head[6:8], "big") >= 4
    return 0.9 if fits else 0.0


def _elements(octets: bytes) -> Iterator[tuple[int, bytes]]:
    at = _HEADER_OCTETS
    for _ in range(_ELEMENTS_MAX):
        # Ethernet pads short frames.
        if at + 4 > len(octets) or octets[at : at + 4] == b"\0\0\0\0":
            return
        kind, length = struct.unpack_from(">HH", octets, at)
        if length < 4 or at + length > len(octets):
            raise DecodeError("an element of CDP is cut off")
        yield kind, octets[at + 4 : at + length]
        at += length


def read(octets: bytes) -> dict[str, Any]:
    """Return the fields of one frame.  Raises `DecodeError`.

    `identity`: host_name, model, firmware and services as far as told; `port`: on which port it was
    sent; `address`: its first address.
    """
    if len(octets) < _HEADER_OCTETS or octets[0] not in (1, 2):
        raise DecodeError("no version of CDP")
    identity: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for kind, value in _elements(octets):
        if kind == _DEVICE:
            identity["host_name"] = text(value)
        elif kind == _PORT:
            fields["port"] = text(value)
        elif kind == _SOFTWARE:
            identity["firmware"] = text(value[:_FIRMWARE_OCTETS])
        elif kind == _PLATFORM:
            identity["model"] = text(value)
        elif kind == _CAPABILITIES and len(value) == 4:
            able = int.from_bytes(value, "big")
            identity["services"] = tuple(n for bit, n in enumerate(_SERVICES) if able >> bit & 1)
        elif kind == _ADDRESSES:
            fields["address"] = _first_address(value)
    if not identity:
        raise DecodeError("CDP that says nothing")
    fields["identity"] = {name: value for name, value in identity.items() if value}
    return fields


def _first_address(value: bytes) -> str:
    """Return the first address of a list; a network layer protocol and its length precede it."""
    if len(value) < 6:
        return ""
    protocol_end = 6 + value[5]
    if protocol_end + 2 > len(value):
        return ""
    (length,) = struct.unpack_from(">H", value, protocol_end)
    return address(value[protocol_end + 2 : protocol_end + 2 + length])


def open_conversation(hint: PortHint) -> Announcements:  # noqa: ARG001
    """Start to read what one device announces."""
    return Announcements("cdp", read)


DECODER = Decoder(
    id="cdp",
    title="CDP",
    reference="Cisco, Frame Formats: Cisco Discovery Protocol frame format, versions 1 and 2",
    transports=frozenset({"ethernet"}),
    ports=frozenset({_SNAP_PROTOCOL}),
    probe=probe,
    open=open_conversation,
)
