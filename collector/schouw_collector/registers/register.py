"""A register: its entries in one canonical form, and what of it could not be read."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from schouw_agent.errors import explain
from schouw_collector.errors import RegisterError
from schouw_collector.registers.contact_data import without_contact_data
from schouw_collector.registers.register_entry import RegisterEntry

MAX_ENTRIES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The entries of one register file, and what of it could not be read."""

    source: str
    """File name or address, without credentials."""
    sha256: str
    format: str
    """Id of the register format."""
    entries: tuple[RegisterEntry, ...]
    errors: tuple[str, ...] = ()
    """One line each: which file, which entry, which field, why."""
    unreadable: tuple[str, ...] = ()
    """References of the malformed entries, as far as they could be read."""


Row = tuple[str, Mapping[str, Any]]
"""The reference of an entry (empty if it has none), and its fields in the canonical schema."""

ReadRow = tuple[str, RegisterEntry]
"""The same with the entry, where the form itself says in which row and column a field is wrong."""


_REFERENCE = re.compile(r"[\w.:/#+& -]{1,40}")
"""What an error may quote.  Of a damaged table one cell may hold the whole row, with who filled it
in."""


def build_register(
    name: str, octets: bytes, format_id: str, rows: Iterable[Row | ReadRow | tuple[str, str]]
) -> Register:
    """Return the register of these rows.  A row is a reference with fields, or with an error text.

    Raises `RegisterError` when no row gives an entry, or there are more than 100,000.
    """
    entries: dict[str, RegisterEntry] = {}
    errors: list[str] = []
    unreadable: list[str] = []
    for index, (reference, fields) in enumerate(rows, 1):
        if index > MAX_ENTRIES:
            raise RegisterError(f"{name}: more than {MAX_ENTRIES} entries")
        label = without_contact_data(reference)[:80]
        place = f"{name}: entry {index}" + (f" ({label})" if _REFERENCE.fullmatch(label) else "")
        problem = fields if isinstance(fields, str) else ""
        if not isinstance(fields, str):
            try:
                entry = RegisterEntry.model_validate(fields)
            except ValidationError as error:
                problem = explain(error)
            else:
                if entry.entry_id in entries:
                    problem = "field entry_id: used by an earlier entry as well"
                else:
                    entries[entry.entry_id] = entry
        if problem:
            errors.append(f"{place}: {problem}")
            unreadable.append(label)
    if not entries:
        first = f"; first: {errors[0].removeprefix(name + ': ')}" if errors else ""
        raise RegisterError(f"{name}: no entry could be read{first}")
    return Register(
        source=name,
        sha256=hashlib.sha256(octets).hexdigest(),
        format=format_id,
        entries=tuple(entries.values()),
        errors=tuple(errors),
        unreadable=tuple(label for label in unreadable if label and label not in entries),
    )
