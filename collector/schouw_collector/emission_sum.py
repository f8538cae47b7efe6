"""What many reports say of one emission, added up in place.

Adding is in any order the same: counts are sums, ends are the widest, what differs is taken from
the surest, and sets are sorted.  Mutable, unlike the records, because a city's emissions are added
to by the million; `frozen` gives the record.
"""

from datetime import datetime
from operator import add, attrgetter
from typing import TypeVar

from schouw_agent.report import Emission

At = tuple[datetime, str, int, int, datetime, int, int]
"""Place in time: start, agent, epoch, sequence, end and number of a report, and place in it."""
EmissionKey = tuple[str, str, str, str, str, str]
"""Category, path, protocol, channel, direction and recipient."""
KEY = attrgetter("category", "path", "protocol", "channel", "direction", "recipient")
_TOLD = attrgetter(
    "basis",
    "canaries",
    "fingerprints",
    "certificate_names",
    "retained",
    "self_declared",
)
_Each = TypeVar("_Each")


def either(one: tuple[_Each, ...], other: tuple[_Each, ...]) -> tuple[_Each, ...]:
    """Return what is in one or the other: as it is where they are equal, else sorted."""
    if one == other:
        return one
    return tuple(sorted({*one, *other}, key=repr))


class EmissionSum:
    """One emission over many reports."""

    __slots__ = (
        "basis", "best", "best_at", "canaries", "certificate_names", "fingerprints", "first_seen",
        "intervals", "last_seen", "messages", "octets", "recurrence", "recurrence_at", "retained",
        "returned_octets", "self_declared", "smallest", "told",
    )  # fmt: skip

    def __init__(self, new: Emission, at: At) -> None:
        self.best, self.best_at = new, at
        self.recurrence, self.recurrence_at = new.recurrence, at
        self.messages, self.octets = new.messages, new.octets
        self.returned_octets = new.returned_octets
        self.intervals: tuple[int, ...] = new.intervals
        self.smallest = new.smallest
        self.retained, self.self_declared = new.retained, new.self_declared
        self.fingerprints, self.certificate_names = new.fingerprints, new.certificate_names
        self.canaries, self.basis = new.canaries, new.basis
        self.first_seen, self.last_seen = new.first_seen, new.last_seen
        self.told: object = None

    def add(self, new: "Emission | EmissionSum", best: Emission, best_at: At, again_at: At) -> None:
        """Add what one more report, or another sum, says of it."""
        surest = self.best.confidence
        if best.confidence >= surest and (best.confidence > surest or best_at < self.best_at):
            self.best, self.best_at = best, best_at
        self.messages += new.messages
        self.octets += new.octets
        self.returned_octets += new.returned_octets
        if new.intervals:
            self.intervals = _added(self.intervals, new.intervals)
        smallest = new.smallest
        if smallest is not None and (self.smallest is None or smallest < self.smallest):
            self.smallest = smallest
        if new.first_seen < self.first_seen:
            self.first_seen = new.first_seen
        if new.last_seen > self.last_seen:
            self.last_seen = new.last_seen
        # Under another key each: what two reports saw cannot be added.
        if new.recurrence is not None and (
            self.recurrence is None or again_at > self.recurrence_at
        ):
            self.recurrence, self.recurrence_at = new.recurrence, again_at
        # Mostly it is what it was the last time.
        told = _TOLD(new)
        if told != self.told:
            self._tell(new)
            self.told = told

    def _tell(self, new: "Emission | EmissionSum") -> None:
        self.retained = self.retained or new.retained
        self.self_declared = self.self_declared and new.self_declared
        self.basis = either(self.basis, new.basis)
        self.canaries = either(self.canaries, new.canaries)
        self.fingerprints = either(self.fingerprints, new.fingerprints)
        self.certificate_names = either(self.certificate_names, new.certificate_names)

    def frozen(self) -> Emission:
        """Return the record of all that was added."""
        best = self.best
        return best.model_copy(
            update={
                name: getattr(self, name)
                for name in self.__slots__
                if name not in {"best", "best_at", "recurrence_at", "told"}
            }
        )


def _added(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    if len(one) == len(other):
        return tuple(map(add, one, other))
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return (*map(add, short, long), *long[len(short) :])
