"""What many reports say of one emission, added up in place.

Adding is in any order the same: counts are sums, ends are the widest, what differs is taken from
the surest, and sets are sorted.  Mutable, unlike the records, because a city's emissions are added
to by the million; `frozen` gives the record.
"""

from datetime import datetime
from operator import add, attrgetter, itemgetter
from typing import Any, TypeVar

from schouw_agent.report import CanarySighting, Emission

At = tuple[datetime, str, int, int, datetime, int, int]
"""Place in time: start, agent, epoch, sequence, end and number of a report, and place in it."""
EmissionKey = tuple[str, str, str, str, str, str]
"""Category, path, protocol, channel, direction and recipient."""
_KEY = itemgetter("category", "path", "protocol", "channel", "direction", "recipient")
_AMOUNTS = (
    "confidence",
    "messages",
    "octets",
    "returned_octets",
    "intervals",
    "smallest",
    "recurrence",
    "first_seen",
    "last_seen",
)
"""What differs from report to report."""
_TOLD = (
    "basis",
    "canaries",
    "fingerprints",
    "certificate_names",
    "retained",
    "self_declared",
)
"""What is mostly the same."""
# A record's fields are looked up at once, and a fifth faster than one by one.
_AMOUNTS_IN, _TOLD_IN = itemgetter(*_AMOUNTS), itemgetter(*_TOLD)
_AMOUNTS_OF, _TOLD_OF = attrgetter(*_AMOUNTS[1:]), attrgetter(*_TOLD)
_Each = TypeVar("_Each")


def either(one: tuple[_Each, ...], other: tuple[_Each, ...]) -> tuple[_Each, ...]:
    """Return what is in one or the other: as it is where they are equal, else sorted."""
    if one == other:
        return one
    return tuple(sorted({*one, *other}, key=repr))


def key_of(emission: Emission) -> EmissionKey:
    """Return what makes two emissions of a device the same one."""
    key: EmissionKey = _KEY(emission.__dict__)
    return key


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

    def add(self, new: Emission, at: At) -> None:
        """Add what one more report says of it."""
        fields = new.__dict__
        self._add(_AMOUNTS_IN(fields), _TOLD_IN(fields), new, at, at)

    def absorb(self, other: "EmissionSum") -> None:
        """Add another sum."""
        amounts = other.best.confidence, *_AMOUNTS_OF(other)
        self._add(amounts, _TOLD_OF(other), other.best, other.best_at, other.recurrence_at)

    def _add(
        self, amounts: tuple[Any, ...], told: tuple[Any, ...], best: Emission, at: At, again_at: At
    ) -> None:
        sure, messages, octets, returned, intervals, smallest, recurrence, first, last = amounts
        surest = self.best.confidence
        if sure >= surest and (sure > surest or at < self.best_at):
            self.best, self.best_at = best, at
        self.messages += messages
        self.octets += octets
        self.returned_octets += returned
        if intervals:
            self.intervals = _added(self.intervals, intervals)
        if smallest is not None and (self.smallest is None or smallest < self.smallest):
            self.smallest = smallest
        if first < self.first_seen:
            self.first_seen = first
        if last > self.last_seen:
            self.last_seen = last
        # Under another key each: what two reports saw cannot be added.
        if recurrence is not None and (self.recurrence is None or again_at > self.recurrence_at):
            self.recurrence, self.recurrence_at = recurrence, again_at
        if told != self.told:
            self._tell(*told)
            self.told = told

    def _tell(
        self,
        basis: tuple[str, ...],
        canaries: tuple[CanarySighting, ...],
        fingerprints: tuple[str, ...],
        certificate_names: tuple[str, ...],
        retained: bool,
        self_declared: bool,
    ) -> None:
        self.basis = either(self.basis, basis)
        self.canaries = either(self.canaries, canaries)
        self.fingerprints = either(self.fingerprints, fingerprints)
        self.certificate_names = either(self.certificate_names, certificate_names)
        self.retained = self.retained or retained
        self.self_declared = self.self_declared and self_declared

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
