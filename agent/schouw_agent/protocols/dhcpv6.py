"""DHCP for IPv6: which device asks, what it is, and through which relays."""

from collections.abc import Mapping
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.inventory.flow_batch import address_text
from schouw_agent.plugins import Decoder, Screen
from schouw_agent.protocols.datagrams import datagrams, probe_each
from schouw_agent.protocols.identity import identity, mac, text
from schouw_agent.records import Message

PORTS = frozenset({546, 547})
_KINDS = {
    1: "solicit", 2: "advertise", 3: "request", 4: "confirm", 5: "renew", 6: "rebind",
    7: "reply", 8: "release", 9: "decline", 10: "reconfigure", 11: "information_request",
    12: "relay_forward", 13: "relay_reply", 14: "leasequery", 15: "leasequery_reply",
}  # fmt: skip
_RELAYS = (12, 13)
_FROM_SERVER = (2, 7, 10, 13, 15)
_CLIENT_ID, _SERVER_ID, _RELAYED = 1, 2, 9
_USER_CLASS, _VENDOR_CLASS, _FQDN, _MUD_URL, _LINK_LAYER = 15, 16, 39, 112, 79
_IDENTIFIERS = frozenset({_CLIENT_ID, _SERVER_ID})
_CUT = 250
"""Octets from which a head may be cut off."""
_NESTED_LIMIT = 32
"""Relays in a row (RFC 8415, 7.6)."""
_OPTION_LIMIT = 143
"""The highest option code that is accepted without the port (IANA)."""


def _read(octets: bytes, end: int) -> list[Message]:
    kind = _KINDS.get(octets[0]) if len(octets) >= 4 else None
    if kind is None:
        raise DecodeError("unknown message type")
    relays = 0
    own_mac = ""
    peer = ""
    while octets[0] in _RELAYS:
        relays += 1
        options = _options(octets, 34)
        peer = address_text(octets[18:34])
        layer = options.get(_LINK_LAYER, b"")
        own_mac = mac(layer[2:]) if layer[:2] == b"\0\1" else own_mac
        octets = options.get(_RELAYED, b"")
        if len(octets) < 4 or octets[0] not in _KINDS or relays > _NESTED_LIMIT:
            raise DecodeError("relayed message is missing")
    options = _options(octets, 4)
    server = octets[0] in _FROM_SERVER
    duid = options.get(_SERVER_ID if server else _CLIENT_ID, b"")
    fields: dict[str, Any] = {"duid": duid.hex(), "relays": relays, "client": peer}
    messages = [Message("dhcpv6", kind, fields, b"", end)]
    if not server and not relays:
        return messages + identity("dhcpv6", end, _facts(options))
    if not server:
        # The relay sends it, so it is not about the sender: the innermost relay's peer is meant.
        facts = {**_facts(options), **({"mac": own_mac} if own_mac else {})}
        fields["client_identity"] = {kind: value for kind, value in facts.items() if value}
    return messages


def _facts(options: Mapping[int, bytes]) -> dict[str, str]:
    """Return what a client says of itself."""
    duid = options.get(_CLIENT_ID, b"")
    # DUID-LLT and DUID-LL end in the address of one of its Ethernet cards (RFC 8415, 11).
    address = duid[8:] if duid[:4] == b"\0\1\0\1" else duid[4:] if duid[:4] == b"\0\3\0\1" else b""
    vendor = options.get(_VENDOR_CLASS, b"")
    return {
        "mac": mac(address),
        "host_name": _full_name(options.get(_FQDN, b"")[1:]),
        "user_agent": text(vendor[6:]),
        "mud_url": text(options.get(_MUD_URL, b"")),
    }


def _full_name(name: bytes) -> str:
    labels = []
    at = 0
    while at < len(name) and 0 < name[at] < 64:
        labels.append(text(name[at + 1 : at + 1 + name[at]]))
        at += 1 + name[at]
    return ".".join(labels)


def _options(octets: bytes, at: int) -> dict[int, bytes]:
    """Return the first option of each code.  Raises `DecodeError` if they do not fill the rest."""
    if at > len(octets):
        raise DecodeError("message shorter than its header")
    options: dict[int, bytes] = {}
    while at < len(octets):
        end = at + 4 + int.from_bytes(octets[at + 2 : at + 4], "big")
        if at + 4 > len(octets) or end > len(octets):
            raise DecodeError("option longer than its message")
        options.setdefault(octets[at] << 8 | octets[at + 1], octets[at + 4 : end])
        at = end
    return options


def _head_score(head: bytes, usual: bool) -> float:
    """Judge a head by whether its options follow each other to its end."""
    if len(head) < 4 or head[0] not in _KINDS:
        return 0.0
    at = 34 if head[0] in _RELAYS else 4
    codes = set()
    sound = False
    while at + 4 <= len(head):
        code = head[at] << 8 | head[at + 1]
        length = head[at + 2] << 8 | head[at + 3]
        if not 0 < code <= _OPTION_LIMIT:
            return 0.0
        codes.add(code)
        if code in _IDENTIFIERS:
            sound = head[at + 4] == 0 and 1 <= head[at + 5] <= 4 if at + 6 <= len(head) else False
        sound = sound or code == _RELAYED
        at += 4 + length
    if at != len(head) and len(head) < _CUT:
        return 0.0
    if usual:
        return 0.95
    return 0.8 if sound and len(codes) > 1 else 0.0


DECODER = Decoder(
    id="dhcpv6",
    title="DHCP (IPv6)",
    reference="RFC 8415; FQDN RFC 4704; MUD URL RFC 8520, 10",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe_each(_head_score, PORTS),
    open=datagrams(_read),
    screens=(
        Screen(octets={0: _KINDS}, least=4, ports=PORTS),
        Screen(octets={0: _KINDS, 4: {0}}, least=8),
        Screen(octets={0: _RELAYS, 34: {0}}, least=38),
    ),
)
