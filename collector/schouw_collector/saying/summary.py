"""The first screen of every report: counts, and what is the most serious."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from schouw_agent.vocabulary.categories import CATEGORIES
from schouw_collector.comparing.absence import READABLE
from schouw_collector.records import (
    SEVERITIES,
    Assessment,
    Device,
    EntryAssessment,
    Finding,
)

Standing = Literal["as_declared", "differs", "not_assessable"]


@dataclass(frozen=True, slots=True)
class Summary:
    """An assessment in a few figures."""

    as_declared: tuple[EntryAssessment, ...]
    """All that is declared was seen, and nothing else, in traffic that could be read."""
    differs: tuple[EntryAssessment, ...]
    not_assessable: tuple[EntryAssessment, ...]
    """Wholly or partly: silent, unreadable or seen too briefly."""
    unbound: tuple[Device, ...]
    most_serious: tuple[Finding, ...]
    """At most three, of different entries or devices as far as there are."""
    findings: tuple[Finding, ...]
    """The most serious first, as are the questions."""
    questions: tuple[Finding, ...]

    standings: Mapping[str, Standing]
    """Entry id → under which of the three counts it falls."""


def summarise(assessment: Assessment) -> Summary:
    """Return the figures of the first screen.

    An entry differs if a verdict says so, or a finding above "info" that rests on what was seen.
    (A question does not make it differ, nor does a register that contradicts itself.)  It is as
    declared only if every verdict says so, but for unreadable traffic beside at least 90 %
    readable: what was not seen is never counted as good.
    """
    ordered = by_severity(assessment.findings)
    differing = {
        f.entry_id
        for f in ordered
        if f.entry_id and f.kind == "finding" and f.severity != "info" and f.evidence
    }
    standings = {
        entry.entry_id: _standing(entry, differs=entry.entry_id in differing)
        for entry in assessment.entries
    }
    groups: dict[Standing, list[EntryAssessment]] = defaultdict(list)
    for entry in assessment.entries:
        groups[standings[entry.entry_id]].append(entry)
    devices = {device.id: device for device in assessment.devices}
    return Summary(
        as_declared=tuple(groups["as_declared"]),
        differs=tuple(groups["differs"]),
        not_assessable=tuple(groups["not_assessable"]),
        unbound=tuple(devices[id_] for id_ in assessment.unbound_devices if id_ in devices),
        most_serious=_most_serious(ordered),
        findings=tuple(f for f in ordered if f.kind == "finding"),
        questions=tuple(f for f in ordered if f.kind == "question"),
        standings=standings,
    )


def by_severity(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the most serious first; findings before questions, the most personal first."""
    return tuple(
        sorted(
            findings,
            key=lambda f: (
                -SEVERITIES.index(f.severity),
                f.kind != "finding",
                -CATEGORIES[f.category].rank if f.category in CATEGORIES else 0,
                f.rule_id,
                -f.confidence,
                f.entry_id,
                f.id,
            ),
        )
    )


def _standing(entry: EntryAssessment, *, differs: bool) -> Standing:
    kinds = {verdict.verdict for verdict in entry.verdicts}
    if differs or kinds & {"undeclared", "declared_not_observed"}:
        return "differs"
    readable = entry.coverage_share is not None and entry.coverage_share >= READABLE
    unclear = {
        verdict.category
        for verdict in entry.verdicts
        if verdict.verdict == "not_assessable"
        and not (readable and verdict.category == "opaque_payload")
    }
    return "as_declared" if "declared_and_observed" in kinds and not unclear else "not_assessable"


def _most_serious(ordered: tuple[Finding, ...], limit: int = 3) -> tuple[Finding, ...]:
    first: list[Finding] = []
    more: list[Finding] = []
    subjects: set[object] = set()
    for finding in ordered:
        if finding.severity == "info":
            continue
        subject = finding.entry_id or finding.device_ids
        (more if subject in subjects else first).append(finding)
        subjects.add(subject)
    chosen = (first + more)[:limit]
    return tuple(finding for finding in ordered if finding in chosen)
