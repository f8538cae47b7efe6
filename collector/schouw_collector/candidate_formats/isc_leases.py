"""Leases of the ISC DHCP server: `lease ADDRESS { … }`, the last of an address is in force.

dhcpd.leases(5): `hardware ethernet`, `client-hostname`, `binding state`.
"""

import re
from collections.abc import Iterator

from schouw_collector.binding.candidates import (
    CandidateFile,
    Row,
    build_candidates,
    lease,
    text_lines,
)
from schouw_collector.plugins import CandidateFormat

_START = re.compile(r"lease\s+([0-9.]{7,15})\s*\{")
_FIELD = re.compile(
    r'(hardware\s+ethernet|client-hostname|binding\s+state)\s+"?([^";]{1,253})"?\s*;'
)


def probe(_name: str, octets: bytes) -> float:
    """Return 0.9 if a lease begins near the start of the text."""
    head = octets[:65_536].decode("latin-1")
    return 0.9 if re.search(r"^lease\s+[0-9.]{7,15}\s*\{", head, re.MULTILINE) else 0.0


def read(name: str, octets: bytes) -> CandidateFile:
    """Return the leases in force.  Raises `CandidateError` if there are none."""
    last: dict[str, Row] = {}
    for address, row in _leases(octets):
        last.pop(address, None)
        if row is not None:
            last[address] = row
    return build_candidates(name, "isc_leases", last.values())


def _leases(octets: bytes) -> Iterator[tuple[str, Row | None]]:
    """Yield address and lease, None for one that has ended."""
    address, place, fields = "", "", dict[str, str]()
    for number, text in enumerate(text_lines(octets), 1):
        line = text.strip()
        start = _START.match(line)
        if start:
            address, place, fields = start[1], f"line {number}", {}
        elif line.startswith("}") and address:
            yield address, _row(address, place, fields)
            address = ""
        elif address and (field := _FIELD.fullmatch(line)):
            fields[" ".join(field[1].split())] = field[2]


def _row(address: str, place: str, fields: dict[str, str]) -> Row | None:
    if fields.get("binding state", "active") != "active":
        return None
    host = fields.get("client-hostname", "")
    return lease(place, fields.get("hardware ethernet", ""), address, host)


CANDIDATE_FORMAT = CandidateFormat(
    id="isc_leases",
    title="Leases of ISC DHCP",
    reference="dhcpd.leases(5)",
    probe=probe,
    read=read,
)
