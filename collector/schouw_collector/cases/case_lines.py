"""The lines of a case file: what happened to findings, in an audit log that only grows.

The municipality keeps it beside its evidence.  An assessment has no state: the same captures give
the same one.  What became of a finding stands here.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, RootModel, ValidationError

from schouw_agent.report import Record
from schouw_collector.cases.audit_log import AuditLog, LoggedLine
from schouw_collector.errors import CaseError
from schouw_collector.records import Period, Severity, Words

State = Literal[
    "open",
    "sent",
    "disputed",
    "confirmed",
    "tolerated",
    "withdrawn",
    "resolved",
    "reopened",
]
StepEvent = Literal[
    "sent",
    "replied",
    "disputed",
    "confirmed",
    "tolerated",
    "withdrawn",
    "resolved",
    "reopened",
    "commented",
    "assigned",
]
PROGRAM = "schouw"
"""Who took a step that followed from evidence alone."""


class CaseFinding(Record):
    """A finding or question as it was when it was first brought in."""

    id: str
    kind: Literal["finding", "question"]
    rule_id: str
    severity: Severity
    title: Words
    subject: str
    """What the entry or the devices are called."""
    entry_id: str = ""
    known_as: tuple[str, ...] = ()
    """Of what is bound to no entry: the best identifiers of the devices."""
    category: str = ""
    recipient: str = ""
    rests_on_traffic: bool = True
    """False: on the register alone."""
    needed_seconds: float = 0.0
    """How long a check must be before the absence of it says anything."""
    knowledge: str = ""
    """With which it was found: under another one, absence may be our own doing."""


class Opened(LoggedLine):
    """A finding that the case file did not know, or that is another than it was."""

    event: Literal["opened", "changed"] = "opened"
    time: datetime
    finding: CaseFinding
    formerly: str = ""
    """The id under which the case file knew it: its device is known by more now, or is bound."""


class Reported(LoggedLine):
    """An evidence folder that was issued: what it holds, and what it shows to be gone."""

    event: Literal["reported"] = "reported"
    time: datetime
    name: str
    sha256: str
    """Of its manifest, which names the digest of every file in it."""
    period: Period
    present: tuple[str, ...]
    absent: tuple[str, ...]
    """Not found, though it could have been."""


class Step(LoggedLine):
    """What somebody did about findings."""

    event: StepEvent
    time: datetime
    who: str
    """A role, never a person; "schouw" for what followed from evidence."""
    findings: tuple[str, ...]
    text: str = ""
    until: date | None = None
    """Of what is tolerated: the last day."""
    due: date | None = None
    """Until when a reply is awaited, or something is to be done."""
    to: str = ""
    """Role to which it is assigned, or organisation to which it was sent."""
    reason: Literal["", "seen_again", "not_seen", "date_passed"] = ""
    """Of a step that followed from evidence."""
    report: str = ""
    """Name of the evidence from which it followed."""
    windows: int = 0
    """Checks in a row that could have shown it and did not."""


class Recovered(LoggedLine):
    """A crash had left an unfinished line."""

    event: Literal["recovered"] = "recovered"
    dropped_octets: int


CaseLine = Annotated[Opened | Reported | Step | Recovered, Field(discriminator="event")]


class WrittenCaseLine(RootModel[CaseLine]):
    """A line of a case file (JSON Lines)."""


def lines_of(log: AuditLog) -> list[CaseLine]:
    """Return the lines of a case file, oldest first.  Raises `CaseError` for another log."""
    lines: list[CaseLine] = []
    for row in log.lines:
        try:
            lines.append(WrittenCaseLine.model_validate(row.whole).root)
        except ValidationError:
            raise CaseError(f"line {row.number}: no line of a case file") from None
    return lines


def add(log: AuditLog, line: CaseLine) -> None:
    """Add a line to the log."""
    log.add(line.model_dump(mode="json", exclude_defaults=True) | {"event": line.event})
