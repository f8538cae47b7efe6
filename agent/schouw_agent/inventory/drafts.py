"""Which observations are of one device: addresses merged, subjects and deliveries attributed."""

from collections import defaultdict
from collections.abc import Mapping

from schouw_agent.inventory.emissions import EmissionKey, EmissionState
from schouw_agent.inventory.emitters import Emitter, Subject, Unseen
from schouw_agent.inventory.inventory import Inventory
from schouw_agent.inventory.stations import StationKey
from schouw_agent.privacy.minimise import radio_device

_BROKERED = frozenset({"amqp", "mqtt", "mqtt_sn", "nats"})


class Draft:
    """A device while it is put together."""

    def __init__(self) -> None:
        self.stations: list[StationKey] = []
        self.subject = ""
        self.relay: StationKey | None = None
        self.emissions: dict[EmissionKey, EmissionState] = {}
        self.declared: set[str] = set()

    def absorb(self, emissions: Mapping[EmissionKey, EmissionState]) -> None:
        """Add an emitter's emissions."""
        for key, state in emissions.items():
            self.emissions.setdefault(key, EmissionState()).absorb(state)


def drafts_of(inventory: Inventory) -> dict[Emitter, Draft]:
    """Return the devices, each with its machines and emissions, by what identifies it.

    The addresses of one machine come together; each subject becomes a device of its own;
    each delivery goes to whoever published it.
    """
    stations = inventory.stations
    gateways = {
        stations.identity(key) for key in stations.known() if "gateway" in stations.state(key).parts
    }
    subjects_of: dict[StationKey, set[str]] = defaultdict(set)
    for emitter in inventory.emissions:
        if isinstance(emitter, Subject) and emitter.relay:
            subjects_of[stations.identity(emitter.relay)].add(emitter.name)
    own_name = {
        station: frozenset(names)
        for station, names in subjects_of.items()
        if len({bare_name(name) for name in names}) == 1
        and not any(_is_radio_device(inventory, name) for name in names)
        and station not in gateways
    }
    drafts: dict[Emitter, Draft] = defaultdict(Draft)
    for key in stations.known():
        drafts[stations.identity(key)].stations.append(key)
    for emitter, emissions in inventory.emissions.items():
        if isinstance(emitter, Unseen):
            continue
        draft = _draft_of(inventory, drafts, emitter, own_name)
        draft.absorb(emissions)
        draft.declared |= inventory.declared.get(emitter, set())
    for draft in drafts.values():
        _forget_overheard(inventory, draft)
    _give_back(inventory, drafts)
    publishers = _publishers(drafts)
    _join_unseen(inventory, drafts, publishers)
    _join_deliveries(inventory, drafts, publishers)
    return drafts


def _give_back(inventory: Inventory, drafts: Mapping[Emitter, Draft]) -> None:
    """Give what a gateway publishes of devices without TCP back to the devices.

    A transparent gateway says the same to its broker, under the same topic, as it was told.
    """
    told: dict[tuple[str, str, str, str], Draft] = {}
    for draft in drafts.values():
        for key in draft.emissions:
            if key.protocol == "mqtt_sn" and key.direction == "sent":
                told[key.address, key.category, key.path, key.channel] = draft
    if not told:
        return
    for draft in drafts.values():
        addresses = [station.address for station in draft.stations]
        for key in list(draft.emissions):
            own = [(a, key.category, key.path, key.channel) for a in addresses]
            device = next((told[each] for each in own if each in told), None)
            if key.protocol == "mqtt" and key.direction == "sent" and device not in (None, draft):
                device.absorb({key: draft.emissions.pop(key)})
                device.relay = inventory.stations.identity(draft.stations[0])


def bare_name(name: str) -> str:
    """Return the name of a device without what a context broker puts before it.

    `urn:ngsi-ld:Device:lamp-1` is what the same device announces as `lamp-1` (RFC 8141; ETSI
    GS CIM 009, A.3).
    """
    return name.rsplit(":", 1)[-1] if name.lower().startswith("urn:") else name


def _is_radio_device(inventory: Inventory, name: str) -> bool:
    return bool(radio_device(name)) or "dev_eui" in inventory.subjects.get(name, {})


def _forget_overheard(inventory: Inventory, draft: Draft) -> None:
    """Drop commands that a mere listener overheard: a dashboard is not what it shows."""
    parts = {p for key in draft.stations for p in inventory.stations.state(key).parts}
    if "listener" in parts and "publisher" not in parts:
        draft.emissions = {k: s for k, s in draft.emissions.items() if k.direction != "received"}


def _draft_of(
    inventory: Inventory,
    drafts: dict[Emitter, Draft],
    emitter: StationKey | Subject,
    own_name: Mapping[StationKey, frozenset[str]],
) -> Draft:
    """Return the draft that an emitter's data belongs to.

    A machine that only ever speaks of one subject is that subject, unless the subject has
    a DevEUI or DevAddr: then it is a radio device, and the machine relays for it.
    """
    if isinstance(emitter, StationKey):
        return drafts[inventory.stations.identity(emitter)]
    relay = inventory.stations.identity(emitter.relay) if emitter.relay else None
    if relay and emitter.name in own_name.get(relay, ()):
        drafts[relay].subject = drafts[relay].subject or emitter.name
        return drafts[relay]
    draft = drafts[Subject(emitter.name, None)]
    draft.subject, draft.relay = emitter.name, relay or draft.relay
    return draft


def _publishers(drafts: Mapping[Emitter, Draft]) -> dict[tuple[str, str, str], list[Draft]]:
    """Return who publishes what: by category, path and channel."""
    publishers: dict[tuple[str, str, str], list[Draft]] = defaultdict(list)
    for draft in drafts.values():
        for key in draft.emissions:
            if key.protocol in _BROKERED and key.direction == "sent":
                known = publishers[key.category, key.path, key.channel]
                # What it sends both to be stored and not is one thing all the same.
                if not known or known[-1] is not draft:
                    known.append(draft)
    return publishers


def _join_unseen(
    inventory: Inventory,
    drafts: dict[Emitter, Draft],
    publishers: Mapping[tuple[str, str, str], list[Draft]],
) -> None:
    """Give what only a subscription showed to the one who publishes the like, else to its topic."""
    for emitter, emissions in inventory.emissions.items():
        if not isinstance(emitter, Unseen):
            continue
        for key, state in emissions.items():
            known = publishers.get((key.category, key.path, key.channel), [])
            draft = known[0] if len(known) == 1 else drafts[emitter]
            draft.absorb({key: state})
        if emitter in inventory.declared:
            drafts[emitter].declared |= inventory.declared[emitter]


def _join_deliveries(
    inventory: Inventory,
    drafts: dict[Emitter, Draft],
    publishers: Mapping[tuple[str, str, str], list[Draft]],
) -> None:
    """Give each delivery to the device that published it, else to the one that it speaks of."""
    for subscriber, deliveries in inventory.deliveries.items():
        for key, (subject, state) in deliveries.items():
            known = publishers.get((key.category, key.path, key.channel), [])
            if subject:
                known = [d for d in known if bare_name(d.subject) == bare_name(subject)]
            if not known:
                emitter: Emitter = Subject(subject, None) if subject else Unseen(key.channel)
                draft = drafts[emitter]
                draft.subject = subject
                known = [draft]
            for draft in known:
                if subscriber not in draft.stations:
                    draft.emissions.setdefault(key, EmissionState()).absorb(state)
