"""Leases of dnsmasq: expiry, MAC address, address, host name and client id on a line.

dnsmasq(8), --dhcp-leasefile; an unknown host name is `*`.  Lines of DHCPv6 name no MAC address.
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

_LEASE = re.compile(
    r"\d{1,12} (?:[0-9a-f]{2}-)?((?:[0-9a-f]{2}:){5}[0-9a-f]{2}) ([0-9.]{7,15}) (\S{1,253})"
    r"(?: \S+)?",
    re.IGNORECASE,
)


def probe(_name: str, octets: bytes) -> float:
    """Return 0.9 if the first line is a lease."""
    first = octets[:1024].decode("latin-1").lstrip().splitlines()
    return 0.9 if first and _LEASE.fullmatch(first[0].strip()) else 0.0


def read(name: str, octets: bytes) -> CandidateFile:
    """Return the leases.  Raises `CandidateError` if there are none."""
    return build_candidates(name, "dnsmasq_leases", _rows(octets))


def _rows(octets: bytes) -> Iterator[Row | str]:
    for number, line in enumerate(text_lines(octets), 1):
        text = line.strip()
        if text.startswith("duid "):
            return
        match = _LEASE.fullmatch(text)
        if match:
            host = "" if match[3] == "*" else match[3]
            yield lease(f"line {number}", match[1], match[2], host)
        elif text:
            yield f"line {number}: not a lease"


CANDIDATE_FORMAT = CandidateFormat(
    id="dnsmasq_leases",
    title="Leases of dnsmasq",
    reference="dnsmasq(8), --dhcp-leasefile",
    probe=probe,
    read=read,
)
