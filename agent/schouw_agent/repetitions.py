"""Messages that are like one before them: where they are counted, without finding it out again."""

from collections.abc import Sequence
from typing import NamedTuple

from schouw_agent.classification import Classified
from schouw_agent.emissions import EmissionState, Together
from schouw_agent.records import Delivery, FlowReference
from schouw_agent.stations import StationState

MOST_REPEATED = 16_384


class _Known(NamedTuple):
    together: Together
    station: StationState | None
    """Who bears the account of what was not understood."""
    flow: FlowReference
    """It and the answer are held, so that no other object gets the identity that finds this."""
    classified: Classified


class Repetitions:
    """Remembers for flow, topic and answer which emissions a message counts for.

    All else that the inventory learns from such a message, it has learnt from the first.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], _Known] = {}
        self._together: dict[tuple[int, ...], Together] = {}
        """By the identities of the emissions, which the inventory never gives up."""

    def counted(self, delivery: Delivery, classified: Classified) -> bool:
        """Return whether the message is like one before it, and is now counted."""
        known = self._known.get(_likeness(delivery, classified))
        if known is None:
            return False
        message = delivery.message
        known.together.count(len(message.payload), delivery.time)
        if known.station is not None:
            for reason, octets in classified.undecoded:
                known.station.not_understood(reason, 0, 1, octets)
        return True

    def learn(
        self,
        delivery: Delivery,
        classified: Classified,
        states: Sequence[EmissionState],
        station: StationState | None,
    ) -> None:
        """Remember which emissions a message was counted for."""
        key = _likeness(delivery, classified)
        if not key:
            return
        if len(self._known) >= MOST_REPEATED:
            self._known.clear()
            self._together.clear()
        together = self._together.setdefault(tuple(map(id, states)), Together(states))
        self._known[key] = _Known(together, station, delivery.flow, classified)


def _likeness(delivery: Delivery, classified: Classified) -> tuple[object, ...]:
    """Return what makes two messages count alike; empty if each must be looked at."""
    flow, message, _, from_orig = delivery
    fields = message.fields
    if message.kind == "publish" and message.protocol == "mqtt":
        place = fields["topic"]
    elif message.kind == "media" and not fields.get("credentials"):
        place = fields.get("path", "")
    else:
        return ()
    return id(flow), id(classified), place, fields.get("retain"), from_orig
