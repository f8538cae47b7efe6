"""HTTP/2 in clear: requests and responses of the streams of one connection (RFC 9113)."""

from collections import OrderedDict

from schouw_agent.errors import DecodeError
from schouw_agent.protocols import http_fields
from schouw_agent.protocols.http2_streams import HeaderReader, Stream
from schouw_agent.protocols.stream import BODY_LIMIT, OctetBuffer
from schouw_agent.records import Message

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
_HEADER_OCTETS = 9
_DATA, _HEADERS, _PRIORITY, _RESET, _SETTINGS, _PROMISE, _PING, _GO_AWAY, _WINDOW, _CONTINUED = (
    range(10)
)
_END_STREAM, _ACK, _END_HEADERS, _PADDED, _PRIORITISED = 0x01, 0x01, 0x04, 0x08, 0x20
_LONGEST_FRAME = 1 << 20
_MOST_STREAMS = 1024
_BLOCK_LIMIT = 1 << 18


def opens(head: bytes) -> bool | None:
    """Return whether a connection starts like this; None if more octets are needed to tell.

    A client starts with its preface, a server with a SETTINGS frame (RFC 9113, 3.4).
    """
    if head[:1] == b"\0":
        if len(head) < _HEADER_OCTETS:
            return None
        size = head[1] << 8 | head[2]
        return head[3] == _SETTINGS and size % 6 == 0 and head[4] < 2 and not any(head[5:9])
    start = head[: len(PREFACE)]
    if not PREFACE.startswith(start):
        return False
    return True if len(start) == len(PREFACE) else None


class _Side:
    __slots__ = ("block", "buffer", "headers", "prefaced", "skip", "skip_stream")

    def __init__(self, buffer: OctetBuffer) -> None:
        self.buffer = buffer
        self.headers = HeaderReader()
        self.prefaced = False
        self.block: tuple[int, int, bytes] | None = None
        """Stream, flags and octets of a header block that goes on in the next frame."""
        self.skip = 0
        """Octets of a DATA frame with a gap in it that are still to come."""
        self.skip_stream = 0


class Http2Session:
    """The two sides of one connection."""

    def __init__(
        self, buffers: tuple[OctetBuffer, OctetBuffer], upgraded: http_fields.Request | None = None
    ) -> None:
        """`buffers`: by `from_orig`; `upgraded`: the request that was answered by 101, if any."""
        self._sides = (_Side(buffers[0]), _Side(buffers[1]))
        self._streams: OrderedDict[tuple[bool, int], Stream] = OrderedDict()
        self._requests: OrderedDict[int, http_fields.Request] = OrderedDict()
        self._budget = BODY_LIMIT
        """Octets that all bodies together may still take."""
        self.wanted = True
        self.server_name = ""
        self.encryption = ""
        self.protocol = ""
        if upgraded is not None:
            self._requests[1] = upgraded

    def read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        """Take the next octets of a direction, and add the messages that they complete."""
        side = self._sides[from_orig]
        side.buffer.append(octets)
        if side.skip:
            side.skip -= side.buffer.skip(side.skip)
        if not side.prefaced and not self._preface(side.buffer):
            return
        side.prefaced = True
        while (header := self._header(side)) is not None:
            frame = side.buffer.take(_HEADER_OCTETS + header[0])[_HEADER_OCTETS:]
            self._frame(from_orig, side, header, frame, messages)

    def _preface(self, buffer: OctetBuffer) -> bool:
        """Return whether a side is past its preface; whoever sends one is the client."""
        head = buffer.peek(len(PREFACE))
        if not head.startswith(PREFACE[:1]):
            return bool(head)
        if len(head) < len(PREFACE):
            return False
        if buffer.take(len(PREFACE)) != PREFACE:
            raise DecodeError("no preface")
        return True

    def _header(self, side: _Side) -> tuple[int, int, int, int] | None:
        """Return length, type, flags and stream of the next frame if it is there in full."""
        head = side.buffer.peek(_HEADER_OCTETS)
        if len(head) < _HEADER_OCTETS or side.skip:
            return None
        length = int.from_bytes(head[:3], "big")
        if length > _LONGEST_FRAME:
            raise DecodeError("frame over the limit")
        stream = int.from_bytes(head[5:9], "big") & 0x7FFFFFFF
        if side.block is not None and (head[3] != _CONTINUED or stream != side.block[0]):
            raise DecodeError("header block is not continued")
        if len(side.buffer) < _HEADER_OCTETS + length:
            return None
        return length, head[3], head[4], stream

    def _frame(
        self,
        from_orig: bool,
        side: _Side,
        header: tuple[int, int, int, int],
        frame: bytes,
        messages: list[Message],
    ) -> None:
        _, kind, flags, number = header
        if kind in (_DATA, _HEADERS, _PROMISE, _CONTINUED) and not number:
            raise DecodeError("frame of no stream")
        if kind == _DATA:
            self._data(from_orig, number, flags, frame, side.buffer.position, messages)
        elif kind in (_HEADERS, _PROMISE):
            octets = _unpadded(frame, flags)
            fixed = 4 if kind == _PROMISE else 5 if flags & _PRIORITISED else 0
            if len(octets) < fixed:
                raise DecodeError("frame shorter than its fields")
            # The request of a promise is the client's to make; only the table must follow it.
            told = -1 if kind == _PROMISE else flags
            side.block = (number, told, octets[fixed:])
            self._block(from_orig, side, bool(flags & _END_HEADERS), messages)
        elif kind == _CONTINUED:
            if side.block is None:
                raise DecodeError("continuation of nothing")
            number, told, octets = side.block
            if len(octets) + len(frame) > _BLOCK_LIMIT:
                raise DecodeError("header block over the limit")
            side.block = (number, told, octets + frame)
            self._block(from_orig, side, bool(flags & _END_HEADERS), messages)
        elif kind == _RESET:
            stream = self._streams.pop((from_orig, number), None)
            if stream is not None:
                self._end(stream, side.buffer.position, messages, cut=True)

    def _block(self, from_orig: bool, side: _Side, complete: bool, messages: list[Message]) -> None:
        if side.block is None or not complete:
            return
        number, flags, octets = side.block
        side.block = None
        headers = side.headers.read(octets)
        if flags < 0:
            return
        ended = bool(flags & _END_STREAM)
        end = side.buffer.position
        stream = self._streams.get((from_orig, number))
        if stream is None:  # else these are trailers
            stream = self._opened(number, headers)
            if stream is None:  # an interim response
                return
            self._streams[from_orig, number] = stream
            if len(self._streams) > _MOST_STREAMS:
                _, oldest = self._streams.popitem(last=False)
                self._budget += oldest.body.octets
            messages += stream.begin(end)
        if ended:
            del self._streams[from_orig, number]
            self._end(stream, end, messages, cut=False)

    def _opened(self, number: int, headers: dict[str, str]) -> Stream | None:
        if ":method" in headers:
            method, target = headers[":method"], headers.get(":path", "")
            headers.setdefault("host", headers.get(":authority", ""))
            fields = http_fields.request(method, target, headers)
            self.server_name = self.server_name or http_fields.server_name(fields["host"])
            asked = http_fields.Request(method, fields["path"], fields["host"])
            self._requests[number] = asked
            if len(self._requests) > _MOST_STREAMS:
                self._requests.popitem(last=False)
            return Stream("request", fields, headers)
        status = headers.get(":status", "")
        if len(status) != 3 or not (status.isascii() and status.isdigit()):
            raise DecodeError("neither request nor response")
        if status[0] == "1":
            return None
        asked = self._requests.get(number, http_fields.Request("", "", ""))
        fields = http_fields.response(int(status), headers, asked)
        return Stream("response", fields, headers)

    def _data(
        self,
        from_orig: bool,
        number: int,
        flags: int,
        frame: bytes,
        end: int,
        messages: list[Message],
    ) -> None:
        stream = self._streams.get((from_orig, number))
        if stream is None:
            return
        octets = _unpadded(frame, flags)
        before = stream.body.octets
        messages += stream.add(octets, self._budget, end)
        self._budget -= stream.body.octets - before
        if flags & _END_STREAM:
            del self._streams[from_orig, number]
            self._end(stream, end, messages, cut=False)

    def _end(self, stream: Stream, end: int, messages: list[Message], *, cut: bool) -> None:
        self._budget += stream.body.octets
        messages += stream.end(end, cut=cut)

    def lose(self, from_orig: bool, octets: int) -> None:
        """Go on after a gap within DATA; stop after any other: the header table is lost."""
        side = self._sides[from_orig]
        left, number = side.skip, side.skip_stream
        head = side.buffer.peek(_HEADER_OCTETS)
        if not left and len(head) == _HEADER_OCTETS and head[3] == _DATA and side.prefaced:
            left = _HEADER_OCTETS + int.from_bytes(head[:3], "big") - len(side.buffer)
            number = int.from_bytes(head[5:9], "big") & 0x7FFFFFFF
        side.buffer.lose(octets)
        self.wanted = left >= octets
        if self.wanted:
            side.skip, side.skip_stream = left - octets, number
            stream = self._streams.get((from_orig, number))
            if stream is not None:
                stream.lose(left)

    def finish(self, messages: list[Message]) -> None:
        """Add the messages whose streams have not ended."""
        for (from_orig, _), stream in self._streams.items():
            self._end(stream, self._sides[from_orig].buffer.position, messages, cut=True)
        self._streams.clear()


def _unpadded(frame: bytes, flags: int) -> bytes:
    """Return a frame without its padding (RFC 9113, 6.1)."""
    if not flags & _PADDED:
        return frame
    if not frame or frame[0] >= len(frame):
        raise DecodeError("padding longer than its frame")
    return frame[1 : len(frame) - frame[0]]


def score(heads: list[bytes]) -> float:
    """Return how surely the heads of one or both sides are the start of a connection."""
    if any(head.startswith(PREFACE) for head in heads):
        return 0.99
    return 0.8 if all(map(_is_settings, heads)) else 0.0


def _is_settings(head: bytes) -> bool:
    """Tell whether a head starts with settings that are known (RFC 9113, 6.5)."""
    if len(head) < _HEADER_OCTETS or head[:1] != b"\0" or not opens(head):
        return False
    size = head[1] << 8 | head[2]
    known = [head[at : at + 2] for at in range(9, min(9 + size, len(head) - 1), 6)]
    return bool(known) and all(b"\0\1" <= each <= b"\0\x10" for each in known)
