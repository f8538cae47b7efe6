"""Which servers somebody has answered for: the municipality, the register, or a contract."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from schouw_collector.comparing.rule_context import RuleContext
from schouw_collector.declared.governance import Contract
from schouw_collector.registers.register_entry import RegisterEntry


def declared_hosts(entry: RegisterEntry) -> tuple[str, ...]:
    """Return the servers that a register entry names: of its recipients, and of its network."""
    named = [host for recipient in entry.recipients for host in recipient.hosts]
    return (*named, *entry.network.peers)


class KnownHosts:
    """The servers that are answered for, by entry; made once for all entries of an assessment."""

    def __init__(self, context: RuleContext) -> None:
        governance = context.governance
        self._municipal = context.bindings.municipal_hosts
        self._applications: dict[str, list[str]] = defaultdict(list)
        """Entry id → the applications of the governance file that it is part of."""
        self._contracts: dict[tuple[str, str], list[Contract]] = defaultdict(list)
        for application in governance.applications if governance else ():
            for entry_id in application.entries:
                self._applications[entry_id].append(application.id)
        for contract in (governance.contracts if governance else None) or ():
            for key in _keys(contract):
                self._contracts[key].append(contract)

    def of(self, entry: RegisterEntry | None) -> tuple[str, ...]:
        """Return the servers of the municipality, of the entry, and of contracts that cover it."""
        if entry is None:
            return tuple(self._municipal)
        contracted = [host for contract in self.contracts(entry) for host in contract.hosts]
        return (*self._municipal, *declared_hosts(entry), *contracted)

    def contracts(self, entry: RegisterEntry) -> Iterable[Contract]:
        """Return the contracts that cover an entry.

        By its own id, by its application, by a reference in the register, or by its supplier if
        the contract names no entry and no application.
        """
        if not self._contracts:
            return ()
        applications = (entry.application_id, *self._applications.get(entry.entry_id, ()))
        references = (*entry.contract_refs, *(r.contract_ref for r in entry.recipients))
        wanted = [("entry", entry.entry_id)]
        wanted += [("application", id_) for id_ in applications if id_]
        wanted += [("id", id_) for id_ in references if id_]
        wanted += [("supplier", n.casefold()) for n in (entry.supplier, entry.operator) if n]
        found: Mapping[str, Contract] = {
            contract.id: contract for key in wanted for contract in self._contracts.get(key, ())
        }
        return found.values()


def _keys(contract: Contract) -> list[tuple[str, str]]:
    keys = [("id", contract.id)]
    keys += [("entry", id_) for id_ in contract.entries]
    keys += [("application", id_) for id_ in contract.applications]
    if not contract.entries and not contract.applications:
        keys.append(("supplier", contract.supplier.casefold()))
    return keys
