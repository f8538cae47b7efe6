"""All that a rule may know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from schouw_agent.report import Device, Following, Linkage
from schouw_collector.algorithms import Algorithm
from schouw_collector.binding import Binding, Bindings
from schouw_collector.capability import ModelCapability
from schouw_collector.comparison import Comparison
from schouw_collector.countries import Countries
from schouw_collector.governance import Governance
from schouw_collector.history import History
from schouw_collector.register import Register
from schouw_collector.who_is_who import WhoIsWho

_CONFLICT = 0.6
"""A device that several entries claim can give a question, not a finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleContext:
    """What was declared, what was seen, and how they were joined."""

    register: Register
    bindings: Bindings
    binding: Binding
    comparisons: tuple[Comparison, ...]
    """In order of the register."""
    devices: Mapping[str, Device]
    """All devices by id, also the unbound ones and the infrastructure."""
    history: History
    who: WhoIsWho = field(default_factory=WhoIsWho)
    """Who the devices are: conflicts, former names, and where they were."""
    linkages: tuple[Linkage, ...] = ()
    followings: tuple[Following, ...] = ()
    governance: Governance | None = None
    algorithms: tuple[Algorithm, ...] | None = None
    """The register of algorithms; None: not given."""
    capabilities: tuple[ModelCapability, ...] = ()
    countries: Countries | None = None
    """In which country addresses are; None: not given."""
    today: date | None = None
    """The day on which a register is looked at by itself, without traffic."""

    @property
    def day(self) -> date:
        """Return the day of the assessment: the last one on which was looked (UTC)."""
        return self.today or self.history.last_day

    def binding_confidence(self, entry_id: str) -> float:
        """Return how sure it is that an entry's devices are its own: its weakest binding."""
        return binding_confidence(self.binding, entry_id)


def binding_confidence(binding: Binding, entry_id: str) -> float:
    """Return how sure it is that an entry's devices are its own: its weakest binding."""
    ids = binding.of_entry.get(entry_id, ())
    rows = [b for id_ in ids for b in binding.of_device[id_] if b.entry_id == entry_id]
    limit = _CONFLICT if any(id_ in binding.conflicts for id_ in ids) else 1.0
    return min([limit, *(row.confidence for row in rows)])
