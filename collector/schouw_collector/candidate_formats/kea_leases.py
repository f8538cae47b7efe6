"""Leases of Kea as its memfile backend keeps them: CSV, the last line of an address is in force.

Kea Administrator Reference Manual, "Memfile": `address`, `hwaddr`, `hostname`, `state` (0 is
assigned), `valid_lifetime` (0: released).  Commas within a value are written as `&#x2c`.
"""

from collections.abc import Iterator

from schouw_collector.binding.candidates import (
    CandidateFile,
    Row,
    build_candidates,
    lease,
    text_lines,
)
from schouw_collector.candidate_formats.csv_cells import cells
from schouw_collector.plugins import CandidateFormat

_NEEDED = {"address", "hwaddr", "hostname", "state"}


def probe(_name: str, octets: bytes) -> float:
    """Return 0.95 if the first line has the columns of a lease file."""
    head = octets[:1024].removeprefix(b"\xef\xbb\xbf").decode("latin-1").splitlines()
    return 0.95 if head and set(head[0].strip().split(",")) >= _NEEDED else 0.0


def read(name: str, octets: bytes) -> CandidateFile:
    """Return the leases in force.  Raises `CandidateError` if there are none."""
    last: dict[str, Row] = {}
    for address, row in _leases(octets):
        last.pop(address, None)
        if row is not None:
            last[address] = row
    return build_candidates(name, "kea_leases", last.values())


def _leases(octets: bytes) -> Iterator[tuple[str, Row | None]]:
    lines = text_lines(octets)
    columns = lines[0].strip().split(",")
    for number, line in enumerate(lines[1:], 2):
        row = {k: v.replace("&#x2c", ",") for k, v in zip(columns, cells(line), strict=False)}
        address = row.get("address", "")
        if row.get("state") != "0" or row.get("valid_lifetime") == "0":
            yield address, None
            continue
        host = row.get("hostname", "").rstrip(".")
        yield address, lease(f"line {number}", row.get("hwaddr", ""), address, host)


CANDIDATE_FORMAT = CandidateFormat(
    id="kea_leases",
    title="Leases of Kea DHCP (CSV)",
    reference="Kea Administrator Reference Manual, memfile lease storage",
    probe=probe,
    read=read,
)
