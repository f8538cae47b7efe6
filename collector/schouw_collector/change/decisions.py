"""What people decided on changes since a baseline: an audit log beside the baseline.

A decision on a group also covers what later shows with the same cause.  An accepted change comes
back when its date has passed; a rejected one waits to be undone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, RootModel, ValidationError

from schouw_collector.cases.audit_log import AuditLog, LoggedLine, opened, read
from schouw_collector.cases.statements import role, statement
from schouw_collector.change.baseline import SignedBaseline
from schouw_collector.change.watch import Event, EventState
from schouw_collector.errors import BaselineError
from schouw_collector.records import Words

_About = str | tuple[str, str, str]
"""A change or a cause by id; or kind, subject and category."""
_SHORTEST = 6
"""Hex digits that name an event or a group."""


class Begun(LoggedLine):
    """The first line: which baseline the log is about."""

    event: Literal["begun"] = "begun"
    time: datetime
    baseline_sha256: str


class Observed(LoggedLine):
    """A change that asks for a decision, when it was first found."""

    event: Literal["observed"] = "observed"
    time: datetime
    change_id: str
    group: str
    kind: str
    subject: str
    category: str
    recipient: str
    extent: int
    text: Words
    finding_ids: tuple[str, ...]
    first_seen: datetime


class Decided(LoggedLine):
    """What somebody decided, by role, and why."""

    event: Literal["accepted", "rejected"]
    time: datetime
    who: str
    why: str
    change_ids: tuple[str, ...]
    groups: tuple[str, ...] = ()
    """Causes that it covers, also where they show later."""
    until: date | None = None
    """Of what is accepted: the last day."""
    register_change: str = ""
    """Where the register was changed for it."""


class Recovered(LoggedLine):
    """A crash had left an unfinished line."""

    event: Literal["recovered"] = "recovered"
    dropped_octets: int


DecisionLine = Annotated[Begun | Observed | Decided | Recovered, Field(discriminator="event")]


class WrittenDecisionLine(RootModel[DecisionLine]):
    """A line of the log beside a baseline (JSON Lines)."""


def log_path(baseline: Path) -> Path:
    """Return where the decisions on a baseline are kept: beside it."""
    return baseline.with_name(f"{baseline.stem}.decisions.jsonl")


def read_decisions(path: Path, about: SignedBaseline) -> tuple[list[DecisionLine], AuditLog]:
    """Return the lines of the log of a baseline, oldest first, and the log itself.

    Raises `LogError` if it was tampered with, `BaselineError` if it is another baseline's.
    """
    log = read(path)
    return _lines(path, log, about), log


def record(
    path: Path, about: SignedBaseline, events: Iterable[Event], now: datetime
) -> list[DecisionLine]:
    """Return the lines of the log, after those events that ask for a decision were added once."""
    with opened(path) as log:
        lines = _begun(path, log, about, now)
        known = {line.change_id for line in lines if isinstance(line, Observed)}
        for event in events:
            if event.state == "open" and event.change.id not in known:
                lines.append(_add(log, _observed(event, now)))
    return lines


def decide(
    path: Path,
    about: SignedBaseline,
    names: Sequence[str],
    *,
    accept: bool,
    who: str,
    why: str,
    now: datetime,
    until: date | None = None,
    register_change: str = "",
) -> Decided:
    """Return the decision that was written for these events and groups, named by their ids.

    The first six hex digits of an id are enough.  Raises `BaselineError` for an id that no event
    or group has, or that fits several, and for a date in the past.
    """
    if until is not None and until < now.date():
        raise BaselineError("the date until which it is accepted has passed")
    with opened(path) as log:
        lines = _begun(path, log, about, now)
        observed = [line for line in lines if isinstance(line, Observed)]
        changes: list[str] = []
        groups: list[str] = []
        for name in names:
            group, ids = _named(name, observed)
            groups += [group] if group else []
            changes += ids
        decided = Decided(
            event="accepted" if accept else "rejected",
            time=now,
            who=role(who),
            why=statement(why),
            change_ids=tuple(dict.fromkeys(changes)),
            groups=tuple(dict.fromkeys(groups)),
            until=until,
            register_change=statement(register_change) if register_change else "",
        )
        _add(log, decided)
    return decided


def states(
    lines: Sequence[DecisionLine], events: Iterable[Event], today: date
) -> Mapping[str, EventState]:
    """Return the state that decisions give to events that would ask for one, by change id."""
    last: dict[_About, tuple[int, Decided]] = {}
    furthest: dict[_About, int] = {}
    observed = {line.change_id: line for line in lines if isinstance(line, Observed)}
    for number, line in enumerate(lines):
        if isinstance(line, Decided):
            last.update(dict.fromkeys((*line.change_ids, *line.groups), (number, line)))
            for seen in filter(None, map(observed.get, line.change_ids)):
                about = (seen.kind, seen.subject, seen.category)
                last[about] = number, line
                furthest[about] = max(furthest.get(about, 0), seen.extent)
    found: dict[str, EventState] = {}
    for event in events:
        change = event.change
        abouts: list[_About] = [change.id, event.group]
        about = (change.kind, change.subject, change.category)
        # Less than what was decided on is not another change.
        abouts += [about] if 0 < change.extent <= furthest.get(about, 0) else []
        decided = max((last[a] for a in abouts if a in last), default=None, key=lambda row: row[0])
        if event.state == "open" and decided and _holds(decided[1], today):
            found[change.id] = decided[1].event
    return found


def _holds(decided: Decided, today: date) -> bool:
    return decided.event == "rejected" or decided.until is None or today <= decided.until


def _observed(event: Event, now: datetime) -> Observed:
    change = event.change
    return Observed(
        time=now,
        change_id=change.id,
        group=event.group,
        kind=change.kind,
        subject=change.subject,
        category=change.category,
        recipient=change.recipient,
        extent=change.extent,
        text=change.text,
        finding_ids=change.finding_ids,
        first_seen=event.first_seen,
    )


def _named(name: str, observed: Iterable[Observed]) -> tuple[str, list[str]]:
    """Return the group that a name means, if it does, and the changes."""
    start = name.strip().lower()
    if len(start) < _SHORTEST:
        raise BaselineError(f"an event is named by at least {_SHORTEST} digits of its id")
    changes = {line.change_id for line in observed if line.change_id.startswith(start)}
    groups = {line.group for line in observed if line.group.startswith(start)}
    if len(changes) + len(groups) != 1:
        many = "several events" if changes or groups else "no event of this log"
        raise BaselineError(f"an id given is that of {many}; baseline compare shows them")
    if changes:
        return "", list(changes)
    (group,) = groups
    return group, [line.change_id for line in observed if line.group == group]


def _begun(path: Path, log: AuditLog, about: SignedBaseline, now: datetime) -> list[DecisionLine]:
    lines = _lines(path, log, about)
    if not any(isinstance(line, Begun) for line in lines):
        lines.append(_add(log, Begun(time=now, baseline_sha256=about.sha256)))
    return lines


def _add(log: AuditLog, line: DecisionLine) -> DecisionLine:
    log.add(line.model_dump(mode="json", exclude_defaults=True) | {"event": line.event})
    return line


def _lines(path: Path, log: AuditLog, about: SignedBaseline) -> list[DecisionLine]:
    lines: list[DecisionLine] = []
    for row in log.lines:
        try:
            lines.append(WrittenDecisionLine.model_validate(row.whole).root)
        except ValidationError:
            raise BaselineError(
                f"{path.name}, line {row.number}: no line that this version can read"
            ) from None
    begun = next((line for line in lines if isinstance(line, Begun)), None)
    if begun is not None and begun.baseline_sha256 != about.sha256:
        raise BaselineError(f"{path.name}: holds the decisions on another baseline")
    return lines
