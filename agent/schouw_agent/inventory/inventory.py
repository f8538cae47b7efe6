"""Observations become devices and their emissions: the only place with history.

Values are dropped here at the latest: what is kept is counts, kinds and templates.
"""

from collections.abc import Sized

from schouw_agent.inventory import parts
from schouw_agent.inventory.accounts import Accounts
from schouw_agent.inventory.emissions import EmissionKey, EmissionState
from schouw_agent.inventory.emitters import OURSELVES, Emitter, Subject, Unseen
from schouw_agent.inventory.ended_flows import account
from schouw_agent.inventory.flow_batch import FlowBatch
from schouw_agent.inventory.followings import Followings
from schouw_agent.inventory.identities import Identities, listen
from schouw_agent.inventory.opaque_flows import OpaqueFlows
from schouw_agent.inventory.recipients import Recipients
from schouw_agent.inventory.repetitions import Counted, Repetitions
from schouw_agent.inventory.stations import StationKey, Stations, StationState
from schouw_agent.order import Order
from schouw_agent.privacy.minimise import (
    minimise_host,
    minimise_identifiers,
    minimise_key_path,
    minimise_path,
    minimise_subject,
    minimise_topic,
)
from schouw_agent.privacy.minimise_facts import minimised_facts
from schouw_agent.recognition.classification import Classified
from schouw_agent.records import Delivery, Match
from schouw_agent.report import Direction

MOST_EMITTERS = 16_384
MOST_EMISSIONS_OF_ONE = 2_048
MOST_EMISSIONS = 65_536  # of all emitters together
_BY_MAKER = ("vendor", "model", "firmware")
_COMMANDS = frozenset(
    {
        "actuation_light_level",
        "actuation_light_colour",
        "actuation_scent",
        "actuation_message",
    }
)


class Inventory:
    """The devices of one observation point, built message by message and flow by flow."""

    def __init__(self, order: Order | None = None) -> None:
        self.stations = Stations(order)
        self.emissions: dict[Emitter, dict[EmissionKey, EmissionState]] = {}
        self.deliveries: dict[StationKey, dict[EmissionKey, tuple[str, EmissionState]]] = {}
        """Subscriber → emission → subject and counts: who gets what, from whom unseen as yet."""
        self.recipients = Recipients()
        self.subjects: dict[str, dict[str, str]] = {}
        """Minimised subject → identifiers by kind."""
        self.declared: dict[Emitter, set[str]] = {}
        self.identities = Identities()
        self.opaque = OpaqueFlows()
        self.by_radio = False
        """Some of what is seen was captured from the air, where everybody's devices are."""
        self.overflowed = 0
        """Observations that were counted but not told apart because there were too many."""
        self.followings = Followings()
        self.accounts = Accounts(self.followings.note)
        self.repetitions = Repetitions(self.accounts)
        self.ended_flows = 0

    def message(self, delivery: Delivery, classified: Classified | None) -> int:
        """Account for one message and what it was found to be.

        Whatever follows from flow, topic and answer alone is found out for the first such message,
        and only counted for the next.  Returns the bundle of the accounts that every such message
        counts for; -1 if each must be looked at.
        """
        repetitions = self.repetitions
        if classified is None or not classified.plain.lasting:
            self._message(delivery, classified)
            return -1
        bundle = repetitions.counted(delivery, classified)
        if bundle < 0:
            crowded = self.overflowed + self.stations.overflowed
            counted = self._message(delivery, classified)
            # One too many has to be counted as such each time.
            if crowded == self.overflowed + self.stations.overflowed:
                station = self._not_understood(delivery)
                bundle = repetitions.learn(delivery, classified, counted, station)
        return bundle

    def _not_understood(self, delivery: Delivery) -> StationState | None:
        """Return who bears the account of what was not understood in a message."""
        flow = delivery.flow
        if delivery.from_orig:
            return self.stations.state(flow.orig)
        # The publisher of what a broker passes on is not known here.
        return None if delivery.message.protocol == "mqtt" else self.stations.state(flow.resp)

    def _message(self, delivery: Delivery, classified: Classified | None) -> Counted:
        """Account for one message, and return the emissions that count it."""
        flow, message, time, from_orig = delivery
        if message.protocol == "mqtt":
            return self._mqtt(delivery, classified)
        if message.protocol == "dns":
            self._dns(delivery)
            if classified is None:
                return {}
        listen(self.identities, self.stations, delivery)
        if message.kind == "identity":
            return {}
        self.opaque.handshake(delivery)
        parts.note(self.stations, delivery)
        if parts.is_passed_on(delivery):
            if classified is None:
                return {}
            client, key = parts.passed_on(delivery)
            return self._delivered(classified, client, key, len(message.payload), time)
        fields = message.fields
        sender, recipient = (flow.orig, flow.resp) if from_orig else (flow.resp, flow.orig)
        state = self.stations.state(sender)
        media = message.kind == "media"
        direction: Direction = "sent" if from_orig or message.protocol == "rtp" else "served"
        if from_orig and fields.get("credentials"):
            state.credentials.add(str(fields["credentials"]))
        if classified is None:
            return {}
        host = ""
        if from_orig and not media:
            host = minimise_host(str(fields.get("host", "")).rsplit(":", 1)[0])
        channel = minimise_path(str(fields.get("path", ""))) or message.protocol
        if fields.get("topic"):
            channel = minimise_topic(str(fields["topic"]))
        return self._found(
            classified,
            StationKey(sender.mac, sender.address),
            EmissionKey(
                "", "", message.protocol, channel, direction, False,
                host, recipient.address, recipient.port if direction == "sent" else 0,
            ),
            len(message.payload),
            time,
        )  # fmt: skip

    def _mqtt(self, delivery: Delivery, classified: Classified | None) -> Counted:
        flow, message, time, from_orig = delivery
        fields, kind = message.fields, message.kind
        client = StationKey(flow.orig.mac, flow.orig.address)
        if kind == "connect":
            self.stations.connected(flow.orig, fields["client_id"], fields["credentials"])
        elif kind == "subscribe":
            self.stations.subscribed(flow.orig, flow.resp, fields["topic_filters"])
        self.stations.state(flow.resp).parts.add("broker")
        if classified is None:
            return {}
        if kind not in ("publish", "will"):
            key = EmissionKey(
                "", "", "mqtt", kind, "sent", False, "", flow.resp.address, flow.resp.port
            )
            return self._found(classified, client, key, len(message.payload), time)
        key = EmissionKey(
            "", "", "mqtt", minimise_topic(fields["topic"]), "sent", bool(fields.get("retain")),
            "", flow.resp.address, flow.resp.port,
        )  # fmt: skip
        if client == OURSELVES:
            if fields["host"]:
                self.stations.resolved("", flow.resp.address, fields["host"])
            return self._found(classified, Unseen(key.channel), key, len(message.payload), time)
        if from_orig:
            self.stations.state(client).parts.add("publisher")
            return self._found(classified, client, key, len(message.payload), time)
        return self._delivered(classified, client, key, len(message.payload), time)

    def _dns(self, delivery: Delivery) -> None:
        flow, message = delivery.flow, delivery.message
        self.stations.state(flow.resp).parts.add("name server")
        if message.kind != "response":
            return
        question = str(message.fields.get("name", ""))
        for _, kind, data in message.fields.get("answers", ()):
            if kind in ("A", "AAAA"):
                # The question, not the answer's owner: an alias is the operator's own affair.
                self.stations.resolved(flow.orig.address, str(data), question)

    def _found(
        self, classified: Classified, sender: StationKey | Unseen, key: EmissionKey,
        octets: int, time: int,
    ) -> Counted:  # fmt: skip
        """Count what a message was found to be: for its sender, or for whom it speaks of."""
        station = sender if isinstance(sender, StationKey) else None
        if station is not None:
            state = self.stations.state(station)
            for reason, size in classified.undecoded:
                state.not_understood(reason, 0, 1, size)
            if classified.format in parts.FROM_RADIO:
                state.parts.add("gateway")
            elif classified.identifiers and not classified.subject:
                self.identities.add(station, classified.format, classified.identifiers, 0.8)
        whole = self._subject(classified)
        counted: Counted = {}
        for match in classified.matches:
            name = minimise_subject(match.subject) if match.subject else whole
            emitter = Subject(name, station) if name else sender
            self._emit(emitter, key, match, octets, time, counted)
        if classified.declared:
            emitter = Subject(whole, station) if whole else sender
            self.declared.setdefault(emitter, set()).update(classified.declared)
        return counted

    def _subject(self, classified: Classified) -> str:
        """Return the minimised subject of a message, and note its identifiers."""
        if not classified.subject:
            return ""
        name = minimise_subject(classified.subject)
        if classified.identifiers and len(self.subjects) < MOST_EMITTERS:
            told = self.subjects.setdefault(name, {})
            stated = dict(classified.identifiers)
            made = {kind: stated.pop(kind) for kind in _BY_MAKER if kind in stated}
            told.update(minimise_identifiers(stated) | dict(minimised_facts(made)))
        return name

    def _emit(
        self, emitter: Emitter, key: EmissionKey, match: Match, octets: int, time: int,
        counted: Counted,
    ) -> None:  # fmt: skip
        """Count a match for its emission, and note that among those the message counts for."""
        full = key._replace(category=match.category, path=minimise_key_path(match.path))
        state = self.state(emitter, full)
        if state is not None:
            _count(state, match, octets, time, counted)

    def state(
        self, emitter: Emitter, key: EmissionKey, observations: int = 1
    ) -> EmissionState | None:
        """Return the account of an emission; None if there are too many who emit."""
        states = self.emissions.get(emitter)
        if states is None:
            if len(self.emissions) >= MOST_EMITTERS:
                self.overflowed += observations
                return None
            states = self.emissions[emitter] = {}
        state = states.get(key)
        if state is None and self._is_full(states):
            # What cannot be told apart any more is still counted, by its category.
            self.overflowed += observations
            key = key._replace(path="…", channel="…", host="", address="", port=0)
            state = states.get(key)
        if state is None:
            state = states[key] = EmissionState(self.accounts)
            if self.followings.watch(state.row, key.category, emitter):
                self.accounts.listen(state.row)
        return state

    def _is_full(self, states: Sized) -> bool:
        return len(states) >= MOST_EMISSIONS_OF_ONE or len(self.accounts) >= MOST_EMISSIONS

    def _delivered(
        self, classified: Classified, client: StationKey, key: EmissionKey, octets: int, time: int
    ) -> Counted:
        """Account for a message that a broker passed on: it names a recipient, not a sender."""
        self.stations.state(client).parts.add("subscriber")
        if client not in self.deliveries and len(self.deliveries) >= MOST_EMITTERS:
            self.overflowed += 1
            return {}
        states = self.deliveries.setdefault(client, {})
        counted: Counted = {}
        whole = self._subject(classified)
        for match in classified.matches:
            subject = minimise_subject(match.subject) if match.subject else whole
            full = key._replace(
                category=match.category,
                path=minimise_key_path(match.path),
                address=client.address,
                port=0,
            )
            if full not in states and self._is_full(states):
                self.overflowed += 1
                continue
            if full not in states:
                states[full] = (subject, EmissionState(self.accounts))
            _count(states[full][1], match, octets, time, counted)
            if match.category in _COMMANDS:
                command = full._replace(direction="received", address="")
                self._emit(client, command, match, octets, time, counted)
        return counted

    def flows(self, batch: FlowBatch) -> None:
        """Account for flows that have ended or run for long, in their order."""
        account(self, batch)
        self.ended_flows += len(batch.protocol)


def _count(state: EmissionState, match: Match, octets: int, time: int, counted: Counted) -> None:
    if state in counted:
        state.add_to_it(match)
    else:
        state.add(match, octets, time)
    counted.setdefault(state, []).append(match)
