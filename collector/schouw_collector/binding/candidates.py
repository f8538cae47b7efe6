"""What other administrations say of devices: candidates to join devices and entries by.

They are read from exports that a municipality has anyway, are compared in memory, and are never
kept: of a lease of somebody's telephone nothing comes out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schouw_collector.binding.selectors import SelectorKind, normal_pattern
from schouw_collector.errors import CandidateError
from schouw_collector.registers.contact_data import without_contact_data

MAX_ROWS = 200_000
_LONGEST = 300
_MOST_NAMES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What one row of an export says of one device, or of one account."""

    source: str
    """Name of the file, and the place in it."""
    marks: tuple[tuple[SelectorKind, str], ...]
    """By what the device is known, in the form of `normal_pattern`."""
    names: tuple[str, ...] = ()
    """What people call it, contact data removed."""
    entry: str = ""
    """The register entry that a column of its own names."""
    latitude: float | None = None
    """Degrees, with `longitude`."""
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateFile:
    """The candidates of one file."""

    name: str
    format: str
    """Id of the candidate format."""
    candidates: tuple[Candidate, ...]
    errors: tuple[str, ...] = ()
    """One line each: which file, which row, why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row, as a candidate format finds it: texts that nobody has checked."""

    place: str
    """Such as "line 12"."""
    marks: Iterable[tuple[SelectorKind, str]]
    names: Iterable[str] = ()
    entry: str = ""
    position: tuple[object, object] | None = None
    """Latitude and longitude."""


def lease(place: str, mac: str, address: str, host_name: str) -> Row:
    """Return the row of a lease of DHCP; what is not known is empty."""
    marks: list[tuple[SelectorKind, str]] = [("mac", mac), ("ip", address)]
    return Row(place=place, marks=[*marks, ("host_name", host_name)], names=(host_name,))


def build_candidates(name: str, format_id: str, rows: Iterable[Row | str]) -> CandidateFile:
    """Return the candidates of these rows.  A row may be an error text.

    A mark that no device can have is left out, and a row without any other is an error.  Raises
    `CandidateError` for more than 200,000 rows, or when no row can be read.
    """
    candidates, errors = [], []
    for number, row in enumerate(rows, 1):
        if number > MAX_ROWS:
            raise CandidateError(f"{name}: more than {MAX_ROWS} rows")
        if isinstance(row, str):
            errors.append(f"{name}: {row}")
            continue
        marks = _marks(row.marks)
        if not marks:
            errors.append(f"{name}: {row.place}: nothing by which a device could be known")
            continue
        latitude, longitude = _position(row.position)
        texts = (without_contact_data(text[:_LONGEST]).strip() for text in row.names if text)
        candidates.append(
            Candidate(
                source=f"{name}, {row.place}",
                marks=marks,
                names=tuple(dict.fromkeys(text for text in texts if text))[:_MOST_NAMES],
                entry=row.entry.strip()[:_LONGEST],
                latitude=latitude,
                longitude=longitude,
            )
        )
    if not candidates:
        first = f"; first: {errors[0].removeprefix(name + ': ')}" if errors else ""
        raise CandidateError(f"{name}: no row could be read{first}")
    return CandidateFile(
        name=name, format=format_id, candidates=tuple(candidates), errors=tuple(errors)
    )


def _marks(given: Iterable[tuple[SelectorKind, str]]) -> tuple[tuple[SelectorKind, str], ...]:
    found: dict[tuple[SelectorKind, str], None] = {}
    for kind, text in given:
        try:
            if text and len(text) <= _LONGEST:
                found[kind, normal_pattern(kind, text)] = None
        except ValueError:
            continue
    return tuple(found)


def _position(given: tuple[object, object] | None) -> tuple[float | None, float | None]:
    """Return latitude and longitude; None for what is no place, or the one of a missing value."""
    try:
        latitude, longitude = (float(str(each).replace(",", ".")) for each in given or ())
    except ValueError:
        return None, None
    known = -90 <= latitude <= 90 and -180 <= longitude <= 180 and (latitude or longitude)
    return (latitude, longitude) if known else (None, None)


def text_lines(octets: bytes) -> list[str]:
    """Return the lines of a text file; what is no UTF-8 is read as Latin-1."""
    body = octets.removeprefix(b"\xef\xbb\xbf")
    try:
        return body.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return body.decode("latin-1").splitlines()


def text_of(row: Mapping[str, object], *keys: str) -> str:
    """Return the first of these keys that has a text or a number, as a text."""
    for key in keys:
        value = row.get(key)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "":
            return str(value)
    return ""
