"""What many reports say of one emission, added up in place.

Adding is in any order the same: counts are sums, ends are the widest, what differs is taken from
the surest, and sets are sorted.  Mutable, unlike the records, because a city's emissions are added
to by the million; `frozen` gives the record.
"""

from datetime import UTC, datetime
from operator import add, attrgetter, itemgetter
from typing import TypeVar

from schouw_agent.report import Emission, PseudonymRecurrence
from schouw_collector.many_reports.device_amounts import OF_EMISSION, At, EmissionAmounts

EmissionKey = tuple[str, str, str, str, str, str]
"""Category, path, protocol, channel, direction and recipient."""
_KEY = itemgetter("category", "path", "protocol", "channel", "direction", "recipient")
_AMOUNTS_OF = attrgetter(*OF_EMISSION)
_NEVER, _ALWAYS = datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)
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
    """One emission over many reports; of none at first."""

    __slots__ = (
        "basis", "best", "best_at", "canaries", "certificate_names", "confidence", "fingerprints",
        "first_seen", "intervals", "last_seen", "messages", "octets", "recurrence",
        "recurrence_at", "retained", "returned_octets", "self_declared", "smallest", "told",
    )  # fmt: skip

    def __init__(self, new: Emission, at: At) -> None:
        self.best, self.best_at = new, at
        self.confidence = -1.0
        self.recurrence: PseudonymRecurrence | None = None
        self.recurrence_at = at
        self.messages = self.octets = self.returned_octets = 0
        self.intervals: tuple[int, ...] = ()
        self.smallest: float | None = None
        self.retained, self.self_declared = new.retained, new.self_declared
        self.fingerprints, self.certificate_names = new.fingerprints, new.certificate_names
        self.canaries, self.basis = new.canaries, new.basis
        self.first_seen, self.last_seen = _NEVER, _ALWAYS
        self.told = new

    def add(self, new: Emission, amounts: EmissionAmounts, at: At) -> None:
        """Add what one more report says of it; of `new` everything counts but the amounts.

        Amounts may be of several reports; the surest of them is then that `at`.
        """
        if new is not self.told:
            self._tell(new)
            self.told = new
        self._add(amounts, new, at, at)

    def absorb(self, other: "EmissionSum") -> None:
        """Add another sum."""
        self._tell(other)
        self._add(_AMOUNTS_OF(other), other.best, other.best_at, other.recurrence_at)

    def _add(self, amounts: EmissionAmounts, best: Emission, at: At, again_at: At) -> None:
        sure, messages, octets, returned, intervals, smallest, recurrence, first, last = amounts
        if sure >= self.confidence and (sure > self.confidence or at < self.best_at):
            self.best, self.best_at, self.confidence = best, at, sure
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
        if recurrence is not None:
            self.keep_recurrence(recurrence, again_at)

    def keep_recurrence(self, new: PseudonymRecurrence, at: At) -> None:
        """Keep the latest: what two reports saw, under another key each, cannot be added."""
        if self.recurrence is None or at > self.recurrence_at:
            self.recurrence, self.recurrence_at = new, at

    def _tell(self, new: "Emission | EmissionSum") -> None:
        self.basis = either(self.basis, new.basis)
        self.canaries = either(self.canaries, new.canaries)
        self.fingerprints = either(self.fingerprints, new.fingerprints)
        self.certificate_names = either(self.certificate_names, new.certificate_names)
        self.retained = self.retained or new.retained
        self.self_declared = self.self_declared and new.self_declared

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
