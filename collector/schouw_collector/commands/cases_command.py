"""`schouw findings`: what became of each finding, in a case file that the municipality keeps."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from schouw_collector.commands.language_option import InLanguage, Language, wording
from schouw_collector.saying import console

if TYPE_CHECKING:
    from schouw_collector.cases.case_lines import StepEvent
    from schouw_collector.cases.cases import CaseBook

app = typer.Typer(
    help="Follow findings: reply, dispute, confirm, tolerate, withdraw, resolve.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

CaseFile = Annotated[Path, typer.Argument(metavar="CASEFILE", help="The case file.")]
Findings = Annotated[
    list[str],
    typer.Argument(metavar="FINDING…", help="Ids of findings; six digits are enough."),
]
By = Annotated[str, typer.Option(help="Who does it: a role, never a person.", metavar="ROLE")]
Why = Annotated[str, typer.Option(help="For what reason.")]
Text = Annotated[str, typer.Option(help="What was said.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Day = Annotated[datetime | None, typer.Option(help="Until which day.", formats=["%Y-%m-%d"])]
_REPLY_DAYS = 28


@app.command()
def update(
    file: CaseFile,
    evidence: Annotated[
        list[Path], typer.Argument(metavar="EVIDENCE…", help="Evidence folders that were issued.")
    ],
    windows: Annotated[
        int, typer.Option(min=2, help="Checks that must miss a finding to resolve it.")
    ] = 3,
    trust: Annotated[
        str | None,
        typer.Option(help="The signer's key, or its fingerprint.", metavar="KEY|FINGERPRINT"),
    ] = None,
    language: InLanguage = None,
) -> None:
    """Bring in new evidence.

    Findings open, come back, or are resolved after enough checks.
    """
    from schouw_agent.signing import read_trusted
    from schouw_collector.cases.audit_log import opened
    from schouw_collector.cases.case_lines import add, lines_of
    from schouw_collector.cases.case_update import update as run
    from schouw_collector.cases.cases import CaseBook
    from schouw_collector.cases.cases_text import updated
    from schouw_collector.evidence.assessment_source import read_source

    signer = None if trust is None else read_trusted(trust)
    sources = [read_source(path, signer) for path in evidence]
    with opened(file) as log:
        book = CaseBook(lines_of(log))
        added = run(book, sources, _now(), windows)
        for line in added:
            add(log, line)
    console.write(updated(added, book, wording(language)))


@app.command()
def cases(
    file: CaseFile,
    state: Annotated[
        list[str] | None, typer.Option(help="Only in this state; may be repeated.")
    ] = None,
    assigned: Annotated[
        str, typer.Option(help="Only what is assigned to this role.", metavar="ROLE")
    ] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is overdue.")] = False,
    as_json: AsJson = False,
    language: InLanguage = None,
) -> None:
    """List findings with their state, the worst first."""
    from schouw_collector.cases.case_file import read_book
    from schouw_collector.cases.cases_text import case_json, listed

    today = _now().date()
    cases = [
        case
        for case in read_book(file).cases.values()
        if (not state or case.state in state)
        and (not assigned or case.assigned == assigned)
        and (not overdue or case.overdue(today))
    ]
    if as_json:
        console.write([case_json(case) for case in cases])
    else:
        console.write(listed(cases, today, wording(language)))


@app.command()
def show(
    file: CaseFile,
    finding: Annotated[str, typer.Argument(metavar="FINDING", help="The id of a finding.")],
    as_json: AsJson = False,
    language: InLanguage = None,
) -> None:
    """Show all that happened to a finding.

    With every report that holds it.
    """
    from schouw_collector.cases.case_file import read_book
    from schouw_collector.cases.cases_text import case_json, story

    case = read_book(file).named(finding)
    console.write([case_json(case)] if as_json else story(case, wording(language)))


@app.command()
def verify(
    file: CaseFile,
    head: Annotated[
        str, typer.Option(help="The last digest, as it stands on the record.", metavar="DIGEST")
    ] = "",
    language: InLanguage = None,
) -> None:
    """Check that no line of a case file was changed.

    Nor left out or moved.
    """
    from schouw_collector.cases.audit_log import read
    from schouw_collector.cases.case_lines import lines_of
    from schouw_collector.cases.cases import CaseBook
    from schouw_collector.cases.cases_text import verified
    from schouw_collector.errors import CaseError

    log = read(file, must_exist=True)
    CaseBook(lines_of(log))
    if head and head.strip().lower() not in {line.digest for line in log.lines}:
        raise CaseError(f"{file.name}: lines were cut off; the digest on the record is not in it")
    console.write(verified(log, wording(language)))


@app.command()
def send(
    file: CaseFile,
    findings: Findings,
    by: By,
    to: Annotated[str, typer.Option(help="To which organisation.")],
    due: Day = None,
    text: Text = "",
    language: InLanguage = None,
) -> None:
    """Send findings for a reply; without --due, four weeks are given."""
    day = due.date() if due else _now().date() + timedelta(days=_REPLY_DAYS)
    _take("sent", file, findings, by, text, language, due=day, to=to)


@app.command()
def reply(
    file: CaseFile, findings: Findings, by: By, text: Text, language: InLanguage = None
) -> None:
    """Write down what the supplier replied."""
    _take("replied", file, findings, by, text, language, required=True)


@app.command()
def dispute(
    file: CaseFile, findings: Findings, by: By, text: Text, language: InLanguage = None
) -> None:
    """Write down that somebody says that findings are wrong, and why."""
    _take("disputed", file, findings, by, text, language, required=True)


@app.command()
def confirm(
    file: CaseFile, findings: Findings, by: By, why: Why, language: InLanguage = None
) -> None:
    """Confirm findings, after the reply or after its day has passed."""
    _take("confirmed", file, findings, by, why, language, required=True)


@app.command()
def tolerate(
    file: CaseFile,
    findings: Findings,
    by: By,
    why: Why,
    until: Annotated[datetime, typer.Option(help="The last day.", formats=["%Y-%m-%d"])],
    language: InLanguage = None,
) -> None:
    """Tolerate findings until a day, after which they come back."""
    _take("tolerated", file, findings, by, why, language, required=True, until=until.date())


@app.command()
def withdraw(
    file: CaseFile,
    findings: Findings,
    by: By,
    why: Why,
    output: Annotated[Path, typer.Option(help="Folder for the correction.", metavar="DIR")],
    language: InLanguage = None,
) -> None:
    """Withdraw findings that proved wrong.

    A correction is written for every report that holds them.
    """
    from schouw_collector.cases.corrections import corrections, write_corrections
    from schouw_collector.evidence.evidence import require_free

    require_free(output)
    book = _take("withdrawn", file, findings, by, why, language, required=True)
    cases = [book.named(name) for name in findings]
    write_corrections(output, corrections(cases))
    _told_corrections(output, sum(len(case.reports) for case in cases), language)


@app.command()
def correct(
    file: CaseFile,
    output: Annotated[Path, typer.Option(help="Folder for the correction.", metavar="DIR")],
    language: InLanguage = None,
) -> None:
    """Write the correction of all withdrawn findings.

    In all reports issued until now.
    """
    from schouw_collector.cases.case_file import read_book
    from schouw_collector.cases.corrections import corrections, write_corrections

    cases = [case for case in read_book(file).cases.values() if case.state == "withdrawn"]
    write_corrections(output, corrections(cases))
    _told_corrections(output, sum(len(case.reports) for case in cases), language)


@app.command()
def resolve(
    file: CaseFile, findings: Findings, by: By, why: Why, language: InLanguage = None
) -> None:
    """Resolve findings whose cause is gone."""
    _take("resolved", file, findings, by, why, language, required=True)


@app.command()
def reopen(
    file: CaseFile, findings: Findings, by: By, why: Why, language: InLanguage = None
) -> None:
    """Reopen findings that were resolved, withdrawn or tolerated."""
    _take("reopened", file, findings, by, why, language, required=True)


@app.command()
def comment(
    file: CaseFile, findings: Findings, by: By, text: Text, language: InLanguage = None
) -> None:
    """Write something beside findings."""
    _take("commented", file, findings, by, text, language, required=True)


@app.command()
def assign(
    file: CaseFile,
    findings: Findings,
    by: By,
    to: Annotated[str, typer.Option(help="To which role.", metavar="ROLE")],
    due: Day = None,
    language: InLanguage = None,
) -> None:
    """Assign findings to a role, with the day on which it is due."""
    _take("assigned", file, findings, by, "", language, due=due.date() if due else None, to=to)


def _take(
    event: "StepEvent",
    file: Path,
    findings: Sequence[str],
    by: str,
    text: str,
    language: Language | None,
    **more: Any,
) -> "CaseBook":
    from schouw_collector.cases.case_file import take
    from schouw_collector.cases.cases_text import taken

    book, step = take(event, file, findings, by=by, text=text, now=_now(), **more)
    console.tell(*taken(step, wording(language)))
    return book


def _told_corrections(folder: Path, reports: int, language: Language | None) -> None:
    console.tell(wording(language)("correction.written", n=reports, folder=folder))


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
