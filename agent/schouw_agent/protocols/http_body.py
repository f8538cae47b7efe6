"""HTTP bodies: framing, inflation within a bound, and the parts of a multipart body.

RFC 9112, 6 and 7 (framing); RFC 9110, 8.4 (content codings); RFC 2046, 5.1 (multipart).
"""

import re
import zlib
from collections.abc import Callable
from typing import NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.protocols import text_head
from schouw_agent.protocols.stream import BODY_LIMIT, OctetBuffer, inflated_limit

_CHUNK_LINE_LIMIT = 4096
_TRAILER_LIMIT = 1 << 16
_CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,15}(?=[;\s]|$)")
_LENGTH, _UNTIL_CLOSE, _CHUNK_LINE, _CHUNK_DATA, _CHUNK_END, _TRAILER, _DONE = range(7)

Sink = Callable[[bytes, int], None]
"""Takes the next octets of a body, and the place in the direction where they start."""


class Framing:
    """Where a body ends.  Reading gives the octets of the body to a sink."""

    __slots__ = ("_left", "_state", "_trailer")

    def __init__(self, length: int | None, chunked: bool) -> None:
        self._left = length or 0
        self._trailer = 0
        if chunked:
            self._state = _CHUNK_LINE
        else:
            self._state = _UNTIL_CLOSE if length is None else _LENGTH

    @property
    def until_close(self) -> bool:
        """Whether only the end of the flow ends the body."""
        return self._state == _UNTIL_CLOSE

    def read(self, buffer: OctetBuffer, sink: Sink) -> bool:
        """Return whether the body has ended.  Raises `DecodeError` on a malformed chunk."""
        while self._state != _DONE:
            if self._state in (_LENGTH, _CHUNK_DATA, _UNTIL_CLOSE):
                if not self._data(buffer, sink):
                    return False
            elif not self._line(buffer):
                return False
        return True

    def _data(self, buffer: OctetBuffer, sink: Sink) -> bool:
        start = buffer.position
        if self._state == _UNTIL_CLOSE:
            if len(buffer):
                sink(buffer.take(len(buffer)), start)
            return False
        if self._left and len(buffer):
            octets = buffer.take(self._left)
            self._left -= len(octets)
            sink(octets, start)
        if self._left:
            return False
        self._state = _DONE if self._state == _LENGTH else _CHUNK_END
        return True

    def _line(self, buffer: OctetBuffer) -> bool:
        line = buffer.take_through(b"\n", _CHUNK_LINE_LIMIT)
        if line is None:
            return False
        if self._state == _CHUNK_END:
            if line.strip():
                raise DecodeError("chunk longer than its size")
            self._state = _CHUNK_LINE
        elif self._state == _CHUNK_LINE:
            size = _CHUNK_SIZE.match(line)
            if size is None:
                raise DecodeError("malformed chunk size")
            self._left = int(size[0], 16)
            self._state = _CHUNK_DATA if self._left else _TRAILER
        else:
            self._trailer += len(line)
            if self._trailer > _TRAILER_LIMIT:
                raise DecodeError("trailer over the limit")
            if not line.strip():
                self._state = _DONE
        return True

    def lose(self, count: int) -> bool:
        """Return whether the end of the body is still known after losing this many octets."""
        if self._state in (_LENGTH, _CHUNK_DATA):
            self._left -= count
            return self._left >= 0
        return self._state == _UNTIL_CLOSE


class Body:
    """A body that is collected whole, within the limit."""

    __slots__ = ("_closed", "_collected", "octets", "skipped")

    def __init__(self) -> None:
        # Not a list of what came: a body may come octet by octet.
        self._collected = bytearray()
        self._closed = False
        self.octets = 0
        """Octets collected."""
        self.skipped = 0
        """Octets beyond the limit or behind a gap."""

    def add(self, octets: bytes, _start: int) -> None:
        """Collect octets, or count them when the limit is reached."""
        kept = 0 if self._closed else min(len(octets), BODY_LIMIT - self.octets)
        if kept:
            self._collected += octets[:kept]
            self.octets += kept
        self.skipped += len(octets) - kept

    def lose(self, count: int) -> None:
        """Collect nothing behind a gap."""
        self._closed = True
        self.skipped += count

    def whole(self) -> bytes:
        """Return what was collected."""
        return bytes(self._collected)


class Inflated(NamedTuple):
    """A body without its content coding."""

    octets: bytes
    truncated: bool
    coding: str
    """The coding that could not be undone; empty if all is undone."""


def inflate(octets: bytes, coding: str) -> Inflated:
    """Return a body without gzip or deflate, as far as `inflated_limit` goes."""
    coding = coding.strip().lower()
    if coding in ("", "identity") or not octets:
        return Inflated(octets, False, "")
    if coding not in ("gzip", "x-gzip", "deflate"):
        return Inflated(octets, False, coding)
    # "deflate" is zlib by RFC 9110, 8.4.1.2, and raw from some senders.
    for window in (47, -15):
        inflater = zlib.decompressobj(window)
        try:
            plain = inflater.decompress(octets, inflated_limit(len(octets)))
        except zlib.error:
            continue
        return Inflated(plain, not inflater.eof, "")
    return Inflated(octets, False, coding)


class Part(NamedTuple):
    """A part of a multipart body."""

    fields: dict[str, str]
    payload: bytes
    truncated: bool
    end: int
    """Octets of the direction up to and including the delimiter behind the part."""


class PartReader:
    """The parts of a multipart body, one by one as they come."""

    __slots__ = ("_buffer", "_delimiter", "_inside", "_limit", "_searched", "_skipping", "count")

    def __init__(self, boundary: str, limit: int) -> None:
        # Many cameras write the dashes of the delimiter into the parameter already.
        self._delimiter = b"--" + boundary.lstrip("-").encode("latin-1", "replace")
        self._limit = limit
        self._buffer = bytearray()
        self._inside = False
        self._searched = 0
        self._skipping = False
        self.count = 0
        """Parts given."""

    @property
    def full(self) -> bool:
        """Whether as many parts were given as there may be."""
        return self.count >= self._limit

    def read(self, octets: bytes, start: int) -> list[Part]:
        """Return the parts that these octets, which start here in the direction, complete."""
        origin = start - len(self._buffer)
        self._buffer += octets
        parts: list[Part] = []
        begin = 0
        while not self.full:
            found = self._buffer.find(self._delimiter, max(begin, self._searched))
            if found < 0:
                break
            after = found + len(self._delimiter)
            if self._inside:
                skipping = self._skipping or found - begin > BODY_LIMIT
                stop = min(found, begin + BODY_LIMIT)
                part = _part(bytes(self._buffer[begin:stop]), skipping, origin + after)
                if part is not None:
                    parts.append(part)
                    self.count += 1
            self._inside, self._skipping = True, False
            begin = self._searched = after
        del self._buffer[:begin]
        self._searched = max(0, len(self._buffer) - len(self._delimiter) + 1)
        if len(self._buffer) > BODY_LIMIT + len(self._delimiter):
            # Keep the beginning, and enough of the end to find the delimiter in.
            del self._buffer[BODY_LIMIT : len(self._buffer) - len(self._delimiter)]
            self._skipping = True
            self._searched = BODY_LIMIT
        return parts

    def lose(self) -> None:
        """Give no part that has a gap in it."""
        self._buffer.clear()
        self._searched = 0
        self._inside = False


def _part(octets: bytes, skipped: bool, end: int) -> Part | None:
    """Return the part between two delimiters, or None if it is none."""
    content = octets.rstrip(b"-") if octets.endswith(b"-") else octets
    content = content if content.endswith(b"\n") else octets
    content = content.removesuffix(b"\n").removesuffix(b"\r")
    line_end = content.find(b"\n")
    if line_end < 0 or content[:line_end].strip():
        return None
    rest = content[line_end + 1 :]
    if rest.startswith((b"\r\n", b"\n")):
        return Part({}, rest[rest.index(b"\n") + 1 :], skipped, end)
    head, separator, payload = rest.partition(b"\r\n\r\n")
    if not separator:
        head, separator, payload = rest.partition(b"\n\n")
    try:
        fields = text_head.fields(head.splitlines())
    except DecodeError:
        return None
    return Part(fields, payload, skipped, end)
