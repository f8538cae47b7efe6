"""The bindings file: what people have stated of which device is which entry.  YAML or JSON.

Old files stay valid: whatever came later may be left out.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from schouw_agent.errors import explain
from schouw_agent.report import Record
from schouw_collector.binding.selectors import PER_BROKER, SelectorKind, normal_pattern
from schouw_collector.errors import BindingError
from schouw_collector.registers.register_entry import CategoryId
from schouw_collector.registers.structured import MalformedError, read_document

SCHEMA = "https://schouw.example.org/schema/bindings/1"

EntryId = Annotated[str, Field(min_length=1, max_length=200)]
Pattern = Annotated[str, Field(min_length=1, max_length=300)]
Author = Annotated[str, Field(min_length=1, max_length=200)]


class Statement(Record):
    """What a person says of a device, or of a set of them."""

    kind: SelectorKind
    pattern: Pattern
    broker: Annotated[str, Field(max_length=253)] = ""
    """Of a client id or a topic: at which broker (host name, `*.example.org`, address or block).
    Empty: at any."""
    set_by: Author
    """Role of the person who decided, such as "beheerder sensornetwerk"."""
    set_on: date | None = None

    @model_validator(mode="after")
    def _pattern_fits_kind(self) -> "Statement":
        normal_pattern(self.kind, self.pattern)
        if self.broker and self.kind not in PER_BROKER:
            raise ValueError("a broker goes with a client_id or a topic only")
        return self


class DeviceBinding(Statement):
    """One device, or a set of them, that belongs to an entry."""

    entry: EntryId
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    note: Annotated[str, Field(max_length=1000)] = ""


class Rejection(Statement):
    """One device that was suggested for an entry, and that does not belong to it."""

    entry: EntryId
    reason: Annotated[str, Field(max_length=1000)] = ""


class NoEntry(Statement):
    """A device that somebody has looked up, and that no entry declares or needs to declare."""

    reason: Annotated[str, Field(min_length=1, max_length=1000)]


class CategoryOverride(Record):
    """What an entry declares, as read by a person instead of by the text rules."""

    entry: EntryId
    categories: tuple[CategoryId, ...]
    set_by: Author
    set_on: date | None = None
    reason: Annotated[str, Field(min_length=1, max_length=1000)]


class Bindings(Record):
    """A bindings file."""

    schema_id: Literal["https://schouw.example.org/schema/bindings/1"] = Field(alias="schema")
    bindings: tuple[DeviceBinding, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    undeclared: tuple[NoEntry, ...] = ()
    """Sensors that ought to be in the register, and are not."""
    out_of_scope: tuple[NoEntry, ...] = ()
    """What the register is not about: an office printer, another owner's own sensor."""
    overrides: tuple[CategoryOverride, ...] = ()
    municipal_hosts: tuple[Annotated[str, Field(min_length=1, max_length=253)], ...] = ()
    """Servers of the municipality: host names (`*.example.org`), addresses or blocks."""


def read_bindings(name: str, octets: bytes) -> Bindings:
    """Return the bindings of a YAML or JSON file.

    Raises `BindingError` with one line: which binding, which field, why.
    """
    try:
        document = read_document(octets)
    except MalformedError as error:
        raise BindingError(f"{name}: {error}") from None
    if not isinstance(document, dict):
        raise BindingError(f"{name}: must be a mapping with schema and bindings")
    try:
        return Bindings.model_validate(document)
    except ValidationError as error:
        raise BindingError(f"{name}: {_place(document, error)}") from None


_ROW = {
    "bindings": "binding",
    "overrides": "override",
    "rejected": "rejection",
    "undeclared": "undeclared device",
    "out_of_scope": "device out of scope",
}


def _place(document: Mapping[str, Any], error: ValidationError) -> str:
    where = error.errors(include_input=False, include_context=False, include_url=False)[0]["loc"]
    what = explain(error)
    if len(where) < 2 or not isinstance(where[1], int):
        return what
    row = document[str(where[0])][where[1]]
    entry = row.get("entry") if isinstance(row, dict) else None
    of = f" (entry {entry})" if isinstance(entry, str) and len(entry) <= 80 else ""
    kind = _ROW.get(str(where[0]), str(where[0]))
    what = what.removeprefix("field ").removeprefix(f"{where[0]}.{where[1]}").lstrip(".: ")
    return f"{kind} {where[1] + 1}{of}: {what}"
