"""What became of each finding, read from the lines of a case file; and which steps are possible.

Nobody is told to be wrong unheard: a finding is confirmed only after a reply, or after the day for
it has passed.  What proves wrong is withdrawn, and every report that holds it is corrected.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from schouw_collector.cases.case_lines import (
    CaseFinding,
    CaseLine,
    Opened,
    Reported,
    State,
    Step,
    StepEvent,
)
from schouw_collector.errors import CaseError

_LIVE: frozenset[State] = frozenset(
    {"open", "reopened", "sent", "disputed", "confirmed", "tolerated"}
)
_ALL: frozenset[State] = _LIVE | {"withdrawn", "resolved"}
_POSSIBLE: Mapping[StepEvent, frozenset[State]] = {
    "sent": frozenset({"open", "reopened", "sent"}),
    "replied": _LIVE,
    "disputed": frozenset({"open", "reopened", "sent", "confirmed", "tolerated"}),
    "confirmed": frozenset({"open", "reopened", "sent", "disputed"}),
    "tolerated": _LIVE,
    "withdrawn": _ALL - {"withdrawn"},
    "resolved": _LIVE,
    "reopened": frozenset({"resolved", "withdrawn", "tolerated"}),
    "commented": _ALL,
    "assigned": _ALL,
}
"""In which states a step can be taken."""
_KEEPS_STATE: frozenset[StepEvent] = frozenset({"replied", "commented", "assigned"})
_SHORTEST = 6


@dataclass(slots=True)
class Case:
    """One finding, and all that happened to it."""

    finding: CaseFinding
    opened: Opened
    state: State = "open"
    steps: list[Step] = field(default_factory=list)
    reports: list[Reported] = field(default_factory=list)
    """Issued reports that hold it, oldest first."""
    assigned: str = ""
    due: date | None = None
    until: date | None = None
    replied: bool = False
    reply_due: date | None = None
    """The last day that was given for a reply."""
    former_ids: list[str] = field(default_factory=list)
    """Under which reports that were issued before hold it."""
    absent: int = 0
    """Checks in a row that did not show it though they could have."""

    def heard(self, today: date) -> bool:
        """Return whether whom it is about replied, or had the time to."""
        return self.replied or (self.reply_due is not None and self.reply_due < today)

    def overdue(self, today: date) -> bool:
        """Return whether its day has passed and it still waits."""
        return self.state in _LIVE and self.due is not None and self.due < today


class CaseBook:
    """All cases of a case file, by the id of the finding, in the order in which they came."""

    def __init__(self, lines: Iterable[CaseLine]) -> None:
        self.cases: dict[str, Case] = {}
        self.reports: dict[str, Reported] = {}
        """By the digest of the manifest."""
        self._now: dict[str, str] = {}
        """Former id of a finding → the one that it has now."""
        for line in lines:
            self.take(line)

    def take(self, line: CaseLine) -> None:
        """Take in one more line.  Raises `CaseError` for a step on a finding that is not there."""
        if isinstance(line, Opened):
            self._open(line)
        elif isinstance(line, Reported):
            self._report(line)
        elif isinstance(line, Step):
            for id_ in line.findings:
                case = self.case(id_)
                if case is None:
                    raise CaseError("a step is about a finding that the case file does not have")
                _step(case, line)

    def _open(self, line: Opened) -> None:
        former = self.cases.pop(line.formerly, None) if line.formerly else None
        if former is not None:
            former.former_ids.append(line.formerly)
            self._now |= dict.fromkeys(former.former_ids, line.finding.id)
            self.cases[line.finding.id] = former
        case = self.cases.setdefault(line.finding.id, Case(line.finding, line))
        case.finding = line.finding

    def _report(self, line: Reported) -> None:
        latest = self.latest
        in_order = latest is None or line.period.end >= latest.period.end
        self.reports[line.sha256] = line
        for id_ in line.present:
            case = self.case(id_)
            if case is not None:
                case.reports.append(line)
                case.absent = 0 if in_order else case.absent
        for id_ in line.absent:
            if id_ in self.cases:
                self.cases[id_].absent += 1

    @property
    def latest(self) -> Reported | None:
        """Return the report of the latest period."""
        return max(self.reports.values(), key=lambda line: line.period.end, default=None)

    def case(self, id_: str) -> Case | None:
        """Return the case of a finding by its id, or by one that it had before; None if none."""
        return self.cases.get(self._now.get(id_, id_))

    def named(self, name: str) -> Case:
        """Return the case of a finding that is named by its id, or by the start of it.

        Raises `CaseError` if none or several begin so.
        """
        start = name.strip().lower()
        found = [
            case
            for id_, case in self.cases.items()
            if any(known.startswith(start) for known in (id_, *case.former_ids))
        ]
        if len(start) < _SHORTEST:
            raise CaseError(f"a finding is named by at least {_SHORTEST} digits of its id")
        if len(found) != 1:
            many = "several findings" if found else "no finding"
            raise CaseError(f"{many} of the case file bear an id given")
        return found[0]


def is_live(state: State) -> bool:
    """Return whether a finding in this state still stands."""
    return state in _LIVE


def require_possible(case: Case, step: Step) -> None:
    """Raise `CaseError` unless the step can be taken now."""
    name = case.finding.id[:8]
    if case.state not in _POSSIBLE[step.event]:
        raise CaseError(f"finding {name} is {case.state}: it cannot be {step.event}")
    today = step.time.date()
    if step.event == "confirmed" and not case.heard(today):
        raise CaseError(
            f"finding {name}: not confirmed unheard; send it first, and await the reply or its day"
        )
    if step.event == "tolerated" and (step.until is None or step.until < today):
        raise CaseError("what is tolerated is so until a day that has not passed")
    if step.event == "sent" and (step.due is None or step.due < today):
        raise CaseError("a reply is awaited until a day that has not passed")


def _step(case: Case, step: Step) -> None:
    case.steps.append(step)
    if step.event == "assigned":
        case.assigned = step.to
        case.due = step.due or case.due
        return
    if step.event == "replied":
        case.replied = True
        # The day was for the reply, which has come: nobody is late.
        case.due = None if case.due == case.reply_due else case.due
    if step.event in _KEEPS_STATE:
        return
    case.state = step.event  # type: ignore[assignment]
    case.until = step.until
    case.due = step.due
    if step.event == "sent":
        case.reply_due = step.due
    if step.event == "reopened":
        case.absent = 0
