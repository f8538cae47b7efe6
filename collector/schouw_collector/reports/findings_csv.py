"""Findings and questions as a table that is safe to open in a spreadsheet."""

import csv
import io

from schouw_agent.report import Report
from schouw_collector.cases.known_cases import NO_CASES, KnownCases
from schouw_collector.plugins import ReportFormat
from schouw_collector.records import Assessment
from schouw_collector.saying.naming import Names
from schouw_collector.saying.summary import by_severity
from schouw_collector.saying.wording import printable

COLUMNS = (
    "id",
    "kind",
    "rule_id",
    "severity",
    "confidence",
    "entry_id",
    "entry_name",
    "devices",
    "category",
    "recipient",
    "title_nl",
    "title_en",
    "observed_nl",
    "observed_en",
    "declared_nl",
    "declared_en",
    "difference_nl",
    "difference_en",
    "norms",
    "refutation_nl",
    "refutation_en",
    "action_nl",
    "action_en",
    "messages",
)


def safe_cell(text: str) -> str:
    """Return the text in such a form that no spreadsheet takes it for a formula.

    Source: OWASP, "CSV Injection": a leading =, +, -, @, tab or carriage return, also in their
    full-width forms.  Control characters are gone before the test.
    """
    shown = printable(text)
    return (
        f"'{shown}"
        if shown.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
        else shown
    )


def render(
    assessment: Assessment,
    report: Report,  # noqa: ARG001
    language: str,  # noqa: ARG001
    cases: KnownCases = NO_CASES,  # noqa: ARG001
) -> bytes:
    """Return the table in UTF-8 (with a byte order mark, for spreadsheets), RFC 4180.

    The most serious first.  Both languages stand side by side.
    """
    names = Names(assessment)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for f in by_severity(assessment.findings):
        entry = names.entries.get(f.entry_id)
        row = (
            f.id,
            f.kind,
            f.rule_id,
            f.severity,
            f"{f.confidence:.2f}",
            f.entry_id,
            entry.name if entry else "",
            "; ".join(map(names.device, f.device_ids)),
            f.category,
            f.recipient,
            f.title.nl,
            f.title.en,
            f.observed.nl,
            f.observed.en,
            f.declared.nl,
            f.declared.en,
            f.difference.nl,
            f.difference.en,
            "; ".join(f"{norm.name.en} [{norm.jurisdiction}]" for norm in f.norms),
            f.refutation.nl,
            f.refutation.en,
            f.action.nl,
            f.action.en,
            str(sum(item.messages for item in f.evidence)),
        )
        writer.writerow(map(safe_cell, row))
    return text.getvalue().encode("utf-8-sig")


REPORT_FORMAT = ReportFormat(
    id="csv",
    title="Findings and questions as a table",
    reference="RFC 4180",
    languages=("",),
    file_name="findings.csv",
    render=render,
)
