"""The declared side: what a register says of each sensor, in one canonical form.

The fields are those that the comparison uses, of the canonical schema in docs/registers.md.  Every
text has been freed of contact data of people (`contact_data`).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError

from schouw_agent.errors import explain
from schouw_agent.report import Record
from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.contact_data import without_contact_data
from schouw_collector.errors import RegisterError

MAX_ENTRIES = 100_000


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


FreeText = Annotated[str, Field(max_length=4000), AfterValidator(without_contact_data)]
ShortText = Annotated[str, Field(max_length=300), AfterValidator(without_contact_data)]
CategoryId = Annotated[str, AfterValidator(_known_category)]
WebAddress = Annotated[str, Field(max_length=1000), AfterValidator(_web_address)]
LegalGround = Literal["", "A6-1-a", "A6-1-b", "A6-1-c", "A6-1-d", "A6-1-e", "A6-1-f"]


class CategoryMapping(Record):
    """How the categories of a stream came about."""

    method: Literal["text rule", "type default", "human", "none"]
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    phrases: tuple[ShortText, ...] = ()
    """The words that decided, as they stand in the text."""
    denied: tuple[ShortText, ...] = ()
    """The words that the text says it does *not* measure."""
    vague: tuple[CategoryId, ...] = ()
    """Categories that the words may mean: covered, but not missed when they are not seen."""


class Processing(Record):
    """Safeguards that the entry promises, and that can be tested."""

    aggregation_seconds: Annotated[float, Field(gt=0)] | None = None
    k_min: Annotated[int, Field(ge=1)] | None = None
    pseudonymisation: ShortText = ""
    edge_only: bool | None = None


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
    interval_seconds: Annotated[float, Field(gt=0)] | None = None
    retention: Annotated[str, Field(pattern=r"^(P[0-9YMWDTHS.]+)?$", max_length=40)] = ""
    """ISO 8601 duration of the data, not of the registration."""


class Purpose(Record):
    """One answer to "Waarvoor meet u dat?"."""

    text: FreeText = ""
    themes: tuple[ShortText, ...] = ()
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


class Location(Record):
    """Where the sensor stands, or moves."""

    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    text: FreeText = ""
    area_codes: tuple[ShortText, ...] = ()
    mobile: bool = False


class Dpia(Record):
    """The data protection impact assessment."""

    status: ShortText = ""
    dated: date | None = None
    url: WebAddress = ""
    categories: tuple[CategoryId, ...] = ()


class RegisterEntry(Record):
    """One sensor, or one set of equal sensors, as the register declares it."""

    entry_id: Annotated[str, Field(min_length=1, max_length=200)]
    """Stable in its source: the reference."""
    name: ShortText = ""
    organisation: ShortText = ""
    """The controller; empty if the register names a person or nobody."""
    type: ShortText = ""
    """One of the eleven Amsterdam types, or another."""
    supplier: ShortText = ""
    streams: tuple[Stream, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    privacy_notice_url: WebAddress = ""
    recipients: tuple[DeclaredRecipient, ...] = ()
    capabilities: tuple[CategoryId, ...] = ()
    """What it could sense, enabled or not."""
    actuation: tuple[Actuation, ...] = ()
    location: Location = Location()
    dpia: Dpia | None = None
    status: ShortText = ""
    active_from: date | None = None
    active_until: date | None = None

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The entries of one register file, and what of it could not be read."""

    source: str
    """File name or address, without credentials."""
    sha256: str
    format: str
    """Id of the register format."""
    entries: tuple[RegisterEntry, ...]
    errors: tuple[str, ...] = ()
    """One line each: which file, which entry, which field, why."""
    unreadable: tuple[str, ...] = ()
    """References of the malformed entries, as far as they could be read."""


Row = tuple[str, Mapping[str, Any]]
"""The reference of an entry (empty if it has none), and its fields in the canonical schema."""


def build_register(
    name: str, octets: bytes, format_id: str, rows: Iterable[Row | tuple[str, str]]
) -> Register:
    """Return the register of these rows.  A row is a reference with fields, or with an error text.

    Raises `RegisterError` when no row gives an entry, or there are more than 100,000.
    """
    entries: dict[str, RegisterEntry] = {}
    errors: list[str] = []
    unreadable: list[str] = []
    for index, (reference, fields) in enumerate(rows, 1):
        if index > MAX_ENTRIES:
            raise RegisterError(f"{name}: more than {MAX_ENTRIES} entries")
        label = without_contact_data(reference)[:80]
        place = f"{name}: entry {index}" + (f" ({label})" if label else "")
        problem = fields if isinstance(fields, str) else ""
        if isinstance(fields, Mapping):
            try:
                entry = RegisterEntry.model_validate(fields)
            except ValidationError as error:
                problem = explain(error)
            else:
                if entry.entry_id in entries:
                    problem = "field entry_id: used by an earlier entry as well"
                else:
                    entries[entry.entry_id] = entry
        if problem:
            errors.append(f"{place}: {problem}")
            unreadable.append(label)
    if not entries:
        first = f"; first: {errors[0].removeprefix(name + ': ')}" if errors else ""
        raise RegisterError(f"{name}: no entry could be read{first}")
    return Register(
        source=name,
        sha256=hashlib.sha256(octets).hexdigest(),
        format=format_id,
        entries=tuple(entries.values()),
        errors=tuple(errors),
        unreadable=tuple(label for label in unreadable if label and label not in entries),
    )
