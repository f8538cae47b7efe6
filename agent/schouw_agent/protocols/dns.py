"""DNS over UDP and TCP: which names a device asks for, and where they lead."""

import re
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.stream import OctetBuffer, StreamConversation
from schouw_agent.records import Message, address_text

PORTS = frozenset({53})
_OTHERS = frozenset({137, 5353, 5355})
"""Ports of NetBIOS, mDNS and LLMNR, which share the format."""
_TYPES = {
    1: "A",
    2: "NS",
    5: "CNAME",
    6: "SOA",
    12: "PTR",
    13: "HINFO",
    15: "MX",
    16: "TXT",
    28: "AAAA",
    29: "LOC",
    33: "SRV",
    35: "NAPTR",
    39: "DNAME",
    41: "OPT",
    43: "DS",
    44: "SSHFP",
    46: "RRSIG",
    47: "NSEC",
    48: "DNSKEY",
    50: "NSEC3",
    52: "TLSA",
    64: "SVCB",
    65: "HTTPS",
    99: "SPF",
    251: "IXFR",
    252: "AXFR",
    255: "ANY",
    257: "CAA",
}
_CLASSES = frozenset({1, 3, 4, 254, 255})
_OPCODES = frozenset({0, 2, 4, 5})
_NAME_LIMIT = 255
_POINTER_LIMIT = 32
_RECORDS_LIMIT = 2000
_NOT_PLAIN = re.compile(r"[^!-~]|[.\\]")
_NETBIOS_NAME = re.compile(r"[a-p]{32}(\..*)?")


class Conversation(StreamConversation):
    """Queries and responses between a resolver and its client."""

    def __init__(self, hint: PortHint) -> None:
        super().__init__()
        self._datagrams = hint.transport == "udp"
        self.survives = self._datagrams
        self._buffers = (OctetBuffer(), OctetBuffer())

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        buffer = self._buffers[from_orig]
        buffer.append(octets)
        if self._datagrams:
            datagram = buffer.take(len(buffer))
            messages.append(parse(datagram, buffer.position))
            return
        while len(buffer) >= 2:
            prefix = buffer.peek(2)
            length = prefix[0] << 8 | prefix[1]
            if length < 12:
                raise DecodeError("message shorter than its header")
            if len(buffer) < 2 + length:
                return
            message = buffer.take(2 + length)[2:]
            messages.append(parse(message, buffer.position))

    def _lose(self, from_orig: bool, octets: int) -> None:
        """Give up a stream: nothing marks where the next message starts."""
        self._buffers[from_orig].lose(octets)
        self.wanted = self._datagrams


def parse(octets: bytes, end: int) -> Message:
    """Return the message of a DNS packet (RFC 1035, 4).  Raises `DecodeError`."""
    if len(octets) < 12:
        raise DecodeError("message shorter than its header")
    flags = octets[2] << 8 | octets[3]
    if flags >> 11 & 0x0F not in _OPCODES or flags & 0x0040:
        raise DecodeError("unknown opcode or reserved flag")
    counts = [octets[i] << 8 | octets[i + 1] for i in range(4, 12, 2)]
    if sum(counts) > _RECORDS_LIMIT or counts[0] > 16:
        raise DecodeError("too many records")
    response = bool(flags & 0x8000)
    at = 12
    questions = []
    for _ in range(counts[0]):
        name, at = read_name(octets, at)
        kind, klass = _two(octets, at), _two(octets, at + 2)
        if klass & 0x7FFF not in _CLASSES or not kind:
            raise DecodeError("unknown class")
        at += 4
        questions.append((name, type_name(kind)))
    answers: list[tuple[str, str, str]] = []
    for index in range(sum(counts[1:])):
        record, at = _record(octets, at)
        if index < counts[1]:
            answers.append(record)
    name, kind_name = questions[0] if questions else ("", "")
    fields: dict[str, Any] = {
        "name": name,
        "type": kind_name,
        "rcode": flags & 0x0F,
        "answers": tuple(answers),
    }
    return Message("dns", "response" if response else "query", fields, b"", end)


def _record(octets: bytes, at: int) -> tuple[tuple[str, str, str], int]:
    name, at = read_name(octets, at)
    kind = _two(octets, at)
    start = at + 10
    end = start + _two(octets, at + 8)
    if end > len(octets):
        raise DecodeError("record longer than its message")
    return (name, type_name(kind), _data(octets, kind, start, end)), end


def _data(octets: bytes, kind: int, start: int, end: int) -> str:
    """Return what a record says: an address, a name, host:port, or the length of a text."""
    if kind == 1 and end - start == 4:
        return address_text(b"\0" * 10 + b"\xff\xff" + octets[start:end])
    if kind == 28 and end - start == 16:
        return address_text(octets[start:end])
    if kind in (2, 5, 12, 39):
        return _contained_name(octets, start, end)
    if kind == 33 and end - start > 6:
        return f"{_contained_name(octets, start + 6, end)}:{_two(octets, start + 4)}"
    return str(end - start) if kind == 16 else ""


def _contained_name(octets: bytes, start: int, end: int) -> str:
    name, after = read_name(octets, start)
    if after != end:
        raise DecodeError("name does not fill its record")
    return name


def read_name(octets: bytes, at: int) -> tuple[str, int]:
    r"""Return a name in lower case and where it ends (RFC 1035, 4.1.4).

    Octets that are not printable are written as \DDD.  Raises `DecodeError` when it
    runs out of the message, is too long, or its pointers do not go backwards.
    """
    labels: list[str] = []
    after = -1
    total = jumps = 0
    before = at
    while True:
        if at >= len(octets):
            raise DecodeError("name longer than its message")
        length = octets[at]
        if length >= 0xC0:
            target = _two(octets, at) & 0x3FFF
            after = at + 2 if after < 0 else after
            jumps += 1
            if target >= before or jumps > _POINTER_LIMIT:
                raise DecodeError("name pointer does not go backwards")
            at = before = target
            continue
        if length > 63:
            raise DecodeError("reserved label type")
        at += 1
        if not length:
            return ".".join(labels), at if after < 0 else after
        total += length + 1
        if total > _NAME_LIMIT or at + length > len(octets):
            raise DecodeError("name too long")
        text = octets[at : at + length].decode("latin-1").lower()
        labels.append(_NOT_PLAIN.sub(lambda match: f"\\{ord(match[0]):03}", text))
        at += length


def type_name(kind: int) -> str:
    """Return a record type as text; TYPEn for a rare one (RFC 3597, 5)."""
    return _TYPES.get(kind, f"TYPE{kind}")


def _two(octets: bytes, at: int) -> int:
    if at + 2 > len(octets):
        raise DecodeError("message too short")
    return octets[at] << 8 | octets[at + 1]


def _plausible(head: bytes) -> bool:
    """Return whether a whole message is strict enough to be taken for DNS by its content."""
    if head[4:6] != b"\0\1":  # most of what is no DNS goes here, before it is read
        return False
    try:
        fields = parse(head, len(head)).fields
    except DecodeError:
        return False
    if fields["type"] not in _TYPES.values():
        return False
    query = head[2] < 0x80
    # A query holds no answer, save in zone updates and notifications.
    if query and head[2] >> 3 & 0x0F == 0 and (fields["rcode"] or head[6:8] != b"\0\0"):
        return False
    return not _NETBIOS_NAME.fullmatch(fields["name"])


def _long_response(head: bytes) -> bool:
    """Return whether a head that is cut off starts like a response."""
    if len(head) < 512 or head[2] < 0x80 or head[4:6] != b"\0\1" or head[6:8] == b"\0\0":
        return False
    try:
        _, at = read_name(head, 12)
    except DecodeError:
        return False
    known = _two(head, at) in _TYPES and _two(head, at + 2) in _CLASSES
    return known and head[at + 4 : at + 6] == b"\xc0\x0c"


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are DNS messages: the first datagrams, or a stream's start."""
    heads = [head for head in (orig, resp) if head]
    if not heads or _OTHERS & {hint.orig_port, hint.resp_port}:
        return 0.0
    if hint.transport == "tcp":
        if any(len(head) < 14 for head in heads):
            return 0.0
        heads = [head[2 : 2 + (head[0] << 8 | head[1])] for head in heads]
    elif hint.transport != "udp":
        return 0.0
    if not all(len(head) >= 12 and (_plausible(head) or _long_response(head)) for head in heads):
        return 0.0
    return 0.97 if PORTS & {hint.orig_port, hint.resp_port} else 0.9


def _screen(start: int) -> Screen:
    """Return what the header of a message that starts here must have: one question."""
    flags = range(256)
    first = frozenset(each for each in flags if each >> 3 & 0x0F in _OPCODES)
    second = frozenset(each for each in flags if not each & 0x40)
    return Screen(
        octets={start + 2: first, start + 3: second, start + 4: {0}, start + 5: {1}}, least=12
    )


DECODER = Decoder(
    id="dns",
    title="DNS",
    reference="RFC 1035; RFC 7766 (TCP)",
    transports=frozenset({"tcp", "udp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(_screen(0), _screen(2)),
)
