"""Item 13: contracts ask for technical and procedural transparency, and for explanation."""

from schouw_collector.apk.apk_item import ApkContext, ApkItem, Examined, check, examined, said
from schouw_collector.apk.apk_record import CrossCheck
from schouw_collector.apk_items.contract_clauses import clause_answer
from schouw_collector.saying.phrasing import percent


def _examine(context: ApkContext) -> Examined:
    complete, evidence, missing, _ = clause_answer(context, "transparency")
    return examined(complete=complete, evidence=evidence, missing=missing, checks=_checks(context))


def _checks(context: ApkContext) -> list[CrossCheck]:
    share = context.autonomy.readable_share
    if share is None:
        return [
            check(
                "not_assessable",
                "Er zijn geen gegevens gezien, dus ook niet of ze leesbaar zijn.",
                "No data were seen, and so neither whether they can be read.",
            )
        ]
    opaque = [s for s in context.autonomy.suppliers if (s.opaque_share or 0) > 0.5]
    checks = [
        check(
            "agrees" if share >= 0.9 else "asks",
            f"{percent(share)} van wat gezien is, kon op het eigen netwerk worden gelezen.",
            f"{percent(share)} of what was seen could be read on its own network.",
        )
    ]
    if opaque:
        checks.append(
            check(
                "asks",
                f"Leveranciers van wie het meeste niet te lezen is: {len(opaque)}. Waar staat "
                "wat het is?",
                f"Suppliers of which most cannot be read: {len(opaque)}. Where does it say "
                "what it is?",
            )
        )
    return checks


APK_ITEM = ApkItem(
    id="apk-13",
    number=13,
    title=said(
        "In contracten met softwareleveranciers staan eisen aan openheid en uitleg",
        "Contracts with software suppliers demand transparency and explanation",
    ),
    reference="docs/paper.md, item 13",
    to_ask=said(
        "Heeft de gemeente ooit om uitleg gevraagd, en die gekregen?",
        "Has the municipality ever asked for an explanation, and got it?",
    ),
    examine=_examine,
)
