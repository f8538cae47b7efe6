"""Item 3: a public overview of all applications: which data, by whom, for what."""

from schouw_collector.apk.apk_item import ApkContext, ApkItem, Examined, check, examined, said
from schouw_collector.apk.apk_record import CrossCheck
from schouw_collector.records import Words


def _examine(context: ApkContext) -> Examined:
    url = context.governance.overview_url if context.governance else None
    evidence = [said(f"Overzicht: {url}.", f"Overview: {url}.")] if url else []
    missing = [] if url else [_no_overview(url)]
    return examined(
        complete=bool(url),
        evidence=evidence,
        missing=[*missing, *_incomplete(context)],
        checks=[*_covered(context), *_otherwise(context)],
    )


def _no_overview(url: str | None) -> Words:
    if url == "":
        return said(
            "De gemeente verklaart dat er geen openbaar overzicht is.",
            "The municipality declares that there is no public overview.",
        )
    return said("Er is geen openbaar overzicht verklaard.", "No public overview is declared.")


def _incomplete(context: ApkContext) -> list[Words]:
    entries = list(context.entries.values())
    lacks = {
        "data": sum(not any(s.declared_text for s in e.streams) for e in entries),
        "party": sum(not e.organisation for e in entries),
        "purpose": sum(not any(p.text for p in e.purposes) for e in entries),
    }
    words = {
        "data": ("gegevens", "which data"),
        "party": ("partij", "which party"),
        "purpose": ("doel", "which purpose"),
    }
    return [
        said(
            f"Inschrijvingen zonder {words[name][0]}: {count} van {len(entries)}.",
            f"Entries that do not say {words[name][1]}: {count} of {len(entries)}.",
        )
        for name, count in lacks.items()
        if count
    ]


def _covered(context: ApkContext) -> list[CrossCheck]:
    named = {entry for application in context.applications for entry in application.entries}
    seen = context.seen
    if not context.applications or not seen:
        return []
    outside = [entry.entry_id for entry in seen if entry.entry_id not in named]
    if not outside:
        return [
            check(
                "agrees",
                "Elke sensor die gezien is, hoort bij een toepassing in het overzicht.",
                "Every sensor that was seen belongs to an application of the overview.",
            )
        ]
    return [
        check(
            "differs",
            f"Geziene sensoren bij geen toepassing: {len(outside)} van {len(seen)}.",
            f"Sensors that were seen and belong to no application: {len(outside)} of {len(seen)}.",
        )
    ]


def _otherwise(context: ApkContext) -> list[CrossCheck]:
    other = {f.entry_id for f in context.findings("D03", "D04") if f.entry_id}
    to_others = {f.entry_id for f in context.findings("D06") if f.entry_id}
    checks = []
    if other:
        checks.append(
            check(
                "differs",
                f"Sensoren die andere gegevens zenden dan er staan: {len(other)}.",
                f"Sensors that send other data than stated: {len(other)}.",
            )
        )
    if to_others:
        checks.append(
            check(
                "differs",
                f"Sensoren met gegevens naar partijen die er niet staan: {len(to_others)}.",
                f"Sensors with data to parties that are not stated: {len(to_others)}.",
            )
        )
    unbound = len(context.assessment.unbound_devices)
    if unbound:
        checks.append(
            check(
                "asks",
                f"Geziene apparaten waarvan de inschrijving niet bekend is: {unbound}.",
                f"Devices that were seen and whose entry is not known: {unbound}.",
            )
        )
    return checks


APK_ITEM = ApkItem(
    id="apk-03",
    number=3,
    title=said(
        "Er is een openbaar overzicht van alle toepassingen: welke gegevens, door wie, waarvoor",
        "There is a public overview of all applications: which data, by whom, for what",
    ),
    reference="docs/paper.md, item 3",
    to_ask=said(
        "Wat telt de gemeente als toepassing, en wat staat er daardoor niet in?",
        "What does the municipality count as an application, and what is left out by that?",
    ),
    examine=_examine,
)
