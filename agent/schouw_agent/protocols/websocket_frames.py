"""WebSocket: frames become messages, unmasked, joined and inflated within bounds (RFC 6455, 5)."""

import zlib
from typing import NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.protocols.stream import BODY_LIMIT, OctetBuffer, inflated_limit

TEXT, BINARY = 1, 2
CLOSE = 8
_CONTINUATION, _PING, _PONG = 0, 9, 10
_LONGEST_HEADER = 14
_LONGEST_CONTROL = 125
_TAIL = b"\x00\x00\xff\xff"


class Frame(NamedTuple):
    """The header of a frame (RFC 6455, 5.2)."""

    final: bool
    compressed: bool
    opcode: int
    mask: bytes
    length: int
    start: int
    """Octets of the header itself."""


class Whole(NamedTuple):
    """A message of data."""

    opcode: int
    payload: bytes
    skipped: int
    """Octets that were left out: over the limit, or compressed by a state that is not known."""


def frame(head: bytes, *, deflated: bool) -> Frame | None:
    """Return the header that a head starts with, or None if more octets are needed.

    Raises `DecodeError` for a header that no endpoint may send.
    """
    if len(head) < 2:
        return None
    first, second = head[0], head[1]
    opcode, size = first & 15, second & 127
    extended = {126: 2, 127: 8}.get(size, 0)
    start = 2 + extended + (4 if second & 128 else 0)
    if first & 0x30 or (first & 0x40 and not deflated):
        raise DecodeError("reserved bit of a frame")
    if opcode not in (_CONTINUATION, TEXT, BINARY, CLOSE, _PING, _PONG):
        raise DecodeError("reserved opcode")
    if opcode >= CLOSE and (size > _LONGEST_CONTROL or not first & 128):
        raise DecodeError("control frame that is long or in parts")
    if len(head) < start:
        return None
    length = int.from_bytes(head[2 : 2 + extended], "big") if extended else size
    if length >> 63 or (extended == 2 and length < 126) or (extended == 8 and length < 1 << 16):
        raise DecodeError("length in more octets than it needs")
    mask = head[start - 4 : start] if second & 128 else b""
    return Frame(bool(first & 128), bool(first & 64), opcode, mask, length, start)


def unmask(octets: bytes, mask: bytes) -> bytes:
    """Return octets without their mask (RFC 6455, 5.3)."""
    if not mask or not octets:
        return octets
    size = len(octets)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(octets, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")


class Inflater:
    """Undoes permessage-deflate of one direction (RFC 7692, 7.2)."""

    __slots__ = ("_fresh", "_state")

    def __init__(self, *, no_context_takeover: bool) -> None:
        self._fresh = no_context_takeover
        self._state: zlib._Decompress | None = zlib.decompressobj(-15)

    def inflate(self, octets: bytes) -> tuple[bytes, bool]:
        """Return a message and whether all of it could be inflated."""
        if self._fresh:
            self._state = zlib.decompressobj(-15)
        if self._state is None:
            return b"", False
        try:
            plain = self._state.decompress(octets + _TAIL, inflated_limit(len(octets)))
        except zlib.error:
            self._state = None
            return b"", False
        if self._state.unconsumed_tail or self._state.eof:
            self._state = None
            return plain, False
        return plain, True

    def lose(self) -> None:
        """Forget the state: a message is missing, and later ones may refer to it."""
        self._state = None


class Side:
    """The frames that one side sends."""

    __slots__ = (
        *("_compressed", "_inflater", "_opcode", "_joined", "_skip", "_skipped"),
        "buffer",
    )

    def __init__(self, buffer: OctetBuffer, inflater: Inflater | None) -> None:
        self.buffer = buffer
        self._inflater = inflater
        self._opcode = 0
        """Of the message that is being put together; 0 between messages."""
        self._compressed = False
        self._joined = bytearray()
        self._skipped = 0
        self._skip: Frame | None = None
        """A frame that is passed over: its start is the octets that are still to come."""

    def read(self) -> Whole | None:
        """Return the next message, or None if more octets are needed.  Raises `DecodeError`."""
        while True:
            if self._skip is not None:
                left = self._skip.start - self.buffer.skip(self._skip.start)
                self._skip = self._skip._replace(start=left)
                if left:
                    return None
                header, self._skip = self._skip, None
                found = self._frame(header, b"", header.length)
            else:
                header_or_none = frame(
                    self.buffer.peek(_LONGEST_HEADER), deflated=self._inflater is not None
                )
                if header_or_none is None:
                    return None
                header = header_or_none
                if header.length > BODY_LIMIT:
                    self._skip = header._replace(start=header.start + header.length)
                    continue
                if len(self.buffer) < header.start + header.length:
                    return None
                octets = self.buffer.take(header.start + header.length)
                found = self._frame(header, unmask(octets[header.start :], header.mask), 0)
            if found is not None:
                return found

    def _frame(self, header: Frame, payload: bytes, skipped: int) -> Whole | None:
        if header.opcode >= CLOSE:
            return None
        if header.opcode == _CONTINUATION:
            if not self._opcode:
                raise DecodeError("continuation of nothing")
        elif self._opcode:
            raise DecodeError("message within a message")
        else:
            self._opcode, self._compressed = header.opcode, header.compressed
            self._joined, self._skipped = bytearray(), 0
        kept = payload[: BODY_LIMIT - len(self._joined)]
        self._joined += kept
        self._skipped += skipped + len(payload) - len(kept)
        return self._whole() if header.final else None

    def _whole(self) -> Whole:
        payload, skipped = bytes(self._joined), self._skipped
        opcode, self._opcode, self._joined = self._opcode, 0, bytearray()
        if self._compressed and self._inflater is not None:
            if skipped:
                self._inflater.lose()
            plain, complete = self._inflater.inflate(payload)
            return Whole(opcode, plain, 0 if complete else skipped + len(payload))
        return Whole(opcode, payload, skipped)

    def lose(self, count: int) -> bool:
        """Note a gap, and return whether the start of the next frame is still known."""
        header = self._skip
        if header is None:
            found = frame(self.buffer.peek(_LONGEST_HEADER), deflated=self._inflater is not None)
            if found is not None:
                left = found.start + found.length - len(self.buffer)
                header = found._replace(start=left)
        self.buffer.lose(count)
        if header is None or header.start < count:
            return False
        self._skip = header._replace(start=header.start - count)
        return True
