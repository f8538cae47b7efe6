"""What only people can declare: the governance file beside the register.

Contracts, impact assessments, audits and decisions of the council; the municipality's own list of
vendors to watch.  Each statement says where it can be looked up.  docs/registers.md explains the
fields.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from schouw_agent.report import Record
from schouw_collector.errors import GovernanceError
from schouw_collector.registers.register_entry import CategoryId, FreeText, ShortText, WebAddress
from schouw_collector.registers.structured import MalformedError, read_record

SCHEMA = "https://schouw.example.org/schema/governance/1"

Host = Annotated[str, Field(min_length=1, max_length=253)]
Id = Annotated[str, Field(min_length=1, max_length=200)]


class Municipality(Record):
    """Whose register it is."""

    name: ShortText = ""
    country: Annotated[str, Field(pattern=r"^([A-Z]{2})?$")] = ""
    """ISO 3166-1 alpha-2."""
    area: tuple[tuple[float, float], ...] = ()
    """Outline of its territory: longitude and latitude of the corners, in degrees."""


class Clause(Record):
    """Whether a contract says something, and where."""

    present: bool | None = None
    """None: nobody looked."""
    reference: ShortText = ""


class Clauses(Record):
    """What a contract can lay down, of the items of the inspection."""

    data_access: Clause = Clause()
    """The municipality has access to all data that are collected."""
    use_limits: Clause = Clause()
    """What the supplier may and may not do with the data."""
    resale: Clause = Clause()
    """Whether data may be sold or passed on."""
    exit: Clause = Clause()
    transparency: Clause = Clause()
    """Technical and procedural transparency, and explanation."""
    unilateral_change: Clause = Clause()
    """That the supplier cannot change the terms or the functions alone."""
    takeover: Clause = Clause()
    """What holds when the supplier is taken over."""


class Contract(Record):
    """An agreement with a supplier."""

    id: Id
    supplier: ShortText
    kvk: Annotated[str, Field(pattern=r"^(\d{8})?$")] = ""
    """Number in the trade register."""
    applications: tuple[Id, ...] = ()
    entries: tuple[Id, ...] = ()
    type: Literal["", "purchase", "subscription", "service", "pilot", "other"] = ""
    start: date | None = None
    end: date | None = None
    council_ref: ShortText = ""
    clauses: Clauses = Clauses()
    subprocessors: tuple[ShortText, ...] = ()
    hosts: tuple[Host, ...] = ()
    """Servers on which the supplier may get data."""


class ImpactAssessment(Record):
    """A data protection impact assessment."""

    id: Id
    applications: tuple[Id, ...] = ()
    entries: tuple[Id, ...] = ()
    dated: date | None = None
    reviewed: date | None = None
    url: WebAddress = ""
    public: bool | None = None
    council_ref: ShortText = ""
    council_date: date | None = None
    categories: tuple[CategoryId, ...] = ()
    """What it assesses."""


class Audit(Record):
    """An inspection by somebody independent."""

    dated: date
    auditor: ShortText
    scope: FreeText = ""
    applications: tuple[Id, ...] = ()
    url: WebAddress = ""


class Application(Record):
    """One smart-city application, and what the council decided of it."""

    id: Id
    name: ShortText = ""
    entries: tuple[Id, ...] = ()
    council_decision: ShortText = ""
    council_date: date | None = None
    necessity: FreeText = ""
    alternatives: FreeText = ""
    """What else was considered."""
    bias_test: FreeText = ""
    chilling_effect: FreeText = ""
    """How it may change what people dare to do in the street."""
    evaluation_date: date | None = None
    regional_partnership: FreeText = ""


class Committee(Record):
    """The council's committee for digital affairs."""

    name: ShortText = ""
    url: WebAddress = ""
    last_meeting: date | None = None


class Portfolio(Record):
    """The member of the executive for digital affairs: the portfolio, not the person."""

    portfolio: ShortText = ""
    url: WebAddress = ""


class WatchedVendor(Record):
    """A vendor that the municipality itself wants to be told of."""

    name: ShortText
    """Occurs in the vendor as the device gives it, in any case."""
    reason: FreeText
    decision: ShortText = ""
    hosts: tuple[Host, ...] = ()


class Governance(Record):
    """A governance file."""

    schema_id: Literal["https://schouw.example.org/schema/governance/1"] = Field(alias="schema")
    municipality: Municipality = Municipality()
    committee: Committee | None = None
    """None: not stated.  With an empty name: there is none."""
    portfolio: Portfolio | None = None
    overview_url: WebAddress | None = None
    register_url: WebAddress | None = None
    algorithm_register_url: WebAddress | None = None
    applications: tuple[Application, ...] = ()
    impact_assessments: tuple[ImpactAssessment, ...] | None = None
    audits: tuple[Audit, ...] | None = None
    contracts: tuple[Contract, ...] | None = None
    contracts_council_ref: ShortText = ""
    """By what letter the council got the overview of the contracts."""
    subscriptions_council_ref: ShortText = ""
    watch_list: tuple[WatchedVendor, ...] = ()
    signed_by: ShortText = ""
    """Role of who answers for it."""
    signed_at: date | None = None

    @model_validator(mode="after")
    def _ids_are_unique(self) -> "Governance":
        for name in ("applications", "impact_assessments", "contracts"):
            ids = [row.id for row in getattr(self, name) or ()]
            if len(set(ids)) != len(ids):
                raise ValueError(f"two {name.replace('_', ' ')} have the same id")
        return self


def read_governance(name: str, octets: bytes) -> Governance:
    """Return what a governance file (YAML or JSON) says.

    Raises `GovernanceError` with one line: which field, why.
    """
    try:
        return read_record(octets, Governance, "schema")
    except MalformedError as error:
        raise GovernanceError(f"{name}: {error}") from None
