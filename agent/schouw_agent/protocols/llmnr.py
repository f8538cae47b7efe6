"""Link-local multicast name resolution: which names the machines of a link ask each other for."""

from functools import partial

from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import dns_message
from schouw_agent.protocols.identity import identity
from schouw_agent.records import Message

PORTS = frozenset({5355})
_CUT = 250
_ADDRESSES = (1, 28)


def _message(octets: bytes, end: int) -> list[Message]:
    message = dns_message.parse(octets)
    fields = dns_message.summary(octets, message, message.records[: message.answers])
    if not message.response:
        return [Message("llmnr", "query", fields, b"", end)]
    # Only who bears a name may answer for it (RFC 4795, 2.3).
    own = [record.name for record in message.records if record.kind in _ADDRESSES]
    facts = {"host_name": own[0] if own else ""}
    return [Message("llmnr", "response", fields, b"", end), *identity("llmnr", end, facts)]


def _plausible(head: bytes) -> bool:
    # One question; opcode 0, and no flags but conflict, truncated and tentative (RFC 4795, 2.1.1).
    if head[4:6] != b"\0\1" or head[2] & 0x78 or head[3] & 0xF0:
        return False
    return dns_message.plausible(head, _CUT) is not None


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are LLMNR, which its port alone tells from DNS."""
    heads = [head for head in (orig, resp) if head]
    if not heads or not PORTS & {hint.orig_port, hint.resp_port}:
        return 0.0
    if hint.transport == "tcp":
        heads = [head[2 : 2 + (head[0] << 8 | head[1])] for head in heads if len(head) > 2]
    return 0.97 if heads and all(_plausible(head) for head in heads) else 0.0


_FLAGS = frozenset(each for each in range(256) if not each & 0x78)
"""First octets of flags with operation 0."""


DECODER = Decoder(
    id="llmnr",
    title="LLMNR",
    reference="RFC 4795",
    transports=frozenset({"tcp", "udp"}),
    ports=PORTS,
    probe=probe,
    open=partial(dns_message.DnsConversation, _message),
    datagram=_message,
    screens=(
        Screen(octets={2: _FLAGS, 4: {0}, 5: {1}}, least=12, ports=PORTS),
        Screen(octets={4: _FLAGS, 6: {0}, 7: {1}}, least=14, ports=PORTS),
    ),
)
