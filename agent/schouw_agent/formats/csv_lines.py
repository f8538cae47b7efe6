"""Lines of columns, with or without a header that names them."""

import csv
import re
from typing import NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.formats.scalars import is_number, scalar
from schouw_agent.formats.text_lines import as_text
from schouw_agent.plugins import Format
from schouw_agent.recognition.values import key_name
from schouw_agent.records import OVER_LIMIT, Content, Leaf, Opened

_LONGEST = 2**20
_MOST_ROWS = 512
_MOST_LEAVES = 4096
_COLUMNS = range(2, 257)
_FEWEST_UNNAMED = 3
_LONGEST_CELL = 256
_SEPARATORS = (",", ";", "\t", "|")
_NUMERIC = 0.6
"""Share of the columns without names that must be numbers: else it is a sentence."""
_NAME = re.compile(r"[A-Za-z_µ°][\w .,/%µ°²³()\[\]\-]{0,63}$")
_WITH_UNIT = re.compile(r"(.{1,48}?)\s?[\[(]([^\])]{1,12})[\])]$")


class _Table(NamedTuple):
    names: list[str]
    """Empty if there is no header."""
    rows: list[list[str]]
    cut: bool


def _read(octets: bytes) -> _Table | None:
    if octets[:1] in (b"{", b"[", b"<"):
        return None
    text = as_text(octets, _LONGEST)
    if text is None:
        return None
    lines = [line for line in text.splitlines() if line.strip()]
    for separator in _SEPARATORS:
        if not lines or separator not in lines[0]:
            continue
        rows = _rows(lines[: _MOST_ROWS + 2], separator)
        if rows:
            return _table(rows, len(lines) > len(rows))
    return None


def _rows(lines: list[str], separator: str) -> list[list[str]] | None:
    width = 0
    rows: list[list[str]] = []
    try:
        for row in csv.reader(lines, delimiter=separator):
            width = width or len(row)
            if len(row) != width or width not in _COLUMNS:
                return None
            if any(len(cell) > _LONGEST_CELL for cell in row):
                return None
            rows.append(row)
    except csv.Error:
        return None
    return rows


def _table(rows: list[list[str]], cut: bool) -> _Table | None:
    head = [cell.strip().lstrip("#").strip() for cell in rows[0]]
    numeric = any(is_number(cell) for row in rows[1:3] for cell in row)
    if len(rows) > 1 and numeric and all(map(_NAME.match, head)) and len(set(head)) == len(head):
        return _Table(head, rows[1:], cut)
    if len(head) < _FEWEST_UNNAMED:
        return None
    for row in rows[:8]:
        filled = [cell for cell in row if cell.strip()]
        if sum(map(is_number, filled)) < _NUMERIC * len(filled) or not filled:
            return None
    return _Table([], rows, cut)


def _probe(content: Content) -> float:
    table = _read(content.octets)
    if table is None:
        return 0.0
    return 0.78 if table.names else 0.58


def _open(content: Content) -> Opened:
    table = _read(content.octets)
    if table is None:
        raise DecodeError("csv_lines: no columns")
    several = "[]." if len(table.rows) > 1 else ""
    heads = [_named(name) for name in table.names]
    heads = heads or [(f"column{i + 1}", "") for i in range(len(table.rows[0]))]
    leaves = [
        Leaf(several + name, value, unit if isinstance(value, (int, float)) else "")
        for row in table.rows[:_MOST_ROWS]
        for (name, unit), value in zip(heads, map(scalar, row), strict=True)
        if value != ""
    ]
    over = table.cut or len(leaves) > _MOST_LEAVES
    return Opened(leaves=leaves[:_MOST_LEAVES], undecoded=OVER_LIMIT if over else "")


def _named(head: str) -> tuple[str, str]:
    """Return name and unit of `wind speed [m/s]`."""
    match = _WITH_UNIT.match(head)
    return (key_name(match[1]), match[2]) if match else (key_name(head), "")


FORMAT = Format(
    id="csv_lines",
    title="Lines of columns",
    reference="RFC 4180; RFC 7111, 2",
    probe=_probe,
    open=_open,
)
