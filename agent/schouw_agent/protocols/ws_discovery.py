"""WS-Discovery, by which ONVIF cameras and printers are found: types, scopes and addresses."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint
from schouw_agent.protocols import xml_datagram
from schouw_agent.protocols.datagrams import datagrams
from schouw_agent.protocols.identity import identity, line
from schouw_agent.records import Message

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PORTS = frozenset({3702})
_NAMESPACES = (
    "http://schemas.xmlsoap.org/ws/2005/04/discovery",
    "http://docs.oasis-open.org/ws-dd/ns/discovery/2009/01",
)
_MARKS = (b"/ws/2005/04/discovery", b"/ws-dd/ns/discovery/")
_KINDS = {
    "Hello": "hello",
    "Bye": "bye",
    "Probe": "probe",
    "ProbeMatches": "probe_matches",
    "Resolve": "resolve",
    "ResolveMatches": "resolve_matches",
}
_OF_SENDER = frozenset({"hello", "probe_matches", "resolve_matches"})
_SCOPE = "onvif://www.onvif.org/"
_SCOPES = {
    "name": "name",
    "hardware": "model",
    "manufacturer": "vendor",
    "version": "firmware",
    "serial": "serial",
}
_SCOPES_LIMIT = 64


def _read(octets: bytes, end: int) -> list[Message]:
    envelope = xml_datagram.parse(octets)
    if xml_datagram.local_name(envelope) != "Envelope":
        raise DecodeError("not an envelope")
    bodies = [each for each in envelope if xml_datagram.local_name(each) == "Body"]
    for part in bodies[0] if bodies else ():
        kind = _KINDS.get(xml_datagram.local_name(part))
        if kind and part.tag[1:].partition("}")[0] in _NAMESPACES:
            return _told(kind, part, end)
    raise DecodeError("no message of discovery in it")


def _told(kind: str, part: "Element", end: int) -> list[Message]:
    types = _words(part, "Types")
    scopes = _words(part, "Scopes")
    fields: dict[str, Any] = {
        "types": types,
        "scopes": scopes,
        "addresses": _words(part, "XAddrs"),
    }
    messages = [Message("ws_discovery", kind, fields, b"", end)]
    if kind not in _OF_SENDER:
        return messages
    facts = _facts(scopes)
    if types:
        facts["device_type"] = types[0].rpartition(":")[2]
    return messages + identity("ws_discovery", end, facts)


def _words(part: "Element", name: str) -> tuple[str, ...]:
    """Return the words of every element of a name, without repetition."""
    found: dict[str, None] = {}
    for element in part.iter():
        if xml_datagram.local_name(element) == name:
            for word in (element.text or "").split()[:_SCOPES_LIMIT]:
                found[line(word)] = None
    return tuple(found)[:_SCOPES_LIMIT]


def _facts(scopes: Iterable[str]) -> dict[str, Any]:
    """Return what the scopes say of a device (ONVIF Core Specification, 7.3.2.2)."""
    facts: dict[str, Any] = {}
    for scope in scopes:
        if scope.lower().startswith(_SCOPE):
            kind, _, value = scope[len(_SCOPE) :].partition("/")
            fact = _SCOPES.get(kind.lower())
            if fact and value:
                facts.setdefault(fact, line(unquote(value.rstrip("/"))))
    return facts


def _head_score(head: bytes, usual: bool) -> float:
    if not xml_datagram.starts(head):
        return 0.0
    if any(mark in head for mark in _MARKS):
        return 0.97
    return 0.9 if usual and b"nvelope" in head else 0.0


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are WS-Discovery: XML that names it, or on its port."""
    heads = [head for head in (orig, resp) if head]
    if hint.transport != "udp" or not heads:
        return 0.0
    usual = bool(PORTS & {hint.orig_port, hint.resp_port})
    return min(_head_score(head, usual) for head in heads)


DECODER = Decoder(
    id="ws_discovery",
    title="WS-Discovery (ONVIF)",
    reference="OASIS WS-Discovery 1.1; ONVIF Core Specification 24.06, 7",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe,
    open=datagrams(_read),
    screens=xml_datagram.SCREENS,
)
