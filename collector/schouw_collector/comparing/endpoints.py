"""Where data go: to the municipality, to someone on site, or outside."""

import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schouw_agent.report import Device, Emission, Recipient
from schouw_collector.binding.selectors import host_fits

# RFC 1918, 3927, 4193, 4291 and 6598, loopback and multicast; not `is_private`, which holds the
# documentation networks and others that are not on site.
_ON_SITE = tuple(
    ipaddress.ip_network(block)
    for block in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "169.254.0.0/16",
        "127.0.0.0/8",
        "224.0.0.0/4",
        "255.255.255.255/32",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
        "ff00::/8",
    )
)

SERVICES = frozenset({"udp 53", "udp 67", "udp 123", "udp 547"})
"""Channels by which time, names and addresses are asked: they hide nothing worth a question."""


def is_on_site(address: str) -> bool:
    """Return whether an address is one of a local network; False for what is no address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed in block for block in _ON_SITE if block.version == parsed.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A recipient of a device's data, with what it gets."""

    key: str
    """Server name, else address."""
    recipient: Recipient | None
    """None if only emissions name it."""
    emissions: tuple[tuple[str, Emission], ...]
    """(device id, emission), in the order of the report."""

    @property
    def transport_security(self) -> str:
        """Return "none", "tls 1.3" and the like; "unknown" if no flow to it was seen."""
        return self.recipient.transport_security if self.recipient else "unknown"

    @property
    def octets(self) -> int:
        """Return how much it got: of the flows to it, else of the messages that it got."""
        if self.recipient and self.recipient.octets:
            return self.recipient.octets
        most: dict[tuple[str, str, str], int] = {}
        for device_id, e in self.emissions:
            key = (device_id, e.protocol, e.channel)
            most[key] = max(most.get(key, 0), e.octets)
        return sum(most.values())

    @property
    def on_site(self) -> bool:
        """Return whether the address is one of a local network."""
        return is_on_site(self.recipient.address if self.recipient else self.key)

    def is_one_of(self, hosts: Iterable[str]) -> bool:
        """Return whether one of these host names, addresses or blocks means this endpoint."""
        host = self.recipient.host if self.recipient else self.key
        address = self.recipient.address if self.recipient else self.key
        return any(host_fits(pattern, host, address) for pattern in hosts)


def endpoints(devices: Iterable[Device]) -> list[Endpoint]:
    """Return who gets data of these devices, by key; commands to the devices are left out."""
    emissions: dict[str, list[tuple[str, Emission]]] = {}
    recipients: dict[str, Recipient] = {}
    for device in devices:
        known: Mapping[str, Recipient] = {r.key: r for r in device.recipients}
        for emission in device.emissions:
            if emission.direction == "received" or not emission.recipient:
                continue
            emissions.setdefault(emission.recipient, []).append((device.id, emission))
            if emission.recipient in known:
                recipients.setdefault(emission.recipient, known[emission.recipient])
    return [
        Endpoint(key=key, recipient=recipients.get(key), emissions=tuple(rows))
        for key, rows in sorted(emissions.items())
    ]
