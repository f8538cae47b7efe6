"""Item 4: an impact assessment for each application, shared with the council."""

from datetime import date

from schouw_agent.vocabulary import CATEGORIES, PRIVACY_CLASSES, covered_by
from schouw_collector.apk.apk_item import ApkContext, ApkItem, Examined, check, examined, said
from schouw_collector.apk.apk_record import CrossCheck
from schouw_collector.declared.assessed import stated_for
from schouw_collector.declared.governance import ImpactAssessment
from schouw_collector.records import EntryAssessment, Words

_INDIVIDUAL = PRIVACY_CLASSES.index("pseudonymous")


def _examine(context: ApkContext) -> Examined:
    needing = [entry for entry in context.assessment.entries if _needs_one(entry)]
    if not needing:
        return _none_needed(context)
    made = {entry.entry_id: _assessments(context, entry.entry_id) for entry in needing}
    lacking = [id_ for id_, found in made.items() if not found]
    unshared = [
        id_
        for id_, found in made.items()
        if found and not any(a.council_ref or a.council_date for a in found)
    ]
    missing: list[Words] = []
    if lacking:
        missing.append(
            said(
                f"Sensoren met gegevens over personen zonder verklaarde DPIA: {len(lacking)} van "
                f"{len(needing)}.",
                f"Sensors with data on individuals and no declared assessment: {len(lacking)} of "
                f"{len(needing)}.",
            )
        )
    if unshared:
        missing.append(
            said(
                f"Niet vermeld hoe de DPIA met de raad is gedeeld: {len(unshared)}.",
                f"Not stated how the council got the assessment: {len(unshared)}.",
            )
        )
    done = len(needing) - len(lacking)
    evidence = [
        said(
            f"Sensoren met een verklaarde DPIA: {done} van {len(needing)}.",
            f"Sensors with a declared assessment: {done} of {len(needing)}.",
        )
    ]
    return examined(
        complete=not lacking and not unshared,
        evidence=evidence if done else [],
        missing=missing,
        checks=_checks(context, needing, made),
    )


def _none_needed(context: ApkContext) -> Examined:
    if not context.assessment.entries:
        return Examined(state="not_assessable")
    return Examined(
        state="not_applicable",
        evidence=(
            said(
                "Bij geen inschrijving zijn gegevens over personen verklaard of gezien.",
                "For no entry data on individuals are declared or were seen.",
            ),
        ),
    )


def _needs_one(entry: EntryAssessment) -> bool:
    seen = {
        v.category for v in entry.verdicts if v.verdict in {"declared_and_observed", "undeclared"}
    }
    ids = seen | set(entry.declared_categories)
    return bool(entry.contains_personal_data) or any(
        id_ in CATEGORIES and CATEGORIES[id_].rank >= _INDIVIDUAL for id_ in ids
    )


def _assessments(context: ApkContext, entry_id: str) -> list[ImpactAssessment]:
    entry = context.entries.get(entry_id)
    application_id = entry.application_id if entry else ""
    found = list(stated_for(context.governance, entry_id, application_id))
    own = entry.dpia if entry else None
    if own is not None and (own.dated or own.url):
        found.append(
            ImpactAssessment(
                id=f"register: {entry_id}",
                dated=own.dated,
                reviewed=own.reviewed,
                categories=own.categories,
                council_ref=own.council_ref,
            )
        )
    return found


def _checks(
    context: ApkContext,
    needing: list[EntryAssessment],
    made: dict[str, list[ImpactAssessment]],
) -> list[CrossCheck]:
    uncovered = [e.entry_id for e in needing if made[e.entry_id] and _uncovered(e, made)]
    late = [e.entry_id for e in needing if _later(context, e, made[e.entry_id])]
    checks = []
    if uncovered:
        checks.append(
            check(
                "differs",
                f"Sensoren met gegevens die de DPIA niet noemt: {len(uncovered)}.",
                f"Sensors with data that the assessment does not name: {len(uncovered)}.",
            )
        )
    if late:
        checks.append(
            check(
                "asks",
                f"Sensoren met een DPIA van na de eerste gegevens: {len(late)}.",
                f"Sensors with an assessment later than the first data: {len(late)}.",
            )
        )
    return checks


def _uncovered(entry: EntryAssessment, made: dict[str, list[ImpactAssessment]]) -> bool:
    """Return whether sensitive data were seen that no assessment names; False if none names any."""
    named = {c for a in made[entry.entry_id] for c in a.categories}
    seen = {
        v.category
        for v in entry.verdicts
        if v.verdict in {"declared_and_observed", "undeclared"}
        and v.confidence >= 0.8
        and v.category in CATEGORIES
        and CATEGORIES[v.category].rank >= _INDIVIDUAL
    }
    return bool(named) and bool(seen - covered_by(named))


def _later(context: ApkContext, entry: EntryAssessment, found: list[ImpactAssessment]) -> bool:
    dates: list[date] = [a.dated for a in found if a.dated]
    devices = [d for d in context.assessment.devices if d.id in entry.device_ids]
    return bool(dates and devices) and min(dates) > min(d.first_seen.date() for d in devices)


APK_ITEM = ApkItem(
    id="apk-04",
    number=4,
    title=said(
        "Voor elke toepassing is een DPIA gedaan en met de raad gedeeld",
        "For each application an impact assessment was made and shared with the council",
    ),
    reference="docs/paper.md, item 4; GDPR art. 35",
    to_ask=said(
        "Is de DPIA inhoudelijk goed, en is zij aangepast toen de sensor anders werd gebruikt?",
        "Is the assessment sound, and was it revised when the sensor was used otherwise?",
    ),
    examine=_examine,
)
