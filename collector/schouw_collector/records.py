"""What an assessment says: verdicts, findings and questions.  Written to `assessment.json`."""

from datetime import date, datetime
from typing import Literal

from pydantic import ConfigDict, Field

from schouw_agent.report import Coverage, Device, Recipient, Record

VerdictKind = Literal[
    "declared_and_observed", "undeclared", "declared_not_observed", "not_assessable"
]
Severity = Literal["info", "low", "medium", "high"]
SEVERITIES: tuple[Severity, ...] = ("info", "low", "medium", "high")


class Words(Record):
    """A text in both languages of the reports."""

    nl: str
    en: str


class Norm(Record):
    """A norm to assess a finding by.  Never a judgement."""

    id: str
    """Such as gdpr-5-1-b."""
    name: Words
    """Such as AVG art. 5 lid 1 onder b (doelbinding)."""
    jurisdiction: str
    """EU, NL, or a municipality such as Amsterdam."""
    binding: bool
    """False for guidance and soft norms."""
    source: Words | None = None
    """Where it was read; None: still to be checked."""
    read_on: date | None = None


class Evidence(Record):
    """The emission that a finding rests on."""

    device_id: str
    category: str
    path: str = ""
    protocol: str = ""
    channel: str = ""
    recipient: str = ""
    form: str = ""
    messages: int = 0
    confidence: float = 1.0
    basis: tuple[str, ...] = ()
    first_seen: datetime | None = None
    last_seen: datetime | None = None


class Verdict(Record):
    """Declared against observed, for one category of one register entry."""

    category: str
    verdict: VerdictKind
    reason: Words
    coverage_share: float | None = None
    """Share of the entry's payload octets that could be read; None without traffic."""
    confidence: float = 1.0
    device_ids: tuple[str, ...] = ()


class Finding(Record):
    """An observed fact, a declared fact, their difference, and the norm to assess it by."""

    id: str
    """UUIDv5 of rule, entry (else device), category, recipient and aspect: the same next time."""
    kind: Literal["finding", "question"]
    rule_id: str
    severity: Severity
    title: Words
    entry_id: str = ""
    device_ids: tuple[str, ...] = ()
    category: str = ""
    recipient: str = ""
    observed: Words
    declared: Words
    difference: Words
    refutation: Words
    """What would show it to be wrong."""
    action: Words
    """What to ask or do next, and whom."""
    norms: tuple[Norm, ...] = ()
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    aspect: str = ""
    """What tells it apart from others of its rule, subject, category and recipient."""
    aliases: tuple[str, ...] = ()
    """Ids that it had while its device was known by less, or was not bound yet."""


class Capability(Record):
    """A kind of data that a device can sense or do."""

    category: str
    source: str
    """"device": it says so itself.  "register": the entry does.  Else the file that says so."""


class Group(Record):
    """Findings and questions of one cause: to be looked at, and decided on, together."""

    id: str
    """The same as long as it is about the same thing."""
    kind: Literal["finding", "question"]
    """"finding" if at least one of them is."""
    rule_ids: tuple[str, ...]
    severity: Severity
    """Of the worst."""
    title: Words
    """Of the worst, as are `example` and what it is found to be."""
    category: str = ""
    """Empty: they are about different kinds of data."""
    difference: Words | None = None
    """None: they do not say the same."""
    shared: Words | None = None
    """What they have in common: model, supplier, recipient, text, type or organisation."""
    finding_ids: tuple[str, ...]
    """Each finding of the assessment is in one group."""
    entries: int
    """How many register entries they are about."""
    devices: int
    example: str
    """Id of the worst."""


class EntryAssessment(Record):
    """One register entry and what was seen of it."""

    entry_id: str
    name: str
    """What the register calls it, personal names removed."""
    organisation: str = ""
    type: str = ""
    declared_text: tuple[str, ...] = ()
    """"Wat meet de sensor?", as declared."""
    declared_categories: tuple[str, ...] = ()
    mapping_note: Words | None = None
    """How the free text was read, so that a person can correct it."""
    contains_personal_data: bool | None = None
    device_ids: tuple[str, ...] = ()
    capabilities: tuple[Capability, ...] = ()
    """What its devices can.  Neither that they do, nor that they can do no more."""
    access: tuple[str, ...] = ()
    """How their data can be had, as their maker says: nosec, basic, oauth2 and the like."""
    coverage_share: float | None = None
    verdicts: tuple[Verdict, ...] = ()


class RecipientCountry(Record):
    """In which country the address of a recipient is, by the file that was given."""

    address: str
    country: str
    """ISO 3166-1 alpha-2."""


class CountryData(Record):
    """What is known of countries, and on what it rests."""

    files: tuple[str, ...]
    """Their names."""
    dated: date
    """Of the oldest file."""
    of_holder: bool
    """True: where the holder of the address is registered.  False: where it is thought to be."""
    recipients: tuple[RecipientCountry, ...] = ()
    """Of the recipients of all devices, as far as the files tell."""


class DeviceMerge(Record):
    """What was seen under several names, and turned out to be one device."""

    device_id: str
    kind: str
    """Of the identifier that they have in common."""
    value: str
    known_as: tuple[str, ...]
    """The best identifier of each, with its kind."""
    at: datetime
    """From when all of them were known."""


class IdentityConflict(Record):
    """An identifier that devices have in common that differ in a better one: for people to decide.

    Nothing was merged.
    """

    kind: str
    value: str
    differ_in: str
    """Kind of the better one."""
    same_time: bool
    """They were there at the same time; else one came after the other."""
    device_ids: tuple[str, ...]


class Period(Record):
    """From the first to the last octet seen."""

    start: datetime
    end: datetime


class Assessment(Record):
    """Reports compared with the register."""

    schema_id: Literal["https://schouw.example.org/schema/assessment/1"] = Field(
        default="https://schouw.example.org/schema/assessment/1", alias="schema"
    )
    period: Period
    software: str
    knowledge: str
    register_source: str
    """File name or address of the register, without credentials."""
    coverage: Coverage
    entries: tuple[EntryAssessment, ...]
    devices: tuple[Device, ...]
    unbound_devices: tuple[str, ...]
    """Ids of devices that no binding joins to an entry: open questions, not accusations.  The most
    sensitive data come first."""
    undeclared_devices: tuple[str, ...] = ()
    """Of these, ids of those that somebody looked up, and that ought to be in the register."""
    out_of_scope_devices: tuple[str, ...] = ()
    """Ids of devices that the register is not about, as the bindings file says; not unbound."""
    infrastructure_devices: tuple[str, ...] = ()
    """Ids of brokers, relays and network equipment, which need no register entry."""
    findings: tuple[Finding, ...]
    groups: tuple[Group, ...] = ()
    """The findings by cause, the worst first: what there is to decide."""
    merges: tuple[DeviceMerge, ...] = ()
    identity_conflicts: tuple[IdentityConflict, ...] = ()
    register_errors: tuple[str, ...] = ()
    """Malformed entries: which one, which field."""
    country_data: CountryData | None = None
    """None: no such file was given, and nothing is known."""
    outside_order: tuple[str, ...] = ()
    """What the order excluded from view."""
    purposes: str = ""
    """Version and date of the table of purposes that was used."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


__all__ = [
    "SEVERITIES",
    "Assessment",
    "Capability",
    "CountryData",
    "Device",
    "DeviceMerge",
    "EntryAssessment",
    "Evidence",
    "Finding",
    "Group",
    "IdentityConflict",
    "Norm",
    "Period",
    "Recipient",
    "RecipientCountry",
    "Severity",
    "Verdict",
    "VerdictKind",
    "Words",
]
