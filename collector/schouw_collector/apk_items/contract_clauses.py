"""What the items on contracts have in common: a clause in each, and how the council got it."""

from schouw_collector.apk.apk_item import ApkContext, said
from schouw_collector.declared.governance import Clause, Clauses, Contract
from schouw_collector.records import Words
from schouw_collector.saying.phrasing import listed, same


def clause_answer(
    context: ApkContext, name: str
) -> tuple[bool, list[Words], list[Words], list[Contract]]:
    """Return whether each contract has a clause, what shows it, what is missing, and in which.

    `name` is a field of `Clauses`.
    """
    if name not in Clauses.model_fields:
        raise ValueError("not a clause of a contract")
    contracts = context.contracts
    if not contracts:
        return False, [], [no_contracts(context)], []
    found: dict[bool | None, list[Contract]] = {True: [], False: [], None: []}
    for contract in contracts:
        clause: Clause = getattr(contract.clauses, name)
        found[clause.present].append(contract)
    evidence, missing = [], []
    if found[True]:
        where = listed(same(_place(contract, name)) for contract in found[True])
        evidence.append(said(f"Vastgelegd in {where.nl}.", f"Laid down in {where.en}."))
    if found[False]:
        names = listed(same(contract.id) for contract in found[False])
        missing.append(said(f"Niet vastgelegd in {names.nl}.", f"Not laid down in {names.en}."))
    if found[None]:
        names = listed(same(contract.id) for contract in found[None])
        missing.append(said(f"Niet nagegaan bij {names.nl}.", f"Not looked up for {names.en}."))
    return not missing, evidence, missing, found[True]


def _place(contract: Contract, name: str) -> str:
    clause: Clause = getattr(contract.clauses, name)
    return f"{contract.id} ({clause.reference})" if clause.reference else contract.id


def no_contracts(context: ApkContext) -> Words:
    """Return why nothing can be said: no contract is stated, or there is none."""
    stated = context.governance is not None and context.governance.contracts is not None
    if stated:
        return said(
            "De gemeente verklaart dat er geen contracten zijn.",
            "The municipality declares that there are no contracts.",
        )
    return said("Er zijn geen contracten verklaard.", "No contracts are declared.")


def shared_with_council(reference: str, evidence: list[Words], missing: list[Words]) -> None:
    """Add that an overview was shared with the council, or that this is not shown."""
    if reference:
        evidence.append(
            said(f"Gedeeld met de raad: {reference}.", f"Shared with the council: {reference}.")
        )
    else:
        missing.append(
            said(
                "Dat de raad het overzicht kreeg, is niet aangetoond.",
                "That the council got the overview is not shown.",
            )
        )
