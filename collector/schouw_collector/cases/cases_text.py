"""What `schouw findings` says in the terminal."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import orjson
from rich.text import Text

from schouw_collector.cases.audit_log import AuditLog
from schouw_collector.cases.case_lines import CaseLine, Opened, Reported, Step
from schouw_collector.cases.cases import Case, CaseBook
from schouw_collector.cases.known_cases import standing
from schouw_collector.records import SEVERITIES
from schouw_collector.saying.wording import Wording

_DIGITS = 8


def updated(added: Sequence[CaseLine], book: CaseBook, w: Wording) -> Iterator[Text]:
    """Yield what new evidence did to the cases."""
    steps = [line for line in added if isinstance(line, Step)]
    counts = {
        "reports": sum(isinstance(line, Reported) for line in added),
        "opened": sum(isinstance(line, Opened) and line.event == "opened" for line in added),
        "reopened": sum(step.event == "reopened" for step in steps),
        "resolved": sum(step.event == "resolved" for step in steps),
    }
    yield Text(w("case.updated", **counts))
    for step in steps:
        about = filter(None, map(book.case, step.findings))
        yield from (Text(f"  - {_named(case, w)}: {_why(step, w)}") for case in about)
    known = {id_ for line in added if isinstance(line, Reported) for id_ in line.present}
    found = {case.finding.id: case for case in map(book.case, sorted(known)) if case}
    withdrawn = [case for case in found.values() if case.state == "withdrawn"]
    if withdrawn:
        yield Text(w("case.withdrawn_seen", n=len(withdrawn)), style="bold")
        yield from (Text(f"  - {_named(case, w)}") for case in withdrawn)


def listed(cases: Iterable[Case], today: date, w: Wording) -> Iterator[Text]:
    """Yield a line for each case, the most serious first."""
    rows = sorted(cases, key=lambda case: -SEVERITIES.index(case.finding.severity))
    if not rows:
        yield Text(w("case.none"))
    for case in rows:
        yield Text(f"{_named(case, w)}: {standing(case, today, w)}")


def story(case: Case, w: Wording) -> Iterator[Text]:
    """Yield all that happened to a finding, and where it stands."""
    yield Text(_named(case, w), style="bold")
    yield Text(w("case.reference", id=case.finding.id, rule=case.finding.rule_id))
    yield Text(w("case.now", state=w.name("state", case.state)))
    yield Text(w("case.opened", moment=case.opened.time))
    for step in case.steps:
        yield Text(w("case.step", moment=step.time, text=_step(step, w)))
    yield Text(w("case.reports", n=len(case.reports)))
    for report in case.reports:
        period = w.period(report.period.start, report.period.end)
        yield Text(f"  - {w.show(report.name)}; {period}; {report.sha256}")


def taken(step: Step, w: Wording) -> Iterator[str]:
    """Yield what was written down."""
    yield w("case.taken", n=len(step.findings), text=_step(step, w))


def verified(log: AuditLog, w: Wording) -> Iterator[Text]:
    """Yield that a case file holds, and the digest to be written on the record."""
    if log.dropped:
        yield Text(w("log.dropped", n=log.dropped))
    yield Text(w("log.head", n=len(log.lines), head=log.head))


def case_json(case: Case) -> str:
    """Return a case as JSON, on one line: the finding, its state and all that happened."""
    return orjson.dumps(
        {
            "finding": case.finding.model_dump(mode="json"),
            "state": case.state,
            "assigned": case.assigned,
            "due": case.due,
            "until": case.until,
            "absent": case.absent,
            "steps": [step.model_dump(mode="json", exclude_defaults=True) for step in case.steps],
            "reports": [
                report.model_dump(mode="json", include={"name", "sha256", "period"})
                for report in case.reports
            ],
        }
    ).decode()


def _named(case: Case, w: Wording) -> str:
    finding = case.finding
    title = w.of(finding.title)
    if finding.category:
        title = f"{title}: {w.category(finding.category)}"
    subject = f" [{w.show(finding.subject)}]" if finding.subject else ""
    return f"{finding.id[:_DIGITS]} {title}{subject}"


def _step(step: Step, w: Wording) -> str:
    said = [w("case.did", who=step.who, what=w.name("step", step.event))]
    if step.to:
        said.append(w("case.to", role=step.to))
    if step.until:
        said.append(w("case.until_day", day=step.until))
    if step.due:
        said.append(w("case.due", day=step.due))
    text = _why(step, w)
    return ", ".join(said) + (f": {text}" if text else "")


def _why(step: Step, w: Wording) -> str:
    if step.reason:
        return w(f"case.{step.reason}", n=step.windows, report=step.report)
    return w.show(step.text)
