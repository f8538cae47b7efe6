"""NetBIOS over TCP and UDP: names, datagrams and sessions of Windows networks, and SMB alone.

What a session carries (SMB) is counted and not read.
"""

import re
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Conversation, Decoder, PortHint, Screen
from schouw_agent.protocols.counted import recognise
from schouw_agent.protocols.datagrams import datagrams
from schouw_agent.protocols.identity import identity, text
from schouw_agent.records import Message

PORTS = frozenset({137, 138, 139, 445})
_ENCODED = re.compile(rb"\x20([A-P]{32})")
_OPERATIONS = {0: "query", 5: "registration", 6: "release", 7: "wait", 8: "refresh", 9: "refresh"}
_REGISTRATION, _REFRESH = 5, (8, 9)
_DIRECT = range(0x10, 0x13)
_DATAGRAM_TYPES = range(0x10, 0x17)
_HOST_SUFFIXES = (0x00, 0x20)
"""Workstation and file server (RFC 1001 leaves the 16th octet to its users)."""
_SESSION_REQUEST = b"\x81\0\0\x44\x20"
_SMB = re.compile(rb"\0[\0\1]..[\xfc-\xff]SMB", re.DOTALL)
"""A session message that carries SMB, also where no session was asked for (MS-SMB2, 2.1)."""
_HEADER_OCTETS = 12
_GROUP = 0x80


def _name(octets: bytes, at: int) -> tuple[str, int, int]:
    """Return a name, its last octet, and where it ends (RFC 1001, 14.1).

    Raises `DecodeError` if there is none.
    """
    match = _ENCODED.match(octets, at)
    if not match:
        raise DecodeError("not an encoded name")
    half = [letter - 0x41 for letter in match[1]]
    whole = bytes(high << 4 | low for high, low in zip(half[::2], half[1::2], strict=True))
    at = match.end()
    while at < len(octets) and octets[at]:  # the scope
        if octets[at] > 63:
            raise DecodeError("scope of a reserved label type")
        at += 1 + octets[at]
    if at >= len(octets):
        raise DecodeError("name longer than its message")
    return text(whole[:15].rstrip(b" \0")), whole[15], at + 1


def _read(octets: bytes, end: int) -> list[Message]:
    if len(octets) > 10 and octets[0] in _DATAGRAM_TYPES and _is_datagram(octets):
        return _datagram(octets, end)
    return _name_service(octets, end)


def _name_service(octets: bytes, end: int) -> list[Message]:
    if len(octets) < _HEADER_OCTETS:
        raise DecodeError("message shorter than its header")
    operation = octets[2] >> 3 & 0x0F
    response = octets[2] >= 0x80
    name, suffix, at = _name(octets, _HEADER_OCTETS)
    kind = _OPERATIONS.get(operation)
    if kind is None:
        raise DecodeError("unknown operation")
    fields: dict[str, Any] = {"name": name, "suffix": suffix, "response": response}
    messages = [Message("netbios", kind, fields, b"", end)]
    if suffix in _HOST_SUFFIXES and not response and operation in (_REGISTRATION, *_REFRESH):
        # Who registers a name that is no group's bears it: flags are behind the record's head.
        flags = octets[at + 16] if len(octets) > at + 16 else _GROUP
        if not flags & _GROUP:
            messages += identity("netbios", end, {"host_name": name})
    elif response and octets[at : at + 2] == b"\0\x21":
        messages += identity("netbios", end, {"host_name": _status(octets, at + 10)})
    return messages


def _status(octets: bytes, at: int) -> str:
    """Return the machine's own name from the answer to a status request (RFC 1002, 4.2.18)."""
    for entry in range(octets[at] if at < len(octets) else 0):
        start = at + 1 + 18 * entry
        record = octets[start : start + 18]
        if len(record) == 18 and record[15] in _HOST_SUFFIXES and not record[16] & _GROUP:
            return text(record[:15].rstrip(b" \0"))
    return ""


def _datagram(octets: bytes, end: int) -> list[Message]:
    """Read a datagram between machines: its source is its sender (RFC 1002, 4.4)."""
    if octets[0] not in _DIRECT:
        return [Message("netbios", "datagram", {"type": octets[0]}, b"", end)]
    source, suffix, at = _name(octets, 14)
    name, _, _ = _name(octets, at)
    fields = {"type": octets[0], "name": name, "source": source}
    host = source if suffix in _HOST_SUFFIXES else ""
    return [
        Message("netbios", "datagram", fields, b"", end),
        *identity("netbios", end, {"host_name": host}),
    ]


def _is_datagram(head: bytes) -> bool:
    if head[0] not in _DIRECT:
        # Error, or a query to a server of datagrams: flags, id, address, and port 138.
        return head[1] < 0x10 and head[8:10] == b"\0\x8a"
    return head[1] < 0x10 and _ENCODED.match(head, 14) is not None


def _is_name_service(head: bytes) -> bool:
    if len(head) < _HEADER_OCTETS + 34 or head[2] >> 3 & 0x0F not in _OPERATIONS:
        return False
    if head[4:8] not in (b"\0\1\0\0", b"\0\0\0\1", b"\0\0\0\0", b"\0\1\0\1"):
        return False
    return _ENCODED.match(head, _HEADER_OCTETS) is not None


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are NetBIOS: its way of writing names leaves little doubt."""
    heads = [head for head in (orig, resp) if head]
    if not heads:
        return 0.0
    if hint.transport == "tcp":
        asks = orig[:5] == _SESSION_REQUEST and _ENCODED.match(orig, 4)
        return 0.95 if asks or all(_SMB.match(head) for head in heads) else 0.0
    fits = all(
        _is_name_service(head)
        or (len(head) > 10 and head[0] in _DATAGRAM_TYPES and _is_datagram(head))
        for head in heads
    )
    return 0.96 if fits else 0.0


def _open(hint: PortHint) -> Conversation:
    return recognise(hint) if hint.transport == "tcp" else datagrams(_read)(hint)


DECODER = Decoder(
    id="netbios",
    title="NetBIOS over TCP/IP, and SMB",
    reference="RFC 1001, RFC 1002; MS-SMB2, 2.1 (Microsoft Open Specifications)",
    transports=frozenset({"tcp", "udp"}),
    ports=PORTS,
    probe=probe,
    open=_open,
    screens=(
        Screen(octets={12: {0x20}}, least=_HEADER_OCTETS + 34),
        Screen(octets={0: _DIRECT, 14: {0x20}}, least=14),
        Screen(octets={0: _DATAGRAM_TYPES, 8: {0}, 9: {0x8A}}, least=11),
        Screen(octets=dict(enumerate({each} for each in _SESSION_REQUEST)), either=True),
        Screen(
            octets={0: {0}, 4: range(0xFC, 0x100), 5: {0x53}, 6: {0x4D}, 7: {0x42}}, either=True
        ),
    ),
)
