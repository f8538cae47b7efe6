"""What is learnt from messages and flows, in this process or in one beside it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from schouw_agent.inventory.flow_batch import FlowBatch
from schouw_agent.inventory.freeze import freeze
from schouw_agent.observer import Observer
from schouw_agent.privacy.recurrence import Recurrence
from schouw_agent.report import Device, Following
from schouw_agent.runs import Delivered


class Observed(NamedTuple):
    """What was learnt by the end."""

    devices: tuple[Device, ...]
    followings: tuple[Following, ...]
    undecoded: Mapping[str, Sequence[int]]
    """Reason → messages, octets."""
    messages: int
    crowded: int
    """Observations that were counted but not told apart."""


class Observation(Protocol):
    """Takes what the network stage gives, in its order."""

    def by_radio(self) -> None:
        """Note that frames were heard by radio."""
        ...

    def observe(self, delivered: Iterable[Delivered]) -> None:
        """Account for messages."""
        ...

    def flows(self, batch: FlowBatch) -> None:
        """Account for flows that have ended."""
        ...

    def observed(self) -> Observed:
        """Return what was learnt; nothing is taken after that."""
        ...


class OwnObservation:
    """An observation in this process."""

    def __init__(self, observer: Observer, recurrence: Recurrence | None = None) -> None:
        """Take who looks at messages, and the account of recurrence that it keeps."""
        self._observer = observer
        self._recurrence = recurrence

    def by_radio(self) -> None:
        """Note that frames were heard by radio."""
        self._observer.inventory.by_radio = True

    def observe(self, delivered: Iterable[Delivered]) -> None:
        """Account for messages, in the order of the frames that completed them."""
        self._observer.observe(delivered)

    def flows(self, batch: FlowBatch) -> None:
        """Account for flows that have ended, in their order."""
        self._observer.inventory.flows(batch)

    def observed(self) -> Observed:
        """Return what was learnt."""
        inventory = self._observer.inventory
        return Observed(
            freeze(inventory, self._recurrence),
            inventory.followings.told(),
            self._observer.undecoded,
            self._observer.messages,
            inventory.overflowed + inventory.stations.overflowed + inventory.identities.overflowed,
        )
