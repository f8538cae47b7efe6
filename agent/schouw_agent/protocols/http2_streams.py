"""One stream of HTTP/2: its header block, its body, and the messages of gRPC in it.

RFC 9113, 8; RFC 7541 (HPACK); gRPC over HTTP/2 (grpc/grpc, doc/PROTOCOL-HTTP2.md).
"""

from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.protocols import text_head
from schouw_agent.protocols.http_body import Body, inflate
from schouw_agent.records import Message

_LIST_LIMIT = 1 << 16
_TABLE_LIMIT = 1 << 16
_FIELDS_LIMIT = 1000
_GRPC = "application/grpc"
_GRPC_PREFIX = 5
_GRPC_LIMIT = 1 << 22


class HeaderReader:
    """The header blocks of one direction, whose table they share."""

    __slots__ = ("_decoder",)

    def __init__(self) -> None:
        from hpack import Decoder  # only HTTP/2 needs it

        self._decoder = Decoder(max_header_list_size=_LIST_LIMIT)
        # The peer may allow more than the default: the table is bounded all the same.
        self._decoder.max_allowed_table_size = _TABLE_LIMIT

    def read(self, block: bytes) -> dict[str, str]:
        """Return the fields of a block by name; repeated ones joined.  Raises `DecodeError`."""
        from hpack import HPACKError

        try:
            pairs = list(self._decoder.decode(block, raw=True))
        except HPACKError:
            raise DecodeError("malformed header block") from None
        if len(pairs) > _FIELDS_LIMIT:
            raise DecodeError("too many header fields")
        found: dict[str, str] = {}
        for raw_name, raw_value in pairs:
            name = bytes(raw_name).decode("latin-1").lower()
            value = bytes(raw_value).decode("latin-1")
            found[name] = f"{found[name]}, {value}" if name in found else value
        return found


class Stream:
    """One direction of a stream."""

    __slots__ = ("_calls", "_coding", "_pending", "body", "fields", "kind")

    def __init__(self, kind: str, fields: dict[str, Any], headers: dict[str, str]) -> None:
        self.kind = kind
        self.fields = fields
        self.body = Body()
        self._coding = headers.get("content-encoding", "")
        self._calls = text_head.media_type(headers.get("content-type", "")).startswith(_GRPC)
        self._pending = bytearray()
        """Of a gRPC message that goes on in the next frame."""

    def begin(self, end: int) -> list[Message]:
        """Return the head of a call at once: it may go on for days."""
        return [Message("http", self.kind, self.fields, b"", end)] if self._calls else []

    def add(self, octets: bytes, budget: int, end: int) -> list[Message]:
        """Collect octets of the body, at most `budget` of them; return the calls' messages."""
        if self._calls:
            return self._messages(octets, end)
        self.body.add(octets[:budget], 0)
        self.body.skipped += max(0, len(octets) - budget)
        return []

    def _messages(self, octets: bytes, end: int) -> list[Message]:
        self._pending += octets
        found = []
        while len(self._pending) >= _GRPC_PREFIX:
            size = int.from_bytes(self._pending[1:5], "big")
            if size > _GRPC_LIMIT or self._pending[0] > 1:
                raise DecodeError("malformed length of a gRPC message")
            if len(self._pending) < _GRPC_PREFIX + size:
                break
            payload = bytes(self._pending[_GRPC_PREFIX : _GRPC_PREFIX + size])
            fields = self.fields | {"compressed": bool(self._pending[0]), "of": self.kind}
            del self._pending[: _GRPC_PREFIX + size]
            found.append(Message("http", "call", fields, payload, end))
        return found

    def lose(self, count: int) -> None:
        """Note that octets of the body are missing."""
        self._pending.clear()
        self._calls = False
        self.body.lose(count)

    def end(self, end: int, *, cut: bool) -> list[Message]:
        """Return the message that the end of the stream, or of the flow, completes."""
        if self._calls:
            return []
        found = inflate(self.body.whole(), self._coding)
        if found.coding:
            self.fields["content_encoding"] = found.coding
        if cut or found.truncated or self.body.skipped:
            self.fields["truncated"] = True
            self.fields["skipped_octets"] = self.body.skipped
        return [Message("http", self.kind, self.fields, found.octets, end)]
