"""Item 8: an overview of the contracts and the companies, shared with the council."""

from schouw_collector.apk.apk_item import ApkContext, ApkItem, Examined, check, examined, said
from schouw_collector.apk.apk_record import CrossCheck
from schouw_collector.apk_items.contract_clauses import no_contracts, shared_with_council
from schouw_collector.records import Words


def _examine(context: ApkContext) -> Examined:
    contracts = context.contracts
    reference = context.governance.contracts_council_ref if context.governance else ""
    evidence: list[Words] = []
    missing: list[Words] = []
    if contracts:
        companies = len({contract.supplier.casefold() for contract in contracts})
        evidence.append(
            said(
                f"Verklaarde contracten: {len(contracts)}. Bedrijven: {companies}.",
                f"Declared contracts: {len(contracts)}. Companies: {companies}.",
            )
        )
    else:
        missing.append(no_contracts(context))
    shared_with_council(reference, evidence, missing)
    return examined(
        complete=bool(contracts and reference),
        evidence=evidence,
        missing=missing,
        checks=_checks(context),
    )


def _checks(context: ApkContext) -> list[CrossCheck]:
    if not context.contracts:
        return []
    checks = []
    companies = {contract.supplier.casefold() for contract in context.contracts}
    suppliers = {s.supplier for s in context.autonomy.suppliers if s.devices}
    absent = sorted(s for s in suppliers if s.casefold() not in companies)
    if absent:
        checks.append(
            check(
                "differs",
                f"Leveranciers van geziene sensoren die er niet in staan: {len(absent)}.",
                f"Suppliers of sensors that were seen, and are not in it: {len(absent)}.",
            )
        )
    elsewhere = next((e for e in context.autonomy.endpoints if e.kind == "elsewhere"), None)
    if elsewhere:
        checks.append(
            check(
                "asks",
                f"Servers die gegevens krijgen en in geen contract staan: {elsewhere.recipients}.",
                f"Servers that get data and that no contract names: {elsewhere.recipients}.",
            )
        )
    empty = [c.id for c in context.contracts if not (c.applications or c.entries)]
    if empty:
        checks.append(
            check(
                "asks",
                f"Contracten zonder toepassing of sensor: {len(empty)}.",
                f"Contracts without an application or a sensor: {len(empty)}.",
            )
        )
    return checks or [
        check(
            "agrees",
            "Elke leverancier en server die gezien is, staat in een contract.",
            "Every supplier and server that was seen is in a contract.",
        )
    ]


APK_ITEM = ApkItem(
    id="apk-08",
    number=8,
    title=said(
        "Er is een overzicht van contracten en bedrijven, gedeeld met de raad",
        "There is an overview of contracts and companies, shared with the council",
    ),
    reference="docs/paper.md, item 8; GDPR art. 28",
    to_ask=said(
        "Staan ook onderaannemers en gratis proeven erin?",
        "Are subcontractors and free trials in it as well?",
    ),
    examine=_examine,
)
