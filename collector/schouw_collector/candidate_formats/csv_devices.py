"""Any list of devices as CSV with a heading: columns are known by their usual names.

That holds for a list that somebody keeps, and for the CSV of LoRaWAN network servers.  A separator
is a comma, a semicolon or a tab.  Columns that are not known are not read.
"""

import re
from collections.abc import Iterator

from schouw_collector.binding.candidates import CandidateFile, Row, build_candidates, text_lines
from schouw_collector.binding.selectors import SelectorKind
from schouw_collector.candidate_formats.csv_cells import cells
from schouw_collector.plugins import CandidateFormat

_MARKS: dict[str, SelectorKind] = {
    "deveui": "dev_eui",
    "serial": "serial",
    "serialnumber": "serial",
    "serienummer": "serial",
    "mac": "mac",
    "macaddress": "mac",
    "macadres": "mac",
    "clientid": "client_id",
    "hostname": "host_name",
    "hostnaam": "host_name",
    "topic": "topic",
    "ip": "ip",
    "ipaddress": "ip",
    "ipadres": "ip",
    "ngsiid": "ngsi_id",
}
_NAMES = ("id", "deviceid", "name", "naam", "description", "omschrijving", "location", "locatie")
_ENTRY = ("entry", "entryid", "reference", "referentie", "referentienummer", "inschrijving")
_LATITUDE, _LONGITUDE = (
    ("latitude", "lat", "breedtegraad"),
    ("longitude", "lon", "lng", "lengtegraad"),
)


def probe(_name: str, octets: bytes) -> float:
    """Return 0.6 if the first line names a column by which a device is known."""
    head = octets[:4096].removeprefix(b"\xef\xbb\xbf").decode("latin-1").splitlines()
    return 0.6 if head and set(_columns(head[0])) & _MARKS.keys() else 0.0


def read(name: str, octets: bytes) -> CandidateFile:
    """Return the rows.  Raises `CandidateError` if none can be read."""
    return build_candidates(name, "csv_devices", _rows(octets))


def _rows(octets: bytes) -> Iterator[Row | str]:
    lines = text_lines(octets)
    columns = _columns(lines[0])
    separator = _separator(lines[0])
    for number, line in enumerate(lines[1:], 2):
        if not line.strip(" ,;\t"):
            continue
        values = cells(line, separator)
        if not values:
            yield f"line {number}: cannot be read"
            continue
        row = {k: v.strip() for k, v in zip(columns, values, strict=False)}
        latitude, longitude = _first(row, _LATITUDE), _first(row, _LONGITUDE)
        yield Row(
            place=f"line {number}",
            marks=[(kind, row[column]) for column, kind in _MARKS.items() if column in row],
            names=[row[column] for column in _NAMES if column in row],
            entry=_first(row, _ENTRY),
            position=(latitude, longitude) if latitude and longitude else None,
        )


def _columns(line: str) -> list[str]:
    return [re.sub(r"[\W_]", "", cell).casefold() for cell in cells(line, _separator(line))]


def _separator(line: str) -> str:
    return max(",;\t", key=line.count)


def _first(row: dict[str, str], columns: tuple[str, ...]) -> str:
    return next((row[column] for column in columns if row.get(column)), "")


CANDIDATE_FORMAT = CandidateFormat(
    id="csv_devices",
    title="List of devices (CSV)",
    reference="RFC 4180; column names in docs/binding.md",
    probe=probe,
    read=read,
)
