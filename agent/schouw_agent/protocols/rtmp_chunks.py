"""The chunks of RTMP, put together to messages (Adobe RTMP 1.0, 5.3)."""

from typing import NamedTuple

from schouw_agent.errors import DecodeError
from schouw_agent.protocols.stream import OctetBuffer

AUDIO, VIDEO = 8, 9
COMMANDS = frozenset({17, 20})
"""AMF 3 and AMF 0."""
_SET_CHUNK_SIZE, _ABORT = 1, 2
_CONTROL = frozenset({1, 2, 3, 4, 5, 6})
_COMMAND_LIMIT = 1 << 16
_MEDIA_OCTETS = 64
"""The start of a tag, which tells its codec."""
_HEADER_OCTETS = (11, 7, 3, 0)
"""Octets of a message header, by its type."""
_CHUNK_STREAMS_LIMIT = 256
_MESSAGE_LIMIT = 1 << 24
_EXTENDED = 0xFFFFFF


class RtmpMessage(NamedTuple):
    """A message; of media only its start, and nothing of those that are not wanted."""

    kind: int
    body: bytes
    end: int
    """Octets of this direction up to and including it."""


class _ChunkStream:
    __slots__ = ("body", "extended", "kind", "length", "taken")

    def __init__(self) -> None:
        self.kind = 0
        self.length = -1
        self.taken = 0
        self.body = bytearray()
        self.extended = False


class ChunkReader:
    """The chunks of one direction, after its handshake."""

    __slots__ = ("_current", "_left", "_size", "_streams")

    def __init__(self) -> None:
        self._size = 128
        self._streams: dict[int, _ChunkStream] = {}
        self._current: _ChunkStream | None = None
        self._left = 0
        """Octets of the current chunk that have not come."""

    def read(self, buffer: OctetBuffer) -> RtmpMessage | None:
        """Return the next message, or None if it has not come yet.  Raises `DecodeError`."""
        while True:
            if self._current is None and not self._header(buffer):
                return None
            stream = self._current
            if stream is None or not self._body(buffer, stream):
                return None
            self._current = None
            if stream.taken < stream.length:
                continue
            message = RtmpMessage(stream.kind, bytes(stream.body), buffer.position)
            stream.taken = 0
            stream.body.clear()
            if message.kind == _SET_CHUNK_SIZE:
                self._resize(message.body)
            elif message.kind == _ABORT and len(message.body) == 4:
                self._streams.pop(int.from_bytes(message.body, "big"), None)
            return message

    def _header(self, buffer: OctetBuffer) -> bool:
        """Read the header of a chunk (5.3.1); return whether it was whole."""
        head = buffer.peek(18)
        if not head:
            return False
        at = 1 + (2 if head[0] & 63 == 1 else 1 if head[0] & 63 == 0 else 0)
        kind = head[0] >> 6
        fields = head[at : at + _HEADER_OCTETS[kind]]
        if len(head) < at + _HEADER_OCTETS[kind]:
            return False
        number = head[0] & 63 if at == 1 else 64 + int.from_bytes(head[1:at], "little")
        stream = self._streams.get(number)
        extended = stream.extended if stream is not None else False
        if kind < 3:
            extended = int.from_bytes(fields[:3], "big") == _EXTENDED
        at += _HEADER_OCTETS[kind] + 4 * extended
        if len(head) < at:
            return False
        if stream is None:
            if kind == 3 or len(self._streams) >= _CHUNK_STREAMS_LIMIT:
                raise DecodeError("chunk of an unknown stream")
            stream = self._streams[number] = _ChunkStream()
        stream.extended = extended
        if kind < 2:
            if stream.taken:
                raise DecodeError("message within a message")
            stream.length, stream.kind = int.from_bytes(fields[3:6], "big"), fields[6]
            if stream.length > _MESSAGE_LIMIT or not _is_kind(stream.kind):
                raise DecodeError("unknown type or length of a message")
        if stream.length < 0:
            raise DecodeError("chunk without the length of its message")
        buffer.skip(at)
        self._current = stream
        self._left = min(self._size, stream.length - stream.taken)
        return True

    def _body(self, buffer: OctetBuffer, stream: _ChunkStream) -> bool:
        """Take what has come of the current chunk; return whether that was all of it."""
        here = min(self._left, len(buffer))
        wanted = max(0, min(here, _kept(stream.kind) - len(stream.body)))
        stream.body += buffer.take(wanted)
        buffer.skip(here - wanted)
        stream.taken += here
        self._left -= here
        return not self._left

    def _resize(self, body: bytes) -> None:
        size = int.from_bytes(body[:4], "big")
        if not 1 <= size <= 0x7FFFFFFF:
            raise DecodeError("size of chunks out of range")
        self._size = size


def _kept(kind: int) -> int:
    if kind in COMMANDS:
        return _COMMAND_LIMIT
    return _MEDIA_OCTETS if kind in (AUDIO, VIDEO) else 4 if kind in _CONTROL else 0


def _is_kind(kind: int) -> bool:
    return kind in _CONTROL or kind in (AUDIO, VIDEO) or 15 <= kind <= 22
