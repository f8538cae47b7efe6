"""The inventory becomes the devices of a report."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal, TypeVar

from schouw_agent.inventory.drafts import Draft, drafts_of
from schouw_agent.inventory.emissions import MOST_CELLS, EmissionKey, EmissionState, moment
from schouw_agent.inventory.emitters import Emitter
from schouw_agent.inventory.identities import Fact, is_made_up
from schouw_agent.inventory.inventory import Inventory
from schouw_agent.inventory.receivers import Receivers
from schouw_agent.inventory.roles import role_of
from schouw_agent.inventory.stations import StationState, is_group
from schouw_agent.inventory.vendors import vendor_of
from schouw_agent.privacy.minimise import radio_device
from schouw_agent.privacy.recurrence import Recurrence
from schouw_agent.report import (
    Device,
    DeviceCoverage,
    Emission,
    Identifier,
    Recipient,
    Record,
    Undecoded,
)
from schouw_agent.vocabulary import CATEGORIES

MOST_TOPICS = 16
MOST_SOFTWARE = 8
AnyRecord = TypeVar("AnyRecord", bound=Record)
_NUMBERS, _NAMES = ("dev_eui", "serial"), ("mac", "host_name", "name")
_IDENTIFIER_KINDS = ("dev_eui", "serial", "gateway", "name")


def freeze(inventory: Inventory, recurrence: Recurrence | None = None) -> tuple[Device, ...]:
    """Return the devices, in the order in which they were first seen.

    The accounts of recurrence and of what follows what learn whose messages they have counted.
    """
    inventory.accounts.settle()
    drafts = drafts_of(inventory)
    relays = {d.relay for d in drafts.values() if d.relay and d.subject}
    receivers = Receivers(inventory)
    rows = []
    for identity, draft in drafts.items():
        device = _device(inventory, receivers, draft, identity in relays, recurrence)
        if device is not None:
            rows.append((device, identity))
    rows.sort(key=lambda row: (row[0].first_seen, [i.value for i in row[0].identifiers]))
    ids = {identity: f"device-{n:02}" for n, (_, identity) in enumerate(rows, 1)}
    for _, identity in rows:
        for key, state in drafts[identity].emissions.items():
            inventory.followings.attribute(ids[identity], key.category, state.rows)
            if recurrence is not None:
                recurrence.attribute(ids[identity], key.category, state.trackers)
    return tuple(
        compact(
            device.model_copy(
                update={"id": ids[identity], "relay": _relay_id(drafts[identity], ids)}
            )
        )
        for device, identity in rows
    )


def _relay_id(draft: Draft, ids: Mapping[Emitter, str]) -> str:
    return ids.get(draft.relay, "") if draft.relay else ""


def _device(
    inventory: Inventory,
    receivers: Receivers,
    draft: Draft,
    relays: bool,
    recurrence: Recurrence | None,
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
        if state.first:
            first = min(first or state.first, state.first)
            last = max(last, state.last)
    if not (first or draft.emissions) or _is_a_passer_by(inventory, draft):
        return None
    facts: dict[str, list[str]] = {}
    for fact in _facts(inventory, draft):
        facts.setdefault(fact.kind, []).append(fact.value)
    named = inventory.subjects.get(draft.subject, {})
    recipients = receivers.of(draft)
    emissions = sorted(draft.emissions.items(), key=lambda item: item[0])
    return Device(
        id="",
        role=role_of(draft, states, relays),
        identifiers=_identifiers(inventory, draft, states),
        vendor=_first(named, facts, "vendor")
        or next((v for k in draft.stations if k.mac and (v := vendor_of(k.mac))), ""),
        model=_first(named, facts, "model"),
        firmware=_first(named, facts, "firmware"),
        software=tuple(facts.get("software", ())[:MOST_SOFTWARE]),
        services=tuple(facts.get("service", ())),
        mud_url=_first({}, facts, "mud_url"),
        capabilities=tuple(sorted(c for c in draft.declared if c in CATEGORIES)),
        areas=tuple(
            sorted({cell for s in draft.emissions.values() for cell in s.cells})[:MOST_CELLS]
        ),
        authentication=_authentication(draft, states, recipients),
        emissions=tuple(
            _emission(inventory, receivers, draft, key, state, recurrence)
            for key, state in emissions
        ),
        recipients=recipients,
        coverage=_coverage(states),
        first_seen=moment(first),
        last_seen=moment(last),
    )


def _facts(inventory: Inventory, draft: Draft) -> list[Fact]:
    """Return what is told of a device, by its addresses and by its MAC address alone."""
    machine = map(inventory.stations.identity, draft.stations)
    return list(inventory.identities.of(dict.fromkeys((*draft.stations, *machine))))


def _first(named: Mapping[str, str], facts: Mapping[str, Sequence[str]], kind: str) -> str:
    """Return what an envelope states of a device, else the surest of what it says itself."""
    return named.get(kind) or next(iter(facts.get(kind, ())), "")


def _is_a_passer_by(inventory: Inventory, draft: Draft) -> bool:
    """Tell whether a device is somebody's, seen by radio: its address is made to change.

    Not one of a network that the order names.
    """
    stations = inventory.stations
    return (
        inventory.by_radio
        and any(key.mac for key in draft.stations)
        and all(is_made_up(key.mac) for key in draft.stations)
        and not any(stations.in_scope(key) for key in draft.stations)
    )


def _emission(
    inventory: Inventory, receivers: Receivers, draft: Draft, key: EmissionKey,
    state: EmissionState, recurrence: Recurrence | None,
) -> Emission:  # fmt: skip
    told = recurrence.told(state.trackers) if recurrence else None
    emission = state.freeze(key, receivers.name(draft, key), told)
    if key.category in draft.declared:
        emission = emission.model_copy(update={"self_declared": True})
    if key.category == "opaque_payload":
        emission = inventory.opaque.told(emission, key, draft.stations)
    return compact(emission)


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
    told = _facts(inventory, draft)
    for fact in (fact for fact in told if fact.kind in _NUMBERS):
        add(fact.kind, fact.value, fact.confidence)
    for key in draft.stations:
        add("mac", inventory.stations.identity(key).mac, 1.0)
    for state in states:
        for client_id in state.client_ids:
            add("client_id", client_id, 0.8)
    add("name", draft.subject, 0.8)
    for fact in (fact for fact in told if fact.kind in _NAMES):
        add(fact.kind, fact.value, fact.confidence)
    channels = {k.channel for k in draft.emissions if k.protocol == "mqtt" and _is_own_topic(k)}
    for channel in sorted(channels)[:MOST_TOPICS]:
        add("topic", channel, 0.6)
    for key in draft.stations:
        add("ip", "" if is_group(key.address) else key.address, 0.5)
    return tuple(found.values())


def _is_own_topic(key: EmissionKey) -> bool:
    return key.direction == "sent" and key.channel not in ("connect", "…")


def _authentication(
    draft: Draft, states: Iterable[StationState], recipients: Iterable[Recipient]
) -> Literal["none", "password in clear", "TLS", "client certificate", "unseen"]:
    credentials = set().union(*(s.credentials for s in states)) if states else set()
    if "client certificate" in credentials:
        return "client certificate"
    if credentials & {"password", "basic", "bearer", "community"}:
        return "password in clear"
    if credentials:
        return "none"
    if draft.stations and any(r.transport_security.startswith("tls") for r in recipients):
        return "TLS"
    return "unseen"


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


@cache
def _fields_of(kind: type[Record]) -> set[str]:
    return set(kind.model_fields)


def compact(record: AnyRecord) -> AnyRecord:
    """Return the record without its own note of which fields were given, which nobody asks for.

    Of an emission that note, a set, takes more room than all it says.
    """
    object.__setattr__(record, "__pydantic_fields_set__", _fields_of(type(record)))
    return record
