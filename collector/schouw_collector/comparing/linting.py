"""A register looked at by itself, without traffic: what to correct in it, and what to ask."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from schouw_agent.report import Record
from schouw_collector.assessment import rules
from schouw_collector.binding.binding import SCHEMA, Binding, Bindings
from schouw_collector.comparing.comparison import View, compare
from schouw_collector.comparing.findings import Kind
from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.declared.governance import Governance
from schouw_collector.many_reports.history import History
from schouw_collector.records import SEVERITIES, Finding, Norm, Severity, Words
from schouw_collector.registers.register import Register


class LintedEntry(Record):
    """One entry that a problem is about."""

    entry_id: str
    row: int | None = None
    """Row of the file, where the form has rows."""
    finding_id: str
    declared: Words
    """What the register says there."""


class Problem(Record):
    """One kind of problem, with all the entries that have it."""

    rule_id: str
    kind: Kind
    severity: Severity
    difference: Words
    """What is wrong, or may be."""
    refutation: Words
    actions: tuple[Words, ...]
    """What to ask, and whom: one for each owner."""
    norms: tuple[Norm, ...]
    entries: tuple[LintedEntry, ...]


class Lint(Record):
    """What a register gives to mend and to ask, by kind of problem, the worst first."""

    schema_id: Literal["https://schouw.example.org/schema/lint/1"] = Field(
        default="https://schouw.example.org/schema/lint/1", alias="schema"
    )
    register_source: str
    register_sha256: str
    register_format: str
    day: date
    entries: int
    problems: tuple[Problem, ...]
    unreadable: tuple[str, ...] = ()
    """Malformed entries: which one, which field.  They were not looked at."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @property
    def concerned(self) -> frozenset[str]:
        """Return the ids of the entries that some problem is about."""
        return frozenset(e.entry_id for problem in self.problems for e in problem.entries)

    def count(self, kind: Kind) -> int:
        """Return how many findings, or questions, there are."""
        return sum(len(p.entries) for p in self.problems if p.kind == kind)

    def exit_code(self, fail_on: Severity) -> int:
        """Return 1 if there is a finding of at least this severity, else 0."""
        least = SEVERITIES.index(fail_on)
        return int(
            any(
                p.kind == "finding" and SEVERITIES.index(p.severity) >= least for p in self.problems
            )
        )


def lint(register: Register, day: date, governance: Governance | None = None) -> Lint:
    """Return what the rules that need no traffic say of a register on a day."""
    bindings = Bindings.model_validate({"schema": SCHEMA})
    view = View(seconds=0.0, lossless=False)
    context = RuleContext(
        register=register,
        bindings=bindings,
        binding=Binding(),
        comparisons=tuple(
            compare(entry, [], view, has_binding=False) for entry in register.entries
        ),
        devices={},
        history=History(windows=(), days={}),
        governance=governance,
        today=day,
    )
    asked = [rule for rule in rules().values() if not rule.needs_traffic]
    found = [finding for rule in asked for finding in rule.examine(context)]
    rows = {e.entry_id: e.source.row for e in register.entries if e.source}
    return Lint(
        register_source=register.source,
        register_sha256=register.sha256,
        register_format=register.format,
        day=day,
        entries=len(register.entries),
        problems=tuple(_problems(found, rows)),
        unreadable=register.errors,
    )


def _problems(found: Iterable[Finding], rows: dict[str, int | None]) -> list[Problem]:
    groups: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in found:
        key = (finding.rule_id, finding.kind, finding.severity, finding.difference.en)
        groups.setdefault(key, []).append(finding)
    problems = [
        Problem(
            rule_id=group[0].rule_id,
            kind=group[0].kind,
            severity=group[0].severity,
            difference=group[0].difference,
            refutation=group[0].refutation,
            actions=tuple({f.action.en: f.action for f in group}.values()),
            norms=tuple({norm.id: norm for f in group for norm in f.norms}.values()),
            entries=tuple(
                LintedEntry(
                    entry_id=f.entry_id,
                    row=rows.get(f.entry_id),
                    finding_id=f.id,
                    declared=f.declared,
                )
                for f in group
            ),
        )
        for group in groups.values()
    ]
    # The most severe first, findings before questions, then what most entries have.
    return sorted(
        problems,
        key=lambda p: (-SEVERITIES.index(p.severity), p.kind == "question", -len(p.entries)),
    )
