"""What people write in the cells of a register, as values: yes and no, dates, numbers, lists."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from schouw_collector.registers.sheet import Cell, Refused

DATE_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d")
_BOXES = {
    **dict.fromkeys(("ja", "j", "yes", "y", "true", "waar", "1", "x"), True),
    **dict.fromkeys(("nee", "n", "no", "false", "onwaar", "0"), False),
}
_UNSAID = frozenset(("", "-", "onbekend", "unknown", "n.v.t.", "nvt", "n/a"))
_NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d{0,17})?|\.\d{1,17})(e[+-]?\d{1,2})?", re.IGNORECASE)
_POINT = re.compile(r"\s*point\s*\(\s*([\d.eE+-]{1,30})\s+([\d.eE+-]{1,30})\s*\)\s*", re.IGNORECASE)
_MAX_TEXT = 4000
_DURATION = re.compile(r"P(?=[\dT])(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?")
_IN_WORDS = re.compile(
    r"(?:(?:max(?:imaal|imum)?\.?|maximally|at most)\s+)?(\d{1,5})\s*"
    r"(uur|uren|hours?|dag(?:en)?|days?|we(?:ek|ken|eks?)|weeks|maand(?:en)?|months?|jaar|jaren|years?)",
    re.IGNORECASE,
)
_LETTERS = {"u": "H", "h": "H", "d": "D", "w": "W", "m": "M", "j": "Y", "y": "Y"}


@dataclass(frozen=True, slots=True)
class Notation:
    """How values are written in one file."""

    date_formats: tuple[str, ...] = DATE_FORMATS
    decimal_comma: bool = False
    """`1.234,5` is a thousand and more; without it a comma in a number is refused."""
    separator: str = ";"
    """Between the values in one cell."""


class ValueMalformedError(Exception):
    """A cell does not hold what its column should: a phrase that quotes nothing."""


def as_text(cell: Cell, limit: int = _MAX_TEXT) -> str:
    """Return the cell as text; whole numbers without decimals, dates as 2027-12-31."""
    if isinstance(cell, Refused):
        raise ValueMalformedError(cell.reason)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    text = str(cell).strip()
    if len(text) > limit:
        raise ValueMalformedError(f"longer than {limit} characters")
    return text


def as_box(cell: Cell) -> bool | None:
    """Return True for yes (Ja, true, 1 …), False for no, None for nothing or "unknown"."""
    text = as_text(cell).casefold()
    if text in _UNSAID:
        return None
    if text not in _BOXES:
        raise ValueMalformedError("must be Ja or Nee (or yes, no, true, false)")
    return _BOXES[text]


def as_number(cell: Cell, notation: Notation) -> float | None:
    """Return the number in a cell, None if it is empty."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    text = as_text(cell)
    if not text:
        return None
    if notation.decimal_comma and "," in text:
        text = text.replace(".", "").replace(",", ".", 1)
    if not _NUMBER.fullmatch(text):
        raise ValueMalformedError("must be a number")
    return float(text)


def as_date(cell: Cell, notation: Notation) -> date | None:
    """Return the date in a cell, None if it is empty; a time after it is passed over."""
    if isinstance(cell, date):
        return cell
    text = as_text(cell)
    if text.casefold() in _UNSAID:
        return None
    text = re.sub(r"[T ]\d\d?:\d\d.*$", "", text)
    for form in notation.date_formats:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    example = date(2027, 12, 31).strftime(notation.date_formats[0])
    raise ValueMalformedError(f"must be a date such as {example}")


def as_list(cell: Cell, notation: Notation) -> list[str]:
    """Return the values in a cell, cut at the separator, without empty ones."""
    text = as_text(cell)
    parts = text.split(notation.separator) if notation.separator else [text]
    return [kept for part in parts if (kept := part.strip())]


def as_address(cell: Cell) -> str:
    """Return a web address; what is none ("geen", "zie website") counts as not stated."""
    text = as_text(cell)
    is_address = re.fullmatch(r"https?://[^\s@]+", text, re.IGNORECASE)
    return text if is_address and "." in text and len(text) <= 1000 else ""


def as_duration(cell: Cell) -> str:
    """Return an ISO 8601 duration, also of words such as "28 dagen"; empty if it is empty."""
    text = as_text(cell)
    if not text:
        return ""
    words = _IN_WORDS.fullmatch(text)
    if words:
        letter = _LETTERS[words[2][0].lower()]
        return f"P{'T' if letter == 'H' else ''}{int(words[1])}{letter}"
    if not _DURATION.fullmatch(text):
        raise ValueMalformedError("must be a time such as 28 dagen, 6 maanden or P28D")
    return text


def as_pair(cell: Cell) -> tuple[float, float] | None:
    """Return the two numbers of "52.37, 4.89" or, the other way round, of "POINT (4.89 52.37)"."""
    text = as_text(cell)
    if not text:
        return None
    point = _POINT.fullmatch(text)
    parts = [point[2], point[1]] if point else re.split(r"\s*[,; ]\s*", text)
    if len(parts) != 2 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise ValueMalformedError("must be two numbers, such as 52.37, 4.89, or a POINT")
    return float(parts[0]), float(parts[1])


def joined(cells: Iterable[Cell]) -> str:
    """Return the texts of several cells as one, each once."""
    return ", ".join(dict.fromkeys(text for cell in cells if (text := as_text(cell))))
