"""What an item of the yearly inspection is given, and what it answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from schouw_collector.apk.apk_record import CrossCheck, ItemState, Outcome
from schouw_collector.apk.autonomy import Autonomy
from schouw_collector.declared.algorithms import Algorithm
from schouw_collector.declared.governance import Application, Contract, Governance
from schouw_collector.records import Assessment, EntryAssessment, Finding, Words
from schouw_collector.registers.register_entry import RegisterEntry

YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApkContext:
    """All that an item may know."""

    governance: Governance | None
    assessment: Assessment
    entries: Mapping[str, RegisterEntry]
    """Of the register, by id."""
    algorithms: tuple[Algorithm, ...] | None
    """The register of algorithms; None: not given."""
    autonomy: Autonomy
    register_is_public: bool
    """The register was read from the web, without logging in."""
    day: date

    def findings(self, *rules: str) -> list[Finding]:
        """Return what these rules found, questions left out."""
        return [f for f in self.assessment.findings if f.rule_id in rules and f.kind == "finding"]

    def questions(self, *rules: str) -> list[Finding]:
        """Return what these rules ask."""
        return [f for f in self.assessment.findings if f.rule_id in rules and f.kind == "question"]

    @property
    def seen(self) -> list[EntryAssessment]:
        """Return the entries of which a device was seen."""
        return [entry for entry in self.assessment.entries if entry.device_ids]

    @property
    def contracts(self) -> tuple[Contract, ...]:
        """Return the contracts that the governance file states; none if it states nothing."""
        return (self.governance.contracts if self.governance else None) or ()

    @property
    def applications(self) -> tuple[Application, ...]:
        """Return the applications that the governance file names."""
        return self.governance.applications if self.governance else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What an item found."""

    state: ItemState
    evidence: tuple[Words, ...] = ()
    missing: tuple[Words, ...] = ()
    checks: tuple[CrossCheck, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApkItem:
    """An item of the inspection."""

    id: str
    """Such as apk-05."""
    number: int
    title: Words
    """The item in short."""
    reference: str
    to_ask: Words
    """What only people can answer."""
    examine: Callable[[ApkContext], Examined]


def check(outcome: Outcome, nl: str, en: str) -> CrossCheck:
    """Return a cross-check in both languages."""
    return CrossCheck(outcome=outcome, text=Words(nl=nl, en=en))


def said(nl: str, en: str) -> Words:
    """Return a text in both languages."""
    return Words(nl=nl, en=en)


def examined(
    *,
    complete: bool,
    shown: bool = False,
    evidence: Iterable[Words] = (),
    missing: Iterable[Words] = (),
    checks: Iterable[CrossCheck] = (),
) -> Examined:
    """Return the answer with the state that follows from it.

    `complete`: everything that the item asks for is declared.  `shown`: the tool has seen it
    itself.  What was observed to differ goes before both; what is not declared cannot differ.
    """
    rows = tuple(checks)
    state: ItemState = "not_shown"
    if complete or shown:
        state = "shown" if shown else "declared"
        if any(row.outcome == "differs" for row in rows):
            state = "contradicted"
    return Examined(state=state, evidence=tuple(evidence), missing=tuple(missing), checks=rows)


def recent(day: date | None, today: date) -> bool:
    """Return whether something was at most a year ago."""
    return day is not None and timedelta(0) <= today - day <= YEAR
