"""Who devices are, as they say themselves and as others say of them, within bounds.

Only what `minimised_facts` leaves is kept.  Each value remembers by which protocols it was told:
sources that agree make it surer.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from schouw_agent.inventory.stations import StationKey, Stations, is_group
from schouw_agent.privacy.minimise_facts import minimised_facts
from schouw_agent.records import Delivery, Endpoint

MOST_NAMED = 16_384
MOST_VALUES = 16
"""Of one kind, of one machine."""
_BY_MAKER = frozenset(
    {"bacnet", "cdp", "dahua", "hikvision", "lldp", "modbus", "opcua", "semtech_udp", "snmp"}
)
"""What these tell is set by the maker or by whoever manages the network."""
_SURE, _LIKELY, _SURMISED = 0.8, 0.6, 0.4
_DESCRIBED = frozenset({"lldp", "snmp"})
"""Protocols whose model may be a description that somebody wrote."""
_RADIO = frozenset({"bluetooth", "ieee80211"})
_FORWARDS = frozenset({"access point", "bridge", "repeater", "router", "c-vlan", "s-vlan",
                       "switch", "transparent bridge", "source route bridge"})  # fmt: skip
_PRINTS = frozenset({"_ipp._tcp", "_ipps._tcp", "_pdl-datastream._tcp", "_printer._tcp", "Printer"})
_SERVERS = {"dhcp": "address server", "dhcpv6": "address server", "ntp": "time server"}
_DHCP_ANSWERS = frozenset({"offer", "ack", "nak", "advertise", "reply"})


class Fact(NamedTuple):
    """Something told of a machine."""

    kind: str
    value: str
    """Minimised."""
    confidence: float
    """Of all sources together."""


class Identities:
    """What is told of every machine."""

    def __init__(self) -> None:
        self._of: dict[StationKey, dict[str, dict[str, dict[str, float]]]] = {}
        """Machine → kind → value → source → confidence."""
        self.overflowed = 0
        """Facts that were not kept because there were too many."""

    def add(self, station: StationKey, source: str, told: Mapping[str, Any], sure: float) -> None:
        """Keep facts of a machine, each with the confidence that this source gives."""
        for kind, value in minimised_facts(told, described=source in _DESCRIBED):
            self._keep(station, kind, value, source, sure)

    def _keep(self, station: StationKey, kind: str, value: str, source: str, sure: float) -> None:
        own = self._of.get(station)
        if own is None:
            if len(self._of) >= MOST_NAMED:
                self.overflowed += 1
                return
            own = self._of[station] = {}
        values = own.setdefault(kind, {})
        if value not in values and len(values) >= MOST_VALUES:
            self.overflowed += 1
            return
        sources = values.setdefault(value, {})
        sources[source] = max(sure, sources.get(source, 0.0))

    def of(self, stations: Iterable[StationKey]) -> Iterator[Fact]:
        """Yield the facts of a machine that these stations are, the surest of a kind first."""
        merged: dict[str, dict[str, dict[str, float]]] = {}
        for station in stations:
            for kind, values in self._of.get(station, {}).items():
                for value, sources in values.items():
                    own = merged.setdefault(kind, {}).setdefault(value, {})
                    for source, sure in sources.items():
                        own[source] = max(sure, own.get(source, 0.0))
        for kind, values in sorted(merged.items()):
            facts = [Fact(kind, value, _together(own)) for value, own in values.items()]
            yield from sorted(facts, key=lambda fact: (-fact.confidence, fact.value))


def _together(sources: Mapping[str, float]) -> float:
    """Return how sure something is that independent sources say."""
    doubt = 1.0
    for sure in sources.values():
        doubt *= 1 - sure
    return round(min(1 - doubt, 0.99), 3)


def sender_of(delivery: Delivery) -> Endpoint:
    """Return who sent a message."""
    return delivery.flow.orig if delivery.from_orig else delivery.flow.resp


def listen(identities: Identities, stations: Stations, delivery: Delivery) -> None:
    """Take from a message who its sender or its recipient is, and what part that one plays."""
    message = delivery.message
    fields, protocol = message.fields, message.protocol
    if message.kind == "identity":
        _identity(identities, stations, delivery)
    elif protocol in ("http", "rtsp"):
        program = fields.get("user_agent") or fields.get("server")
        if program:
            key = _key(sender_of(delivery))
            identities.add(key, protocol, {"user_agent": str(program)[:255]}, _SURMISED)
    elif message.kind == "certificate":
        _certificate(identities, stations, delivery)
    elif message.kind in _DHCP_ANSWERS and protocol in _SERVERS:
        stations.state(sender_of(delivery)).parts.add(_SERVERS[protocol])


def _identity(identities: Identities, stations: Stations, delivery: Delivery) -> None:
    flow, message = delivery.flow, delivery.message
    told = message.fields["identity"]
    sure = _SURE if message.protocol in _BY_MAKER else _LIKELY
    if message.fields.get("about") == "recipient":
        _recipient(identities, stations, delivery, told, sure)
        return
    sender = sender_of(delivery)
    if flow.transport in _RADIO and is_made_up(sender.mac):
        # Made to change, or of a phone that is an access point for a while: somebody's.
        return
    key = _key(sender)
    state = stations.state(key)
    state.seen(delivery.time, delivery.time)
    identities.add(key, message.protocol, told, sure)
    kinds = {str(each) for each in told.get("services", ())} | {str(told.get("device_type", ""))}
    if {each.lower() for each in kinds} & _FORWARDS:
        state.parts.add("forwarder")
    if kinds & _PRINTS:
        state.parts.add("printer")
    if "LoRaWAN gateway" in kinds:
        state.parts.add("gateway")


def _recipient(
    identities: Identities, stations: Stations, delivery: Delivery, told: Mapping[str, Any],
    sure: float,
) -> None:  # fmt: skip
    """Take what a server says of its client, by the addresses that it gives rather than the way.

    The client is not seen by that: it may be behind the server, or a guest.
    """
    address, mac = str(delivery.message.fields.get("address", "")), str(told.get("mac", ""))
    if address and mac:
        stations.bound(address, mac)
        identities.add(StationKey(mac, ""), delivery.message.protocol, told, sure)
        return
    flow = delivery.flow
    recipient = flow.resp if delivery.from_orig else flow.orig
    if not is_group(recipient.address):
        identities.add(_key(recipient), delivery.message.protocol, told, sure)


def _certificate(identities: Identities, stations: Stations, delivery: Delivery) -> None:
    fields = delivery.message.fields
    state, key = stations.state(sender_of(delivery)), _key(sender_of(delivery))
    if fields["of"] == "client":
        state.credentials.add("client certificate")
    names = (fields["subject"], *fields["names"])
    for name in names[:4]:
        identities.add(key, delivery.message.protocol, {"host_name": name}, _LIKELY)


def _key(end: Endpoint) -> StationKey:
    return StationKey(end.mac, end.address)


@lru_cache(maxsize=4096)
def is_made_up(mac: str) -> bool:
    """Tell whether an address was not given by a maker: it is locally administered, or none."""
    return not mac or bool(int(mac[:2], 16) & 2)
