"""DHCP and BOOTP for IPv4: which device asks for an address, what it is, and what it gets.

Option 55, the parameters that a client asks for in its order, is much like a fingerprint of its
software.  What a server says of a client is about the recipient.
"""

from collections.abc import Mapping
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.inventory.flow_batch import address_text
from schouw_agent.plugins import Decoder, Screen
from schouw_agent.protocols.datagrams import datagrams, probe_each
from schouw_agent.protocols.identity import identity, mac, text
from schouw_agent.records import Message

PORTS = frozenset({67, 68, 4011})
_COOKIE = b"\x63\x82\x53\x63"
_COOKIE_AT = 236
_REQUEST, _REPLY = 1, 2
_PAD, _OVERLOAD, _TYPE, _END = 0, 52, 53, 255
_HOST_NAME, _REQUESTED, _PARAMETERS, _VENDOR_CLASS, _CLIENT_ID = 12, 50, 55, 60, 61
_FQDN, _MUD_URL = 81, 161
_KINDS = (
    "discover", "offer", "request", "decline", "ack", "nak", "release", "inform", "forcerenew",
    "leasequery", "lease_unassigned", "lease_unknown", "lease_active",
)  # fmt: skip
_BOUND = frozenset({"offer", "ack", "lease_active", "bootp_reply"})
_HARDWARE_LIMIT = 40
"""Types of hardware (IANA) that an address may be of."""
_HOPS_LIMIT = 16


def _read(octets: bytes, end: int) -> list[Message]:
    if not _is_header(octets):
        raise DecodeError("not a DHCP header")
    options = _options(octets) if octets[_COOKIE_AT : _COOKIE_AT + 4] == _COOKIE else {}
    reply = octets[0] == _REPLY
    kind = "bootp_reply" if reply else "bootp_request"
    number = options.get(_TYPE, b"")
    if number:
        kind = _KINDS[number[0] - 1] if 1 <= number[0] <= len(_KINDS) else "other"
    hardware = octets[28:34] if octets[1:3] == b"\1\6" else b""
    address = _address(octets[16:20] if reply else options.get(_REQUESTED, octets[12:16]))
    fields: dict[str, Any] = {
        "mac": mac(hardware),
        "address": address,
        "client_identifier": options.get(_CLIENT_ID, b"").hex(),
        "parameters": tuple(options.get(_PARAMETERS, b"")),
        "vendor_class": text(options.get(_VENDOR_CLASS, b"")),
    }
    messages = [Message("dhcp", kind, fields, b"", end)]
    if not reply:
        return messages + identity("dhcp", end, _facts(hardware, options))
    if kind in _BOUND and address:
        facts = {"mac": mac(hardware), "host_name": text(options.get(_HOST_NAME, b""))}
        about = identity("dhcp", end, facts, "recipient")
        # The address binds what is known of the client to where it is met later.
        messages += [m._replace(fields={**m.fields, "address": address}) for m in about]
    return messages


def _facts(hardware: bytes, options: Mapping[int, bytes]) -> dict[str, str]:
    """Return what a client says of itself."""
    return {
        "mac": mac(hardware),
        "host_name": text(options.get(_HOST_NAME, b"")) or _full_name(options.get(_FQDN, b"")),
        "user_agent": text(options.get(_VENDOR_CLASS, b"")),
        "mud_url": text(options.get(_MUD_URL, b"")),
    }


def _full_name(option: bytes) -> str:
    """Return the name of a client FQDN option, in either of its encodings (RFC 4702, 2.3)."""
    name = option[3:]
    if not option or not option[0] & 0x04:
        return text(name)
    labels = []
    at = 0
    while at < len(name) and 0 < name[at] < 64:
        labels.append(text(name[at + 1 : at + 1 + name[at]]))
        at += 1 + name[at]
    return ".".join(labels)


def _address(packed: bytes) -> str:
    if len(packed) != 4 or not any(packed):
        return ""
    return address_text(b"\0" * 10 + b"\xff\xff" + packed)


def _options(octets: bytes) -> dict[int, bytes]:
    """Return the options by code, of `file` and `sname` too if they hold any (RFC 2132, 9.3)."""
    options: dict[int, bytes] = {}
    _scan(octets[_COOKIE_AT + 4 :], options)
    overload = options.get(_OVERLOAD, b"\0")[:1]
    if overload in (b"\1", b"\3"):
        _scan(octets[108:236], options)
    if overload in (b"\2", b"\3"):
        _scan(octets[44:108], options)
    return options


def _scan(octets: bytes, options: dict[int, bytes]) -> None:
    """Add the options of an area; parts of a long one are joined (RFC 3396)."""
    at = 0
    while at < len(octets):
        code = octets[at]
        at += 1
        if code == _PAD:
            continue
        if code == _END:
            return
        if at >= len(octets) or at + 1 + octets[at] > len(octets):
            raise DecodeError("option longer than its message")
        value = octets[at + 1 : at + 1 + octets[at]]
        options[code] = options.get(code, b"") + value
        at += 1 + len(value)


def _is_header(head: bytes) -> bool:
    """Return whether the fixed part is plausible (RFC 2131, 2)."""
    return (
        len(head) >= _COOKIE_AT
        and head[0] in (_REQUEST, _REPLY)
        and 0 < head[1] <= _HARDWARE_LIMIT
        and head[2] <= 16
        and head[3] <= _HOPS_LIMIT
    )


def _head_score(head: bytes, usual: bool) -> float:
    if not _is_header(head):
        return 0.0
    if head[_COOKIE_AT : _COOKIE_AT + 4] == _COOKIE:
        return 0.98
    # BOOTP may have another vendor area, or none (RFC 951, 3).
    return 0.7 if usual and head[1:3] == b"\1\6" and not any(head[34:44]) else 0.0


DECODER = Decoder(
    id="dhcp",
    title="DHCP and BOOTP (IPv4)",
    reference="RFC 2131, RFC 2132, RFC 4702; MUD URL RFC 8520, 10",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe_each(_head_score, PORTS),
    open=datagrams(_read),
    screens=(
        Screen(
            octets={
                0: {_REQUEST, _REPLY},
                1: range(1, _HARDWARE_LIMIT + 1),
                2: range(17),
                3: range(_HOPS_LIMIT + 1),
            },
            least=_COOKIE_AT,
        ),
    ),
)
