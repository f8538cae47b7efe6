"""What is told of a SIP message: no more of who calls whom than the hosts (RFC 3261, 20)."""

import re
from collections.abc import Mapping
from typing import Any

from schouw_agent.protocols import text_head

COMPACT: Mapping[str, str] = {
    "c": "content-type",
    "e": "content-encoding",
    "f": "from",
    "i": "call-id",
    "k": "supported",
    "l": "content-length",
    "m": "contact",
    "o": "event",
    "s": "subject",
    "t": "to",
    "u": "allow-events",
    "v": "via",
}
"""Compact forms of field names (RFC 3261, 7.3.3; RFC 6665, 8.4)."""
_ADDRESS = re.compile(
    r"(?:sips?|pres|im):(?:[^@>;,\s]*@)?(\[[0-9A-Fa-f:.]+\]|[\w.\-]+)", re.IGNORECASE
)


def full_names(headers: Mapping[str, str]) -> dict[str, str]:
    """Return header fields with compact names written out."""
    found: dict[str, str] = {}
    for name, value in headers.items():
        full = COMPACT.get(name, name)
        found[full] = f"{found[full]}, {value}" if full in found else value
    return found


def host(address: str) -> str:
    """Return the host of a SIP address in lower case, without user and port; empty for others."""
    match = _ADDRESS.search(address)
    return match[1].lower() if match else ""


def fields(headers: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields that requests and responses have alike."""
    method = headers.get("cseq", "").rpartition(" ")[2]
    return {
        "method": method if method.isascii() and method.isalpha() else "",
        "from_host": host(headers.get("from", "")),
        "to_host": host(headers.get("to", "")),
        "content_type": text_head.media_type(headers.get("content-type", "")),
    }
