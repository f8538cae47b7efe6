"""NMEA 0183 over a network: what ships, weather stations and receivers say."""

import re
from string import ascii_uppercase

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols.stream import OctetBuffer, StreamConversation
from schouw_agent.records import Message

PORTS = frozenset({10110})
_LONGEST_LINE = 1024
_TAG = rb"(?:\\[\x20-\x5b\x5d-\x7e]{1,80}\\)?"
_SENTENCE = re.compile(
    _TAG + rb"([$!])([A-Z][A-Z0-9]{2,15}),([\x20-\x7e]{0,160})\*([0-9A-Fa-f]{2})"
)
"""A sentence, with or without a TAG block before it (NMEA 0183 4.1, 5.3 and 7)."""
_PART = re.compile(rb"([1-9]),([1-9]),([0-9]{0,2}),")
_GROUP_HEADER = b"UdPbC\0"
"""IEC 61162-450, 7.2."""
_MOST_GROUPS = 16
_MOST_BAD = 16


class Conversation(StreamConversation):
    """The sentences of one sender."""

    def __init__(self, hint: PortHint) -> None:
        super().__init__()
        self._datagrams = hint.transport == "udp"
        self.survives = self._datagrams
        self._buffers = (OctetBuffer(), OctetBuffer())
        self._skip = [True, True]
        """What comes first may be the rest of a line."""
        self._parts: dict[tuple[bool, bytes], list[bytes]] = {}
        self._bad = 0

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        buffer = self._buffers[from_orig]
        buffer.append(octets)
        if self._datagrams:
            lines = buffer.take(len(buffer)).removeprefix(_GROUP_HEADER).splitlines()
            if not sum(self._line(from_orig, line, buffer.position, messages) for line in lines):
                raise DecodeError("no sentence")
            return
        while (line := buffer.take_through(b"\n", _LONGEST_LINE)) is not None:
            known = self._line(from_orig, line.strip(b"\r\n\0 "), buffer.position, messages)
            if not known and line.strip() and not self._skip[from_orig]:
                self._bad += 1
                if self._bad > _MOST_BAD:
                    raise DecodeError("too many lines that are no sentences")
            self._skip[from_orig] = False

    def _line(self, from_orig: bool, line: bytes, end: int, messages: list[Message]) -> bool:
        """Add the message of a line; return whether it is a sentence whose checksum fits."""
        match = _SENTENCE.fullmatch(line)
        if match is None or not _fits(line, match):
            return False
        name = match[2].decode()
        payload = line[match.start(1) :]
        part = _PART.match(match[3]) if match[1] == b"!" else None
        if part is not None and part[1] != b"1":
            joined = self._joined((from_orig, match[2] + part[3]), payload, part)
            if joined is None:
                return True
            payload = joined
        fields = {"sentence": name, "content_type": ""}
        messages.append(Message("nmea", "sentence", fields, payload, end))
        self._bad = 0
        return True

    def _joined(
        self, key: tuple[bool, bytes], payload: bytes, part: re.Match[bytes]
    ) -> bytes | None:
        """Return all sentences of a message in parts once the last one is there."""
        total, number = int(part[1]), int(part[2])
        parts = self._parts.pop(key, [])
        if number != len(parts) + 1:  # one is missing
            parts = []
            if number != 1:
                return payload if number == total else None
        parts = [*parts, payload]
        if number >= total:
            return b"\r\n".join(parts)
        if len(self._parts) >= _MOST_GROUPS:
            self._parts.clear()
        self._parts[key] = parts
        return None

    def _lose(self, from_orig: bool, octets: int) -> None:
        """Go on with the next line."""
        self._buffers[from_orig].lose(octets)
        self._skip[from_orig] = True


def _fits(line: bytes, match: re.Match[bytes]) -> bool:
    """Tell whether the octets between the start and the asterisk add up to the checksum."""
    value = 0
    for octet in line[match.start(2) : match.end(3)]:
        value ^= octet
    return value == int(match[4], 16)


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely the lines of one side are sentences."""
    return max(_score(head, hint.transport) for head in (orig, resp))


def _score(head: bytes, transport: str) -> float:
    head = head.removeprefix(_GROUP_HEADER)
    if head[:1] not in (b"$", b"!", b"\\"):
        amid = transport == "tcp" and (b"\n$" in head or b"\n!" in head)
        if not amid:
            return 0.0
    fits = []
    for line in map(bytes.strip, head.split(b"\n")):
        match = _SENTENCE.fullmatch(line)
        fits.append(match is not None and _fits(line, match))
    # What stands first may have begun out of sight.
    return 0.92 if fits[0] or sum(fits) > 1 else 0.0


DECODER = Decoder(
    id="nmea",
    title="NMEA 0183 over a network",
    reference="NMEA 0183 4.1, 5.3; IEC 61162-450, 7.2; ITU-R M.1371-5 (AIS)",
    transports=frozenset({"udp", "tcp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(
        Screen(octets={0: b"$!", 1: ascii_uppercase.encode()}, least=9, either=True, amid=True),
        Screen(octets={0: b"\\", 1: range(0x20, 0x7F)}, least=9, either=True),
        Screen(octets=dict(enumerate((octet,) for octet in _GROUP_HEADER)), least=9, either=True),
    ),
)
