"""One finding with all that it rests on, from an assessment: the chain from emission to norm."""

from schouw_agent.report import Record
from schouw_agent.vocabulary import CATEGORIES, covered_by
from schouw_collector.assessment import rules
from schouw_collector.comparing.comparison import FINDING, QUESTION
from schouw_collector.errors import EvidenceError
from schouw_collector.records import (
    Assessment,
    Device,
    EntryAssessment,
    Finding,
    Period,
    Verdict,
    Words,
)

_MAX_OCTETS = 512 << 20
_MOST_COVERING = 12


class ExplainedCategory(Record):
    """What a kind of data is, and what it says about people."""

    id: str
    name: Words
    privacy_class: str
    ancillary: bool
    """About the device itself."""
    dpv: str
    """Concept of the Data Privacy Vocabulary."""
    covered_by: tuple[str, ...]
    """Other categories whose declaration covers this one."""


class ExplainedRule(Record):
    """What a rule looks at."""

    id: str
    title: str
    reference: str
    looks_at: Words | None
    finding_from: float
    """Confidence from which it may be a finding; below it is a question."""
    question_from: float


class Explanation(Record):
    """One finding, and each link of the chain that it rests on."""

    finding: Finding
    period: Period
    software: str
    devices: tuple[Device, ...]
    """With their own coverage."""
    categories: tuple[ExplainedCategory, ...]
    """Of the finding first, then of its evidence."""
    entry: EntryAssessment | None
    verdicts: tuple[Verdict, ...]
    """Of the entry, on these categories."""
    rule: ExplainedRule | None
    """None: this version does not have the rule."""


def find(assessment: Assessment, reference: str) -> Finding:
    """Return the finding whose id begins so.

    Raises `EvidenceError` if none does, or several do.
    """
    wanted = reference.strip().casefold()
    found = {f.id: f for f in assessment.findings if wanted and f.id.startswith(wanted)}
    if not found:
        raise EvidenceError("no finding has an id that begins so; `schouw findings list` has them")
    if len(found) > 1:
        raise EvidenceError(f"{len(found)} findings have an id that begins so; give more of it")
    return next(iter(found.values()))


def explain(assessment: Assessment, finding: Finding) -> Explanation:
    """Return a finding with its devices, categories, entry, verdicts and rule."""
    ids = dict.fromkeys((finding.category, *(e.category for e in finding.evidence)))
    categories = tuple(_category(id_) for id_ in ids if id_ in CATEGORIES)
    entry = next((e for e in assessment.entries if e.entry_id == finding.entry_id), None)
    wanted = dict.fromkeys((*finding.device_ids, *(e.device_id for e in finding.evidence)))
    by_id = {device.id: device for device in assessment.devices}
    rule = rules().get(finding.rule_id)
    return Explanation(
        finding=finding,
        period=assessment.period,
        software=assessment.software,
        devices=tuple(by_id[id_] for id_ in wanted if id_ in by_id),
        categories=categories,
        entry=entry,
        verdicts=tuple(v for v in entry.verdicts if v.category in ids) if entry else (),
        rule=None
        if rule is None
        else ExplainedRule(
            id=rule.id,
            title=rule.title,
            reference=rule.reference,
            looks_at=rule.looks_at,
            finding_from=FINDING,
            question_from=QUESTION,
        ),
    )


def _category(id_: str) -> ExplainedCategory:
    known = CATEGORIES[id_]
    covering = [other for other in CATEGORIES if other != id_ and id_ in covered_by([other])]
    return ExplainedCategory(
        id=id_,
        name=Words(nl=known.nl, en=known.en),
        privacy_class=known.privacy_class,
        ancillary=known.ancillary,
        dpv=known.dpv,
        covered_by=tuple(covering[:_MOST_COVERING]),
    )
