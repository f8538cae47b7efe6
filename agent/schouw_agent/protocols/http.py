"""HTTP/1: requests and responses, pipelined, with bodies and parts, and what an upgrade makes."""

import re
from collections.abc import Callable
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.plugins import Decoder, PortHint, Screen
from schouw_agent.protocols import http2_session, http_fields, text_head
from schouw_agent.protocols.http_body import Body, Framing, PartReader, inflate
from schouw_agent.protocols.http_upgrade import Buffers, HandedOver, Session, successor
from schouw_agent.protocols.stream import BODY_LIMIT, OctetBuffer
from schouw_agent.records import Message

PORTS = frozenset({80, 8000, 8008, 8080, 8888})
_METHOD = rb"[A-Z]{3}[A-Z_\-]{0,29}"
_REQUEST = re.compile(rb"(" + _METHOD + rb") +(\S(?:[^\r\n]*\S)?) +HTTP/1\.[01]")
"""Spaces that a target should not hold are seen from scanners, and some servers take them."""
_RESPONSE = re.compile(rb"HTTP/1\.[01] +([1-5][0-9]{2})(?: .*)?", re.DOTALL)
_HEAD = re.compile(
    _METHOD
    + rb" {1,64}(?:[/*.][^\r\n]{0,8192}|[hH][tT][tT][pP]s?://\S{1,8192}|[\w.\-]+:[0-9]{1,5})"
    rb" {1,64}HTTP/1\.[01][\r\n]"
    rb"|HTTP/1\.[01] [1-5][0-9]{2}[ \r\n]"
)
_LONG_HEAD = re.compile(rb"(?:GET|POST|PUT|HEAD|DELETE|PATCH) {1,64}/[\x20-\x7e]{180,}\Z")
"""Cut off in its target or behind it."""
_AFTER_GAP = re.compile(
    rb"(?<![A-Za-z])(?:GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH) [/*][\x21-\x7e]{0,4096}"
    rb" HTTP/1\.[01]\r?\n"
    rb"|HTTP/1\.[01] [1-5][0-9]{2}[ \r][^\n]{0,256}\n"
)
_AFTER_GAP_OCTETS = 4352
_PENDING_REQUESTS = 1024
_PARTS_LIMIT = 1000
_ENDLESS = "multipart/x-mixed-replace"
_ENDLESS_PARTS = 8
"""Parts of an endless multipart response, such as Motion JPEG, that are delivered."""


class _Side:
    """What one direction is in the middle of."""

    __slots__ = (
        *("body", "buffer", "endless", "fields", "framing"),
        *("head", "kind", "late", "lost", "parts"),
    )

    def __init__(self) -> None:
        self.buffer = OctetBuffer()
        self.head = text_head.HeadReader()
        self.lost = False
        self.kind = ""
        self.fields: dict[str, Any] = {}
        self.framing: Framing | None = None
        self.body = Body()
        self.parts: PartReader | None = None
        self.endless = False
        """The parts are delivered as they come: nothing tells how many there will be."""
        self.late: list[Message] = []
        """What a gap cut off, to be delivered with the next octets."""


class Conversation(HandedOver):
    """The two sides of one HTTP connection, and what it becomes by an upgrade."""

    def __init__(self, _hint: PortHint) -> None:
        super().__init__()
        self._sides = (_Side(), _Side())
        # A list, since an empty deque takes more room than all else here.
        self._requests: list[http_fields.Request] = []
        self._next_session: Callable[[Buffers], Session] | None = None
        """What the response that is being read hands the connection over to."""

    def _read(self, from_orig: bool, octets: bytes, messages: list[Message]) -> None:
        if self._session is not None:
            super()._read(from_orig, octets, messages)
            return
        side = self._sides[from_orig]
        side.buffer.append(octets)
        messages += side.late
        side.late = []
        if not side.buffer.position and not self._starts(side):
            return
        while self.wanted:
            if self._session is not None:
                super()._read(from_orig, b"", messages)
                return
            if side.framing is not None:
                if not self._body(side, messages):
                    return
            elif side.lost:
                if not _find_start(side):
                    return
            else:
                lines = side.head.read(side.buffer)
                if lines is None:
                    self._check_start(side)
                    return
                self._message(side, lines, messages)

    def _starts(self, side: _Side) -> bool:
        """Return whether enough has come to tell the versions apart, and hand over to HTTP/2."""
        version_2 = http2_session.opens(side.buffer.peek(len(http2_session.PREFACE)))
        if version_2:
            self._hand_over(http2_session.Http2Session)
        return version_2 is not None

    def _hand_over(self, to: Callable[[Buffers], Session]) -> None:
        self._session = to((self._sides[0].buffer, self._sides[1].buffer))

    def _check_start(self, side: _Side) -> None:
        """Refuse a start line of something else before its head is complete."""
        start = side.head.start_line
        if start and not (_REQUEST.fullmatch(start) or _RESPONSE.fullmatch(start)):
            raise DecodeError("malformed start line")

    def _message(self, side: _Side, lines: list[bytes], messages: list[Message]) -> None:
        response = _RESPONSE.fullmatch(lines[0])
        request = None if response else _REQUEST.fullmatch(lines[0])
        if response is not None:
            self._response(side, int(response[1]), text_head.fields(lines[1:]))
        elif request is not None:
            headers = text_head.fields(lines[1:])
            self._request(side, request[1].decode(), request[2].decode("latin-1"), headers)
        else:
            raise DecodeError("malformed start line")
        if side.framing is None:
            self._deliver(side, b"", messages)
            side.fields = {}
            if self._next_session is not None:
                self._hand_over(self._next_session)
        elif side.endless:
            self._deliver(side, b"", messages)

    def _request(self, side: _Side, method: str, target: str, headers: dict[str, str]) -> None:
        side.kind = "request"
        fields = side.fields = http_fields.request(method, target, headers)
        self.server_name = self.server_name or http_fields.server_name(fields["host"])
        self._requests.append(http_fields.Request(method, fields["path"], fields["host"]))
        del self._requests[:-_PENDING_REQUESTS]
        self._frame(side, headers, 0 if "transfer-encoding" not in headers else None)

    def _response(self, side: _Side, status: int, headers: dict[str, str]) -> None:
        interim = status < 200 and status != 101
        request = http_fields.Request("", "", "")
        if self._requests:
            request = self._requests[0] if interim else self._requests.pop(0)
        side.kind = "response"
        side.fields = http_fields.response(status, headers, request)
        self._next_session = successor(status, headers, request)
        tunnel = request.method == "CONNECT" and status < 300
        if status < 200 or status in (204, 304) or request.method == "HEAD" or tunnel:
            return
        self._frame(side, headers, None)

    def _frame(self, side: _Side, headers: dict[str, str], default: int | None) -> None:
        """Note where the body ends (RFC 9112, 6.3) and how it is opened."""
        transfer = headers.get("transfer-encoding", "").lower()
        chunked = transfer.rpartition(",")[2].strip() == "chunked"
        length = default
        if "content-length" in headers and not transfer:
            length = text_head.content_length(headers["content-length"])
        if length == 0 and not chunked:
            return
        side.framing = Framing(length, chunked)
        side.body = Body()
        side.parts = None
        coding = headers.get("content-encoding", "")
        if coding:
            side.fields["content_encoding"] = coding.lower()
        boundary = text_head.parameters(headers.get("content-type", "")).get("boundary", "")
        if boundary and side.fields["content_type"].startswith("multipart/"):
            media = side.fields["content_type"] == _ENDLESS
            side.parts = PartReader(boundary, _ENDLESS_PARTS if media else _PARTS_LIMIT)
            unknown = side.kind == "response" and length is None
            side.endless = media or (unknown and not coding)

    def _body(self, side: _Side, messages: list[Message]) -> bool:
        """Read on in the body; return whether it has ended."""
        framing, parts = side.framing, side.parts
        if framing is None:
            return True
        if parts is not None and side.endless:
            return self._endless_body(side, framing, parts, messages)
        if framing.until_close:
            side.body.add(side.buffer.take(BODY_LIMIT - side.body.octets), 0)
            if side.body.octets == BODY_LIMIT:
                side.fields["truncated"] = True
                self._complete(side, messages)
                self.wanted = False
            return False
        if not framing.read(side.buffer, side.body.add):
            return False
        self._complete(side, messages)
        return True

    def _endless_body(
        self, side: _Side, framing: Framing, parts: PartReader, messages: list[Message]
    ) -> bool:
        def give(octets: bytes, start: int) -> None:
            index = parts.count
            for i, part in enumerate(parts.read(octets, start), index):
                fields = http_fields.part(part, i, side.kind, side.fields)
                messages.append(Message("http", "part", fields, part.payload, part.end))

        done = framing.read(side.buffer, give)
        if parts.full:
            self.wanted = False
        elif done:
            self._next(side)
        return done

    def _complete(self, side: _Side, messages: list[Message]) -> None:
        """Deliver a message whose body has ended or was cut off."""
        coding = side.fields.pop("content_encoding", "")
        found = inflate(side.body.whole(), coding)
        payload = found.octets
        if found.coding:
            side.fields["content_encoding"] = found.coding
        if found.truncated or side.body.skipped:
            side.fields["truncated"] = True
            side.fields["skipped_octets"] = side.body.skipped
        parts = side.parts.read(payload, 0) if side.parts is not None else []
        if parts:
            side.fields["parts"] = len(parts)
            payload = b""
        self._deliver(side, payload, messages)
        for index, part in enumerate(parts):
            fields = http_fields.part(part, index, side.kind, side.fields)
            messages.append(Message("http", "part", fields, part.payload, side.buffer.position))
        self._next(side)

    def _deliver(self, side: _Side, payload: bytes, messages: list[Message]) -> None:
        messages.append(Message("http", side.kind, side.fields, payload, side.buffer.position))

    def _next(self, side: _Side) -> None:
        side.framing = side.parts = None
        side.fields = {}
        side.endless = False
        side.body = Body()

    def _lose(self, from_orig: bool, octets: int) -> None:
        if self._session is not None:
            super()._lose(from_orig, octets)
            return
        side = self._sides[from_orig]
        self._requests.clear()
        framing = side.framing
        side.buffer.lose(octets)
        if framing is not None:
            if side.parts is not None:
                side.parts.lose()
            side.body.lose(octets)
            if framing.lose(octets):
                return
            if not side.endless:
                self._complete(side, side.late)
            self._next(side)
        side.head.clear()
        side.lost = True

    def _finish(self, messages: list[Message]) -> None:
        super()._finish(messages)
        for side in self._sides:
            messages += side.late
            side.late = []
            if side.framing is None or side.endless:
                continue
            if not side.framing.until_close:
                side.fields["truncated"] = True
            self._complete(side, messages)


def _find_start(side: _Side) -> bool:
    """Skip to the next start line after a gap; return whether there is one."""
    held = side.buffer.peek(len(side.buffer))
    match = _AFTER_GAP.search(held) if b"HTTP/1." in held else None
    side.buffer.skip(match.start() if match else max(0, len(held) - _AFTER_GAP_OCTETS))
    side.lost = match is None
    return match is not None


_CAPITALS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ\r\n")


def probe(orig: bytes, resp: bytes, hint: PortHint) -> float:
    """Return how surely these are the first octets of HTTP/1."""
    heads = [head.lstrip(b"\r\n") for head in (orig, resp) if head]
    if hint.transport != "tcp" or not heads:
        return 0.0
    if all(_HEAD.match(head) for head in heads):
        return 0.98
    if _HEAD.match(heads[0]) or (len(heads) > 1 and _HEAD.match(heads[1])):
        return 0.85
    if _LONG_HEAD.match(heads[0]):
        return 0.6
    return http2_session.score(heads)


DECODER = Decoder(
    id="http",
    title="HTTP/1 and, in clear, HTTP/2",
    reference="RFC 9112, RFC 9110, RFC 2046 (multipart); RFC 9113, RFC 7541 (HTTP/2)",
    transports=frozenset({"tcp"}),
    ports=PORTS,
    probe=probe,
    open=Conversation,
    screens=(
        Screen(octets=dict.fromkeys(range(3), _CAPITALS), either=True),
        # The settings that a server of HTTP/2 starts with.
        Screen(octets={0: {0}, 3: {4}, 4: {0, 1}, 5: {0}, 6: {0}, 7: {0}, 8: {0}}),
    ),
)
