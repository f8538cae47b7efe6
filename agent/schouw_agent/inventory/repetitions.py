"""Messages that are like one before them: where they are counted, without finding it out again."""

from collections.abc import Sequence
from typing import NamedTuple

from schouw_agent.inventory.accounts import Accounts
from schouw_agent.inventory.emissions import EmissionState
from schouw_agent.inventory.stations import StationState
from schouw_agent.recognition.classification import Classified
from schouw_agent.records import Delivery, FlowReference, Match

MOST_REPEATED = 16_384
Counted = dict[EmissionState, list[Match]]
"""The emissions that a message counts for, with its matches that are of each."""


class _Known(NamedTuple):
    bundle: int
    """Of the accounts."""
    states: Sequence[EmissionState]
    """The emission of each match."""
    station: StationState | None
    """Who bears the account of what was not understood."""
    flow: FlowReference
    """It and the answer are held, so that no other object gets the identity that finds this."""
    plain: Classified


class Repetitions:
    """Remembers for flow, topic and answer which emissions a message counts for.

    All else that the inventory learns from such a message, it has learnt from the first.
    """

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._known: dict[tuple[object, ...], _Known] = {}
        self.forgotten = 0
        """How often all was given up that was remembered, and with it the bundles."""

    def counted(self, delivery: Delivery, classified: Classified) -> int:
        """Return the bundle that a message like one before it is now counted for; -1 if none."""
        plain = classified.plain
        known = self._known.get(_likeness(delivery, plain))
        if known is None:
            return -1
        if plain is not classified:
            for match, state in zip(classified.matches, known.states, strict=True):
                state.weigh(match)
        message = delivery.message
        self._accounts.note_bundle(known.bundle, len(message.payload), delivery.time)
        if known.station is not None:
            for reason, octets in classified.undecoded:
                known.station.not_understood(reason, 0, 1, octets)
        return known.bundle

    def learn(
        self,
        delivery: Delivery,
        classified: Classified,
        counted: Counted,
        station: StationState | None,
    ) -> int:
        """Remember which emissions a message was counted for; return them as a bundle, or -1.

        Each of its matches was counted for one.
        """
        key = _likeness(delivery, classified.plain)
        if not key:
            return -1
        self.make_room()
        bundle = self._accounts.bundle([state.row for state in counted])
        of_match: dict[int, EmissionState] = {}
        for state, matches in counted.items():
            for match in matches:
                of_match.setdefault(id(match), state)
        states = [of_match[id(match)] for match in classified.matches]
        self._known[key] = _Known(bundle, states, station, delivery.flow, classified.plain)
        return bundle

    def states(self, delivery: Delivery, classified: Classified) -> Sequence[EmissionState]:
        """Return the emission of each match of a message that was learnt."""
        return self._known[_likeness(delivery, classified.plain)].states

    @property
    def crowded(self) -> bool:
        """Whether so much is remembered that all must be forgotten."""
        return len(self._known) >= MOST_REPEATED

    def make_room(self) -> None:
        """Forget all if it is too much, unless messages wait to be counted in their turn."""
        if self.crowded and not self._accounts.waiting:
            self._known.clear()
            self._accounts.forget_bundles()
            self.forgotten += 1


def _likeness(delivery: Delivery, plain: Classified) -> tuple[object, ...]:
    """Return what makes two messages count alike; empty if each must be looked at."""
    flow, message, _, from_orig = delivery
    fields = message.fields
    if message.kind == "publish" and message.protocol == "mqtt":
        place = fields["topic"]
    elif message.kind == "media" and not fields.get("credentials"):
        place = fields.get("path", "")
    else:
        return ()
    return id(flow), id(plain), place, fields.get("retain"), from_orig
