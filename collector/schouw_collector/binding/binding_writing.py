"""Adds what a person decided to a bindings file, and leaves everything else as it is.

In YAML the rows are put in as text, so that comments and layout stay; what comes out is read again,
and must say exactly what was there before and the new rows.  Where that cannot be done the file is
written anew, and its comments are lost; the caller says so.
"""

import json
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from schouw_collector.binding.binding_file import SCHEMA, Bindings, read_bindings
from schouw_collector.errors import BindingError
from schouw_collector.registers.structured import MalformedError, read_document

Section = Literal["bindings", "rejected"]
_KEY = re.compile(r"[A-Za-z_]+:")


class Added(NamedTuple):
    """A bindings file with rows added."""

    octets: bytes
    rows: int
    """How many were not there yet."""
    comments_kept: bool


def add_rows(
    name: str, octets: bytes, section: Section, rows: Sequence[Mapping[str, Any]]
) -> Added:
    """Return the file with these rows in a section; empty octets begin a new one.

    A row for the same entry and mark as one that is there is left out.  Raises `BindingError` if
    the file, with or without the rows, is not a bindings file.
    """
    document: dict[str, Any] = {"schema": SCHEMA}
    if octets.strip():
        stated = read_bindings(name, octets)
        document = _document(octets)
    else:
        stated = Bindings.model_validate(document)
    present = {(r.entry, r.kind, r.pattern, r.broker) for r in getattr(stated, section)}
    fresh = [row for row in rows if _identity(row) not in present]
    if not fresh:
        return Added(octets, 0, True)
    wanted = {**document, section: [*(document.get(section) or ()), *fresh]}
    text, kept = _written(octets, document, section, fresh, wanted)
    out = text.encode()
    read_bindings(name, out)
    return Added(out, len(fresh), kept)


def _identity(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row["entry"], row["kind"], row["pattern"], row.get("broker", ""))


def _document(octets: bytes) -> dict[str, Any]:
    found = read_document(octets)
    return found if isinstance(found, dict) else {}


def _written(
    octets: bytes,
    document: Mapping[str, Any],
    section: Section,
    fresh: Sequence[Mapping[str, Any]],
    wanted: Mapping[str, Any],
) -> tuple[str, bool]:
    """Return the new text, and whether comments were kept."""
    if octets.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return json.dumps(wanted, ensure_ascii=False, indent=2, default=str) + "\n", True
    if not octets.strip():
        return _yaml(wanted), True
    text = _with_rows(octets.decode("utf-8-sig", "replace"), section, fresh, section in document)
    try:
        if _document(text.encode()) == wanted:
            return text, True
    except MalformedError:
        pass
    return _yaml(wanted), False


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100)


def _with_rows(
    text: str, section: Section, fresh: Sequence[Mapping[str, Any]], present: bool
) -> str:
    """Return YAML text with rows after the last of a section, indented as the others are."""
    lines = text.splitlines()
    if not present:
        return "\n".join([*lines, f"{section}:", *_rendered(fresh, "  ")]) + "\n"
    start = next((n for n, line in enumerate(lines) if re.match(rf"{section}:", line)), len(lines))
    if start < len(lines) and re.fullmatch(rf"{section}:\s*\[\s*\]\s*(#.*)?", lines[start]):
        lines[start] = f"{section}:"
    end = next(
        (n for n in range(start + 1, len(lines)) if _KEY.match(lines[n])),
        len(lines),
    )
    last = max(
        (n for n in range(start, end) if lines[n].strip() and not lines[n].startswith("#")),
        default=len(lines) - 1,
    )
    item = next((line for line in lines[start + 1 : end] if line.lstrip().startswith("- ")), "  -")
    indent = item[: len(item) - len(item.lstrip())]
    return "\n".join([*lines[: last + 1], *_rendered(fresh, indent), *lines[last + 1 :]]) + "\n"


def _rendered(rows: Sequence[Mapping[str, Any]], indent: str) -> list[str]:
    return [indent + line for line in _yaml([dict(row) for row in rows]).splitlines()]


def replace_file(path: Path, octets: bytes) -> None:
    """Write a file so that whoever reads it sees the old or the new one, and never a part.

    Its permissions stay.  Raises `BindingError` if it cannot be written.
    """
    try:
        number, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(number, "wb") as file:
                file.write(octets)
                file.flush()
                os.fsync(file.fileno())
            mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
            Path(temporary).chmod(mode)
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise BindingError(f"{path.name}: {error.strerror}") from None
