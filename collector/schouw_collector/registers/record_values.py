"""Fields of an untrusted record, each read as what its form says it is, or refused by its name."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from schouw_collector.errors import RegisterError
from schouw_collector.registers.contact_data import organisation_or_nothing, without_contact_data
from schouw_collector.registers.structured import MalformedError, read_document

Fields = Mapping[str, Any]

_MOST_PARTS = 1000
_MOST_PERSONS = 50
_LONGEST_NUMBER = 10**18
_WORDS = {"ja": True, "nee": False, "yes": True, "no": False, "true": True, "false": False}
_WORDS |= {"waar": True, "onwaar": False, "j": True, "n": False, "1": True, "0": False}
_DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%Y/%m/%d")
_DECIMAL = re.compile(r"[-+]?\d{1,20}(?:[.,]\d{1,20})?")


class FieldError(Exception):
    """A field of one entry is something else than its form says.  Quotes nothing."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"field {field}: {reason}")


def document(name: str, octets: bytes) -> Any:
    """Return the JSON or YAML document of a file; raises `RegisterError` if there is none."""
    try:
        return read_document(octets)
    except MalformedError as error:
        raise RegisterError(f"{name}: {error}") from None


def listed_records(name: str, octets: bytes, keys: Sequence[str], what: str) -> list[Any]:
    """Return the list that a document is, or has under one of the keys; else the one record it is.

    Raises `RegisterError` if there is none: no list of `what`.
    """
    found = document(name, octets)
    if isinstance(found, dict):
        inner = next((rows for key in keys if isinstance(rows := found.get(key), list)), None)
        found = [found] if inner is None else inner
    if not isinstance(found, list):
        raise RegisterError(f"{name}: no list of {what}")
    return found


def text(record: Fields, *fields: str, names: Sequence[str] = (), limit: int = 4000) -> str:
    """Return the first of these fields that holds a text or number, without contact data.

    "" if none does.  Raises `FieldError` for another kind of value, or more than 4000 characters.
    """
    for field in fields:
        value = record.get(field)
        if value is None or value == "":
            continue
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise FieldError(fields[0], "must be a text")
        if isinstance(value, int) and abs(value) >= _LONGEST_NUMBER:
            raise FieldError(fields[0], "a number of more than 18 digits")
        if len(said := str(value)) > limit:
            raise FieldError(fields[0], f"longer than {limit} characters")
        return without_contact_data(said, names).strip()
    return ""


def label(record: Fields, *fields: str, names: Sequence[str] = ()) -> str:
    """Return a short text: what is over 300 characters is cut."""
    return text(record, *fields, names=names)[:300]


def organisation(record: Fields, *fields: str, names: Sequence[str] = ()) -> str:
    """Return the name of an organisation; "" if it is that of a person."""
    return organisation_or_nothing(label(record, *fields), " ".join(names))[:300]


def box(record: Fields, *fields: str) -> bool | None:
    """Return a yes or no, also in words; None if it is left open.  Raises `FieldError`."""
    for field in fields:
        value = record.get(field)
        if value is None or isinstance(value, bool):
            if value is not None:
                return value
            continue
        said = value.strip().casefold() if isinstance(value, str) else "?"
        if isinstance(value, int) and value in (0, 1):
            return bool(value)
        if said == "":
            continue
        if said not in _WORDS:
            raise FieldError(fields[0], "must be yes or no")
        return _WORDS[said]
    return None


def number(record: Fields, *fields: str) -> float | None:
    """Return a finite number, also written as text with a comma; None if absent."""
    for field in fields:
        value = record.get(field)
        if value is None or value == "":
            continue
        if isinstance(value, str) and _DECIMAL.fullmatch(value.strip()):
            return float(value.strip().replace(",", "."))
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise FieldError(fields[0], "must be a number")
        # Compared before it becomes a float: an integer of YAML may be too long for one.
        if not abs(value) <= 1e300:
            raise FieldError(fields[0], "must be a number of usual size")
        return float(value)
    return None


def day(record: Fields, *fields: str) -> date | None:
    """Return a date, written 2028-12-31 or 31-12-2028, with or without a time; None if absent."""
    for field in fields:
        value = record.get(field)
        if value is None or value == "":
            continue
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        for form in _DAYS if isinstance(value, str) else ():
            try:
                return datetime.strptime(value.strip()[:10], form).date()
            except ValueError:
                continue
        raise FieldError(fields[0], "must be a date such as 2028-12-31")
    return None


def texts(record: Fields, field: str, names: Sequence[str] = ()) -> list[str]:
    """Return a list of short texts; a single one counts as a list of one."""
    value = record.get(field)
    if value is None or value == "":
        return []
    values = value if isinstance(value, list) else [value]
    if len(values) > _MOST_PARTS:
        raise FieldError(field, f"more than {_MOST_PARTS} values")
    return [said for item in values if (said := label({field: item}, field, names=names))]


def records(record: Fields, *fields: str) -> list[Fields]:
    """Return a list of records; a single one counts as a list of one."""
    for field in fields:
        value = record.get(field)
        if value is None:
            continue
        values = value if isinstance(value, list) else [value]
        if len(values) > _MOST_PARTS:
            raise FieldError(fields[0], f"more than {_MOST_PARTS} records")
        if not all(isinstance(item, dict) for item in values):
            raise FieldError(fields[0], "must be a list of records")
        return values
    return []


def part(record: Fields, *fields: str) -> Fields:
    """Return the record in one of these fields; an empty one if there is none."""
    found = records(record, *fields)
    return found[0] if found else {}


def address(record: Fields, *fields: str) -> str:
    """Return a web address without user name; what is none counts as absent."""
    for field in fields:
        value = record.get(field)
        said = value.strip() if isinstance(value, str) else ""
        is_address = said.lower().startswith(("https://", "http://")) and "." in said
        if is_address and "@" not in said and len(said) <= 1000 and said.isprintable():
            return said
    return ""


def persons(*groups: Sequence[Fields], fields: Sequence[str] = ("name", "naam")) -> list[str]:
    """Return the names in records of contact persons, so that texts can be freed of them.

    Raises `FieldError` for more than 50: each is looked for in each text.
    """
    found = dict.fromkeys(
        value.strip()
        for group in groups
        for record in group
        for field in fields
        if isinstance(value := record.get(field), str) and 2 < len(value.strip()) <= 200
    )
    if len(found) > _MOST_PERSONS:
        raise FieldError("contact", f"more than {_MOST_PERSONS} names")
    return list(found)
