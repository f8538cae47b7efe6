"""Item 9: an overview of contracts by subscription, shared with the council."""

from schouw_collector.apk.apk_item import ApkContext, ApkItem, Examined, check, examined, said
from schouw_collector.apk.apk_record import CrossCheck
from schouw_collector.apk_items.contract_clauses import no_contracts, shared_with_council
from schouw_collector.records import Words
from schouw_collector.saying.phrasing import listed, same


def _examine(context: ApkContext) -> Examined:
    contracts = context.contracts
    if not contracts:
        return examined(complete=False, missing=[no_contracts(context)])
    untyped = [c for c in contracts if not c.type]
    # A service is paid for as long as it lasts, as a subscription is.
    subscriptions = [c for c in contracts if c.type in {"subscription", "service"}]
    checks = _checks(context)
    if not subscriptions and not untyped and not checks:
        return Examined(
            state="not_applicable",
            evidence=(
                said(
                    "Geen van de verklaarde contracten is een abonnement of een dienst.",
                    "None of the declared contracts is a subscription or a service.",
                ),
            ),
        )
    reference = context.governance.subscriptions_council_ref if context.governance else ""
    evidence: list[Words] = []
    missing: list[Words] = []
    if subscriptions:
        names = listed(same(c.id) for c in subscriptions)
        evidence.append(
            said(
                f"Abonnementen en diensten: {names.nl}.", f"Subscriptions and services: {names.en}."
            )
        )
    if untyped:
        missing.append(
            said(
                f"Contracten waarvan de soort niet is verklaard: {len(untyped)}.",
                f"Contracts of which the kind is not declared: {len(untyped)}.",
            )
        )
    shared_with_council(reference, evidence, missing)
    return examined(
        complete=bool(reference) and not untyped, evidence=evidence, missing=missing, checks=checks
    )


def _checks(context: ApkContext) -> list[CrossCheck]:
    """Ask about suppliers who alone get the data, and whose contract is no subscription."""
    by_name = {c.supplier.casefold(): c for c in context.contracts}
    alone = [
        s.supplier
        for s in context.autonomy.suppliers
        if s.alone
        and (contract := by_name.get(s.supplier.casefold())) is not None
        and contract.type in {"purchase", "other"}
    ]
    if not alone:
        return []
    return [
        check(
            "asks",
            f"Leveranciers van wie alle gegevens naar een server buiten de gemeente gaan: "
            f"{len(alone)}. Is dat een abonnement?",
            f"Suppliers of which all data go to a server outside the municipality: {len(alone)}. "
            "Is that a subscription?",
        )
    ]


APK_ITEM = ApkItem(
    id="apk-09",
    number=9,
    title=said(
        "Er is een overzicht van abonnementen, gedeeld met de raad",
        "There is an overview of subscriptions, shared with the council",
    ),
    reference="docs/paper.md, item 9",
    to_ask=said(
        "Kan de leverancier een abonnement eenzijdig veranderen, en wat gebeurt er als het stopt?",
        "Can the supplier change a subscription alone, and what happens when it ends?",
    ),
    examine=_examine,
)
