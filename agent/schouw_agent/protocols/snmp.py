"""SNMP: what managers ask of switches, cameras and controllers, and who these say they are."""

from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import ber
from schouw_agent.protocols.datagrams import DatagramConversation
from schouw_agent.records import Message

PORTS = frozenset({161, 162})
_VERSIONS = {0: "1", 1: "2c", 3: "3"}
_KINDS = {
    0xA0: "get",
    0xA1: "get_next",
    0xA2: "response",
    0xA3: "set",
    0xA4: "trap",
    0xA5: "get_bulk",
    0xA6: "inform",
    0xA7: "trap",
    0xA8: "report",
}
_TRAP_1 = 0xA4
_LATER = frozenset({0xA5, 0xA6, 0xA7, 0xA8})
"""PDUs that version 1 does not have (RFC 3416, 3)."""
_NAMES = {
    "1.3.6.1.2.1.1.1.0": "model",
    "1.3.6.1.2.1.1.5.0": "host_name",
}
"""sysDescr and sysName (RFC 3418, 2)."""
_OIDS_LIMIT = 64
_BINDINGS_LIMIT = 2000
_LONGEST_COMMUNITY = 255
_LONGEST_TEXT = 120
_HEAD_OCTETS = 256
"""A probe may see no more of a longer message."""


class Conversation(DatagramConversation):
    """Requests, responses and traps between a manager and an agent."""

    def _datagram(
        self,
        from_orig: bool,  # noqa: ARG002
        octets: bytes,
        end: int,
        messages: list[Message],
    ) -> None:
        kind, fields, identity = parse(octets)
        if fields["encrypted"]:
            self.encryption = "snmp privacy"
        messages.append(Message("snmp", kind, fields, b"", end))
        if identity:
            messages.append(Message("snmp", "identity", {"identity": identity}, b"", end))


def parse(octets: bytes) -> tuple[str, dict[str, Any], dict[str, str]]:
    """Return kind, fields and identity facts of a message.  Raises `DecodeError`.

    Fields: version; credentials ("community" where one is sent in clear, never which); encrypted;
    oids, at most 64 of them; error.
    """
    whole = ber.Reader(octets)
    message = whole.enter(ber.SEQUENCE)
    if not whole.done:
        raise DecodeError("octets behind the message")
    version = _VERSIONS.get(message.integer())
    if version is None:
        raise DecodeError("unknown version")
    fields: dict[str, Any] = {
        "version": version,
        "credentials": "" if version == "3" else "community",
        "encrypted": False,
        "oids": (),
        "error": 0,
    }
    if version == "3":
        scoped = _scoped(message)
        if scoped is None:
            return "message", fields | {"encrypted": True}, {}
        message = scoped
    elif len(message.octets(ber.OCTET_STRING)) > _LONGEST_COMMUNITY:
        raise DecodeError("community over the limit")
    return _pdu(octets, message, fields)


def _scoped(message: ber.Reader) -> ber.Reader | None:
    """Return a reader of a scoped PDU in clear, or None if it is encrypted (RFC 3412, 6)."""
    header = message.enter(ber.SEQUENCE)
    header.integer()
    if header.integer() < 484:
        raise DecodeError("message size below the least")
    flags = header.octets(ber.OCTET_STRING)
    model = header.integer()
    if len(flags) != 1 or model < 1 or not header.done:
        raise DecodeError("malformed header of version 3")
    message.octets(ber.OCTET_STRING)
    if flags[0] & 2:
        message.octets(ber.OCTET_STRING)
        return None
    scoped = message.enter(ber.SEQUENCE)
    scoped.octets(ber.OCTET_STRING)
    scoped.octets(ber.OCTET_STRING)
    return scoped


def _pdu(
    octets: bytes, message: ber.Reader, fields: dict[str, Any]
) -> tuple[str, dict[str, Any], dict[str, str]]:
    tag, start, stop = message.next()
    kind = _KINDS.get(tag)
    if kind is None or not message.done or (fields["version"] == "1" and tag in _LATER):
        raise DecodeError("unknown PDU")
    pdu = ber.Reader(octets, start, stop)
    if tag == _TRAP_1:  # RFC 1157, 4.1.6
        pdu.octets(ber.OID)
        pdu.next()
        pdu.integer()
        pdu.integer()
        pdu.next()
    else:
        pdu.integer()
        fields["error"] = pdu.integer()
        pdu.integer()
    oids, identity = _bindings(octets, pdu.enter(ber.SEQUENCE), kind == "response")
    if not pdu.done:
        raise DecodeError("octets behind the bindings")
    fields["oids"] = oids
    if kind == "response":  # repeats what was sent to it
        fields["credentials"] = ""
    return kind, fields, identity


def _bindings(
    octets: bytes, bindings: ber.Reader, response: bool
) -> tuple[tuple[str, ...], dict[str, str]]:
    oids: list[str] = []
    identity: dict[str, str] = {}
    count = 0
    while not bindings.done:
        count += 1
        if count > _BINDINGS_LIMIT:
            raise DecodeError("too many bindings")
        binding = bindings.enter(ber.SEQUENCE)
        name = ber.object_identifier(binding.octets(ber.OID))
        tag, start, stop = binding.next()
        if len(oids) < _OIDS_LIMIT:
            oids.append(name)
        known = _NAMES.get(name)
        if response and known and tag == ber.OCTET_STRING:
            text = octets[start:stop].decode("utf-8", "replace").strip()
            if text:
                identity[known] = text[:_LONGEST_TEXT]
    return tuple(oids), identity


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:  # noqa: ARG001
    """Return how surely these are messages of SNMP."""
    heads = [head for head in (orig, resp) if head]
    if not heads or any(head[0] != ber.SEQUENCE for head in heads):
        return 0.0
    return min(map(_score, heads))


def _score(head: bytes) -> float:
    try:
        parse(head)
    except DecodeError:
        return 0.8 if _is_cut_off(head) else 0.0
    return 0.97


def _is_cut_off(head: bytes) -> bool:
    """Tell whether a head is the start of a message that is longer than what is looked at."""
    at = 2 + (head[1] & 0x7F if len(head) > 1 and head[1] & 0x80 else 0)
    length = int.from_bytes(head[2:at], "big") if at > 2 else 0
    if at > 6 or at + length <= len(head) or len(head) < _HEAD_OCTETS:
        return False
    start = head[at : at + 4]
    return start[:2] == b"\x02\x01" and start[2] in _VERSIONS and start[3] in (4, 0x30)


DECODER = Decoder(
    id="snmp",
    title="SNMP 1, 2c and 3",
    reference="RFC 1157, RFC 3416, RFC 3412; RFC 3418 (sysDescr, sysName)",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(Screen(octets={0: {ber.SEQUENCE}}, least=20),),
)
