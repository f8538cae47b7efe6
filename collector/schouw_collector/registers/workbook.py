"""Workbooks (.xlsx): read without evaluating anything, written as text, numbers and dates alone."""

import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from schouw_collector.errors import RegisterError
from schouw_collector.registers.archive_safety import require_safe
from schouw_collector.registers.sheet import MAX_COLUMNS, Cell, Refused, Sheet, bounded
from schouw_collector.saying.wording import printable

_FORMULA = Refused("a formula, which is not evaluated: put the value there")
_ERROR = Refused("an error value")
_MAX_SHEETS = 50
_MAX_TEXT = 32_767


def read_workbook(octets: bytes) -> tuple[Sheet, ...]:
    """Return the visible and hidden sheets.  Formulas and errors become `Refused`.

    Raises `RegisterError` if the archive is refused, or openpyxl cannot read it.
    """
    require_safe(octets)
    import openpyxl

    if not openpyxl.DEFUSEDXML or openpyxl.LXML:
        raise RegisterError("workbooks are not read here: openpyxl must use defusedxml, not lxml")
    try:
        with warnings.catch_warnings():
            # They quote cells.  What openpyxl cannot read is an error value or an error.
            warnings.simplefilter("ignore")
            return tuple(_sheets(openpyxl.load_workbook(io.BytesIO(octets), read_only=True)))
    except RegisterError:
        raise
    except Exception as error:  # noqa: BLE001 - hostile parts make openpyxl raise about anything
        causes = (error, error.__cause__, error.__context__)
        if any(type(each).__module__.startswith("defusedxml") for each in causes):
            reason = "it declares XML entities or a document type"
            raise RegisterError(f"the workbook is refused: {reason}") from None
        raise RegisterError("not a whole workbook (.xlsx)") from None


def _sheets(book: Any) -> Iterator[Sheet]:
    if len(book.worksheets) > _MAX_SHEETS:
        raise RegisterError(f"more than {_MAX_SHEETS} sheets")
    for sheet in book.worksheets:
        yield Sheet(printable(str(sheet.title))[:31], bounded(_rows(sheet)))


def _rows(sheet: Any) -> Iterator[Sequence[Cell]]:
    # What a sheet says of its own size is not believed.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(max_col=MAX_COLUMNS + 1):
        width = len(row)
        while width and row[width - 1].value is None:
            width -= 1
        yield [_cell(cell) for cell in row[:width]]


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return _FORMULA
    if cell.data_type == "e":
        return _ERROR
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, str):
        return value.strip() or None
    return value if isinstance(value, bool | int | float | date) else str(value)


def write_workbook(sheets: Iterable[tuple[str, Iterable[Sequence[Cell]]]]) -> bytes:
    """Return a workbook of these sheets, each a name and its rows; the first row stands out.

    Text that looks like a formula stays text.
    """
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, row in enumerate(rows):
            cells = [WriteOnlyCell(sheet, value=_written(value)) for value in row]
            for cell in cells:
                if isinstance(cell.value, str):
                    cell.data_type = "s"
                if number == 0:
                    cell.font = Font(bold=True)
            sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _written(value: Cell) -> str | float | datetime | None:
    if isinstance(value, str):
        return printable(value)[:_MAX_TEXT] or None
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return None if isinstance(value, Refused) else value
