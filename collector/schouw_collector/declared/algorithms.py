"""Entries of a public register of algorithms, as far as the comparison uses them.

The Dutch Algoritmeregister, publication standard 1.0.0 (github.com/MinBZK/Algoritmeregister,
`backend/app/schemas/config/v1_0.json`), exported as JSON or CSV.  Contact addresses are not read.
"""

import calendar
import csv
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from schouw_collector.errors import RegisterError
from schouw_collector.registers.contact_data import without_contact_data
from schouw_collector.registers.record_values import (
    FieldError,
    Fields,
    document,
    label,
    text,
    texts,
)

_LISTS = ("algorithms", "algoritmes", "results", "data", "items")
_MOST_ROWS = 100_000
_MOST_OCTETS = 32 << 20
_TAG = re.compile(r"<[^<>]{0,200}>")
_MONTH = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})(?:-\d{1,2})?(?:T.*)?|(?P<m2>\d{1,2})-(?P<y2>\d{4})"
)
_FIELDS = frozenset({"name", "description_short", "organization", "source_data", "goal", "status"})
# What the standard calls its fields for people, as the heads of some exports.
_TITLES = {
    "naam": "name",
    "organisatie": "organization",
    "begindatum": "begin_date",
    "einddatum": "end_date",
    "doel en impact": "goal",
    "gegevens": "source_data",
    "leverancier": "provider",
    "korte omschrijving": "description_short",
    "taal": "lang",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Algorithm:
    """One entry of the register of algorithms."""

    id: str
    """Its national or own id; else its name."""
    name: str
    organisation: str = ""
    status: str = ""
    """As written: In gebruik, In ontwikkeling, Buiten gebruik."""
    goal: str = ""
    source_data: str = ""
    provider: str = ""
    tags: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlgorithmRegister:
    """The entries of one export, and what of it could not be read."""

    algorithms: tuple[Algorithm, ...]
    errors: tuple[str, ...] = ()
    """One line each: which file, which entry, which field, why."""


def read_algorithms(name: str, octets: bytes) -> AlgorithmRegister:
    """Return the algorithms of an export in JSON (a list, or a page with one) or CSV.

    The same entry in another language counts once.  An empty list is a register too: that it names
    no algorithm is what it says.  Raises `RegisterError` if it is no such export, or if it has
    entries and none can be read.
    """
    found: dict[tuple[str, str], Algorithm] = {}
    seen: set[tuple[str, str, str]] = set()
    errors: list[str] = []
    for number, row in enumerate(_entries(name, octets), 1):
        if number > _MOST_ROWS:
            raise RegisterError(f"{name}: more than {_MOST_ROWS} entries")
        place = f"{name}: entry {number}"
        if not isinstance(row, dict):
            errors.append(f"{place}: is not a record")
            continue
        try:
            algorithm = _algorithm(row)
            language = label(row, "lang").casefold()
        except FieldError as error:
            errors.append(f"{place}: {error}")
            continue
        key = (algorithm.id, algorithm.organisation)
        if (*key, language) in seen:
            errors.append(f"{place}: field lars: used by an earlier entry as well")
        seen.add((*key, language))
        found.setdefault(key, algorithm)
    if errors and not found:
        first = errors[0].removeprefix(f"{name}: ")
        raise RegisterError(f"{name}: no algorithm could be read; first: {first}")
    return AlgorithmRegister(algorithms=tuple(found.values()), errors=tuple(errors))


def _entries(name: str, octets: bytes) -> list[Any]:
    if octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"[", b"{"):
        return list(_csv_rows(name, octets))
    found = document(name, octets)
    if isinstance(found, dict):
        inner = next((rows for key in _LISTS if isinstance(rows := found.get(key), list)), None)
        found = [found] if inner is None and "name" in found else inner
    if not isinstance(found, list):
        raise RegisterError(f"{name}: no list of algorithms")
    return found


def _csv_rows(name: str, octets: bytes) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a table whose head has fields of the standard, by field."""
    if len(octets) > _MOST_OCTETS:
        raise RegisterError(f"{name}: larger than {_MOST_OCTETS >> 20} MiB")
    try:
        said = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = octets.decode("cp1252", "replace")
    head, _, _ = said.partition("\n")
    delimiter = max(";,\t", key=head.count)
    rows = csv.reader(StringIO(said, newline=""), delimiter=delimiter)
    try:
        fields = [_field(cell) for cell in next(rows, [])]
        if len(_FIELDS.intersection(fields)) < 2 or "name" not in fields:
            raise RegisterError(f"{name}: no export of a register of algorithms")
        for cells in rows:
            if any(cells):
                yield dict(zip(fields, cells, strict=False))
    except csv.Error:
        raise RegisterError(f"{name}: not a table (CSV), line {rows.line_num}") from None


def _field(cell: str) -> str:
    plain = " ".join(cell.casefold().split())
    return _TITLES.get(plain, plain.replace(" ", "_"))


def _algorithm(row: Fields) -> Algorithm:
    name = label(row, "name")
    if not name:
        raise FieldError("name", "is missing")
    data = [_prose(row, "source_data"), *_titles(row.get("source_data_grouping"))]
    tags = [tag.strip() for said in texts(row, "tags") for tag in re.split("[,;]", said)]
    return Algorithm(
        id=label(row, "lars", "source_id") or name,
        name=name,
        organisation=label(row, "organization"),
        status=label(row, "status"),
        goal=_prose(row, "goal"),
        source_data=". ".join(filter(None, data)),
        provider=label(row, "provider"),
        tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
        start=_month(row, "begin_date", last=False),
        end=_month(row, "end_date", last=True),
    )


def _prose(row: Fields, field: str) -> str:
    """Return a text without the marks of HTML that the standard allows in it."""
    return " ".join(html.unescape(_TAG.sub(" ", text(row, field, limit=20_000))).split())


def _titles(value: Any) -> list[str]:
    rows = value if isinstance(value, list) else []
    said = [row["title"] for row in rows[:50] if isinstance(row, dict) and "title" in row]
    return [without_contact_data(title[:300]).strip() for title in said if isinstance(title, str)]


def _month(row: Fields, field: str, *, last: bool) -> date | None:
    """Return the first or last day of a month, written 2026-02 or 02-2026; None if absent."""
    said = label(row, field)
    if not said:
        return None
    match = _MONTH.fullmatch(said)
    year = int(match["y"] or match["y2"]) if match else 0
    month = int(match["m"] or match["m2"]) if match else 0
    if not (1 <= month <= 12 and 1900 <= year <= 9999):
        raise FieldError(field, "must be a month such as 2026-02")
    return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
