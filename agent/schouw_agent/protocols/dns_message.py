"""The DNS message, which DNS, mDNS, LLMNR and the NetBIOS name service share (RFC 1035, 4)."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.inventory.flow_batch import address_text
from schouw_agent.plugins import PortHint
from schouw_agent.protocols.stream import OctetBuffer, StreamConversation
from schouw_agent.records import Message

TYPES = {
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
CLASSES = frozenset({1, 3, 4, 254, 255})
HEADER_OCTETS = 12
_OPCODES = frozenset({0, 1, 2, 4, 5})
_NAME_LIMIT = 255
_POINTER_LIMIT = 32
_SAME_NAME = bytes((0xC0, HEADER_OCTETS))
"""A pointer to the first question: what most answers begin with."""
_RECORDS_LIMIT = 2000
_QUESTIONS_LIMIT = 256
_NOT_PLAIN = re.compile(r"[^!-~]|\\")
_ODD = re.compile(r"[^!-~]|[.\\]")
"""What of a label is written as a number."""


class Record(NamedTuple):
    """A resource record and where it lies in its message."""

    name: str
    """In lower case."""
    kind: int
    at: int
    """Where its name starts."""
    start: int
    """Where its data start."""
    end: int


class DnsMessage(NamedTuple):
    """A message as far as all protocols read it alike."""

    flags: int
    questions: tuple[tuple[str, int], ...]
    """Name in lower case, and type."""
    records: tuple[Record, ...]
    """Answers, authorities and additional records, in this order."""
    answers: int
    """How many of the records are answers."""

    @property
    def response(self) -> bool:
        """Whether it answers."""
        return self.flags >= 0x8000


Reader = Callable[[bytes, int], Sequence[Message]]


class DnsConversation(StreamConversation):
    """Messages one by one, each in a datagram or behind its length (RFC 7766, 8)."""

    def __init__(self, read: Reader, hint: PortHint) -> None:
        super().__init__()
        self._read_message = read
        self._datagrams = hint.transport == "udp"
        self.survives = self._datagrams
        self._buffers = (OctetBuffer(), OctetBuffer())

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        buffer = self._buffers[from_orig]
        if self._datagrams:
            buffer.position += len(octets)
            messages += self._read_message(octets, buffer.position)
            return
        buffer.append(octets)
        while len(buffer) >= 2:
            prefix = buffer.peek(2)
            length = prefix[0] << 8 | prefix[1]
            if length < HEADER_OCTETS:
                raise DecodeError("message shorter than its header")
            if len(buffer) < 2 + length:
                return
            message = buffer.take(2 + length)[2:]
            messages += self._read_message(message, buffer.position)

    def _lose(self, from_orig: bool, octets: int) -> None:
        """Give up a stream: nothing marks where the next message starts."""
        self._buffers[from_orig].lose(octets)
        self.wanted = self._datagrams


def parse(octets: bytes) -> DnsMessage:
    """Return a message.  Raises `DecodeError`."""
    if len(octets) < HEADER_OCTETS:
        raise DecodeError("message shorter than its header")
    # The same is asked over and over, and a probe has read it already; its identity tells nothing.
    return (_remembered if len(octets) <= SHORT else _parse)(b"\0\0" + octets[2:])


def _parse(octets: bytes) -> DnsMessage:
    flags = octets[2] << 8 | octets[3]
    if flags >> 11 & 0x0F not in _OPCODES or flags & 0x0040:
        raise DecodeError("unknown opcode or reserved flag")
    counts = [octets[i] << 8 | octets[i + 1] for i in range(4, 12, 2)]
    if sum(counts) > _RECORDS_LIMIT or counts[0] > _QUESTIONS_LIMIT:
        raise DecodeError("too many records")
    at = HEADER_OCTETS
    questions = []
    for _ in range(counts[0]):
        question, at = read_question(octets, at)
        questions.append(question)
    records = []
    for _ in range(sum(counts[1:])):
        if questions and octets.startswith(_SAME_NAME, at):
            name, start = questions[0][0], at + len(_SAME_NAME)
        else:
            name, start = read_name(octets, at)
        end = start + 10 + two(octets, start + 8)
        if end > len(octets):
            raise DecodeError("record longer than its message")
        records.append(Record(name, two(octets, start), at, start + 10, end))
        at = end
    return DnsMessage(flags, tuple(questions), tuple(records), counts[1])


SHORT = 512
"""Octets of messages that are worth remembering."""
_remembered = lru_cache(maxsize=2048)(_parse)


def read_question(octets: bytes, at: int) -> tuple[tuple[str, int], int]:
    """Return name and type of a question, and where it ends.  Raises `DecodeError`."""
    name, at = read_name(octets, at)
    kind, klass = two(octets, at), two(octets, at + 2)
    if klass & 0x7FFF not in CLASSES or not kind:
        raise DecodeError("unknown class")
    return (name, kind), at + 4


def summary(octets: bytes, message: DnsMessage, records: Sequence[Record]) -> dict[str, Any]:
    """Return name and type of the first question, the rcode, and what these records say."""
    name, kind = message.questions[0] if message.questions else ("", 0)
    return {
        "name": name,
        "type": type_name(kind) if kind else "",
        "rcode": message.flags & 0x0F,
        "answers": tuple((r.name, type_name(r.kind), data(octets, r)) for r in records),
    }


def data(octets: bytes, record: Record) -> str:
    """Return what a record says: an address, a name, host:port, or the length of a text."""
    kind, start, end = record.kind, record.start, record.end
    if kind == 1 and end - start == 4:
        return address_text(b"\0" * 10 + b"\xff\xff" + octets[start:end])
    if kind == 28 and end - start == 16:
        return address_text(octets[start:end])
    if kind in (2, 5, 12, 39):
        return _contained_name(octets, start, end)
    if kind == 33 and end - start > 6:
        return f"{_contained_name(octets, start + 6, end)}:{two(octets, start + 4)}"
    return str(end - start) if kind == 16 else ""


def _contained_name(octets: bytes, start: int, end: int) -> str:
    name, after = read_name(octets, start)
    if after != end:
        raise DecodeError("name does not fill its record")
    return name


def read_name(octets: bytes, at: int) -> tuple[str, int]:
    r"""Return a name in lower case and where it ends (RFC 1035, 4.1.4).

    Octets that are not printable are written as \DDD.  Raises `DecodeError` as `read_labels`.
    """
    labels, after = read_labels(octets, at)
    name = b".".join(labels).decode("latin-1").lower()
    if _NOT_PLAIN.search(name) or name.count(".") >= len(labels):
        texts = [label.decode("latin-1").lower() for label in labels]
        name = ".".join(_ODD.sub(_escaped, text) for text in texts)
    return name, after


def _escaped(match: re.Match[str]) -> str:
    return f"\\{ord(match[0]):03}"


def read_labels(octets: bytes, at: int) -> tuple[list[bytes], int]:
    """Return the labels of a name as they are, and where it ends.

    Raises `DecodeError` when it runs out of the message, is too long, or its pointers do not go
    backwards.
    """
    labels: list[bytes] = []
    after = -1
    total = jumps = 0
    before = at
    while True:
        if at >= len(octets):
            raise DecodeError("name longer than its message")
        length = octets[at]
        if length >= 0xC0:
            target = two(octets, at) & 0x3FFF
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
            return labels, at if after < 0 else after
        total += length + 1
        if total > _NAME_LIMIT or at + length > len(octets):
            raise DecodeError("name too long")
        labels.append(octets[at : at + length])
        at += length


def type_name(kind: int) -> str:
    """Return a record type as text; TYPEn for a rare one (RFC 3597, 5)."""
    return TYPES.get(kind, f"TYPE{kind}")


def two(octets: bytes, at: int) -> int:
    """Return the number of two octets at a place.  Raises `DecodeError` beyond the end."""
    if at + 2 > len(octets):
        raise DecodeError("message too short")
    return octets[at] << 8 | octets[at + 1]


def plausible(head: bytes, cut: int) -> DnsMessage | None:
    """Return the message that a head is, or None if it is none.

    A head of at least `cut` octets may be cut off: then its questions must be whole, and so must
    the start of its first record, if it has any.
    """
    try:
        return parse(head)
    except DecodeError:
        if len(head) < cut:
            return None
    try:
        at = HEADER_OCTETS
        questions: list[tuple[str, int]] = []
        for _ in range(two(head, 4)):
            if at >= len(head) - 5 and questions:
                break
            question, at = read_question(head, at)
            questions.append(question)
        message = DnsMessage(two(head, 2), tuple(questions), (), two(head, 6))
        if at < len(head) - 5:
            name, start = read_name(head, at)
            record = Record(name, two(head, start), at, start + 10, start + 10)
            known = record.kind in TYPES and two(head, start + 2) & 0x7FFF < 0x1000
            return message._replace(records=(record,)) if known else None
    except DecodeError:
        return None
    return message if message.flags >> 11 & 0x0F in _OPCODES else None
