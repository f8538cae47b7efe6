"""What the commands say in the terminal: short lines, without control characters.

What is bold or coloured on a terminal is so for the eye alone: the words say it too.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.text import Text

from schouw_agent.report import Report
from schouw_collector.cases.known_cases import NO_CASES, KnownCases
from schouw_collector.change.changes import Changes
from schouw_collector.comparing.grouping import MOST_GROUPS
from schouw_collector.evidence.verification import Verification, describe
from schouw_collector.records import Assessment
from schouw_collector.saying.naming import Names, label
from schouw_collector.saying.summary import summarise
from schouw_collector.saying.wording import Wording, printable

_NAMED = 4
"""How many entries a line names before it counts the rest."""


def headline(
    assessment: Assessment,
    report: Report,
    w: Wording,
    cases: KnownCases = NO_CASES,
) -> list[Text]:
    """Return at most eight lines: what was looked at, what came out, and the most serious.

    `cases`: what became of findings; told of each that is named.
    """
    summary = summarise(assessment)
    names = Names(assessment)
    coverage = assessment.coverage
    payload = coverage.payload_octets
    total = len(assessment.entries)
    sources = w.several([source.name for source in report.sources]) or report.observation_point
    period = w.period(assessment.period.start, assessment.period.end)
    share = w.share(coverage.read_octets / payload if payload else None)
    lines = [
        w("check.looked", sources=sources, period=period),
        w("check.seen", n=len(assessment.devices), share=share),
        w("check.as_declared", n=total, count=len(summary.as_declared)),
        w(
            "check.differs",
            n=len(summary.differs),
            names=_named([e.entry_id for e in summary.differs], w),
        ),
        w(
            "check.not_assessable",
            n=len(summary.not_assessable),
            names=_named([e.entry_id for e in summary.not_assessable], w),
            unbound=len(summary.unbound),
            unbound_names=_named([label(device) for device in summary.unbound], w),
        ),
    ]
    shown = [_labelled(line) for line in lines]
    if len(assessment.findings) > MOST_GROUPS and assessment.groups:
        return [*shown, *_by_cause(assessment, names, w, cases)]
    for number, finding in enumerate(summary.most_serious, 1):
        subject = names.subject(finding) or assessment.register_source
        title = w.title(finding)
        line = w("check.serious", number=number, title=title, subject=subject)
        case = cases.of(finding)
        if case:
            line = f"{line} ({cases.standing(case, w)})"
        shown.append(Text(line, style="bold" if finding.severity == "high" else ""))
    return shown if summary.most_serious else [*shown, Text(w("check.nothing_serious"))]


def _by_cause(
    assessment: Assessment, names: Names, w: Wording, cases: KnownCases
) -> Iterator[Text]:
    """Yield how many matters there are to look at, and the two worst."""
    yield _labelled(w("check.groups", n=len(assessment.groups), findings=len(assessment.findings)))
    findings = {finding.id: finding for finding in assessment.findings}
    for number, group in enumerate(assessment.groups[:2], 1):
        line = w(
            "check.group",
            number=number,
            title=w.group_title(group),
            count=len(group.finding_ids),
            subject=group.shared or names.subject(findings[group.example]),
        )
        case = cases.of(findings[group.example])
        if case and len(group.finding_ids) == 1:
            line = f"{line} ({cases.standing(case, w)})"
        yield Text(line, style="bold" if group.severity == "high" else "")


def reading(
    assessment: Assessment, reports: int, signers: Sequence[str], w: Wording
) -> Iterator[Text]:
    """Yield how many reports were read, who signed them, and what of them is missing or double."""
    said = [w("assess.reports", n=reports)]
    if signers:
        said.append(w("assess.signers", n=len(signers), keys=w.several(signers[:_NAMED])))
    yield Text(" ".join(said))
    notes = assessment.coverage.notes
    for note in notes[:_NAMED]:
        yield Text(w("assess.note", text=note))
    if len(notes) > _NAMED:
        yield Text(w("assess.note", text=w("check.more", n=len(notes) - _NAMED)))


def after_writing(folder: Path, fingerprint: str, language: str, w: Wording) -> list[Text]:
    """Return where the report is, and the signer to be written on the record."""
    path = str(folder / f"report.{language}.html")
    said = (w("check.report", path=path), w("check.fingerprint", fingerprint=fingerprint))
    return [_labelled(said[0]), Text(said[1])]


def verdict(folder: Path, found: Verification, w: Wording) -> Iterator[Text]:
    """Yield whether a folder is intact and who signed it, or every problem that it has."""
    if found.problems:
        yield Text(w("verify.failed", n=len(found.problems), folder=folder), style="bold red")
        for problem in found.problems:
            yield Text(f"  {describe(problem, w)}")
    elif found.trusted:
        yield Text(w("verify.intact_trusted", folder=folder, fingerprint=found.fingerprint))
    else:
        yield Text(w("verify.intact_unknown", folder=folder, fingerprint=found.fingerprint))
        yield Text(w("verify.hint"))


def changes(found: Changes, w: Wording) -> Iterator[Text]:
    """Yield what changed, the new things first, each under its heading."""
    yield _labelled(w("compare.title", old=found.old.start, new=found.new.start))
    if found.knowledge_changed:
        yield Text(w("compare.knowledge_note"))
    if not found.changes:
        yield Text(w("compare.nothing"))
    heading = ""
    for change in found.changes:
        group = {"gone": "gone", "not_assessable": "not_assessable", "knowledge": "knowledge"}.get(
            change.kind, "new"
        )
        if group != heading:
            heading = group
            yield Text(f"{w(f'compare.group_{group}')}:", style="bold")
        yield Text(f"  - {w.of(change.text)}", style="bold" if change.undeclared else "")


def table(rows: Sequence[tuple[str, ...]]) -> Iterator[Text]:
    """Yield the rows with their columns under each other, the last as long as it is."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = zip(row, widths, strict=True)
        yield Text("  ".join(printable(cell).ljust(width) for cell, width in cells).rstrip())


def _labelled(line: str) -> Text:
    """Return the line with what stands before its first colon in bold."""
    text = Text(line)
    text.stylize("bold", 0, line.find(":") + 1)
    return text


def _named(items: Iterable[str], w: Wording) -> str:
    names = list(items)
    if not names:
        return ""
    shown = names[:_NAMED]
    if len(names) > _NAMED:
        shown.append(w("check.more", n=len(names) - _NAMED))
    return f" ({w.several(shown)})"
