"""The running account of one emission: counts, rhythm and evidence, and no value."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from schouw_agent.inventory.accounts import Accounts
from schouw_agent.inventory.counts import NOTHING, Counts
from schouw_agent.privacy.sightings import Sighting
from schouw_agent.records import Match
from schouw_agent.report import CanarySighting, Direction, Emission, PseudonymRecurrence
from schouw_agent.vocabulary import CATEGORIES

if TYPE_CHECKING:
    from schouw_agent.privacy.recurrence import Tracker


MOST_CELLS = 8
"""Cells in which a device is said to be: what moves farther has no place."""


_NO_CANARIES: frozenset[Sighting] = frozenset()
_NO_CELLS: frozenset[str] = frozenset()
"""Shared: an empty set takes as much room as half of the rest."""


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
    """Counts of one emission, which grow with every message, and its evidence."""

    __slots__ = (
        "_accounts", "_smallest", "_window", "basis", "canaries", "cells", "confidence", "counts",
        "form", "row", "rows", "trackers",
    )  # fmt: skip

    def __init__(self, accounts: Accounts | None = None) -> None:
        """Without accounts it can only take in the counts of others."""
        self.confidence = 0.0
        self.basis: tuple[str, ...] = ()
        self.form = ""
        self.canaries = _NO_CANARIES
        self.trackers: list[Tracker] = []
        """Of the pseudonyms in it; of several only if others were absorbed."""
        self._smallest: float | None = None
        self._window: float | None = None
        self.cells = _NO_CELLS
        self.counts = NOTHING
        """Besides those of the accounts: of others that were absorbed, and of what goes on."""
        self.row = accounts.open() if accounts is not None else -1
        """Of the accounts."""
        self.rows = [self.row] if accounts is not None else []
        """Its own, and those of others that were absorbed."""
        self._accounts = accounts

    def add(self, match: Match, octets: int, time: int) -> None:
        """Count one message that carried the match; time in nanoseconds since 1970."""
        if self._accounts is not None:
            self._accounts.note(self.row, octets, time)
        self.add_to_it(match)

    def carried(self, octets: int, time: int) -> None:
        """Count octets of what was counted as a message before; time in nanoseconds since 1970."""
        self.counts = self.counts.plus(NOTHING._replace(octets=octets, last=time))

    def add_to_it(self, match: Match) -> None:
        """Take in one more match of a message that was counted: fields may share a minimised path.

        Seven bands of sound are one message, and no time passes between them.
        """
        if match.pseudonyms is not None:
            match.pseudonyms.into(self.trackers)
        self.weigh(match)

    def weigh(self, match: Match) -> None:
        """Take the evidence of a match; doing so again changes nothing."""
        if match.confidence > self.confidence:
            self.confidence = match.confidence
            self.form = match.form
        self.basis = _both(self.basis, match.basis)
        if match.canaries:
            self.canaries = self.canaries.union(match.canaries)
        self._smallest = lesser(self._smallest, match.smallest)
        self._window = lesser(self._window, match.window)
        if match.cell and len(self.cells) < MOST_CELLS:
            self.cells |= {match.cell}

    @property
    def smallest(self) -> float | None:
        """Return the smallest figure by now, of all messages."""
        counted = self._accounts.smallest.of(self.row) if self._accounts is not None else None
        return lesser(self._smallest, counted)

    @property
    def window(self) -> float | None:
        """Return the shortest window of figures by now, in seconds, of all messages."""
        counted = self._accounts.window.of(self.row) if self._accounts is not None else None
        return lesser(self._window, counted)

    def counted(self) -> Counts:
        """Return the counts by now."""
        if self._accounts is None:
            return self.counts
        counted = self._accounts.counts(self.row)
        return counted if self.counts is NOTHING else counted.plus(self.counts)

    def absorb(self, other: "EmissionState") -> None:
        """Add the counts of another account of the same emission."""
        self.counts = self.counts.plus(other.counted())
        if other.confidence > self.confidence:
            self.confidence, self.form = other.confidence, other.form
        self.basis = _both(self.basis, other.basis)
        if other.canaries:
            self.canaries |= other.canaries
        self.trackers += other.trackers
        self._smallest = lesser(self._smallest, other.smallest)
        self._window = lesser(self._window, other.window)
        if other.cells:
            self.cells |= other.cells
        self.rows += other.rows

    def freeze(
        self, key: EmissionKey, recipient: str, recurrence: PseudonymRecurrence | None = None
    ) -> Emission:
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
            messages=self.counts.messages,
            octets=self.counts.octets,
            intervals=_trimmed(self.counts.intervals),
            window_seconds=self.window,
            smallest=self.smallest,
            confidence=round(self.confidence, 3),
            basis=tuple(sorted(self.basis)),
            canaries=tuple(CanarySighting(**each._asdict()) for each in sorted(self.canaries)),
            recurrence=recurrence,
            first_seen=moment(self.counts.first),
            last_seen=moment(self.counts.last),
        )


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is in either; nothing new is made where that is one of them."""
    if not one or one == other:
        return other
    return tuple(dict.fromkeys((*one, *other)))


def lesser(one: float | None, other: float | None) -> float | None:
    """Return the lesser of two numbers, or the one that there is."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def moment(nanoseconds: int) -> datetime:
    """Return a time as a date with microseconds, UTC.  Out of range: the nearest that is."""
    micro = min(max(nanoseconds // 1000, 0), 253_402_300_799_000_000)
    return datetime.fromtimestamp(micro // 1_000_000, UTC).replace(microsecond=micro % 1_000_000)


def _trimmed(intervals: Iterable[int]) -> tuple[int, ...]:
    counts = list(intervals)
    while counts and counts[-1] == 0:
        counts.pop()
    return tuple(counts)
