"""The whole assessment for computers, the same octets for the same assessment."""

import orjson

from schouw_agent.report import Report
from schouw_collector.cases.known_cases import NO_CASES, KnownCases
from schouw_collector.plugins import ReportFormat
from schouw_collector.records import Assessment


def render(
    assessment: Assessment,
    report: Report,  # noqa: ARG001
    language: str,  # noqa: ARG001
    cases: KnownCases = NO_CASES,  # noqa: ARG001
) -> bytes:
    """Return the assessment as JSON: sorted keys, two spaces, line feeds, UTF-8."""
    return orjson.dumps(
        assessment.model_dump(mode="json", by_alias=True),
        option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE,
    )


REPORT_FORMAT = ReportFormat(
    id="json",
    title="Assessment for computers",
    reference="docs/schemas/assessment.json",
    languages=("",),
    file_name="assessment.json",
    render=render,
)
