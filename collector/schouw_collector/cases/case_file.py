"""The case file as a file: read whole, and a step added under its lock."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from schouw_collector.cases.audit_log import opened, read
from schouw_collector.cases.case_lines import Step, StepEvent, add, lines_of
from schouw_collector.cases.cases import CaseBook, require_possible
from schouw_collector.cases.known_cases import NO_CASES, KnownCases
from schouw_collector.cases.statements import organisation, role, statement
from schouw_collector.registers.register_source import input_of, read_file


def read_book(file: Path) -> CaseBook:
    """Return the cases of a file.  Raises `LogError` or `CaseError` if it is not whole."""
    return CaseBook(lines_of(read(file, must_exist=True)))


def known_cases(file: Path | None, today: date) -> KnownCases:
    """Return how the cases of a file stand today; none of None.  Raises as `read_book`."""
    if file is None:
        return NO_CASES
    cases = read_book(file).cases.values()
    by_id = {id_: case for case in cases for id_ in (*case.former_ids, case.finding.id)}
    return KnownCases(today, by_id, input_of("cases", file.name, read_file("case file", file)))


def take(
    event: StepEvent,
    file: Path,
    findings: Sequence[str],
    *,
    by: str,
    text: str,
    now: datetime,
    required: bool = False,
    until: date | None = None,
    due: date | None = None,
    to: str = "",
) -> tuple[CaseBook, Step]:
    """Return the cases after a step that was taken on all of these findings, and the step.

    `required`: a text is needed.  Raises `CaseError`, and writes nothing, if one of the findings
    cannot take it, or is not there.
    """
    with opened(file, must_exist=True) as log:
        book = CaseBook(lines_of(log))
        cases = [book.named(name) for name in dict.fromkeys(findings)]
        step = Step(
            event=event,
            time=now,
            who=role(by),
            findings=tuple(dict.fromkeys(case.finding.id for case in cases)),
            text=statement(text) if text or required else "",
            until=until,
            due=due,
            to=organisation(to) if to else "",
        )
        for case in cases:
            require_possible(case, step)
        book.take(step)
        add(log, step)
    return book, step
