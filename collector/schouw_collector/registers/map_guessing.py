"""A first proposal for a mapping, from the headers of a table and what stands below them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schouw_collector.errors import RegisterError
from schouw_collector.registers.contact_data import without_contact_data
from schouw_collector.registers.features import is_geojson, read_features
from schouw_collector.registers.field_values import (
    DATE_FORMATS,
    Notation,
    ValueMalformedError,
    as_box,
    as_date,
    as_number,
)
from schouw_collector.registers.flat_fields import flat_fields, guessed_fields
from schouw_collector.registers.register_map import SCHEMA, MappedColumn, RegisterMap
from schouw_collector.registers.rijksdriehoek import X_RANGE, Y_RANGE
from schouw_collector.registers.sheet import Cell, Sheet, Values
from schouw_collector.registers.spreadsheet import read_sheets
from schouw_collector.saying.wording import printable

_SAMPLE = 200
_HEADER_ROWS = 20
_DEV_EUI = re.compile(r"(?:[0-9a-f]{2}[:-]?){7}[0-9a-f]{2}", re.IGNORECASE)
_MAC = re.compile(r"(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+),\d+")
_NUMERIC = ("number", "whole", "rd")


@dataclass(frozen=True, slots=True)
class Guess:
    """What is known of a table before a person has said anything."""

    sheet: str
    header_row: int
    header: Values
    fields: dict[int, str]
    """Field by column, as far as it can be guessed."""
    rows: tuple[Values, ...]
    """Some rows below the header."""

    def example(self, column: int) -> str:
        """Return the first value of a column for a person to recognise it by."""
        cells = (row[column] for row in self.rows if column < len(row))
        text = next((str(cell) for cell in cells if isinstance(cell, str | int | float)), "")
        return without_contact_data(printable(text))[:40]


def guess(octets: bytes, sheet: str = "", header_row: int = 0) -> Guess:
    """Return the likeliest header, and the fields of its columns.

    Without a sheet or a header row the one with the most headers that are known is taken.
    Raises `RegisterError`, without the name of the file.
    """
    if is_geojson(octets):
        features = read_features(octets, ";")
        rows = tuple(row for _, row in features.rows[:_SAMPLE])
        return _guess("", 1, features.header, rows)
    sheets = read_sheets(octets)
    named = [s for s in sheets if not sheet or s.name.casefold() == sheet.casefold()]
    if not named:
        raise RegisterError("no sheet of this name")
    best: tuple[int, Sheet, int] | None = None
    for each in named:
        for number, row in _candidates(each, header_row):
            known = len(guessed_fields(_texts(row)))
            if best is None or known > best[0]:
                best = known, each, number
    if best is None:
        raise RegisterError("no row that could be a header")
    _, chosen, number = best
    below = tuple(row for _, row in chosen.filled(number + 1))[:_SAMPLE]
    return _guess(chosen.name, number, chosen.rows[number - 1], below)


def _candidates(sheet: Sheet, header_row: int) -> Iterator[tuple[int, Values]]:
    if header_row:
        yield from [(header_row, row) for row in sheet.rows[header_row - 1 : header_row] if row]
        return
    for number, row in enumerate(sheet.rows[:_HEADER_ROWS], 1):
        if sum(isinstance(cell, str) for cell in row) > 1:
            yield number, row


def _texts(row: Values) -> list[str]:
    return [cell if isinstance(cell, str) else "" for cell in row]


def _guess(sheet: str, number: int, header: Values, rows: tuple[Values, ...]) -> Guess:
    fields = guessed_fields(_texts(header))
    taken = set(fields.values())
    for index in range(len(header)):
        if index not in fields:
            name = _by_values(_column(rows, index))
            if name and name not in taken:
                fields[index] = name
                taken.add(name)
    for name, bounds in (("rd_x", X_RANGE), ("rd_y", Y_RANGE)):
        # "x" and "y" may as well be degrees.
        for index in [i for i, field in fields.items() if field == name]:
            numbers = [n for c in _column(rows, index) if (n := _number(c)) is not None]
            if numbers and not any(180 < n <= bounds[1] for n in numbers):
                fields[index] = "longitude" if name == "rd_x" else "latitude"
    return Guess(sheet, number, header, dict(sorted(fields.items())), rows)


def _number(cell: Cell) -> float | None:
    try:
        return as_number(cell, Notation(decimal_comma=True))
    except ValueMalformedError:
        return None


def _column(rows: Sequence[Values], index: int) -> list[Cell]:
    return [row[index] for row in rows if index < len(row) and row[index] is not None]


def _by_values(cells: Sequence[Cell]) -> str:
    """Return the identifier that a column holds by the look of all its values; else nothing."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    if not texts or len(texts) < len(cells):
        return ""
    for name, pattern in (("dev_eui", _DEV_EUI), ("mac", _MAC)):
        if all(pattern.fullmatch(text) for text in texts):
            return name
    return ""


def proposal(guessed: Guess, fields: dict[int, str], **choices: object) -> RegisterMap:
    """Return a mapping with these fields by column; how values are written is read off the rows.

    `choices` overrule what would be guessed: date_formats, decimal_comma, separator, rows,
    constants.  Raises `pydantic.ValidationError` if no column is the entry_id.
    """
    columns = [
        MappedColumn(column=str(guessed.header[index])[:300], field=name)
        for index, name in sorted(fields.items())
    ]
    by_kind: dict[str, list[Cell]] = {}
    for index, name in fields.items():
        by_kind.setdefault(flat_fields()[name].kind, []).extend(_column(guessed.rows, index))
    numbers = [cell for kind in _NUMERIC for cell in by_kind.get(kind, ())]
    references = [c for i, f in fields.items() if f == "entry_id" for c in _column(guessed.rows, i)]
    values: dict[str, object] = {
        "schema": SCHEMA,
        "sheet": guessed.sheet,
        "header_row": guessed.header_row,
        "columns": columns,
        "date_formats": _date_formats(by_kind.get("date", ())),
        "decimal_comma": any(
            isinstance(cell, str) and _DECIMAL_COMMA.fullmatch(cell) for cell in numbers
        ),
        "separator": _separator(by_kind.get("list", ())),
        "rows": "streams" if len(set(references)) < len(references) else "entries",
    }
    return RegisterMap.model_validate(values | choices)


def unclear_answers(guessed: Guess, mapping: RegisterMap) -> dict[int, list[str]]:
    """Return, by position of a column for yes or no, what stands there and is neither."""
    unclear: dict[int, list[str]] = {}
    for place, each in enumerate(mapping.columns):
        if flat_fields()[each.field].kind == "box":
            index = next(i for i, cell in enumerate(guessed.header) if cell == each.column)
            texts = [c for c in _column(guessed.rows, index) if isinstance(c, str)]
            words = [text for text in dict.fromkeys(texts) if not _is_answer(text)]
            if words:
                unclear[place] = words
    return unclear


def _is_answer(text: str) -> bool:
    try:
        as_box(text)
    except ValueMalformedError:
        return False
    return True


def _date_formats(cells: Sequence[Cell]) -> tuple[str, ...]:
    """Return the forms that read a date of these cells; all that are usual if none does."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    fits = tuple(form for form in DATE_FORMATS if any(_is_date(text, form) for text in texts))
    return fits or DATE_FORMATS


def _is_date(text: str, form: str) -> bool:
    try:
        return as_date(text, Notation(date_formats=(form,))) is not None
    except ValueMalformedError:
        return False


def _separator(cells: Sequence[Cell]) -> str:
    texts = [cell for cell in cells if isinstance(cell, str)]
    return next((sign for sign in ";|\n" if any(sign in text for text in texts)), ";")
