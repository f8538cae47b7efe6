"""Multicast DNS and service discovery: what a device calls itself and what it offers.

Names of instances and hosts are often a person's ("somebody's phone"): they are in the fields, and
whoever reports them minimises them.  A proxy may answer for others (RFC 6762, 4), so what is said
of a host is about the sender only as far as it answers for itself.
"""

from functools import partial
from typing import Any

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import dns_message
from schouw_agent.protocols.dns_message import DnsMessage
from schouw_agent.protocols.identity import identity, text
from schouw_agent.records import Message

PORTS = frozenset({5353})
_CUT = 250
_PTR, _TXT, _SRV = 12, 16, 33
_ADDRESSES = (1, 28)
_SERVICES_LIMIT = 64
_PAIRS_LIMIT = 64
_RECORDS_LIMIT = 256
_KEYS = {
    "md": "model",
    "model": "model",
    "am": "model",
    "ty": "model",
    "usb_mdl": "model",
    "product_name": "model",
    "usb_mfg": "vendor",
    "manufacturer": "vendor",
    "vendor": "vendor",
    "fv": "firmware",
    "firmware": "firmware",
    "fw_version": "firmware",
    "osvers": "firmware",
    "serialnumber": "serial",
    "serial": "serial",
    "mac": "mac",
    "deviceid": "mac",
    "fn": "name",
    "friendly_name": "name",
}
"""Keys of TXT records (Bonjour Printing 1.2, HAP, Google Cast, AirPlay, ESPHome and others)."""


def _message(octets: bytes, end: int) -> list[Message]:
    message = dns_message.parse(octets)
    fields = dns_message.summary(octets, message, message.records)
    if not message.response:
        # Known answers are what the asker has heard of others (RFC 6762, 7.1).
        return [Message("mdns", "query", {**fields, "answers": ()}, b"", end)]
    told = _told(octets, message)
    return [
        Message("mdns", "response", {**fields, "services": told.get("services", ())}, b"", end),
        *identity("mdns", end, told),
    ]


def _told(octets: bytes, message: DnsMessage) -> dict[str, Any]:
    """Return the facts that the records of a response state."""
    services: dict[str, None] = {}
    facts: dict[str, Any] = {}
    for record in message.records[:_RECORDS_LIMIT]:
        if record.kind in _ADDRESSES and record.name.endswith(".local"):
            labels, _ = dns_message.read_labels(octets, record.at)
            facts.setdefault("host_name", text(labels[0]))
        elif record.kind in (_PTR, _TXT, _SRV):
            start = record.start if record.kind == _PTR else record.at
            _service(octets, start, services, facts)
        if record.kind == _TXT:
            for key, value in _pairs(octets[record.start : record.end]):
                fact = _KEYS.get(key)
                if fact:
                    facts.setdefault(fact, value)
    if "mac" in facts:
        facts["mac"] = _mac(facts["mac"])
    facts["services"] = tuple(services)
    return facts


def _service(octets: bytes, at: int, services: dict[str, None], facts: dict[str, Any]) -> None:
    """Note an instance and its service, if a name is one (RFC 6763, 4.1)."""
    labels, _ = dns_message.read_labels(octets, at)
    texts = [text(label) for label in labels]
    if len(texts) < 3 or texts[-1].lower() != "local" or texts[-2].lower() not in ("_tcp", "_udp"):
        return
    service = f"{texts[-3]}.{texts[-2]}".lower()
    if texts[-3].startswith("_") and service != "_dns-sd._udp" and len(services) < _SERVICES_LIMIT:
        services[service] = None
    if len(texts) == 4 and not texts[0].startswith("_"):
        facts.setdefault("name", texts[0])


def _pairs(octets: bytes) -> list[tuple[str, str]]:
    """Return the key=value strings of a TXT record, keys in lower case (RFC 6763, 6)."""
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(octets) and len(found) < _PAIRS_LIMIT:
        length = octets[at]
        key, equals, value = octets[at + 1 : at + 1 + length].partition(b"=")
        if equals:
            found.append((text(key).lower(), text(value)))
        at += 1 + length
    return found


def _mac(value: str) -> str:
    digits = value.replace(":", "").replace("-", "").lower()
    if len(digits) != 12 or not all(c in "0123456789abcdef" for c in digits):
        return ""
    return bytes.fromhex(digits).hex(":")


def _head_score(head: bytes, usual: bool) -> float:
    if len(head) < dns_message.HEADER_OCTETS or head[2] & 0x78 or not any(head[4:8]):
        return 0.0
    if not usual and head[:2] != b"\0\0":
        return 0.0
    message = dns_message.plausible(head, _CUT)
    if message is None or not (message.questions or message.records):
        return 0.0
    if usual:
        return 0.97
    # Elsewhere, such as an answer to a simple resolver: everything is about .local.
    names = [name for name, _ in message.questions] + [r.name for r in message.records]
    local = all(name.endswith((".local", ".254.169.in-addr.arpa")) for name in names)
    return 0.93 if local else 0.0


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are mDNS: by the port, or by id 0 and names under .local."""
    heads = [head for head in (orig, resp) if head]
    if hint.transport != "udp" or not heads:
        return 0.0
    usual = bool(PORTS & {hint.orig_port, hint.resp_port})
    return min(_head_score(head, usual) for head in heads)


_FLAGS = frozenset(each for each in range(256) if not each & 0x78)
"""First octets of flags with operation 0."""


DECODER = Decoder(
    id="mdns",
    title="mDNS and DNS-SD",
    reference="RFC 6762, RFC 6763",
    transports=frozenset({"udp"}),
    ports=PORTS,
    probe=probe,
    open=partial(dns_message.DnsConversation, _message),
    datagram=_message,
    screens=(
        Screen(octets={2: _FLAGS}, least=12, ports=PORTS),
        Screen(octets={0: {0}, 1: {0}, 2: _FLAGS}, least=12),
    ),
)
