"""A table as rows of cells, whatever file it came from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from schouw_collector.errors import RegisterError

MAX_ROWS = 110_000
MAX_COLUMNS = 512
MAX_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that is not read, and why: a formula, or an error."""

    reason: str


Cell = str | int | float | bool | date | Refused | None
Values = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows, from the first on, without the empty cells at the end of each."""

    name: str
    """Empty for delimited text."""
    rows: tuple[Values, ...]

    def filled(self, first: int = 1) -> Iterator[tuple[int, Values]]:
        """Yield number and cells of each row that is not empty, from this number (1 up)."""
        for number, row in enumerate(self.rows[first - 1 :], first):
            if row:
                yield number, row

    def place(self, row: int, column: int, name: str = "") -> str:
        """Return where a cell is, for a person: sheet, row, column and what it is.

        Columns are counted from 0; -1 for what has no column of its own.
        """
        sheet = f"sheet {self.name}, " if self.name else ""
        column_name = f", column {column_letters(column)}" if column >= 0 else ""
        label = f" ({name})" if name else ""
        return f"{sheet}row {row}{column_name}{label}"


def column_letters(index: int) -> str:
    """Return the letters of a column as spreadsheets show them; 0 is A."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def bounded(rows: Iterator[Sequence[Cell]]) -> tuple[Values, ...]:
    """Return the rows without empty cells and rows at their end.

    Raises `RegisterError` for more than 110,000 rows, 512 columns or four million cells.
    """
    kept: list[Values] = []
    cells = last = 0
    for row in rows:
        if len(kept) >= MAX_ROWS:
            raise RegisterError(f"more than {MAX_ROWS} rows")
        width = max((i for i, cell in enumerate(row, 1) if cell not in (None, "")), default=0)
        if width > MAX_COLUMNS:
            raise RegisterError(f"row {len(kept) + 1}: more than {MAX_COLUMNS} columns")
        kept.append(tuple(row[:width]))
        cells += width
        last = len(kept) if width else last
        if cells > MAX_CELLS:
            raise RegisterError(f"more than {MAX_CELLS} cells")
    return tuple(kept[:last])
