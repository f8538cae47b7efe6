"""How well the network could be seen in many reports together."""

from collections.abc import Iterable
from datetime import datetime

from schouw_agent.report import Coverage, Undecoded

ReasonSums = dict[str, tuple[int, int, int]]
"""Flows, messages and octets that were not understood, by reason."""

_ADDED = (
    "frames",
    "octets",
    "truncated_frames",
    "shunted_frames",
    "invalid_frames",
    "missed_octets",
    "payload_octets",
    "read_octets",
    "flows",
    "messages",
    "missed_messages",
    "passers_by_frames",
    "outside_order_frames",
)
_MAY_BE_UNKNOWN = ("kernel_drops", "duplicates")
_MOST_NOTES = 200
"""Of more remarks the first by alphabet are kept: a state does not grow with the reports."""


def add_counts(sums: ReasonSums, reason: str, counts: tuple[int, int, int]) -> None:
    """Add flows, messages and octets of one reason."""
    old = sums.get(reason, (0, 0, 0))
    sums[reason] = old[0] + counts[0], old[1] + counts[1], old[2] + counts[2]


def add_undecoded(sums: ReasonSums, rows: Iterable[Undecoded]) -> None:
    """Add the records of what was not understood."""
    for row in rows:
        add_counts(sums, row.reason, (row.flows, row.messages, row.octets))


def undecoded_rows(sums: ReasonSums) -> tuple[Undecoded, ...]:
    """Return the sums as records, by reason."""
    return tuple(
        Undecoded(reason=reason, flows=flows, messages=messages, octets=octets)
        for reason, (flows, messages, octets) in sorted(sums.items())
    )


class CoverageSum:
    """The coverage of many reports; in any order the same."""

    def __init__(self) -> None:
        self.counts: dict[str, int | None] = dict.fromkeys((*_ADDED, *_MAY_BE_UNKNOWN), 0)
        """None: one of the reports does not tell."""
        self.undecoded: ReasonSums = {}
        self.clocks: set[bool | None] = set()
        self.partial = False
        self.vantages: dict[str, datetime] = {}
        """When each was first used."""
        self.notes: set[str] = set()

    def add(self, new: Coverage, start: datetime) -> None:
        """Add the coverage of a report that starts then."""
        self._add({name: getattr(new, name) for name in self.counts})
        add_undecoded(self.undecoded, new.undecoded)
        self.clocks.add(new.clock_synchronised)
        self.partial = self.partial or new.partial
        self._use(new.vantage, start)
        self._note(new.notes)

    def absorb(self, other: "CoverageSum") -> None:
        """Add another sum."""
        self._add(other.counts)
        for reason, counts in other.undecoded.items():
            add_counts(self.undecoded, reason, counts)
        self.clocks |= other.clocks
        self.partial = self.partial or other.partial
        for vantage, start in other.vantages.items():
            self._use(vantage, start)
        self._note(other.notes)

    def frozen(self) -> Coverage:
        """Return the coverage of all together."""
        return Coverage.model_validate(
            {
                **self.counts,
                "undecoded": undecoded_rows(self.undecoded),
                # The clock is as good as the worst.
                "clock_synchronised": next(
                    (clock for clock in (False, None, True) if clock in self.clocks), None
                ),
                "partial": self.partial,
                "vantage": ", ".join(sorted(self.vantages, key=lambda v: (self.vantages[v], v))),
                "notes": tuple(sorted(self.notes)),
            }
        )

    def _add(self, new: dict[str, int | None]) -> None:
        for name, count in new.items():
            old = self.counts[name]
            self.counts[name] = None if old is None or count is None else old + count

    def _use(self, vantage: str, start: datetime) -> None:
        self.vantages[vantage] = min(start, self.vantages.get(vantage, start))

    def _note(self, notes: Iterable[str]) -> None:
        self.notes |= set(notes)
        if len(self.notes) > _MOST_NOTES:
            self.notes = set(sorted(self.notes)[:_MOST_NOTES])
