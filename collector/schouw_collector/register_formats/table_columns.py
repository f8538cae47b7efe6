"""A table whose columns are the fields of a canonical entry: what CSV and workbooks share."""

from collections.abc import Sequence

from schouw_collector.errors import RegisterError
from schouw_collector.registers.flat_entry import flat_rows
from schouw_collector.registers.flat_fields import flat_fields
from schouw_collector.registers.mapped_reading import read_mapped
from schouw_collector.registers.register import Register
from schouw_collector.registers.register_map import SCHEMA, MappedColumn, RegisterMap
from schouw_collector.registers.sheet import Cell, Values
from schouw_collector.registers.spreadsheet import first_rows, read_sheets

_FEWEST = 3


def probe_table(octets: bytes) -> float:
    """Return 1 if the first row of a sheet names an entry_id and two fields more, else 0."""
    return 1.0 if any(_fields(s.rows[0]) for s in first_rows(octets) if s.rows) else 0.0


def _fields(header: Values) -> tuple[str, ...]:
    """Return the fields that a header names as we do; none if it is not such a header."""
    names = [cell for cell in header if isinstance(cell, str) and cell in flat_fields()]
    return tuple(names) if "entry_id" in names and len(names) >= _FEWEST else ()


def read_table(name: str, octets: bytes) -> Register:
    """Return the register; rows with the same entry_id are streams of one entry.

    Raises `RegisterError`: of a table with other columns with the advice to map them.
    """
    try:
        sheets = read_sheets(octets)
    except RegisterError as error:
        raise RegisterError(f"{name}: {error}") from None
    for sheet in sheets:
        fields = _fields(sheet.rows[0]) if sheet.rows else ()
        if fields:
            mapping = RegisterMap(
                schema=SCHEMA,
                sheet=sheet.name,
                rows="streams",
                columns=tuple(MappedColumn(column=each, field=each) for each in fields),
            )
            return read_mapped(name, octets, mapping)
    raise RegisterError(
        f"{name}: a table with columns of its own; say what they are: schouw register map"
    )


def table_of(register: Register) -> list[Sequence[Cell]]:
    """Return header and rows; columns that would be empty are left out."""
    rows = [row for entry in register.entries for row in flat_rows(entry)]
    used = {name for row in rows for name in row} | {"entry_id", "type", "declared_text"}
    header = [name for name in flat_fields() if name in used]
    return [header, *([row.get(name) for name in header] for row in rows)]
