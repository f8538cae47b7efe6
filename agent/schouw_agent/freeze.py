"""The inventory becomes the devices of a report."""

from collections.abc import Iterable, Mapping
from typing import Literal

from schouw_agent.drafts import Draft, drafts_of
from schouw_agent.emissions import EmissionKey, EmissionState, moment
from schouw_agent.emitters import Emitter
from schouw_agent.inventory import Inventory
from schouw_agent.minimise import radio_device
from schouw_agent.recipients import RecipientState
from schouw_agent.recurrence import Recurrence
from schouw_agent.report import (
    Device,
    DeviceCoverage,
    Identifier,
    Recipient,
    Role,
    Undecoded,
)
from schouw_agent.stations import StationState
from schouw_agent.vendors import vendor_of
from schouw_agent.vocabulary import CATEGORIES

MOST_TOPICS = 16
_IDENTIFIER_KINDS = ("dev_eui", "serial", "gateway", "name")


def freeze(inventory: Inventory, recurrence: Recurrence | None = None) -> tuple[Device, ...]:
    """Return the devices, in the order in which they were first seen.

    The account of recurrence, if there is one, learns whose pseudonyms it has counted.
    """
    drafts = drafts_of(inventory)
    relays = {d.relay for d in drafts.values() if d.relay and d.subject}
    rows = []
    for identity, draft in drafts.items():
        device = _device(inventory, draft, identity in relays, recurrence)
        if device is not None:
            rows.append((device, identity))
    rows.sort(key=lambda row: (row[0].first_seen, [i.value for i in row[0].identifiers]))
    ids = {identity: f"device-{n:02}" for n, (_, identity) in enumerate(rows, 1)}
    if recurrence is not None:
        for _, identity in rows:
            for key, state in drafts[identity].emissions.items():
                recurrence.attribute(ids[identity], key.category, state.trackers)
    return tuple(
        device.model_copy(update={"id": ids[identity], "relay": _relay_id(drafts[identity], ids)})
        for device, identity in rows
    )


def _relay_id(draft: Draft, ids: Mapping[Emitter, str]) -> str:
    return ids.get(draft.relay, "") if draft.relay else ""


def _device(
    inventory: Inventory, draft: Draft, relays: bool, recurrence: Recurrence | None
) -> Device | None:
    """Return the draft as a device; None if it is only an address beyond the network."""
    stations = inventory.stations
    states = [stations.state(key) for key in draft.stations]
    readable = any(k.category != "opaque_payload" for k in draft.emissions)
    if draft.stations and all(stations.remote(k) for k in draft.stations):
        served = all(k.direction == "served" and k.protocol == "http" for k in draft.emissions)
        if not readable or served:
            return None
    first = min((e.counts.first for e in draft.emissions.values()), default=0)
    last = max((e.counts.last for e in draft.emissions.values()), default=0)
    for state in states:
        if state.packets:
            first = min(first or state.first, state.first)
            last = max(last, state.last)
    if not (first or draft.emissions):
        return None
    recipients = _recipients(inventory, draft)
    emissions = sorted(draft.emissions.items(), key=lambda item: item[0])
    return Device(
        id="",
        role=_role(draft, states, relays),
        identifiers=_identifiers(inventory, draft, states),
        vendor=next((v for k in draft.stations if k.mac and (v := vendor_of(k.mac))), ""),
        capabilities=tuple(sorted(c for c in draft.declared if c in CATEGORIES)),
        authentication=_authentication(draft, states, recipients),
        emissions=tuple(
            state.freeze(
                key,
                _recipient_name(inventory, draft, key),
                recurrence.told(state.trackers) if recurrence else None,
            )
            for key, state in emissions
        ),
        recipients=recipients,
        coverage=_coverage(states),
        first_seen=moment(first),
        last_seen=moment(last),
    )


def _role(draft: Draft, states: Iterable[StationState], relays: bool) -> Role:
    parts = set().union(*(s.parts for s in states)) if states else set()
    own = [k for k in draft.emissions if k.direction != "received"]
    sends = any(not _is_own_affair(k.category) for k in own)
    if "broker" in parts:
        return "broker"
    if relays and not sends:
        return "relay"
    if sends or own:
        return "sensor"
    if any(k.direction == "received" for k in draft.emissions):
        return "sensor"
    return "viewer" if parts & {"subscriber", "viewer", "client"} else "infrastructure"


def _is_own_affair(category: str) -> bool:
    """Tell whether a category is about the sending machine itself."""
    return category == "credential" or CATEGORIES[category].ancillary


def _identifiers(
    inventory: Inventory, draft: Draft, states: Iterable[StationState]
) -> tuple[Identifier, ...]:
    found: dict[tuple[str, str], Identifier] = {}

    def add(kind: str, value: str, confidence: float) -> None:
        if value:
            found.setdefault(
                (kind, value),
                Identifier.model_validate(
                    {"kind": kind, "value": value[:400], "confidence": confidence}
                ),
            )

    named = inventory.subjects.get(draft.subject) or radio_device(draft.subject)
    for kind in _IDENTIFIER_KINDS:
        add(kind, named.get(kind, ""), 1.0)
    routers = inventory.stations.routers()
    for key in draft.stations:
        add("mac", key.mac if key.mac not in routers else "", 1.0)
    for state in states:
        for client_id in state.client_ids:
            add("client_id", client_id, 0.8)
    add("name", draft.subject, 0.8)
    channels = {k.channel for k in draft.emissions if k.protocol == "mqtt" and _is_own_topic(k)}
    for channel in sorted(channels)[:MOST_TOPICS]:
        add("topic", channel, 0.6)
    for key in draft.stations:
        add("ip", key.address, 0.5)
    return tuple(found.values())


def _is_own_topic(key: EmissionKey) -> bool:
    return key.direction == "sent" and key.channel not in ("connect", "…")


def _authentication(
    draft: Draft, states: Iterable[StationState], recipients: Iterable[Recipient]
) -> Literal["none", "password in clear", "TLS", "client certificate", "unseen"]:
    credentials = set().union(*(s.credentials for s in states)) if states else set()
    if credentials & {"password", "basic", "bearer", "community"}:
        return "password in clear"
    if credentials:
        return "none"
    if draft.stations and any(r.transport_security.startswith("tls") for r in recipients):
        return "TLS"
    return "unseen"


def _host(inventory: Inventory, draft: Draft, address: str) -> str:
    for key in draft.stations:
        if host := inventory.stations.host(key.address, address):
            return host
    return inventory.stations.host("", address)


def _recipient_name(inventory: Inventory, draft: Draft, key: EmissionKey) -> str:
    return key.host or _host(inventory, draft, key.address) or key.address


def _recipients(inventory: Inventory, draft: Draft) -> tuple[Recipient, ...]:
    stations = inventory.stations
    merged: dict[tuple[str, str, int], RecipientState] = {}
    for station in draft.stations:
        for key, state in inventory.recipients.of(station).items():
            host = key.host or _host(inventory, draft, key.address)
            own = merged.setdefault((host, key.address, key.port), RecipientState())
            own.octets += state.octets
            own.security = state.security
            own.role = own.role or state.role
    for emission, counts in draft.emissions.items():
        if emission.direction != "received" and emission.address:
            _by_emission(merged, inventory, draft, emission, counts)
    out = []
    for (host, address, port), state in sorted(merged.items()):
        role = state.role or ("cloud" if stations.remote(stations.at(address)) else "peer")
        out.append(
            Recipient.model_validate(
                {
                    "host": host,
                    "address": address,
                    "port": port,
                    "transport_security": state.security,
                    "role": role,
                    "octets": state.octets,
                }
            )
        )
    return tuple(out)


def _by_emission(
    merged: dict[tuple[str, str, int], RecipientState],
    inventory: Inventory,
    draft: Draft,
    emission: EmissionKey,
    state: EmissionState,
) -> None:
    """Add a recipient that no flow of the device shows: a subscriber, or one behind a relay."""
    if any(address == emission.address for _, address, _ in merged):
        return
    host = emission.host or _host(inventory, draft, emission.address)
    own = merged.setdefault((host, emission.address, emission.port), RecipientState())
    own.octets += state.counts.octets
    # Of a publisher that only a subscription shows, nobody saw how it sends.
    unseen = emission.port and not draft.stations and draft.relay is None
    own.security = "unknown" if unseen else "none"
    own.role = "broker" if emission.port else "subscriber"


def _coverage(states: Iterable[StationState]) -> DeviceCoverage:
    reasons: dict[str, list[int]] = {}
    for state in states:
        for reason, row in state.undecoded.items():
            own = reasons.setdefault(reason, [0, 0, 0])
            for i, n in enumerate(row):
                own[i] += n
    return DeviceCoverage(
        packets=sum(s.packets for s in states),
        octets=sum(s.octets for s in states),
        missed_octets=sum(s.missed_octets for s in states),
        undecoded=tuple(
            Undecoded(reason=reason, flows=row[0], messages=row[1], octets=row[2])
            for reason, row in sorted(reasons.items())
        ),
    )
