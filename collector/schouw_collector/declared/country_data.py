"""Files that say in which country addresses are, in the forms in which they can be had.

- Statistics of the regional internet registries, `delegated-*-extended` (RIR Statistics Exchange
  Format): where the holder of an address is registered.
- CSV with the first and last address, and the country (DB-IP IP to Country Lite).
- CSV with a network, and a country or a GeoNames id (MaxMind GeoLite2 Country), the ids from the
  file of locations beside it.
"""

import csv
import re
import socket
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import numpy as np

from schouw_collector.declared.countries import Countries, Ranges
from schouw_collector.errors import CountryDataError

_MOST_ROWS = 4_000_000
_MOST_UNREADABLE = 0.1
_DATE = re.compile(r"(20\d\d)[-_]?(0[1-9]|1[0-2])(?:[-_]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_NO_COUNTRY = frozenset({"", "-", "ZZ", "XX", "EU", "AP"})
"""What files say for "unknown" and "somewhere in this part of the world"."""
_CODE = re.compile(r"[A-Z]{2}")
"""ISO 3166-1 alpha-2."""
_FIRST = ("ip_start", "start_ip", "ip_range_start", "range_start", "start", "ip_from")
_LAST = ("ip_end", "end_ip", "ip_range_end", "range_end", "end", "ip_to")
_COUNTRY = ("country_iso_code", "country_code", "country", "iso_code")
_GEONAME = ("geoname_id", "registered_country_geoname_id")

Row = tuple[bytes, bytes, str]
"""First and last address, packed, and the country; empty if it is not known."""


def read_country_data(files: Sequence[tuple[str, str, bytes]]) -> Countries:
    """Return what the files say together.  Each has a name, the name of its folder, and octets.

    The folder serves for the date alone, where neither file nor name tell it.
    Raises `CountryDataError` with the name of the file and the reason.
    """
    texts = [(name, folder, _lines(octets)) for name, folder, octets in files]
    try:
        places = _places(lines for _, _, lines in texts)
    except csv.Error:
        raise CountryDataError("the file of locations is no CSV (RFC 4180)") from None
    rows: list[Row] = []
    dates: list[date] = []
    holders = []
    for name, folder, lines in texts:
        if _is_locations(lines):
            continue
        registry = any("|" in line for line in lines[:50])
        found = _registry_rows(lines) if registry else _csv_rows(lines, places)
        try:
            rows += _readable(name, found, _MOST_ROWS - len(rows))
        except csv.Error:
            raise CountryDataError(f"{name}: a row is no CSV (RFC 4180)") from None
        dates.append(_dated(name, folder, lines if registry else []))
        holders.append(registry)
    if not rows:
        raise CountryDataError(f"{', '.join(name for name, _, _ in files)}: no address in it")
    return Countries(
        names=tuple(name for name, _, _ in files),
        dated=min(dates),
        of_holder=any(holders),
        ranges=(_ranges(rows, 4), _ranges(rows, 16)),
    )


def _lines(octets: bytes) -> list[str]:
    text = octets.decode("utf-8-sig", "replace")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _dated(name: str, folder: str, lines: Sequence[str]) -> date:
    """Return the date of a file: as its first line says, else as its name or folder does."""
    fields = lines[0].split("|") if lines else []
    stated = fields[5] if len(fields) > 6 else ""
    for text in (stated, name, folder):
        found = _DATE.search(text)
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3] or 1))
            except ValueError:
                continue
    raise CountryDataError(
        f"{name}: no date; put it in the name of the file, such as countries-2026-11.csv"
    )


def _readable(name: str, found: Iterable[Row | None], room: int) -> Iterator[Row]:
    """Yield the rows with a country.  A file of which much cannot be read is refused."""
    total = unreadable = 0
    for row in found:
        total += 1
        if total > room:
            raise CountryDataError(f"{name}: more than {_MOST_ROWS} rows in all")
        if row is None or not (row[2] in _NO_COUNTRY or _CODE.fullmatch(row[2])):
            unreadable += 1
        elif row[2] not in _NO_COUNTRY:
            yield row
    if unreadable > total * _MOST_UNREADABLE:
        raise CountryDataError(f"{name}: {unreadable} of {total} rows cannot be read")


def _registry_rows(lines: Iterable[str]) -> Iterator[Row | None]:
    """Yield registry|cc|type|start|value|date|status of IPv4 (addresses) and IPv6 (prefix)."""
    for line in lines:
        fields = line.split("|")
        if len(fields) < 7 or fields[2] not in {"ipv4", "ipv6"} or fields[3] == "*":
            continue
        start, value = fields[3], fields[4]
        if fields[2] == "ipv6":
            yield _network(f"{start}/{value}", fields[1])
            continue
        first = _packed(start)
        if first is None or len(first) != 4 or not value.isdecimal() or len(value) > 10:
            yield None
            continue
        last = min(int.from_bytes(first) + max(int(value), 1) - 1, 0xFFFFFFFF)
        yield first, last.to_bytes(4), fields[1].upper()


def _csv_rows(lines: Sequence[str], places: Mapping[str, str]) -> Iterator[Row | None]:
    rows = csv.reader(lines)
    first = next(rows, [])
    header = [cell.strip().casefold() for cell in first]
    if _headless(first):
        rows = csv.reader(lines)
        header = []
    columns = {name: number for number, name in enumerate(header)}
    for cells in rows:
        yield _csv_row(cells, columns, places)


def _headless(cells: Sequence[str]) -> bool:
    return bool(cells) and _packed(cells[0].partition("/")[0].strip()) is not None


def _csv_row(
    cells: Sequence[str], columns: Mapping[str, int], places: Mapping[str, str]
) -> Row | None:
    if not columns:
        country = next((c for c in cells[1:] if len(c) == 2 and c.isalpha() and c.isupper()), "")
        if "/" in cells[0]:
            return _network(cells[0], country)
        return _range(cells[0], cells[1], country) if len(cells) > 2 else None

    def cell(names: Sequence[str]) -> Iterator[str]:
        for name in names:
            if name in columns and columns[name] < len(cells):
                yield cells[columns[name]].strip()

    country = next((c for c in cell(_COUNTRY) if c), "")
    country = country or next((places[c] for c in cell(_GEONAME) if c in places), "")
    network = next(cell(("network",)), "")
    if network:
        return _network(network, country)
    return _range(next(cell(_FIRST), ""), next(cell(_LAST), ""), country)


def _is_locations(lines: Sequence[str]) -> bool:
    header = lines[0].casefold() if lines else ""
    return "geoname_id" in header and "country_iso_code" in header and "network" not in header


def _places(files: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return the country codes by GeoNames id, of the files of locations."""
    found: dict[str, str] = {}
    for lines in files:
        if not _is_locations(lines):
            continue
        for row in csv.DictReader(lines):
            found[str(row.get("geoname_id"))] = str(row.get("country_iso_code") or "")
    return found


def _packed(address: str) -> bytes | None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.inet_pton(family, address)
    except (OSError, ValueError):
        return None


def _range(first: str, last: str, country: str) -> Row | None:
    start, end = _packed(first.strip()), _packed(last.strip())
    if start is None or end is None or len(start) != len(end) or end < start:
        return None
    return start, end, country.upper()


def _network(text: str, country: str) -> Row | None:
    address, _, length = text.strip().partition("/")
    first = _packed(address)
    if first is None or not length.isdecimal() or len(length) > 3 or int(length) > 8 * len(first):
        return None
    mask = (1 << (8 * len(first) - int(length))) - 1
    start = int.from_bytes(first) & ~mask
    size = len(first)
    return start.to_bytes(size), (start | mask).to_bytes(size), country.upper()


def _ranges(rows: Iterable[Row], size: int) -> Ranges:
    chosen = sorted(row for row in rows if len(row[0]) == size)
    return Ranges(
        np.array([row[0] for row in chosen], dtype=f"S{size}"),
        np.array([row[1] for row in chosen], dtype=f"S{size}"),
        np.array([row[2].encode("ascii", "replace")[:2] for row in chosen], dtype="S2"),
    )
