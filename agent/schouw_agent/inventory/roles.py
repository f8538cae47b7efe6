"""What a device is for: a sensor, or one that relays, brokers, shows or serves the network."""

from collections.abc import Iterable

from schouw_agent.inventory.drafts import Draft
from schouw_agent.inventory.stations import StationState
from schouw_agent.report import Role
from schouw_agent.vocabulary import CATEGORIES

_OF_NETWORK = frozenset({"address server", "forwarder", "name server", "printer", "time server"})


def role_of(draft: Draft, states: Iterable[StationState], relays: bool) -> Role:
    """Return what a device is for, by what it emits and what part its machines play."""
    parts = set().union(*(s.parts for s in states)) if states else set()
    own = {k.category for k in draft.emissions if k.direction != "received"}
    data = {category for category in own if not _is_own_affair(category)}
    if "broker" in parts:
        return "broker"
    if not data and (relays or "gateway" in parts):
        return "relay"
    # What a switch or a printer cannot be read of does not make it a sensor.
    if parts & _OF_NETWORK and data <= {"opaque_payload"}:
        return "infrastructure"
    looks = parts & {"subscriber", "viewer", "client"}
    if own - {"credential"} or (own and not looks):
        return "sensor"
    if any(k.direction == "received" for k in draft.emissions):
        return "sensor"
    return "viewer" if looks else "infrastructure"


def _is_own_affair(category: str) -> bool:
    """Tell whether a category is about the sending machine itself."""
    known = CATEGORIES.get(category)
    return category == "credential" or (known is not None and known.ancillary)
