"""LLDP: who a device is, as it tells its neighbours on the wire."""

import struct
from collections.abc import Iterator
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint
from schouw_agent.protocols.announcement import Announcements, address, text

_ETHERTYPE = 0x88CC
_END, _CHASSIS, _PORT, _TTL, _PORT_NAME, _NAME, _DESCRIPTION, _CAPABILITIES, _MANAGEMENT = range(9)
_OWN = 127
_MAC, _NETWORK = 4, 5
"""Kinds of a chassis id; those of a port id are one less."""
_MUD, _MED = bytes.fromhex("00005e 01"), bytes.fromhex("0012bb")
_MED_FIELDS = {5: "hardware", 6: "firmware", 7: "software", 8: "serial", 9: "vendor", 10: "model"}
_SERVICES = ("other", "repeater", "bridge", "access point", "router", "telephone", "docsis",
             "station", "c-vlan", "s-vlan", "relay")  # fmt: skip
_ELEMENTS_MAX = 256
_URL_MAX = 512


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how well a frame fits: chassis, port and time to live come first, in this order."""
    head = orig or resp
    if hint.transport != "ethernet" or hint.resp_port != _ETHERTYPE:
        return 0.0
    return 0.9 if len(head) >= 4 and head[0] == _CHASSIS << 1 and head[1] >= 2 else 0.0


def _elements(octets: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(_ELEMENTS_MAX):
        if at + 2 > len(octets):
            return
        (head,) = struct.unpack_from(">H", octets, at)
        kind, length = head >> 9, head & 0x1FF
        if at + 2 + length > len(octets):
            raise DecodeError("an element of LLDP is cut off")
        if kind == _END:
            return
        yield kind, octets[at + 2 : at + 2 + length]
        at += 2 + length


def read(octets: bytes) -> dict[str, Any]:
    """Return the fields of one frame.  Raises `DecodeError`.

    `identity`: host_name, mac, model (its own description), vendor, firmware, serial, mud_url and
    services as far as told; `port`: on which port it was sent; `address`: where it is managed.
    """
    order = []
    identity: dict[str, Any] = {}
    fields: dict[str, Any] = {"identity": identity}
    for kind, value in _elements(octets):
        order.append(kind)
        if kind in (_CHASSIS, _PORT):
            if len(value) < 2:
                raise DecodeError("an id of LLDP is empty")
            _name(kind, value, identity, fields)
        elif kind == _NAME:
            identity["host_name"] = text(value)
        elif kind == _DESCRIPTION:
            identity.setdefault("model", text(value))
        elif kind == _CAPABILITIES and len(value) == 4:
            enabled = int.from_bytes(value[2:], "big")
            names = tuple(n for bit, n in enumerate(_SERVICES) if enabled >> bit & 1)
            identity["services"] = names
        elif kind == _MANAGEMENT and len(value) >= 2:
            fields["address"] = address(value[2 : 1 + value[0]])
        elif kind == _OWN:
            _of_organisation(value, identity)
    if order[:3] != [_CHASSIS, _PORT, _TTL]:
        raise DecodeError("LLDP without its first three elements")
    fields["identity"] = {name: value for name, value in identity.items() if value}
    return fields


def _name(kind: int, value: bytes, identity: dict[str, Any], fields: dict[str, Any]) -> None:
    sort = value[0] + (kind == _PORT)
    if sort == _MAC:
        told = address(value[1:])
    elif sort == _NETWORK:
        told = address(value[2:])
    else:
        told = text(value[1:])
    if kind == _PORT:
        fields["port"] = told
    elif sort == _MAC:
        identity["mac"] = told
    else:
        identity["name"] = told


def _of_organisation(value: bytes, identity: dict[str, Any]) -> None:
    """Read what other organisations defined: IANA the MUD address, TIA the inventory."""
    if value[:4] == _MUD:
        url = value[4:].decode("latin-1")
        if (
            url.startswith("https://")
            and url.isascii()
            and url.isprintable()
            and len(url) < _URL_MAX
        ):
            identity["mud_url"] = url
    elif value[:3] == _MED and len(value) > 4:
        name = _MED_FIELDS.get(value[3], "")
        if name == "model":
            identity["model"] = text(value[4:])
        elif name == "software":
            identity.setdefault("firmware", text(value[4:]))
        elif name and name != "hardware":
            identity[name] = text(value[4:])


def open_conversation(hint: PortHint) -> Announcements:  # noqa: ARG001
    """Start to read what one device announces."""
    return Announcements("lldp", read)


DECODER = Decoder(
    id="lldp",
    title="LLDP",
    reference="IEEE 802.1AB clause 8; MUD: RFC 8520, 11; inventory: ANSI/TIA-1057, 10.2.6",
    transports=frozenset({"ethernet"}),
    ports=frozenset({_ETHERTYPE}),
    probe=probe,
    open=open_conversation,
)
