"""What `schouw register lint` says: the kinds of problem, the worst first, each with what to do."""

from collections.abc import Iterator

from rich.text import Text

from schouw_collector.comparing.linting import Lint, LintedEntry, Problem
from schouw_collector.records import Norm
from schouw_collector.saying.wording import Wording, printable

_NAMED = 12
_ACTIONS = 2
_UNREADABLE = 20


def lint_lines(found: Lint, w: Wording) -> Iterator[Text]:
    """Yield the report on a register, for somebody who has nothing but its list."""
    title = w("lint.title", n=found.entries, register=found.register_source, day=found.day)
    yield Text(title, style="bold")
    if found.unreadable:
        yield Text(w("lint.unreadable", n=len(found.unreadable)), style="bold")
        for line in found.unreadable[:_UNREADABLE]:
            yield Text(f"  - {printable(line)}")
        if len(found.unreadable) > _UNREADABLE:
            yield Text(f"  - {w('lint.more', n=len(found.unreadable) - _UNREADABLE)}")
    if not found.problems:
        yield Text(w("lint.nothing"))
        return
    yield Text(
        w(
            "lint.findings",
            n=found.count("finding"),
            questions=found.count("question"),
            concerned=len(found.concerned),
            total=found.entries,
        )
    )
    for number, problem in enumerate(found.problems, 1):
        yield Text("")
        yield from _problem(number, problem, w)


def _problem(number: int, problem: Problem, w: Wording) -> Iterator[Text]:
    heading = w(
        "lint.group",
        n=len(problem.entries),
        number=number,
        kind=w.name("kind", problem.kind),
        severity=w.name("severity", problem.severity),
        difference=problem.difference,
        rule=problem.rule_id,
    )
    yield Text(heading, style="bold" if problem.kind == "finding" else "")
    names = [_name(entry, w) for entry in problem.entries[:_NAMED]]
    if len(problem.entries) > _NAMED:
        names.append(w("lint.more", n=len(problem.entries) - _NAMED))
    first = problem.entries[0]
    lines = [
        w("lint.entries", names=w.several(names)),
        w("lint.example", entry=first.entry_id, declared=first.declared),
        *(w("lint.action", action=action) for action in problem.actions[:_ACTIONS]),
    ]
    if len(problem.actions) > _ACTIONS:
        lines.append(w("lint.actions_more", n=len(problem.actions) - _ACTIONS))
    lines.append(w("lint.refutation", refutation=problem.refutation))
    lines.append(w("lint.norms", norms="; ".join(_norm(norm, w) for norm in problem.norms)))
    for line in lines:
        yield Text(f"   {line}")


def _name(entry: LintedEntry, w: Wording) -> str:
    if entry.row is None:
        return printable(entry.entry_id)
    return w("lint.row", entry=entry.entry_id, row=entry.row)


def _norm(norm: Norm, w: Wording) -> str:
    name = w.of(norm.name)
    return name if norm.source else w("lint.unchecked", norm=name)
