"""What new evidence says of the cases: new ones, gone ones, and those that came back.

A finding is resolved by itself only after several checks in a row that could have shown it and did
not.  Silence, unread traffic, lost frames and a change of our own knowledge resolve nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from schouw_collector.cases.case_lines import (
    PROGRAM,
    CaseFinding,
    CaseLine,
    Opened,
    Reported,
    Step,
    StepEvent,
)
from schouw_collector.cases.cases import Case, CaseBook, is_live
from schouw_collector.change.fingerprint import Fingerprint, take
from schouw_collector.comparing.absence import READABLE
from schouw_collector.evidence.assessment_source import AssessmentSource
from schouw_collector.records import Assessment, EntryAssessment, Finding
from schouw_collector.saying.naming import Names

WINDOWS = 3
"""Checks with coverage, after which what none of them showed is resolved."""
_INTERVALS = 3


def update(
    book: CaseBook, sources: Sequence[AssessmentSource], now: datetime, windows: int = WINDOWS
) -> list[CaseLine]:
    """Return the lines that evidence adds to a case file, in order; `book` is brought up to date.

    Evidence that was brought in before adds nothing.  What is older than the latest that was
    brought in opens findings that are new, and says nothing of those that are known.
    """
    added: list[CaseLine] = []
    for source in sorted(sources, key=lambda s: s.assessment.period.end):
        if source.sha256 not in book.reports:
            for line in _lines(book, source, now, windows):
                book.take(line)
                added.append(line)
    for case in book.cases.values():
        if case.state == "tolerated" and case.until and case.until < now.date():
            line = _step(case, "reopened", now, reason="date_passed")
            book.take(line)
            added.append(line)
    return added


def _lines(
    book: CaseBook, source: AssessmentSource, now: datetime, windows: int
) -> Iterator[CaseLine]:
    assessment = source.assessment
    latest = book.latest
    in_order = latest is None or assessment.period.end >= latest.period.end
    names = Names(assessment)
    entries = {entry.entry_id: entry for entry in assessment.entries}
    seen = _Seen(assessment, take(assessment), entries)
    for finding in assessment.findings:
        formerly = next((id_ for id_ in finding.aliases if id_ in book.cases), "")
        known = book.case(finding.id) or book.case(formerly)
        if known is not None and not in_order:
            continue
        described = _case_finding(finding, names, seen)
        if known is None:
            yield Opened(time=now, finding=described)
        elif formerly and known.finding.id == formerly:
            yield Opened(event="changed", time=now, finding=described, formerly=formerly)
        elif _differs(known.finding, described):
            yield Opened(event="changed", time=now, finding=described)
        if known is not None and known.state == "resolved":
            yield _step(known, "reopened", now, reason="seen_again", report=source.name)
    present = {finding.id for finding in assessment.findings}
    standing = {case.finding.id for case in map(book.case, present) if case}
    absent = [
        case.finding.id
        for case in book.cases.values()
        if in_order
        and case.finding.id not in standing
        and is_live(case.state)
        and could_have_shown(case.finding, seen)
    ]
    # Last, so that a crash before it leaves the evidence to be brought in again, as a whole.
    yield Reported(
        time=now,
        name=source.name,
        sha256=source.sha256,
        period=assessment.period,
        present=tuple(sorted(present)),
        absent=tuple(absent),
    )
    for id_ in absent:
        case = book.cases[id_]
        if case.absent >= windows:
            yield _step(case, "resolved", now, reason="not_seen", windows=case.absent)


def _step(case: Case, event: StepEvent, now: datetime, **why: Any) -> Step:
    return Step(event=event, time=now, who=PROGRAM, findings=(case.finding.id,), **why)


def _differs(old: CaseFinding, new: CaseFinding) -> bool:
    """Return whether a finding is another than it was, but for how often its messages come."""
    return old != new.model_copy(update={"needed_seconds": old.needed_seconds})


@dataclass(frozen=True, slots=True)
class _Seen:
    """A check, as far as it can show that something is gone."""

    assessment: Assessment
    fingerprint: Fingerprint
    entries: Mapping[str, EntryAssessment]


def could_have_shown(finding: CaseFinding, seen: _Seen) -> bool:
    """Return whether a check that does not have a finding could have had it."""
    assessment = seen.assessment
    entry = seen.entries.get(finding.entry_id)
    if not finding.rests_on_traffic:
        return entry is not None or not finding.entry_id
    if assessment.knowledge != finding.knowledge or not seen.fingerprint.lossless:
        return False
    if seen.fingerprint.seconds < finding.needed_seconds:
        return False
    if finding.entry_id:
        share = entry.coverage_share if entry and entry.device_ids else None
        return share is not None and share >= READABLE
    devices = [d for d in seen.fingerprint.devices if d.known_as in finding.known_as]
    octets = sum(device.octets for device in devices)
    unread = sum(device.unread_octets for device in devices)
    return bool(devices) and octets > 0 and unread <= (1 - READABLE) * octets


def _case_finding(finding: Finding, names: Names, seen: _Seen) -> CaseFinding:
    own = set() if finding.entry_id else set(finding.device_ids)
    return CaseFinding(
        id=finding.id,
        kind=finding.kind,
        rule_id=finding.rule_id,
        severity=finding.severity,
        title=finding.title,
        subject=names.subject(finding),
        entry_id=finding.entry_id,
        known_as=tuple(d.known_as for d in seen.fingerprint.devices if d.id in own),
        category=finding.category,
        recipient=finding.recipient,
        rests_on_traffic=bool(finding.evidence),
        needed_seconds=_needed(finding, seen.fingerprint.seconds),
        knowledge=seen.assessment.knowledge,
    )


def _needed(finding: Finding, seconds: float) -> float:
    """Return how long one must look before the absence of a finding says anything, in seconds."""
    intervals = [
        (e.last_seen - e.first_seen) / timedelta(seconds=1) / (e.messages - 1)
        for e in finding.evidence
        if e.messages > 1 and e.first_seen and e.last_seen
    ]
    # What came once says nothing of how often it comes.
    longest = max(intervals, default=seconds)
    return round(_INTERVALS * longest, 1) if finding.evidence else 0.0
