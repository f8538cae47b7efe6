"""Manufacturer usage descriptions (MUD, RFC 8520): what traffic the maker of a device declares.

A description says with whom the device may speak and how, not what data it sends: its entries have
a communication profile and no streams.  What the maker leaves to the local administrator
(controllers, other devices of a maker) admits every address here: nobody is accused for it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from schouw_collector.errors import RegisterError
from schouw_collector.plugins import RegisterFormat
from schouw_collector.registers.record_values import (
    FieldError,
    Fields,
    address,
    box,
    day,
    document,
    label,
    part,
    records,
)
from schouw_collector.registers.register import Register, Row, build_register

_MUD = "ietf-mud:mud"
_ACLS = ("ietf-access-control-list:acls", "ietf-access-control-list:access-lists")
_ANY = ("0.0.0.0/0", "::/0")
# Section 8.1, local-networks: where the device is.  Private (RFC 1918, RFC 4193) and link-local.
_LOCAL = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10")
_CLASSES = ("manufacturer", "same-manufacturer", "model", "controller", "my-controller")
# Section 8.3 and common use: servers of the network itself, which nearly every device needs.
_SERVICES = frozenset(f"urn:ietf:params:mud:{name}" for name in ("dns", "ntp", "gateway"))
_ICMP = (1, 58)
_PEER_FIELDS = tuple(
    f"{prefix}{side}{field}"
    for side in ("dst", "src")
    for prefix, field in (("ietf-acldns:", "-dnsname"), ("", "-dnsname"))
) + tuple(f"{side}-ipv{n}-network" for side in ("destination", "source") for n in (4, 6))
# Ports of the IANA registry to protocol ids, and whether what they carry is encrypted.
_PROTOCOLS: Mapping[tuple[str, int], str] = {
    ("udp", 53): "dns",
    ("tcp", 53): "dns",
    ("udp", 67): "dhcp",
    ("udp", 68): "dhcp",
    ("tcp", 80): "http",
    ("udp", 123): "ntp",
    ("udp", 161): "snmp",
    ("tcp", 443): "tls",
    ("udp", 443): "quic",
    ("tcp", 502): "modbus",
    ("tcp", 554): "rtsp",
    ("tcp", 1883): "mqtt",
    ("udp", 1900): "ssdp",
    ("udp", 5353): "mdns",
    ("udp", 5683): "coap",
    ("udp", 5684): "dtls",
    ("tcp", 4222): "nats",
    ("tcp", 5671): "tls",
    ("tcp", 5672): "amqp",
    ("tcp", 8080): "http",
    ("tcp", 8443): "tls",
    ("tcp", 8883): "tls",
}
_ENCRYPTED = frozenset({"tls", "quic", "dtls"})
_HOUSEKEEPING = frozenset({"dns", "dhcp", "ntp", "ssdp", "mdns"})


def probe(_name: str, octets: bytes) -> float:
    """Return 1 if the root object of RFC 8520 is named, else 0."""
    return 1.0 if b'"ietf-mud:mud"' in octets else 0.0


def read(name: str, octets: bytes) -> Register:
    """Return the register of one description, or a list of them.

    Raises `RegisterError` if there is none, or none can be read.
    """
    found = document(name, octets)
    files = found if isinstance(found, list) else [found]
    if not any(isinstance(file, dict) and _MUD in file for file in files):
        raise RegisterError(f"{name}: no description of a device ({_MUD})")
    return build_register(name, octets, "mud", _rows(files))


def _rows(files: list[Any]) -> Iterator[Row | tuple[str, str]]:
    for number, file in enumerate(files, 1):
        mud = file.get(_MUD) if isinstance(file, dict) else None
        if not isinstance(mud, dict):
            yield "", "is not a description of a device"
            continue
        try:
            yield address(mud, "mud-url"), _fields(file, mud, number)
        except FieldError as error:
            yield address(mud, "mud-url"), str(error)


def _fields(file: Fields, mud: Fields, number: int) -> dict[str, Any]:
    url = address(mud, "mud-url")
    if not url:
        raise FieldError("mud-url", "must be a web address")
    if len(url) > 200:
        raise FieldError("mud-url", "longer than 200 characters")
    peers, protocols = _communication(file, mud)
    return {
        "entry_id": url,
        "name": label(mud, "systeminfo", "model-name"),
        "supplier": label(mud, "mfg-name"),
        "device": {
            "manufacturer": label(mud, "mfg-name"),
            "model": label(mud, "model-name"),
            "firmware": label(mud, "firmware-rev", "software-rev"),
        },
        "identifiers": [{"kind": "mud_url", "value": url}],
        "network": {
            "protocols": protocols,
            "peers": peers,
            "encrypted": _encrypted(protocols),
            "mud_url": url,
        },
        "status": "not supported" if box(mud, "is-supported") is False else "",
        "changed_at": day(mud, "last-update"),
        "source": {"register_name": "MUD", "url": url, "row": number},
    }


def _communication(file: Fields, mud: Fields) -> tuple[list[str], list[str]]:
    """Return the peers and the protocols of all that is accepted, to and from the device.

    No protocols if a rule admits one that its port does not tell.
    """
    peers: dict[str, None] = {}
    protocols: dict[str, None] = {}
    open_ended = False
    for matches in _accepted(file, mud):
        if set(matches) == {"eth"}:
            continue  # Below IP: address resolution and the like carry no data anywhere.
        peers.update(dict.fromkeys(_peers(matches)))
        protocol = _protocol(matches)
        protocols.update({protocol: None} if protocol else {})
        open_ended |= not protocol and not _is_icmp(matches)
    return sorted(peers), [] if open_ended else sorted(protocols)


def _accepted(file: Fields, mud: Fields) -> Iterator[Fields]:
    """Yield the matches of each rule that the policies name and that accepts (section 3)."""
    named = {
        label(row, "name")
        for policy in ("from-device-policy", "to-device-policy")
        for row in records(part(part(mud, policy), "access-lists"), "access-list")
    }
    # RFC 9761 shows the lists within the description; the RFC proper has them beside it.
    lists = [part(holder, field) for holder in (file, mud) for field in _ACLS]
    for acl in (acl for held in lists for acl in records(held, "acl")):
        if label(acl, "name") not in named:
            continue
        for ace in records(part(acl, "aces"), "ace"):
            if label(part(ace, "actions"), "forwarding") in ("", "accept"):
                yield part(ace, "matches")


def _peers(matches: Fields) -> list[str]:
    network = [part(matches, "ipv4"), part(matches, "ipv6")]
    named = [label(level, field) for level in network for field in _PEER_FIELDS]
    found = [peer.rstrip(".") for peer in named if peer and len(peer) <= 253]
    device_class = part(matches, "ietf-mud:mud", "mud")
    service = label(device_class, "controller") in _SERVICES
    if "local-networks" in device_class or service:
        found.extend(_LOCAL)
    if not found or (not service and any(field in device_class for field in _CLASSES)):
        found.extend(_ANY)
    return found


def _is_icmp(matches: Fields) -> bool:
    return any(part(matches, level).get("protocol") in _ICMP for level in ("ipv4", "ipv6"))


def _protocol(matches: Fields) -> str:
    """Return the protocol id of a rule's port; empty if it has none or the port tells nothing."""
    for transport in ("tcp", "udp"):
        level = part(matches, transport)
        for side in ("destination-port", "source-port"):
            held = level.get(side)
            port = held.get("port") if isinstance(held, dict) else held
            exact = not isinstance(held, dict) or held.get("operator") in (None, "eq")
            if exact and isinstance(port, int) and (transport, port) in _PROTOCOLS:
                return _PROTOCOLS[transport, port]
    return ""


def _encrypted(protocols: list[str]) -> bool | None:
    """Return True if all that carries data is encrypted; else None: nothing is said of it."""
    carrying = set(protocols) - _HOUSEKEEPING
    return True if carrying and carrying <= _ENCRYPTED else None


REGISTER_FORMAT = RegisterFormat(
    id="mud",
    title="Manufacturer usage description (JSON)",
    reference="RFC 8520, sections 2, 3 and 7",
    probe=probe,
    read=read,
)
