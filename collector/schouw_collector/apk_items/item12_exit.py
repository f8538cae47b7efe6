"""Item 12: the exit is laid down when buying, and shared with the council."""

from schouw_collector.apk.apk_item import YEAR, ApkContext, ApkItem, Examined, check, examined, said
from schouw_collector.apk.apk_record import CrossCheck
from schouw_collector.apk_items.contract_clauses import clause_answer
from schouw_collector.saying.phrasing import percent


def _examine(context: ApkContext) -> Examined:
    complete, evidence, missing, with_exit = clause_answer(context, "exit")
    unshared = [contract.id for contract in with_exit if not contract.council_ref]
    if unshared:
        missing.append(
            said(
                f"Contracten waarvan niet is aangetoond dat de raad de exit kent: {len(unshared)}.",
                f"Contracts with an exit that the council was not shown to know: {len(unshared)}.",
            )
        )
    return examined(
        complete=complete and not unshared,
        evidence=evidence,
        missing=missing,
        checks=_checks(context),
    )


def _checks(context: ApkContext) -> list[CrossCheck]:
    checks = []
    protocols = context.autonomy.protocols
    if protocols is None:
        checks.append(
            check(
                "not_assessable",
                "Welke protocollen de sensoren gebruiken, is niet gezien.",
                "Which protocols the sensors use was not seen.",
            )
        )
    else:
        closed = protocols.proprietary + protocols.unknown
        checks.append(
            check(
                "asks" if closed > 0.1 else "agrees",
                f"{percent(protocols.open)} van de gegevens gaat leesbaar in open protocollen, "
                f"{percent(closed)} in eigen of onbekende.",
                f"{percent(protocols.open)} of the data go readably in open protocols, "
                f"{percent(closed)} in proprietary or unknown ones.",
            )
        )
    ending = [c for c in context.contracts if c.end and c.end - context.day < YEAR]
    if ending:
        checks.append(
            check(
                "asks",
                f"Contracten die binnen een jaar aflopen of afgelopen zijn: {len(ending)}.",
                f"Contracts that end within a year or have ended: {len(ending)}.",
            )
        )
    return checks


APK_ITEM = ApkItem(
    id="apk-12",
    number=12,
    title=said(
        "Bij de inkoop is vastgelegd hoe de gemeente kan overstappen, en de raad weet het",
        "How the municipality can leave was laid down when buying, and the council knows it",
    ),
    reference="docs/paper.md, item 12",
    to_ask=said(
        "Is de overstap ooit geoefend, en wat kost zij?",
        "Was leaving ever tried, and what does it cost?",
    ),
    examine=_examine,
)
