"""Delimited text (CSV, RFC 4180, and what spreadsheets in Europe make of it)."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence

from schouw_collector.errors import RegisterError
from schouw_collector.registers.sheet import Cell, Refused, Values, bounded
from schouw_collector.saying.wording import printable

MAX_OCTETS = 32 * 1024 * 1024
_DELIMITERS = ";,\t|"
_SAMPLE_ROWS = 30
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def read_delimited(octets: bytes) -> tuple[Values, ...]:
    """Return the rows; every cell is text, whatever it looks like.

    The encoding is what the byte order mark says, else UTF-8, else Windows-1252; the delimiter is
    what a first line `sep=` says, else that which cuts the first rows into most equal columns.
    Raises `RegisterError` for more than 32 MiB, binary data, or quotes that never end.
    """
    if len(octets) > MAX_OCTETS:
        raise RegisterError(f"larger than {MAX_OCTETS >> 20} MiB")
    text = _decoded(octets)
    if "\0" in text[:4096]:
        raise RegisterError("not text")
    delimiter, text = _delimiter(text)
    # What is quoted may be as long as the file: it is bounded by that.  The limit is one for all
    # that read CSV, so it is put back.
    usual = csv.field_size_limit(MAX_OCTETS)
    try:
        return bounded(_cells(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error:
        raise RegisterError("not delimited text: a quote does not end") from None
    finally:
        csv.field_size_limit(usual)


def write_delimited(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the rows as UTF-8 with byte order mark, `;` between cells, lines ended by CR LF.

    Text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV
    Injection"); reading takes it away again.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([_shown(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _shown(cell: Cell) -> str:
    if cell is None or isinstance(cell, Refused):
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if not isinstance(cell, str):
        return str(cell)
    text = printable(cell)
    return f"'{text}" if text.lstrip(" '").startswith(_FORMULA_STARTS) else text


def _cells(row: list[str]) -> list[Cell]:
    cells: list[Cell] = []
    for text in row:
        kept = text.strip()
        if kept.startswith("'") and kept[1:].lstrip(" '").startswith(_FORMULA_STARTS):
            kept = kept[1:]
        cells.append(kept or None)
    return cells


def _decoded(octets: bytes) -> str:
    if octets.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return octets.decode("utf-16", errors="replace")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The beginning of a file may end within a character.
        if error.start >= len(octets) - 3:
            return octets[: error.start].decode("utf-8-sig")
        return octets.decode("cp1252", errors="replace")


def _delimiter(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    return max(_DELIMITERS, key=lambda each: _fit(text, each)), text


def _fit(text: str, delimiter: str) -> float:
    """Return how well a delimiter cuts the first rows: the number of columns that most have."""
    # A cell may hold line breaks: cut by characters, not by lines.
    reader = csv.reader(io.StringIO(text[:65536]), delimiter=delimiter)
    widths: list[int] = []
    try:
        for row in reader:
            if row:
                widths.append(len(row))
            if len(widths) == _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    most = max(set(widths), key=lambda width: (widths.count(width), width))
    return most * widths.count(most) / len(widths) if most > 1 else 0.0
