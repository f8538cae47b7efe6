"""The whole assessment for computers, the same octets for the same assessment."""

from collections.abc import Iterator
from typing import Any

import orjson
from pydantic import BaseModel

from schouw_agent.report import Report
from schouw_collector.cases.known_cases import NO_CASES, KnownCases
from schouw_collector.plugins import ReportFormat
from schouw_collector.records import Assessment

_LAYOUT = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS


def pieces(assessment: Assessment) -> Iterator[bytes]:
    """Yield the assessment as `render` returns it, entry by entry and finding by finding.

    That of a city is tens of megabytes, and as objects several times that.
    """
    fields = type(assessment).model_fields
    names = {field.alias or name: name for name, field in fields.items()}
    for number, key in enumerate(sorted(names)):
        yield b"%b%b: " % (b",\n  " if number else b"{\n  ", orjson.dumps(key))
        value = getattr(assessment, names[key])
        if isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            for place, row in enumerate(value):
                yield b"%b%b" % (
                    b",\n    " if place else b"[\n    ",
                    _laid_out(row.model_dump(mode="json", by_alias=True), b"\n    "),
                )
            yield b"\n  ]"
        else:
            whole = assessment.model_dump(mode="json", by_alias=True, include={names[key]})
            yield _laid_out(whole[key], b"\n  ")
    yield b"\n}\n"


def _laid_out(value: Any, line_feed: bytes) -> bytes:
    # Within a string a line feed is written otherwise.
    return orjson.dumps(value, option=_LAYOUT).replace(b"\n", line_feed)


def render(
    assessment: Assessment,
    report: Report,  # noqa: ARG001
    language: str,  # noqa: ARG001
    cases: KnownCases = NO_CASES,  # noqa: ARG001
) -> bytes:
    """Return the assessment as JSON: sorted keys, two spaces, line feeds, UTF-8."""
    return b"".join(pieces(assessment))


REPORT_FORMAT = ReportFormat(
    id="json",
    title="Assessment for computers",
    reference="docs/schemas/assessment.json",
    languages=("",),
    file_name="assessment.json",
    render=render,
)
