"""DNS over UDP and TCP: which names a device asks for, and where they lead."""

import re
from functools import partial

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import dns_message
from schouw_agent.records import Message

PORTS = frozenset({53})
_OTHERS = frozenset({137, 5353, 5355})
"""Ports of NetBIOS, mDNS and LLMNR, which share the format."""
_NETBIOS_NAME = re.compile(r"[a-p]{32}(\..*)?")
_CUT = 250
"""Octets from which a head may be cut off."""
_QUESTIONS = 16
_INVERSE = 1
_ASSIGNED = frozenset({0, 1, 2, 4, 5, 6})
"""Operations (RFC 8490, 10.2 and earlier)."""


def _message(octets: bytes, end: int) -> list[Message]:
    message = dns_message.parse(octets)
    if len(message.questions) > _QUESTIONS:
        raise DecodeError("too many records")
    answers = message.records[: message.answers]
    kind = "response" if message.response else "query"
    return [Message("dns", kind, dns_message.summary(octets, message, answers), b"", end)]


def _plausible(head: bytes) -> bool:
    """Return whether a message is strict enough to be taken for DNS by its content."""
    if head[4:6] != b"\0\1":  # most of what is no DNS goes here, before it is read
        return False
    message = dns_message.plausible(head, _CUT)
    if message is None or message.questions[0][1] not in dns_message.TYPES:
        return False
    operation = message.flags >> 11 & 0x0F
    if operation == _INVERSE:
        return False
    # A query holds no answer, save in zone updates and notifications.
    query = not message.response and not operation
    if query and (message.flags & 0x0F or message.answers):
        return False
    return not _NETBIOS_NAME.fullmatch(message.questions[0][0])


def _on_its_port(head: bytes) -> bool:
    """Return whether a message starts like DNS, if odd: its port speaks for it."""
    flags, questions = head[2] << 8 | head[3], head[4] << 8 | head[5]
    if flags >> 11 & 0x0F not in _ASSIGNED or flags & 0x40 or questions > 1 or any(head[6:12:2]):
        return False
    if (
        not questions
    ):  # a refusal, a later part of a transfer, or who has an address (RFC 1035, 6.4)
        return flags >= 0x8000 or (flags >> 11 == _INVERSE and head[7] == 1)
    try:
        (name, _), _ = dns_message.read_question(head, dns_message.HEADER_OCTETS)
    except DecodeError:
        return False
    return not _NETBIOS_NAME.fullmatch(name)


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are DNS messages: the first datagrams, or a stream's start."""
    heads = [head for head in (orig, resp) if head]
    if not heads or _OTHERS & {hint.orig_port, hint.resp_port}:
        return 0.0
    if hint.transport == "tcp":
        if any(len(head) < 14 or head[:2] < b"\0\x0c" for head in heads):
            return 0.0
        heads = [head[2 : 2 + (head[0] << 8 | head[1])] for head in heads]
    elif hint.transport != "udp" or any(len(head) < dns_message.HEADER_OCTETS for head in heads):
        return 0.0
    usual = bool(PORTS & {hint.orig_port, hint.resp_port})
    if all(_plausible(head) for head in heads):
        return 0.97 if usual else 0.9
    return 0.85 if usual and all(_on_its_port(head) for head in heads) else 0.0


def _screen(start: int, questions: set[int], ports: frozenset[int] = frozenset()) -> Screen:
    """Return what the header of a message that starts here must have."""
    flags = range(256)
    first = frozenset(each for each in flags if each >> 3 & 0x0F in _ASSIGNED)
    second = frozenset(each for each in flags if not each & 0x40)
    octets = {start + 2: first, start + 3: second, start + 4: {0}, start + 5: questions}
    return Screen(octets=octets, least=dns_message.HEADER_OCTETS, ports=ports)


DECODER = Decoder(
    id="dns",
    title="DNS",
    reference="RFC 1035; RFC 7766 (TCP)",
    transports=frozenset({"tcp", "udp"}),
    ports=PORTS,
    probe=probe,
    open=partial(dns_message.DnsConversation, _message),
    datagram=_message,
    screens=(_screen(0, {1}), _screen(2, {1}), _screen(0, {0}, PORTS), _screen(2, {0}, PORTS)),
)
