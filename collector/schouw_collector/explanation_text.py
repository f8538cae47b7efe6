"""An explanation as text for a terminal: numbered links, from what was seen to what to do."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from schouw_collector.explanation import Explanation
from schouw_collector.naming import Names, label
from schouw_collector.records import Assessment, Device, Evidence, Finding, Norm
from schouw_collector.wording import Wording

_MOST_ROWS = 8


def explanation_text(told: Explanation, w: Wording) -> Iterator[Text]:
    """Yield the lines of an explanation."""
    finding = told.finding
    kind, severity = w(f"kind.{finding.kind}"), w(f"severity.{finding.severity}")
    yield Text(f"{finding.rule_id} · {w.title(finding)}", style="bold")
    yield Text(w("explain.about", kind=kind, severity=severity, id=finding.id))
    links = (
        ("seen", _seen(told, w)),
        ("category", _category(told, w)),
        ("declared", _declared(told, w)),
        ("verdict", _verdict(told, w)),
        ("rule", _rule(told, w)),
        ("difference", iter([w.of(finding.difference)])),
        ("norms", _norms(finding, w)),
        ("refutation", iter([w.of(finding.refutation)])),
        ("action", iter([w.of(finding.action)])),
    )
    for number, (name, lines) in enumerate(links, 1):
        yield Text("")
        yield Text(f"{number}. {w(f'explain.{name}')}", style="bold")
        for line in lines:
            yield Text(f"   {line}")


def _seen(told: Explanation, w: Wording) -> Iterator[str]:
    finding = told.finding
    yield w.of(finding.observed)
    yield w("explain.looked", period=w.period(told.period.start, told.period.end))
    names = {device.id: label(device) for device in told.devices}
    for row in finding.evidence[:_MOST_ROWS]:
        yield from _emission(row, names.get(row.device_id, row.device_id), w)
    if len(finding.evidence) > _MOST_ROWS:
        yield w("check.more", n=len(finding.evidence) - _MOST_ROWS)
    if not finding.evidence:
        yield w("report.no_evidence") if not told.devices else w("explain.no_rows")
    for device in told.devices[:_MOST_ROWS]:
        yield _coverage(device, w)


def _emission(row: Evidence, name: str, w: Wording) -> Iterator[str]:
    where = " · ".join(part for part in (row.protocol, row.channel, row.path) if part)
    if row.recipient:
        where = f"{where} {w('explain.to', recipient=row.recipient)}"
    yield w("explain.emission", device=name, category=w.category(row.category), where=where)
    if row.form:
        yield "  " + w("explain.form", form=w.form(row.form))
    basis = w.several([w.name("basis", b) for b in row.basis])
    yield "  " + w(
        "explain.rests",
        n=row.messages,
        confidence=w.confidence(row.confidence),
        basis=basis or w("yes.none"),
    )
    if row.first_seen and row.last_seen:
        yield "  " + w("explain.between", first=row.first_seen, last=row.last_seen)


def _coverage(device: Device, w: Wording) -> str:
    coverage = device.coverage
    lost = sum(u.octets for u in coverage.undecoded)
    return w(
        "explain.coverage",
        device=label(device),
        octets=w.octets(coverage.octets),
        undecoded=w.octets(lost),
        missed=w.octets(coverage.missed_octets),
    )


def _category(told: Explanation, w: Wording) -> Iterator[str]:
    for row in told.categories:
        yield w(
            "explain.kind_of_data",
            name=w.of(row.name),
            id=row.id,
            privacy_class=w.name("class", row.privacy_class),
        )
        if row.ancillary:
            yield "  " + w("explain.ancillary")
        if row.covered_by:
            covering = w.several([w.category(id_) for id_ in row.covered_by])
            yield "  " + w("explain.covered_by", categories=covering)
        yield "  " + w("explain.vocabulary", dpv=row.dpv)
    if not told.categories:
        yield w("explain.no_category")
    else:
        yield w("explain.screening")


def _declared(told: Explanation, w: Wording) -> Iterator[str]:
    entry = told.entry
    yield w.of(told.finding.declared)
    if entry is None:
        yield w("explain.no_entry")
        return
    yield w("explain.entry", name=entry.name, id=entry.entry_id, organisation=entry.organisation)
    for text in entry.declared_text:
        yield w("explain.verbatim", text=text)
    if entry.mapping_note is not None:
        yield w.of(entry.mapping_note)
    answer = {True: "true", False: "false", None: "none"}[entry.contains_personal_data]
    yield f"{w('report.personal_data')} {w(f'yes.{answer}')}"


def _verdict(told: Explanation, w: Wording) -> Iterator[str]:
    for verdict in told.verdicts:
        yield w(
            "explain.verdict_of",
            category=w.category(verdict.category),
            verdict=w(f"verdict.{verdict.verdict}"),
            reason=verdict.reason,
        )
    if told.entry is not None:
        yield w("explain.share", share=w.share(told.entry.coverage_share))
    if not told.verdicts:
        yield w("explain.no_verdict")


def _rule(told: Explanation, w: Wording) -> Iterator[str]:
    rule, finding = told.rule, told.finding
    if rule is None:
        yield w("explain.unknown_rule", rule=finding.rule_id)
    else:
        yield f"{rule.id}: {w.of(finding.title)} ({rule.reference})"
        if rule.looks_at is not None:
            yield w.of(rule.looks_at)
        yield w("explain.threshold", finding=rule.finding_from, question=rule.question_from)
    yield w("explain.sure", confidence=w.confidence(finding.confidence))
    yield w(f"explain.is_{finding.kind}")


def _norms(finding: Finding, w: Wording) -> Iterator[str]:
    for norm in finding.norms:
        force = w("report.norm_binding" if norm.binding else "report.norm_soft")
        yield f"{w.of(norm.name)} [{norm.jurisdiction}; {force}; {_source(norm, w)}]"
    if not finding.norms:
        yield w("report.no_norms")


def _source(norm: Norm, w: Wording) -> str:
    if norm.source is None:
        return w("report.norm_source_unchecked")
    if norm.read_on is None:
        return w("report.norm_source", source=norm.source)
    return w("report.norm_source_on", source=norm.source, day=norm.read_on)


def findings_table(
    chosen: Sequence[Finding], assessment: Assessment, w: Wording
) -> list[tuple[str, ...]]:
    """Return rows for a table: id, kind, severity, rule, title, and what it is about.

    Of each id as much as tells all findings of the assessment apart, and eight digits at least.
    """
    length = _digits(assessment)
    names = Names(assessment)
    columns = ("id", "kind", "severity", "rule", "what", "who")
    rows = [tuple(w(f"explain.column_{column}") for column in columns)]
    for f in chosen:
        subject = names.subject(f) or f.recipient or assessment.register_source
        kind, severity = w(f"kind.{f.kind}"), w(f"severity.{f.severity}")
        rows.append((f.id[:length], kind, severity, f.rule_id, w.title(f), subject))
    return rows


def groups_table(assessment: Assessment, w: Wording) -> list[tuple[str, ...]]:
    """Return rows for a table, as `findings_table` does, with one for each cause.

    The id is that of an example, and the number in brackets how many there are.
    """
    length = _digits(assessment)
    columns = ("id", "kind", "severity", "rule", "what", "who")
    rows = [tuple(w(f"explain.column_{column}") for column in columns)]
    for group in assessment.groups:
        kind, severity = w(f"kind.{group.kind}"), w(f"severity.{group.severity}")
        what = f"{w.group_title(group)} ({len(group.finding_ids)})"
        who = w.of(group.shared) if group.shared else ""
        rows.append((group.example[:length], kind, severity, ", ".join(group.rule_ids), what, who))
    return rows


def _digits(assessment: Assessment) -> int:
    ids = {finding.id for finding in assessment.findings}
    return next((n for n in range(8, 36) if len({i[:n] for i in ids}) == len(ids)), 36)
