"""The rows of a table as entries of a register, with sheet, row and column in every error."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from schouw_agent.errors import explain
from schouw_collector.registers.field_values import Notation, ValueMalformedError, as_text
from schouw_collector.registers.flat_entry import FieldMalformedError, entry_fields
from schouw_collector.registers.flat_fields import flat_fields
from schouw_collector.registers.register import ReadRow
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.registers.sheet import Cell, Values

_USUAL = Notation()
Place = Callable[[int, int, str], str]
"""Where a cell is, for a person: of row number, column (from 0) and what the column is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one column of a table is."""

    index: int
    field: str
    label: str = ""
    """What people know it by; empty: the name of the field."""
    values: Mapping[str, Cell] = dataclasses.field(default_factory=dict)
    """What is written there, in small letters, and what it means."""


def nowhere(_row: int) -> Mapping[str, Any]:
    """Return that a row says nothing of its place besides its cells."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the rows of a table are read."""

    columns: tuple[Column, ...]
    place: Place
    notation: Notation = _USUAL
    constants: Mapping[str, Cell] = dataclasses.field(default_factory=dict)
    """What holds for every row."""
    names: tuple[str, ...] = ()
    """Of people, taken out of every text."""
    register_name: str = ""
    is_joined: bool = False
    """Whether rows with the same entry_id are streams of one entry."""
    location: Callable[[int], Mapping[str, Any]] = nowhere
    """What is known of where it is, besides the cells."""


def entries_of(
    rows: Iterable[tuple[int, Values]], plan: Plan
) -> Iterator[ReadRow | tuple[str, str]]:
    """Yield for each row its reference with the entry, or with where it is wrong and why."""
    made: Iterable[tuple[str, RegisterEntry | str]] = (
        _entry(number, row, plan) for number, row in rows
    )
    for reference, entry in _joined(made) if plan.is_joined else made:
        if isinstance(entry, str):
            yield reference, entry
        else:
            yield reference, entry


def _entry(number: int, row: Values, plan: Plan) -> tuple[str, RegisterEntry | str]:
    reference = ""
    try:
        cells = _cells(row, plan)
        reference = as_text(next(iter(cells.get("entry_id", ())), None), 200)
        fields = entry_fields(cells, plan.notation, plan.names)
        fields["location"] |= plan.location(number)
        fields["source"] = {"register_name": plan.register_name, "row": number}
        if "entry_id" not in fields:
            raise FieldMalformedError("entry_id", "is missing")
        return fields["entry_id"], RegisterEntry.model_validate(fields)
    except FieldMalformedError as error:
        return reference, _problem(number, row, plan, error.field, error.reason)
    except ValueMalformedError as error:
        return reference, _problem(number, row, plan, "entry_id", str(error))
    except ValidationError as error:
        name = _field_of(error, plan)
        reason = explain(error).partition(": ")[2] or explain(error)
        return reference, _problem(number, row, plan, name, reason)


def _cells(row: Values, plan: Plan) -> dict[str, Sequence[Cell]]:
    cells: dict[str, list[Cell]] = {name: [value] for name, value in plan.constants.items()}
    for column in plan.columns:
        cell = row[column.index] if column.index < len(row) else None
        if column.values and isinstance(cell, str | int | float):
            cell = column.values.get(as_text(cell).casefold(), cell)
        cells.setdefault(column.field, []).append(cell)
    return {name: [c for c in found if c is not None] for name, found in cells.items()}


def _problem(number: int, row: Values, plan: Plan, name: str, reason: str) -> str:
    for column in plan.columns:
        filled = column.index < len(row) and row[column.index] is not None
        if column.field == name and (filled or reason == "is missing"):
            return f"{plan.place(number, column.index, column.label or name)}: {reason}"
    return f"{plan.place(number, -1, name)}: {reason}"


def _field_of(error: ValidationError, plan: Plan) -> str:
    """Return the field of the table that a field of the entry came from."""
    location = error.errors(include_input=False, include_context=False, include_url=False)[0]["loc"]
    path = ".".join(part for part in location if isinstance(part, str))
    present = {column.field for column in plan.columns} | plan.constants.keys()
    fits = [name for name, each in flat_fields().items() if each.path and each.path == path]
    return next((name for name in fits if name in present), fits[0] if fits else path)


def _joined(
    made: Iterable[tuple[str, RegisterEntry | str]],
) -> Iterator[tuple[str, RegisterEntry | str]]:
    """Yield entries and errors; streams, purposes and recipients of equal references together."""
    entries: dict[str, RegisterEntry] = {}
    for reference, entry in made:
        if isinstance(entry, str):
            yield reference, entry
        elif (first := entries.get(entry.entry_id)) is not None:
            entries[entry.entry_id] = _with(first, entry)
        else:
            entries[entry.entry_id] = entry
    yield from entries.items()


def _with(first: RegisterEntry, other: RegisterEntry) -> RegisterEntry:
    # A further row may be there for its purpose alone.
    streams = [s for s in other.streams if s.declared_text or s.mapping.method == "human"]
    return first.model_copy(
        update={
            "streams": tuple(dict.fromkeys((*first.streams, *streams))),
            "purposes": tuple(dict.fromkeys((*first.purposes, *other.purposes))),
            "recipients": tuple(dict.fromkeys((*first.recipients, *other.recipients))),
        }
    )
