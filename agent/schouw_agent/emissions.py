"""The running account of one emission: counts, rhythm and evidence, and no value."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from schouw_agent.records import Match
from schouw_agent.report import Direction, Emission
from schouw_agent.vocabulary import CATEGORIES

INTERVAL_CLASSES = 32
"""Of the log₂ histogram: from 1/1024 s to about 24 days."""


class EmissionKey(NamedTuple):
    """What makes two observations the same emission, apart from who sent them."""

    category: str
    path: str
    """Minimised."""
    protocol: str
    channel: str
    """Minimised."""
    direction: Direction
    retained: bool
    host: str
    """Server name that the message itself gave; empty if none."""
    address: str
    """Of the recipient."""
    port: int


class EmissionState:
    """Counts of one emission, which grow with every message."""

    __slots__ = (
        "basis",
        "confidence",
        "first",
        "form",
        "intervals",
        "last",
        "messages",
        "octets",
        "together",
    )

    def __init__(self) -> None:
        self.messages = 0
        self.octets = 0
        self.first = 0
        self.last = 0
        self.confidence = 0.0
        self.basis: set[str] = set()
        self.form = ""
        self.intervals = [0] * INTERVAL_CLASSES
        self.together: Together | None = None
        """Who counts for it at the moment; None if nobody but itself."""

    def add(self, match: Match, octets: int, time: int) -> None:
        """Count one message that carried the match; time in nanoseconds since 1970."""
        self.count(octets, time)
        self.weigh(match)

    def weigh(self, match: Match) -> None:
        """Take the evidence of a match; doing so again changes nothing."""
        if match.confidence > self.confidence:
            self.confidence = match.confidence
            self.form = match.form
        self.basis.update(match.basis)

    def count(self, octets: int, time: int) -> None:
        """Count one message without new evidence."""
        if self.together is not None:
            self.together.settle()
        if self.messages == 0:
            self.first = self.last = time
        elif time >= self.last:
            self.intervals[interval_class(time - self.last)] += 1
            self.last = time
        else:
            self.first = min(self.first, time)
        self.messages += 1
        self.octets += octets

    def absorb(self, other: "EmissionState") -> None:
        """Add the counts of another account of the same emission."""
        if other.together is not None:
            other.together.settle()
        if other.messages and (not self.messages or other.first < self.first):
            self.first = other.first
        self.last = max(self.last, other.last)
        self.messages += other.messages
        self.octets += other.octets
        if other.confidence > self.confidence:
            self.confidence, self.form = other.confidence, other.form
        self.basis |= other.basis
        for i, n in enumerate(other.intervals):
            self.intervals[i] += n

    def freeze(self, key: EmissionKey, recipient: str) -> Emission:
        """Return the emission as a record of the report."""
        category = CATEGORIES.get(key.category)
        return Emission(
            category=key.category,
            privacy_class=category.privacy_class if category else "unknown",
            path=key.path,
            protocol=key.protocol,
            channel=key.channel,
            direction=key.direction,
            recipient=recipient,
            form=self.form[:400],
            retained=key.retained,
            messages=self.messages,
            octets=self.octets,
            intervals=_trimmed(self.intervals),
            confidence=round(self.confidence, 3),
            basis=tuple(sorted(self.basis)),
            first_seen=moment(self.first),
            last_seen=moment(self.last),
        )


class Together:
    """Emissions that every message of one kind carries all of: counted once, and not one by one.

    A message of a sensor often has ten emissions, whose counts grow in step for as long as no other
    message has some of them only.
    """

    __slots__ = ("_active", "_distinct", "_intervals", "_last", "_messages", "_octets", "states")

    def __init__(self, states: Sequence[EmissionState]) -> None:
        self.states = states
        self._distinct = len(set(map(id, states))) == len(states)
        self._active = False
        self._last = 0
        self._messages = 0
        self._octets = 0
        self._intervals: dict[int, int] = {}

    def count(self, octets: int, time: int) -> None:
        """Count one message; time in nanoseconds since 1970."""
        if not self._active or time < self._last:
            self._begin(octets, time)
            return
        length = interval_class(time - self._last)
        self._intervals[length] = self._intervals.get(length, 0) + 1
        self._last = time
        self._messages += 1
        self._octets += octets

    def _begin(self, octets: int, time: int) -> None:
        """Count one message for each emission, and from then on together if they are in step."""
        for state in self.states:
            state.count(octets, time)
        in_step = all(state.last == time for state in self.states)
        self._active = self._distinct and in_step
        if self._active:
            self._last = time
            for state in self.states:
                state.together = self

    def settle(self) -> None:
        """Bring the emissions up to date: from here on each counts for itself."""
        for state in self.states:
            state.together = None
            state.last = self._last
            state.messages += self._messages
            state.octets += self._octets
            for length, count in self._intervals.items():
                state.intervals[length] += count
        self._active = False
        self._messages = self._octets = 0
        self._intervals.clear()


def interval_class(nanoseconds: int) -> int:
    """Return the class of the log₂ histogram that an interval falls in."""
    length = (nanoseconds * 1024 // 1_000_000_000).bit_length() - 1
    if length < 0:  # without `min` and `max`, which cost more than the rest of this
        return 0
    return length if length < INTERVAL_CLASSES else INTERVAL_CLASSES - 1


def moment(nanoseconds: int) -> datetime:
    """Return a time as a date with microseconds, UTC.  Out of range: the nearest that is."""
    micro = min(max(nanoseconds // 1000, 0), 253_402_300_799_000_000)
    return datetime.fromtimestamp(micro // 1_000_000, UTC).replace(microsecond=micro % 1_000_000)


def _trimmed(intervals: Iterable[int]) -> tuple[int, ...]:
    counts = list(intervals)
    while counts and counts[-1] == 0:
        counts.pop()
    return tuple(counts)
