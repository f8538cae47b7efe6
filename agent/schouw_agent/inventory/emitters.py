"""Who emits: a machine, a device that a message names, or a publisher that nobody saw."""

from typing import NamedTuple

from schouw_agent.inventory.stations import StationKey

OURSELVES = StationKey("", "")
"""The end of a subscription of Schouw itself, which is no device."""


class Subject(NamedTuple):
    """A device that a message names, when another one carried the message."""

    name: str
    """Minimised."""
    relay: StationKey | None
    """Who carried it; None if the publisher was not seen."""


class Unseen(NamedTuple):
    """The unseen publisher of a topic, of which only deliveries were seen."""

    channel: str


Emitter = StationKey | Subject | Unseen
