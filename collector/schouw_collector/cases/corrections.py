"""The correction of reports that hold findings which proved wrong, in Dutch and in English."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from schouw_agent.errors import ConfigError
from schouw_collector.cases.cases import Case
from schouw_collector.evidence.evidence import require_free
from schouw_collector.reports.pages import environment
from schouw_collector.saying.wording import LANGUAGES, Wording


@dataclass(frozen=True, slots=True)
class CorrectedFinding:
    """A withdrawn finding, and where it stands."""

    id: str
    """With those that it had before, under which older reports hold it."""
    title: str
    subject: str
    reason: str
    who: str
    day: date
    reports: tuple[Mapping[str, str], ...]
    """Each issued report that holds it: name, SHA-256 of its manifest, period."""


def corrections(cases: Iterable[Case]) -> dict[str, bytes]:
    """Return the correction of every withdrawn finding among these, by file name.

    A text and a page in each language: report, finding, reason, date.
    """
    cases = [case for case in cases if case.state == "withdrawn"]
    files: dict[str, bytes] = {}
    for language in LANGUAGES:
        wording = Wording(language)
        rows = [_corrected(case, wording) for case in cases]
        files[f"correction.{language}.txt"] = "\n".join(_text(rows, wording)).encode()
        page = environment().get_template("correction.html").render(rows=rows, w=wording)
        files[f"correction.{language}.html"] = page.encode()
    return files


def write_corrections(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files to a folder that is made.  Raises `ConfigError` if there is something."""
    require_free(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, octets in files.items():
            (folder / name).write_bytes(octets)
    except OSError as error:
        raise ConfigError(f"the output folder {folder}: {error.strerror}") from None


def _corrected(case: Case, w: Wording) -> CorrectedFinding:
    step = next(step for step in reversed(case.steps) if step.event == "withdrawn")
    finding = case.finding
    title = w.of(finding.title)
    if finding.category:
        title = f"{title}: {w.category(finding.category)}"
    return CorrectedFinding(
        id=", ".join((finding.id, *case.former_ids)),
        title=title,
        subject=w.show(finding.subject),
        reason=w.show(step.text),
        who=w.show(step.who),
        day=step.time.date(),
        reports=tuple(
            {
                "name": w.show(report.name),
                "sha256": report.sha256,
                "period": w.period(report.period.start, report.period.end),
            }
            for report in case.reports
        ),
    )


def _text(rows: Iterable[CorrectedFinding], w: Wording) -> Iterable[str]:
    yield w("correction.title")
    yield ""
    yield w("correction.intro")
    for row in rows:
        yield ""
        yield f"{row.title} [{row.subject}]"
        yield f"  {w('correction.reference')}: {row.id}"
        yield f"  {w('correction.withdrawn', day=row.day, who=row.who)}"
        yield f"  {w('correction.reason')}: {row.reason}"
        yield f"  {w('correction.reports')}:"
        for report in row.reports:
            yield f"  - {report['name']}; {report['period']}"
            yield f"    SHA-256 manifest.json: {report['sha256']}"
    yield ""
    yield w("correction.rest")
    yield ""
