"""Hikvision's search for its devices (SADP), by multicast: model, serial number and firmware.

The layout is as tools for it have it; there is no published specification.
"""

from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint
from schouw_agent.protocols import xml_datagram
from schouw_agent.protocols.datagrams import datagrams
from schouw_agent.protocols.identity import identity
from schouw_agent.records import Message

PORTS = frozenset({37020})
_KINDS = {"Probe": "probe", "ProbeMatch": "probe_match", "Hello": "hello", "Bye": "bye"}
_OF_SENDER = frozenset({"probe_match", "hello"})
_ROOTS = tuple(b"<" + name.encode() + end for name in _KINDS for end in (b">", b" ", b"\r", b"\n"))
_MARKS = (b"<Uuid>", b"<Types>", b"<DeviceType>", b"<DeviceSN>")
_FACTS = {
    "DeviceDescription": "model",
    "DeviceSN": "serial",
    "SoftwareVersion": "firmware",
    "MAC": "mac",
}
_FIELDS = {"Types": "type", "IPv4Address": "address", "CommandPort": "port", "DeviceType": "code"}


def _read(octets: bytes, end: int) -> list[Message]:
    root = xml_datagram.parse(octets)
    kind = _KINDS.get(xml_datagram.local_name(root))
    if kind is None:
        raise DecodeError("unknown message")
    found = {xml_datagram.local_name(each): xml_datagram.content(each) for each in root}
    fields: dict[str, Any] = {to: found[name] for name, to in _FIELDS.items() if name in found}
    messages = [Message("hikvision", kind, fields, b"", end)]
    if kind not in _OF_SENDER:
        return messages
    facts = {fact: found.get(name, "") for name, fact in _FACTS.items()}
    facts["mac"] = facts["mac"].replace("-", ":").lower()
    return messages + identity("hikvision", end, {"vendor": "Hikvision", **facts})


def _fits(head: bytes) -> bool:
    return (
        xml_datagram.starts(head)
        and b"xmlns" not in head
        and any(root in head for root in _ROOTS)
        and any(mark in head for mark in _MARKS)
    )


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are SADP: plain XML with the names that it has."""
    heads = [head for head in (orig, resp) if head]
    if hint.transport != "udp" or not heads:
        return 0.0
    return 0.95 if all(map(_fits, heads)) else 0.0


DECODER = Decoder(
    id="hikvision",
    title="Hikvision SADP",
    reference="as hiktools (sadp) and other open tools have it",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe,
    open=datagrams(_read),
    screens=xml_datagram.SCREENS,
)
