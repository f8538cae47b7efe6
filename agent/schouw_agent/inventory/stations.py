"""Who is who on the network: which addresses are one machine, and what part it plays.

A MAC address that bears several addresses of different networks is a router: what lies
behind it is told apart by address, and is remote.
"""

import ipaddress
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from schouw_agent.order import Order
from schouw_agent.privacy.minimise import minimise_host, minimise_name, minimise_topic
from schouw_agent.records import Endpoint

MOST_STATIONS = 16_384
MOST_CLIENT_IDS = 8
MOST_FILTERS = 64
"""Topic filters of one subscriber."""
_MOST_ADDRESSES_OF_A_STATION = 4


class StationKey(NamedTuple):
    """A machine as far as one frame shows it."""

    mac: str
    address: str


class StationState:
    """What is known of one machine besides its emissions."""

    __slots__ = (
        "client_ids",
        "credentials",
        "filters",
        "first",
        "last",
        "missed_octets",
        "octets",
        "packets",
        "parts",
        "undecoded",
    )

    def __init__(self) -> None:
        self.packets = 0
        self.octets = 0
        self.missed_octets = 0
        self.first = 0
        self.last = 0
        self.client_ids: dict[str, None] = {}
        self.credentials: set[str] = set()
        self.filters: dict[str, dict[str, None]] = {}
        """Address of a broker → topic filters that were asked of it, minimised, in their order."""
        self.parts: set[str] = set()
        """Of: broker, subscriber, listener (to wildcards), publisher, viewer, media server, client,
        server, name server, address server, time server, forwarder (of frames), printer,
        gateway (of radio devices or of devices without TCP), media source."""
        self.undecoded: dict[str, list[int]] = {}
        """Reason → flows, messages, octets."""

    def seen(self, first: int, last: int) -> None:
        """Widen the time that it was seen in; nanoseconds since 1970."""
        self.first = min(self.first or first, first)
        self.last = max(self.last, last)

    def not_understood(self, reason: str, flows: int, messages: int, octets: int) -> None:
        """Count what of its data could not be read."""
        row = self.undecoded.setdefault(reason, [0, 0, 0])
        row[0] += flows
        row[1] += messages
        row[2] += octets


class Stations:
    """Every machine that was seen, within bounds."""

    def __init__(self, order: Order | None = None) -> None:
        self._states: dict[StationKey, StationState] = {}
        self._by_address: dict[str, StationKey] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._any_name: dict[str, str] = {}
        self._bound: dict[str, str] = {}
        """Address → MAC address that it was leased to; empty if to several."""
        subnets = order.scope.subnets if order else ()
        self._scope = [ipaddress.ip_network(s) for s in subnets]
        self.overflowed = 0
        """Machines that were not told apart because there were too many."""
        self._routers: frozenset[str] | None = None
        self._local_networks: frozenset[str] = frozenset()

    def state(self, end: Endpoint | StationKey, observations: int = 1) -> StationState:
        """Return the account of a machine, a new one if it was not seen before.

        Of too many machines there is one account for the rest; so many `observations` are then
        not told apart.
        """
        key = end if type(end) is StationKey else StationKey(end.mac, end.address)
        state = self._states.get(key)
        if state is None:
            if len(self._states) >= MOST_STATIONS:
                self.overflowed += observations
                key = StationKey("", "")
                state = self._states.get(key)
            if state is None:
                state = self._states[key] = StationState()
            self._by_address[key.address] = key
            self._routers = None
        return state

    def known(self) -> list[StationKey]:
        """Return every machine's key, in the order in which they were first seen."""
        return list(self._states)

    def at(self, address: str) -> StationKey:
        """Return the machine that has an address, the last seen if there are several."""
        return self._by_address.get(address, StationKey("", address))

    def connected(self, end: Endpoint, client_id: str, credentials: str) -> None:
        """Note by what name a client connected to a broker, and how it proved it."""
        state = self.state(end)
        if client_id and len(state.client_ids) < MOST_CLIENT_IDS:
            state.client_ids[minimise_name(client_id)] = None
        state.credentials.add(credentials)

    def subscribed(self, client: Endpoint, broker: Endpoint, filters: Iterable[str]) -> None:
        """Note what a client asks a broker for."""
        state = self.state(client)
        state.parts.add("subscriber")
        own = state.filters.setdefault(broker.address, {})
        for wanted in filters:
            if "#" in wanted or "+" in wanted:
                state.parts.add("listener")
            if len(own) < MOST_FILTERS:
                own[minimise_topic(wanted)] = None
            elif minimise_topic(wanted) not in own:
                self.overflowed += 1

    def bound(self, address: str, mac: str) -> None:
        """Note that an address was leased to a machine, which may not be on this link."""
        if address in self._bound:
            self._bound[address] = mac if self._bound[address] == mac else ""
        elif len(self._bound) < MOST_STATIONS:
            self._bound[address] = mac

    def resolved(self, client: str, address: str, name: str) -> None:
        """Note that a client was told by DNS that a name has an address."""
        if len(self._names) < MOST_STATIONS:
            host = minimise_host(name)
            self._names.setdefault((client, address), host)
            self._any_name.setdefault(address, host)

    def host(self, client: str, address: str) -> str:
        """Return the name by which a client knows an address; empty if no name was seen."""
        return self._names.get((client, address)) or self._any_name.get(address, "")

    def routers(self) -> frozenset[str]:
        """Return the MAC addresses that stand for other machines."""
        if self._routers is None:
            addresses: dict[str, set[str]] = defaultdict(set)
            for mac, address in self._states:
                if mac and address:
                    addresses[mac].add(address)
            self._routers = frozenset(
                mac for mac, own in addresses.items() if _stands_for_others(own)
            )
            self._local_networks = frozenset(
                _network(key.address)
                for key in self._states
                if key.mac and key.mac not in self._routers
            )
        return self._routers

    def remote(self, key: StationKey) -> bool:
        """Tell whether a machine lies beyond the network that is looked at."""
        if self._scope:
            return not _in_any(key.address, self._scope)
        if key.mac and not key.address:
            return False  # a frame without IP goes no further than its link
        routers = self.routers()
        if key.mac and key.mac not in routers:
            return False
        if key.mac and self._local_networks:
            return _network(key.address) not in self._local_networks
        return not is_private(key.address)

    def identity(self, key: StationKey) -> StationKey:
        """Return the key under which all addresses of one machine come together.

        Of one that is seen through a router, the MAC address is known if its lease was seen.
        """
        if key.mac and (not key.address or key.mac not in self.routers()):
            return StationKey(key.mac, "")
        leased = self._bound.get(key.address, "")
        return StationKey(leased, "") if leased else StationKey("", key.address)

    def in_scope(self, key: StationKey) -> bool:
        """Tell whether the order names the network that a machine is of."""
        return _in_any(key.address, self._scope)


def _network(address: str) -> str:
    """Return the /24 or the /64 that an address is of, as good as a key."""
    if "." in address:
        return address.rsplit(".", 1)[0]
    return ":".join(ipaddress.ip_address(address).exploded.split(":")[:4]) if address else ""


def _stands_for_others(addresses: set[str]) -> bool:
    # Who has no address yet, or gave itself one meanwhile, is not another machine for that.
    own = [a for a in addresses if "." in a and not a.startswith(("0.0.0.0", "169.254."))]  # noqa: S104
    networks = {_network(a) for a in own}
    fours = len(own)
    sixes = {a for a in addresses if ":" in a and not a.startswith("fe80")}
    # A machine may have changed its address, or have temporary IPv6 addresses of one prefix.
    return (
        len(networks) > 1
        or fours > _MOST_ADDRESSES_OF_A_STATION
        or len({":".join(a.split(":")[:3]) for a in sixes}) > 2
    )


@lru_cache(maxsize=65536)
def is_private(address: str) -> bool:
    """Tell whether an address is of a private, shared or link-local network (RFC 6890)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return True
    return not parsed.is_global


@lru_cache(maxsize=65536)
def is_group(address: str) -> bool:
    """Tell whether an address is a multicast or broadcast address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return True
    return parsed.is_multicast or parsed.is_unspecified or address == "255.255.255.255"


def goes_to_group(end: StationKey) -> bool:
    """Tell whether a machine is none, but all or some of a network, by its address or its MAC."""
    return is_group(end.address) or (bool(end.mac) and bool(int(end.mac[:2], 16) & 1))


def _in_any(address: str, networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)
