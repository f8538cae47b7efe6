"""What a register declares of one sensor: the canonical entry, whatever form it was read from.

docs/registers.md explains the fields.  Every text has been freed of contact data of people
(`contact_data`).  What a register leaves out is empty or None, and counts as not declared.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from schouw_agent.report import Record
from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.registers.contact_data import without_contact_data


def _known_category(value: str) -> str:
    if value not in CATEGORIES:
        raise ValueError("not a category of the taxonomy")
    return value


def _web_address(value: str) -> str:
    if value and not value.lower().startswith(("https://", "http://")):
        raise ValueError("not a web address (http or https)")
    if "@" in value.split("/")[2 if value else 0]:
        raise ValueError("a web address with a user name in it")
    return value


def _shortened(value: Any) -> Any:
    return value[:_LONGEST_SHORT] if isinstance(value, str) else value


_LONGEST_SHORT = 300
FreeText = Annotated[str, Field(max_length=4000), AfterValidator(without_contact_data)]
ShortText = Annotated[str, Field(max_length=_LONGEST_SHORT), AfterValidator(without_contact_data)]
Excerpt = Annotated[ShortText, BeforeValidator(_shortened)]
"""A part of a text: what is over 300 characters is cut."""
CategoryId = Annotated[str, AfterValidator(_known_category)]
WebAddress = Annotated[str, Field(max_length=1000), AfterValidator(_web_address)]
Seconds = Annotated[float, Field(gt=0, allow_inf_nan=False)]
LegalGround = Literal["", "A6-1-a", "A6-1-b", "A6-1-c", "A6-1-d", "A6-1-e", "A6-1-f"]


class CategoryMapping(Record):
    """How the categories of a stream came about."""

    method: Literal["text rule", "type default", "human", "none"]
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    phrases: tuple[Excerpt, ...] = ()
    """The words that decided, as they stand in the text."""
    denied: tuple[Excerpt, ...] = ()
    """The words that the text says it does *not* measure."""
    vague: tuple[CategoryId, ...] = ()
    """Categories that the words may mean: covered, but not missed when they are not seen."""
    reviewed_by: ShortText = ""
    """Role of the person who read the text, or agreed with how it was read."""
    reviewed_at: date | None = None


class Processing(Record):
    """Safeguards that the entry promises, and that can be tested."""

    aggregation_seconds: Seconds | None = None
    """Figures are over at least this long."""
    k_min: Annotated[int, Field(ge=1)] | None = None
    """Smaller counts are not sent."""
    pseudonymisation: ShortText = ""
    """How, as written."""
    salt_rotation_seconds: Seconds | None = None
    """After this long a person has another pseudonym."""
    edge_only: bool | None = None
    """Raw data do not leave the device."""


class Stream(Record):
    """One answer to "Wat meet de sensor?"."""

    id: ShortText = ""
    declared_text: FreeText = ""
    """Verbatim, contact data removed."""
    categories: tuple[CategoryId, ...] = ()
    mapping: CategoryMapping
    unit: ShortText = ""
    contains_personal_data: bool | None = None
    """None: the register does not say."""
    identifiability: Literal["", "de_identified", "pseudonymous", "identifiable"] = ""
    processing: Processing | None = None
    interval_seconds: Seconds | None = None
    retention: Annotated[str, Field(pattern=r"^(P[0-9YMWDTHS.]+)?$", max_length=40)] = ""
    """ISO 8601 duration of the data, not of the registration."""
    open_data: bool | None = None
    data_link: WebAddress = ""
    """Where the data can be had, the only pointer to the wire that registers know."""


class Purpose(Record):
    """One answer to "Waarvoor meet u dat?"."""

    text: FreeText = ""
    themes: tuple[ShortText, ...] = ()
    dpv_purpose: ShortText = ""
    """Concept of the Data Privacy Vocabulary, such as dpv:ImproveTransportMobility."""
    legal_ground: LegalGround = ""
    """GDPR article 6(1), letter a to f; empty if the text names none of the six."""
    legal_basis_text: FreeText = ""
    """The ground as written."""
    legal_basis_url: WebAddress = ""


class DeclaredRecipient(Record):
    """Who may receive the data."""

    organisation: ShortText = ""
    role: ShortText = ""
    hosts: tuple[Annotated[str, Field(max_length=253)], ...] = ()
    """Host names (`*.example.org` for all below), addresses or address blocks."""
    country: ShortText = ""
    transfer_basis: ShortText = ""
    contract_ref: ShortText = ""


class Actuation(Record):
    """What the device can do to its surroundings."""

    category: CategoryId
    purpose: FreeText = ""
    influences_behaviour: bool | None = None


class DeclaredDevice(Record):
    """What the thing is."""

    category: Literal["", "Sensor", "Camera", "Beacon"] = ""
    manufacturer: ShortText = ""
    model: ShortText = ""
    firmware: ShortText = ""


class DeclaredIdentifier(Record):
    """By what the register itself says that the device is known: a candidate for a binding."""

    kind: Literal[
        "dev_eui",
        "serial",
        "mac",
        "client_id",
        "host_name",
        "name",
        "topic",
        "ip",
        "ngsi_id",
        "sta_thing",
        "mud_url",
    ]
    value: ShortText


class NetworkProfile(Record):
    """The communication that is declared."""

    protocols: tuple[ShortText, ...] = ()
    """Protocol ids, as of `schouw-agent list protocols`."""
    peers: tuple[Annotated[str, Field(max_length=253)], ...] = ()
    """Host names (`*.example.org` for all below), addresses or address blocks."""
    encrypted: bool | None = None
    mud_url: WebAddress = ""
    """Where its maker says what traffic it needs (RFC 8520)."""


class Provenance(Record):
    """Where the entry was read."""

    register_name: ShortText = ""
    """Name of the register or of its form."""
    url: WebAddress = ""
    row: Annotated[int, Field(ge=0)] | None = None
    """Row of the sheet or file, the first is 1."""
    fetched_at: datetime | None = None


class Location(Record):
    """Where the sensor stands, or moves."""

    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    text: FreeText = ""
    area_codes: tuple[ShortText, ...] = ()
    area: tuple[tuple[float, float], ...] = ()
    """Outline in which it is or moves: longitude and latitude of its corners, in degrees."""
    mobile: bool = False


class Dpia(Record):
    """The data protection impact assessment."""

    status: ShortText = ""
    dated: date | None = None
    reviewed: date | None = None
    url: WebAddress = ""
    categories: tuple[CategoryId, ...] = ()
    council_ref: ShortText = ""
    """By what letter or document the council was told."""


class RegisterEntry(Record):
    """One sensor, or one set of equal sensors, as the register declares it."""

    entry_id: Annotated[str, Field(min_length=1, max_length=200)]
    """Stable in its source: the reference."""
    name: ShortText = ""
    description: FreeText = ""
    application_id: ShortText = ""
    """The smart-city application that it is part of."""
    organisation: ShortText = ""
    """The controller; empty if the register names a person or nobody."""
    type: ShortText = ""
    """One of the eleven Amsterdam types, or another."""
    device: DeclaredDevice = DeclaredDevice()
    supplier: ShortText = ""
    operator: ShortText = ""
    """The processor that runs it."""
    network_operator: ShortText = ""
    identifiers: tuple[DeclaredIdentifier, ...] = ()
    streams: tuple[Stream, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    privacy_notice_url: WebAddress = ""
    recipients: tuple[DeclaredRecipient, ...] = ()
    network: NetworkProfile = NetworkProfile()
    capabilities: tuple[CategoryId, ...] = ()
    """What it could sense, enabled or not."""
    actuation: tuple[Actuation, ...] = ()
    location: Location = Location()
    dpia: Dpia | None = None
    ropa_url: WebAddress = ""
    """Its entry in the record of processing activities."""
    algorithms: tuple[ShortText, ...] = ()
    """Ids in the register of algorithms."""
    ai_act: ShortText = ""
    """Class under the AI Act, as declared."""
    contract_refs: tuple[ShortText, ...] = ()
    decision_ref: ShortText = ""
    """Decision of the council or the mayor, such as under article 151c of the Gemeentewet."""
    exemptions: tuple[
        Literal["private_individual", "public_order", "criminal_investigation"], ...
    ] = ()
    status: ShortText = ""
    active_from: date | None = None
    active_until: date | None = None
    registered_at: date | None = None
    changed_at: date | None = None
    source: Provenance | None = None

    @property
    def declared_categories(self) -> tuple[str, ...]:
        """Return the category ids of all streams and actuation, sorted."""
        stated = {c for stream in self.streams for c in stream.categories}
        return tuple(sorted(stated | {a.category for a in self.actuation}))

    @property
    def promised_categories(self) -> frozenset[str]:
        """Return the category ids that the entry names in so many words, or a person read in it.

        What only its sensor type or a general word may mean is declared, but not promised.
        """
        named = {
            category
            for stream in self.streams
            if stream.mapping.method in {"text rule", "human"}
            for category in set(stream.categories) - set(stream.mapping.vague)
        }
        return frozenset(named | {a.category for a in self.actuation})

    @property
    def contains_personal_data(self) -> bool | None:
        """Return True if any stream says so, False if all deny it, else None."""
        flags = [stream.contains_personal_data for stream in self.streams]
        if True in flags:
            return True
        return False if flags and None not in flags else None
