"""Who gets data of a device: by its flows, by what was passed on, and by what was asked of it."""

from collections import defaultdict

from schouw_agent.inventory.drafts import Draft
from schouw_agent.inventory.emissions import EmissionKey, EmissionState
from schouw_agent.inventory.inventory import Inventory
from schouw_agent.inventory.recipients import RecipientState
from schouw_agent.report import Recipient

_Merged = dict[tuple[str, str, int], RecipientState]
MOST_FILTERS = 64


class Receivers:
    """Finds the recipients of the devices of an inventory."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._asked: dict[str, dict[str, None]] = defaultdict(dict)
        """Address of a subscriber → topic filters that it asked for."""
        self._subscribers: dict[str, dict[str, None]] = defaultdict(dict)
        """Address of a broker → addresses of those who asked it for something."""
        stations = inventory.stations
        for key in stations.known():
            for broker, filters in stations.state(key).filters.items():
                self._asked[key.address] |= filters
                self._subscribers[broker][key.address] = None

    def name(self, draft: Draft, key: EmissionKey) -> str:
        """Return by what name, else address, the recipient of an emission is known."""
        return key.host or self._host(draft, key.address) or key.address

    def of(self, draft: Draft) -> tuple[Recipient, ...]:
        """Return the recipients of a device, by name and address."""
        inventory = self._inventory
        merged: _Merged = {}
        for station in draft.stations:
            for key, state in inventory.recipients.of(station).items():
                host = key.host or self._host(draft, key.address)
                own = merged.setdefault((host, key.address, key.port), RecipientState())
                own.octets += state.octets
                own.security = state.security
                own.role = own.role or state.role
        for emission, counts in draft.emissions.items():
            if emission.direction != "received" and emission.address:
                self._by_emission(merged, draft, emission, counts)
        self._by_subscription(merged, draft)
        return tuple(self._frozen(key, state) for key, state in sorted(merged.items()))

    def _frozen(self, key: tuple[str, str, int], state: RecipientState) -> Recipient:
        host, address, port = key
        stations = self._inventory.stations
        role = state.role or ("cloud" if stations.remote(stations.at(address)) else "peer")
        filters = self._asked.get(address, {}) if role == "subscriber" else {}
        return Recipient.model_validate(
            {
                "host": host,
                "address": address,
                "port": port,
                "transport_security": state.security,
                "role": role,
                "octets": state.octets,
                "topic_filters": tuple(filters)[:MOST_FILTERS],
            }
        )

    def _host(self, draft: Draft, address: str) -> str:
        stations = self._inventory.stations
        for key in draft.stations:
            if host := stations.host(key.address, address):
                return host
        return stations.host("", address)

    def _by_emission(
        self, merged: _Merged, draft: Draft, emission: EmissionKey, state: EmissionState
    ) -> None:
        """Add a recipient that no flow of the device shows: a subscriber, or one behind a relay."""
        if any(address == emission.address for _, address, _ in merged):
            return
        host = emission.host or self._host(draft, emission.address)
        own = merged.setdefault((host, emission.address, emission.port), RecipientState())
        own.octets += state.counts.octets
        # Of a publisher that only a subscription shows, nobody saw how it sends.
        unseen = emission.port and not draft.stations and draft.relay is None
        own.security = "unknown" if unseen else "none"
        own.role = "broker" if emission.port else "subscriber"

    def _by_subscription(self, merged: _Merged, draft: Draft) -> None:
        """Tell the subscribers of a broker; a client that asked it for nothing gets no data."""
        asking = {a for k in draft.stations for a in self._subscribers.get(k.address, {})}
        for key, state in list(merged.items()):
            if state.role == "client" and key[1] not in asking:
                del merged[key]
            elif state.role == "client":
                state.role = "subscriber"
