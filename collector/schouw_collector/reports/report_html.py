"""The report to read: one self-contained page, without script, in Dutch and in English.

Accessible by WCAG 2.2 AA; readable on paper and at 320 pixels.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from schouw_agent.report import Device, Report
from schouw_agent.vocabulary.categories import CATEGORIES
from schouw_collector.cases.known_cases import NO_CASES, KnownCases, last_reply
from schouw_collector.declared.countries import country_name
from schouw_collector.plugins import ReportFormat
from schouw_collector.records import Assessment, Finding, Group, Words
from schouw_collector.reports.abilities import abilities
from schouw_collector.reports.pages import environment
from schouw_collector.saying.naming import Names
from schouw_collector.saying.summary import Summary, summarise
from schouw_collector.saying.wording import LANGUAGES, Wording

_SYMBOLS = {
    "declared_and_observed": "=",
    "undeclared": "≠",
    "declared_not_observed": "≠",
    "not_assessable": "?",
    "as_declared": "=",
    "differs": "≠",
}
_ROLES = ("sensor", "relay", "viewer", "broker", "infrastructure")
"""Those that people ask about first."""
_MOST_CARDS = 100
"""Of more findings, entries or devices only the telling ones are told in full, and all by name."""


def render(
    assessment: Assessment, report: Report, language: str, cases: KnownCases = NO_CASES
) -> bytes:
    """Return the page, in UTF-8, for an assessment and the inventory it rests on.

    `cases`: what became of its findings, shown beside each.
    """
    summary = summarise(assessment)
    names = Names(assessment)
    wording = Wording(language)
    page = (
        environment()
        .get_template("report.html")
        .render(
            assessment=assessment,
            report=report,
            summary=summary,
            names=names,
            w=wording,
            headline=headline(summary, wording),
            by_cause=_by_cause(assessment, summary),
            told_entries=_told_entries(summary),
            told_devices=_told_devices(assessment, summary),
            anchors=_anchors(summary),
            symbols=_SYMBOLS,
            cases=cases,
            last_reply=last_reply,
            names_of_basis=lambda finding: [wording.name("basis", b) for b in _basis(finding)],
            named=lambda group, ids: [wording.name(group, id_) for id_ in ids],
            grouped=lambda findings: _grouped(findings, names),
            findings_about=_by_entry(summary),
            categories_of=lambda device: _categories(device, wording),
            abilities=lambda entry: abilities(entry, wording),
            opaque=_opaque,
            countries=_countries(assessment),
            devices=sorted(
                assessment.devices, key=lambda d: (_ROLES.index(d.role), names.device(d.id), d.id)
            ),
            title=wording.title,
        )
    )
    return page.encode()


def headline(summary: Summary, wording: Wording) -> str:
    """Return the result in one breath, for people who read nothing else."""
    as_declared, differs = len(summary.as_declared), len(summary.differs)
    total = as_declared + differs + len(summary.not_assessable)
    if not total:
        said = [wording("headline.none_declared")]
    elif as_declared == total:
        said = [wording("headline.all_as_declared", n=total)]
    elif total == 1:
        said = [wording("headline.one_differs" if differs else "headline.one_not_assessable")]
    else:
        said = [
            wording(
                "headline.mixed",
                n=total,
                as_declared=as_declared,
                differs=differs,
                not_assessable=len(summary.not_assessable),
            )
        ]
    if summary.unbound:
        said.append(wording("headline.unbound", n=len(summary.unbound)))
    return " ".join([*said, wording("headline.caution")])


def _by_cause(
    assessment: Assessment, summary: Summary
) -> list[tuple[Group, Finding, list[Finding]]]:
    """Return each group, its worst finding and the others; nothing if each has a card anyway."""
    if len(assessment.findings) <= _MOST_CARDS:
        return []
    by_id = {finding.id: finding for finding in (*summary.findings, *summary.questions)}
    return [
        (group, by_id[group.example], [by_id[i] for i in group.finding_ids if i != group.example])
        for group in assessment.groups
    ]


def _told_entries(summary: Summary) -> frozenset[str]:
    """Return the ids of the entries that are told in full: those that differ go first."""
    ordered = (*summary.differs, *summary.as_declared, *summary.not_assessable)
    kept = ordered if len(ordered) <= _MOST_CARDS else summary.differs[:_MOST_CARDS]
    return frozenset(entry.entry_id for entry in kept)


def _told_devices(assessment: Assessment, summary: Summary) -> frozenset[str]:
    """Return the ids of the devices that are told in full: those of serious findings go first."""
    if len(assessment.devices) <= _MOST_CARDS:
        return frozenset(device.id for device in assessment.devices)
    found = (*summary.findings, *summary.questions)
    ids = dict.fromkeys(id_ for finding in found for id_ in finding.device_ids[:_MOST_CARDS])
    return frozenset(list(ids)[:_MOST_CARDS])


def _anchors(summary: Summary) -> dict[str, tuple[str, int]]:
    """Return for each finding its place on the page and its number within its kind."""
    return {
        finding.id: (f"{finding.kind}-{number}", number)
        for group in (summary.findings, summary.questions)
        for number, finding in enumerate(group, 1)
    }


def _grouped(findings: Iterable[Finding], names: Names) -> list[tuple[str, str, list[Finding]]]:
    """Return entry id, subject and findings of each subject, the most serious subject first."""
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.entry_id, names.subject(finding)].append(finding)
    return [(entry_id, subject, group) for (entry_id, subject), group in groups.items()]


def _by_entry(summary: Summary) -> Mapping[str, list[Finding]]:
    """Return for each entry id what was found of it, in the order of the page."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in (*summary.findings, *summary.questions):
        found[finding.entry_id].append(finding)
    return found


def _basis(finding: Finding) -> list[str]:
    """Return on what kinds of evidence a finding rests, each once."""
    return list(dict.fromkeys(basis for item in finding.evidence for basis in item.basis))


def _categories(device: Device, wording: Wording) -> str:
    """Return ": " and what a device emits, the most sensitive first, if it emits anything."""
    ids = {e.category for e in device.emissions if not _ancillary(e.category)}
    ordered = sorted(ids, key=lambda id_: (-CATEGORIES[id_].rank if id_ in CATEGORIES else 1, id_))
    return f": {wording.several([wording.category(id_) for id_ in ordered])}" if ordered else ""


def _ancillary(category: str) -> bool:
    return category in CATEGORIES and CATEGORIES[category].ancillary


def _countries(assessment: Assessment) -> Mapping[str, Words]:
    """Return the country of each recipient's address, as far as the file that was given tells."""
    data = assessment.country_data
    return {row.address: country_name(row.country) for row in data.recipients} if data else {}


def _opaque(device: Device) -> bool:
    """Return whether nothing of what a device sends could be read."""
    if not device.emissions:
        return any(item.octets for item in device.coverage.undecoded)
    return all(emission.category == "opaque_payload" for emission in device.emissions)


REPORT_FORMAT = ReportFormat(
    id="html",
    title="Report for people, as a web page",
    reference="HTML Living Standard; WCAG 2.2 level AA",
    languages=LANGUAGES,
    file_name="report.{language}.html",
    render=render,
)
