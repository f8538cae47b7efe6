"""Reports and a register become an assessment: verdicts, findings and questions."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import schouw_collector.rules
from schouw_agent.plugins import discover
from schouw_agent.report import Coverage, Report
from schouw_collector.binding.binding import (
    SCHEMA,
    Binding,
    Bindings,
    all_with_overrides,
    bind,
    check_entries,
)
from schouw_collector.binding.finding_aliases import with_aliases
from schouw_collector.comparing.comparison import Comparison, View, compare
from schouw_collector.comparing.examination import findings
from schouw_collector.comparing.grouping import groups
from schouw_collector.comparing.purposes import purpose_table
from schouw_collector.comparing.rule_context import RuleContext, binding_confidence
from schouw_collector.declared.algorithms import Algorithm
from schouw_collector.declared.capability import ModelCapability, access_of, capabilities_of
from schouw_collector.declared.countries import Countries, country_data
from schouw_collector.declared.governance import Governance
from schouw_collector.many_reports import continuity
from schouw_collector.many_reports.history import History, Window
from schouw_collector.many_reports.ledger import Ledger
from schouw_collector.many_reports.merging import (
    Merged,
    coverage_of,
    knowledge_of,
    merged,
    observed_seconds,
)
from schouw_collector.plugins import Rule
from schouw_collector.records import (
    SEVERITIES,
    Assessment,
    Capability,
    EntryAssessment,
    Finding,
    Period,
    Severity,
    Words,
)
from schouw_collector.registers.register import Register
from schouw_collector.registers.register_entry import RegisterEntry, Stream
from schouw_collector.saying.phrasing import category_names, listed, same


@cache
def rules() -> Mapping[str, Rule]:
    """Return the rules by id."""
    return discover(schouw_collector.rules, "RULE")


def assess(
    reports: Iterable[Report],
    register: Register,
    bindings: Bindings | None = None,
    *,
    governance: Governance | None = None,
    algorithms: tuple[Algorithm, ...] | None = None,
    capabilities: tuple[ModelCapability, ...] = (),
    countries: Countries | None = None,
    order_exclusions: Iterable[str] = (),
    software: str,
) -> Assessment:
    """Return what the reports, in any order, say of the register.

    The same input gives the same assessment.  Raises `ValueError` without a report, and
    `BindingError` if the bindings name an entry that the register does not have.
    """
    ledger = Ledger()
    for report in reports:
        ledger.add(report)
    return assess_ledger(
        ledger,
        register,
        bindings,
        governance=governance,
        algorithms=algorithms,
        capabilities=capabilities,
        countries=countries,
        order_exclusions=order_exclusions,
        software=software,
    )


def assess_ledger(
    ledger: Ledger,
    register: Register,
    bindings: Bindings | None = None,
    *,
    governance: Governance | None = None,
    algorithms: tuple[Algorithm, ...] | None = None,
    capabilities: tuple[ModelCapability, ...] = (),
    countries: Countries | None = None,
    order_exclusions: Iterable[str] = (),
    software: str,
    found: Merged | None = None,
) -> Assessment:
    """Return what the reports that were added to a ledger say of the register, as `assess` does.

    `found`: what `merged` gave for the ledger, if the caller has it.
    """
    if not ledger.windows:
        raise ValueError("an assessment needs at least one report")
    windows = tuple(ledger.windows[place] for place in sorted(ledger.windows))
    stated = bindings or Bindings.model_validate({"schema": SCHEMA})
    check_entries(stated, register.entries, register.unreadable)
    entries = all_with_overrides(register.entries, stated)
    found = found or merged(ledger)
    binding = bind(found.devices, entries, stated, register.unreadable)
    context = RuleContext(
        register=register,
        bindings=stated,
        binding=binding,
        comparisons=_comparisons(entries, found, binding, windows),
        devices={device.id: device for device in found.devices},
        history=History(windows=windows, days=found.days),
        who=found.who,
        linkages=found.linkages,
        followings=found.followings,
        governance=governance,
        algorithms=algorithms,
        capabilities=capabilities,
        countries=countries,
    )
    said = findings(tuple(rules().values()), context)
    assessment = Assessment(
        period=Period(start=windows[0].start, end=max(w.end for w in windows)),
        software=software,
        knowledge=knowledge_of(ledger),
        register_source=register.source,
        coverage=_coverage(ledger, windows),
        entries=tuple(_entry_assessment(c, capabilities) for c in context.comparisons),
        devices=found.devices,
        unbound_devices=binding.unbound,
        infrastructure_devices=binding.infrastructure,
        undeclared_devices=tuple(id_ for id_ in binding.unbound if id_ in binding.undeclared),
        out_of_scope_devices=tuple(binding.out_of_scope),
        findings=tuple(sorted((with_aliases(each, context) for each in said), key=_importance)),
        merges=found.who.merges,
        identity_conflicts=found.who.conflicts,
        register_errors=register.errors,
        country_data=country_data(countries, found.devices) if countries else None,
        outside_order=tuple(order_exclusions),
        purposes=purpose_table().edition,
    )
    return assessment.model_copy(update={"groups": groups(assessment)})


def _coverage(ledger: Ledger, windows: Sequence[Window]) -> Coverage:
    coverage = coverage_of(ledger)
    said = continuity.notes(windows, ledger.duplicates)
    return coverage.model_copy(update={"notes": (*coverage.notes, *said)}) if said else coverage


def exit_code(assessment: Assessment, fail_on: Severity) -> int:
    """Return 1 if there is a finding of at least this severity, else 0.  Questions never count."""
    least = SEVERITIES.index(fail_on)
    return int(
        any(
            finding.kind == "finding" and SEVERITIES.index(finding.severity) >= least
            for finding in assessment.findings
        )
    )


def _comparisons(
    entries: Sequence[RegisterEntry],
    found: Merged,
    binding: Binding,
    windows: Sequence[Window],
) -> tuple[Comparison, ...]:
    by_id = {device.id: device for device in found.devices}
    declared = {entry.entry_id: entry.declared_categories for entry in entries}
    lossy = View(seconds=observed_seconds(windows), lossless=False)
    known: dict[frozenset[int], View] = {frozenset(): lossy}
    out = []
    for entry in entries:
        ids = binding.of_entry.get(entry.entry_id, ())
        # Of several devices all must have been in sight: any of them might have sent it.
        sight = frozenset.intersection(*(found.sight[id_] for id_ in ids)) if ids else frozenset()
        if sight not in known:
            seconds = observed_seconds(windows[number] for number in sight)
            known[sight] = View(seconds=seconds, lossless=True)
        others = {b.entry_id for id_ in ids for b in binding.of_device[id_]} - {entry.entry_id}
        out.append(
            compare(
                entry,
                [by_id[id_] for id_ in ids],
                known[sight],
                has_binding=entry.entry_id in binding.named_entries,
                binding_confidence=binding_confidence(binding, entry.entry_id),
                shared_with={c for other in others for c in declared[other]},
            )
        )
    return tuple(out)


def _entry_assessment(
    comparison: Comparison, known: tuple[ModelCapability, ...]
) -> EntryAssessment:
    entry, devices = comparison.entry, comparison.devices
    able = capabilities_of(entry, devices, known)
    return EntryAssessment(
        entry_id=entry.entry_id,
        name=entry.name or entry.entry_id,
        organisation=entry.organisation,
        type=entry.type,
        declared_text=tuple(s.declared_text for s in entry.streams if s.declared_text),
        declared_categories=entry.declared_categories,
        mapping_note=_mapping_note(entry.streams),
        contains_personal_data=entry.contains_personal_data,
        device_ids=tuple(device.id for device in devices),
        capabilities=tuple(Capability(category=c, source=s) for c, s in able.items()),
        access=access_of(entry, devices, known),
        coverage_share=comparison.coverage_share,
        verdicts=comparison.verdicts,
    )


def _mapping_note(streams: Sequence[Stream]) -> Words | None:
    notes = [_note(stream) for stream in streams]
    if not notes:
        return None
    return Words(nl=" ".join(n.nl for n in notes), en=" ".join(n.en for n in notes))


def _note(stream: Stream) -> Words:
    mapping, read = stream.mapping, category_names(stream.categories)
    sure = f"{mapping.confidence:.1f}"
    denied = listed(same(f"“{words}”") for words in mapping.denied)
    except_nl = f" Niet gemeten volgens de tekst: {denied.nl}." if mapping.denied else ""
    except_en = f" Not measured, according to the text: {denied.en}." if mapping.denied else ""
    words = listed(same(f"“{phrase}”") for phrase in mapping.phrases)
    match mapping.method:
        case "human":
            who, day = mapping.reviewed_by, mapping.reviewed_at
            when = f", {day.isoformat()}" if day else ""
            return Words(
                nl=f"Door een persoon gelezen{f' ({who}{when})' if who else ''} als: {read.nl}.",
                en=f"Read by a person{f' ({who}{when})' if who else ''} as: {read.en}.",
            )
        case "text rule":
            return Words(
                nl=f"Gelezen als: {read.nl}, door de woorden {words.nl} "
                f"(zekerheid {sure.replace('.', ',')}).{except_nl}",
                en=f"Read as: {read.en}, by the words {words.en} (confidence {sure}).{except_en}",
            )
        case "type default":
            return Words(
                nl=f"De tekst is niet te lezen. Naar het soort sensor: {read.nl} "
                f"(zekerheid {sure.replace('.', ',')}).{except_nl}",
                en=f"The text could not be read. By the type of sensor: {read.en} "
                f"(confidence {sure}).{except_en}",
            )
        case "none":
            return Words(
                nl=f"De tekst en het soort sensor zijn niet te lezen.{except_nl}",
                en=f"Neither the text nor the type of sensor could be read.{except_en}",
            )


def _importance(finding: Finding) -> tuple[int, int, str, str, str, str, str]:
    """Return the order of findings: the most severe first, findings before questions."""
    return (
        -SEVERITIES.index(finding.severity),
        int(finding.kind == "question"),
        finding.rule_id,
        finding.entry_id,
        finding.category,
        finding.recipient,
        finding.id,
    )
