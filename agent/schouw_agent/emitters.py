"""Who data comes from, as far as one message shows it."""

from typing import NamedTuple

from schouw_agent.stations import StationKey


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
