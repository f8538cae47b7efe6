"""Tables as people keep them, workbooks (.xlsx) and delimited text (CSV), as rows of cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from schouw_collector.errors import RegisterError

MAX_ROWS = 110_000
MAX_COLUMNS = 512
MAX_CELLS = 4_000_000
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


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


def is_workbook(octets: bytes) -> bool:
    """Return whether the octets look like a workbook, of whatever age."""
    return octets.startswith((_ZIP, _OLE))


@lru_cache(maxsize=1)
def read_sheets(octets: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook, or the one of delimited text.  No formula is evaluated.

    Several forms ask about the same file in turn: the last one is remembered.  Raises
    `RegisterError` with the reason, without the name of the file.
    """
    if octets.startswith(_OLE):
        raise RegisterError(
            "an Excel file of before 2007, or one with a password: save it as .xlsx"
        )
    if octets.startswith(_ZIP):
        from schouw_collector.registers.workbook import read_workbook

        return read_workbook(octets)
    from schouw_collector.registers.delimited import read_delimited

    return (Sheet("", read_delimited(octets)),)


def first_rows(octets: bytes) -> tuple[Sheet, ...]:
    """Return the sheets to tell a form by: of long text only the beginning; none if unreadable."""
    if not is_workbook(octets):
        if octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[", b"<", b""):
            return ()
        octets = octets[:65536]
    try:
        return read_sheets(octets)
    except RegisterError:
        return ()


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
