"""What became of findings by a certain day, for whoever shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from schouw_collector.cases.case_lines import Step
from schouw_collector.cases.cases import Case
from schouw_collector.evidence.manifest import Input
from schouw_collector.records import Finding
from schouw_collector.saying.wording import Wording


@dataclass(frozen=True, slots=True)
class KnownCases:
    """The cases of a case file, as they stand on a day."""

    day: date | None = None
    """None: no case file was given."""
    by_id: Mapping[str, Case] = field(default_factory=lambda: MappingProxyType({}))
    """By all ids that a finding has had."""
    source: Input | None = None

    def of(self, finding: Finding) -> Case | None:
        """Return the case of a finding, by its id or one that it had before; None: none."""
        found = (self.by_id.get(id_) for id_ in (finding.id, *finding.aliases))
        return next((case for case in found if case is not None), None)

    def standing(self, case: Case, w: Wording) -> str:
        """Return in words where a case stands: its state, until when, and with whom."""
        return standing(case, self.day, w) if self.day else ""


NO_CASES = KnownCases()


def standing(case: Case, today: date, w: Wording) -> str:
    """Return in words where a case stands on a day: its state, until when, and with whom."""
    said = [w.name("state", case.state)]
    if case.until:
        said[0] = w("case.until", state=said[0], day=case.until)
    if case.due:
        said.append(w("case.overdue" if case.overdue(today) else "case.due", day=case.due))
    if case.assigned:
        said.append(w("case.assigned", role=case.assigned))
    if reply := last_reply(case):
        said.append(w("case.replied", day=reply.time.date()))
    return ", ".join(said)


def last_reply(case: Case) -> Step | None:
    """Return the last reply to a finding, or what somebody said against it; None: none yet."""
    said = (step for step in reversed(case.steps) if step.event in {"replied", "disputed"})
    return next(said, None)
