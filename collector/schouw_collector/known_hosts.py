"""Which servers somebody has answered for: the municipality, the register, or a contract."""

from collections.abc import Iterator

from schouw_collector.governance import Contract, Governance
from schouw_collector.register_entry import RegisterEntry
from schouw_collector.rule_context import RuleContext


def declared_hosts(entry: RegisterEntry) -> tuple[str, ...]:
    """Return the servers that a register entry names: of its recipients, and of its network."""
    named = [host for recipient in entry.recipients for host in recipient.hosts]
    return (*named, *entry.network.peers)


def contracts_of(governance: Governance | None, entry: RegisterEntry) -> Iterator[Contract]:
    """Yield the contracts that cover an entry.

    By its own number, by its application, by a reference in the register, or by its supplier if
    the contract names no entry and no application.
    """
    if governance is None:
        return
    applications = {a.id for a in governance.applications if entry.entry_id in a.entries}
    applications |= {entry.application_id} - {""}
    referred = {*entry.contract_refs, *(r.contract_ref for r in entry.recipients)}
    partners = {name.casefold() for name in (entry.supplier, entry.operator) if name}
    for contract in governance.contracts or ():
        of_supplier = not contract.entries and not contract.applications
        if (
            entry.entry_id in contract.entries
            or applications.intersection(contract.applications)
            or contract.id in referred
            or (of_supplier and contract.supplier.casefold() in partners)
        ):
            yield contract


def known_hosts(context: RuleContext, entry: RegisterEntry) -> tuple[str, ...]:
    """Return the servers of the municipality, of the entry, and of the contracts that cover it."""
    contracted = [
        host for contract in contracts_of(context.governance, entry) for host in contract.hosts
    ]
    return (*context.bindings.municipal_hosts, *declared_hosts(entry), *contracted)
