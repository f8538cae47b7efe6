"""Item 7: a yearly audit by somebody independent."""

from schouw_collector.apk.apk_item import (
    ApkContext,
    ApkItem,
    Examined,
    check,
    examined,
    recent,
    said,
)
from schouw_collector.apk.apk_record import CrossCheck
from schouw_collector.declared.governance import Audit


def _examine(context: ApkContext) -> Examined:
    audits = context.governance.audits if context.governance else None
    if not audits:
        text = (
            said("Er is niets over verklaard.", "Nothing is declared about it.")
            if audits is None
            else said(
                "De gemeente verklaart dat er geen audit is geweest.",
                "The municipality declares that there was no audit.",
            )
        )
        return examined(complete=False, missing=[text])
    last = max(audits, key=lambda audit: audit.dated)
    evidence = [
        said(
            f"Laatste audit: {last.dated.isoformat()}, door {last.auditor}.",
            f"Last audit: {last.dated.isoformat()}, by {last.auditor}.",
        )
    ]
    within_a_year = recent(last.dated, context.day)
    missing = (
        []
        if within_a_year
        else [said("Die is langer dan een jaar geleden.", "That is more than a year ago.")]
    )
    return examined(
        complete=within_a_year, evidence=evidence, missing=missing, checks=_checks(context, last)
    )


def _checks(context: ApkContext, last: Audit) -> list[CrossCheck]:
    checks = []
    suppliers = {contract.supplier.casefold() for contract in context.contracts}
    if last.auditor.casefold() in suppliers:
        checks.append(
            check(
                "differs",
                "Wie de audit deed, is ook leverancier volgens de contracten.",
                "Who made the audit is also a supplier, by the contracts.",
            )
        )
    left = [a.id for a in context.applications if a.id not in last.applications]
    if last.applications and left:
        checks.append(
            check(
                "asks",
                f"Toepassingen die erbuiten vielen: {len(left)} van {len(context.applications)}.",
                f"Applications that were outside it: {len(left)} of {len(context.applications)}.",
            )
        )
    return checks


APK_ITEM = ApkItem(
    id="apk-07",
    number=7,
    title=said(
        "Een onafhankelijke organisatie doet elk jaar een audit van software en infrastructuur",
        "An independent organisation audits software and infrastructure every year",
    ),
    reference="docs/paper.md, item 7",
    to_ask=said(
        "Hoe onafhankelijk is wie de audit doet, en wat is er met de uitkomst gedaan? Deze keuring "
        "is zelf geen onafhankelijke audit, maar kan ervoor worden gebruikt.",
        "How independent is the auditor, and what was done with the outcome? This inspection "
        "itself is no independent audit, but may be used for one.",
    ),
    examine=_examine,
)
