"""The mapping file: which column of somebody's own table is which field of a register entry."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal

import yaml
from pydantic import Field, field_validator, model_validator

from schouw_agent.report import Record
from schouw_collector.errors import RegisterError
from schouw_collector.registers.field_values import DATE_FORMATS, Notation
from schouw_collector.registers.flat_fields import flat_fields, plain_header
from schouw_collector.registers.sheet import Values
from schouw_collector.registers.structured import MalformedError, read_record
from schouw_collector.registers.table_rows import Column

SCHEMA = "https://schouw.example.org/schema/register-map/1"
_SOME_DAY = date(2027, 12, 31)
Meaning = bool | str | None


class MappedColumn(Record):
    """One column: what it is called in the table, and what it is."""

    column: Annotated[str, Field(min_length=1, max_length=300)]
    """The header as it stands there; in GeoJSON the name of the property."""
    field: Annotated[str, Field(max_length=60)]
    """Name of a field; contact_name and contact_details are dropped."""
    values: Mapping[Annotated[str, Field(max_length=300)], Meaning] = {}
    """What is written there and what it means, such as J: true.  Capitals make no difference."""

    @field_validator("field")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value not in flat_fields():
            raise ValueError("not a field of a register entry (schouw register fields lists them)")
        return value


class RegisterMap(Record):
    """A mapping file."""

    schema_id: Literal["https://schouw.example.org/schema/register-map/1"] = Field(alias="schema")
    sheet: Annotated[str, Field(max_length=100)] = ""
    """Of a workbook; empty: the first one with these columns."""
    header_row: Annotated[int, Field(ge=1, le=1000)] = 1
    rows: Literal["entries", "streams"] = "entries"
    """streams: rows with the same entry_id are one sensor that measures several things."""
    date_formats: Annotated[tuple[str, ...], Field(min_length=1)] = DATE_FORMATS
    """As of strptime: %d-%m-%Y is 31-12-2027."""
    decimal_comma: bool = False
    """Whether 52,37 is a number; points are then for thousands."""
    separator: Annotated[str, Field(min_length=1, max_length=5)] = ";"
    """Between several values in one cell."""
    columns: Annotated[tuple[MappedColumn, ...], Field(min_length=1, max_length=500)]
    constants: Mapping[str, Annotated[str, Field(max_length=4000)] | bool] = {}
    """Fields that are the same for every row, such as organisation."""

    @field_validator("date_formats")
    @classmethod
    def _dates_are_whole(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for form in value:
            try:
                read = datetime.strptime(_SOME_DAY.strftime(form), form).date()
            except (ValueError, re.error):
                read = None
            if read != _SOME_DAY:
                raise ValueError("a form of dates needs %d, %m and %Y, each once")
        return value

    @model_validator(mode="after")
    def _has_a_reference(self) -> "RegisterMap":
        if not any(each.field == "entry_id" for each in self.columns):
            raise ValueError("no column is the entry_id, the reference of each sensor")
        if self.constants.keys() - flat_fields().keys():
            raise ValueError("a constant that is not a field of a register entry")
        return self

    @property
    def notation(self) -> Notation:
        """Return how values are written."""
        return Notation(self.date_formats, self.decimal_comma, self.separator)

    def columns_in(self, header: Values) -> tuple[Column, ...]:
        """Return the columns that this header has; their order makes no difference."""
        found = []
        for each in self.columns:
            wanted = plain_header(each.column) or each.column
            values = {text.strip().casefold(): value for text, value in each.values.items()}
            found += [
                Column(index=index, field=each.field, label=each.field, values=values)
                for index, cell in enumerate(header)
                if isinstance(cell, str) and (plain_header(cell) or cell) == wanted
            ]
        return tuple(found)

    def missing_in(self, header: Values) -> tuple[str, ...]:
        """Return the columns of the map that a header does not have."""
        there = {plain_header(cell) or cell for cell in header if isinstance(cell, str)}
        return tuple(
            each.column
            for each in self.columns
            if (plain_header(each.column) or each.column) not in there
        )


def read_register_map(name: str, octets: bytes) -> RegisterMap:
    """Return what a mapping file (YAML or JSON) says.

    Raises `RegisterError` with one line: which field, why.
    """
    try:
        return read_record(octets, RegisterMap, "schema and columns")
    except MalformedError as error:
        raise RegisterError(f"{name}: {error}") from None


def register_map_text(mapping: RegisterMap) -> str:
    """Return a mapping file as YAML, for a person to read and change."""
    fields = mapping.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    ordered = {"schema": fields.pop("schema"), **fields}
    text: str = yaml.safe_dump(ordered, allow_unicode=True, sort_keys=False, width=100)
    return (
        "# Which column of the table is which field of the register.\n"
        "# Columns that are not listed are not read.\n" + text
    )
