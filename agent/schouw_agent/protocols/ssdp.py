"""SSDP, the discovery of UPnP: what a device is and where it describes itself.

The description that LOCATION points to is fetched over HTTP and is not part of this.
"""

import re
from collections.abc import Mapping
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, Screen
from schouw_agent.protocols import text_head
from schouw_agent.protocols.datagrams import datagrams, probe_each
from schouw_agent.protocols.identity import identity, line
from schouw_agent.records import Message

PORTS = frozenset({1900})
_START = re.compile(
    rb"(M-SEARCH|NOTIFY) \* HTTP/1\.[0-2]\s*|HTTP/1\.[0-2] ([1-5][0-9]{2})\b[^\r\n]*"
)
_HEAD = re.compile(rb"(?:M-SEARCH|NOTIFY) +\* +HTTP/1\.[0-2]|(HTTP/1\.[0-2] [1-5][0-9]{2}\b)")
_OWN_FIELDS = re.compile(
    rb"\n(?:ST|USN|NT|NTS|EXT|LOCATION|SERVER|CACHE-CONTROL|DATE)[ \t]*:", re.IGNORECASE
)
_DEVICE = re.compile(r"urn:([A-Za-z0-9.-]+):(device|service):([A-Za-z0-9._-]+)")
_UUID_MAC = re.compile(
    r"uuid:[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[0-9a-f]{4}-([0-9a-f]{12})", re.IGNORECASE
)
_KINDS = {b"M-SEARCH": "search", b"NOTIFY": "notify"}
_TOLD = {
    "st": "search_target",
    "nt": "notification_type",
    "nts": "notification_subtype",
    "usn": "usn",
    "location": "location",
    "server": "server",
    "user-agent": "user_agent",
    "host": "host",
}


def _read(octets: bytes, end: int) -> list[Message]:
    lines = [each.removesuffix(b"\r") for each in octets.split(b"\n")]
    start = _START.fullmatch(lines[0])
    if not start:
        raise DecodeError("malformed start line")
    blank = lines.index(b"") if b"" in lines else len(lines)
    headers = text_head.fields(lines[1:blank])
    fields: dict[str, Any] = {
        told: line(headers[name]) for name, told in _TOLD.items() if name in headers
    }
    kind = _KINDS.get(start[1], "response")
    return [
        Message("ssdp", kind, fields, b"", end),
        *identity("ssdp", end, _facts(kind, headers)),
    ]


def _facts(kind: str, headers: Mapping[str, str]) -> dict[str, Any]:
    """Return who the sender is: of a search only what asks (UPnP Device Architecture 2.0, 1.3)."""
    if kind == "search":
        return {"user_agent": line(headers.get("user-agent", ""))}
    if headers.get("nts", "").lower() == "ssdp:byebye":
        return {}
    named = _DEVICE.search(headers.get("st", headers.get("nt", ""))) or _DEVICE.search(
        headers.get("usn", "")
    )
    facts: dict[str, Any] = {"user_agent": line(headers.get("server", ""))}
    if named and named[2] == "device":
        facts["device_type"] = named[3]
    elif named:
        facts["services"] = (named[3],)
    node = _UUID_MAC.match(headers.get("usn", ""))
    # A UUID of version 1 ends in the address of its maker (RFC 9562, 5.1), unless that is random.
    if node and not int(node[1][:2], 16) & 1 and int(node[1], 16):
        facts["mac"] = bytes.fromhex(node[1]).hex(":")
    return facts


def _head_score(head: bytes, usual: bool) -> float:
    found = _HEAD.match(head)
    if not found:
        return 0.0
    if not found[1]:
        return 0.97
    return 0.95 if usual or _OWN_FIELDS.search(head) else 0.0


DECODER = Decoder(
    id="ssdp",
    title="SSDP (UPnP)",
    reference="UPnP Device Architecture 2.0, 1",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe_each(_head_score, PORTS),
    open=datagrams(_read),
    screens=(
        Screen(octets={0: frozenset(b"MNH"), 1: frozenset(b"-OT"), 2: frozenset(b"ST")}, least=12),
    ),
)
