"""AMQP 0-9-1: what is published and delivered over the channels of one connection.

AMQP 0-9-1 specification, 2.3.5, 4.2.
"""

from collections import OrderedDict
from typing import Any

from schouw_agent.errors import DecodeError
from schouw_agent.protocols.stream import BODY_LIMIT
from schouw_agent.records import Message

_METHOD, _HEADER, _BODY, _HEARTBEAT = 1, 2, 3, 8
_END = 0xCE
_START_OK, _PUBLISH, _DELIVER, _GET_OK = (10, 11), (60, 40), (60, 60), (60, 71)
_CLASSES = frozenset({10, 20, 30, 40, 50, 60, 70, 85, 90})
_PASSWORDS = frozenset({"PLAIN", "AMQPLAIN"})
_CHANNELS = 256
_CONTENT_TYPE = 0x80


class _Content:
    __slots__ = ("fields", "kind", "left", "octets")

    def __init__(self, kind: str, fields: dict[str, Any]) -> None:
        self.kind = kind
        self.fields = fields
        self.left = -1
        """Octets of the body that are still to come; -1 before its header."""
        self.octets = bytearray()


class Channels:
    """The channels of one connection, in both directions."""

    def __init__(self) -> None:
        self._contents: OrderedDict[tuple[bool, int], _Content] = OrderedDict()
        self._held = 0

    def frame(self, from_orig: bool, octets: bytes, end: int) -> list[Message]:
        """Return the messages of a frame in full.  Raises `DecodeError`."""
        kind, channel = octets[0], octets[1] << 8 | octets[2]
        if octets[-1] != _END:
            raise DecodeError("frame without its end")
        body = octets[7:-1]
        key = (from_orig, channel)
        if kind == _METHOD:
            return self._method(key, body, end)
        if kind == _HEARTBEAT:
            return []
        content = self._contents.get(key)
        if content is None:
            return []
        if kind == _HEADER:
            self._header(content, body)
        elif kind == _BODY:
            self._body(content, body)
        if content.left:
            return []
        del self._contents[key]
        self._held -= len(content.octets)
        return [Message("amqp", content.kind, content.fields, bytes(content.octets), end)]

    def _method(self, key: tuple[bool, int], body: bytes, end: int) -> list[Message]:
        if len(body) < 4:
            raise DecodeError("method cut short")
        method = (body[0] << 8 | body[1], body[2] << 8 | body[3])
        if method[0] not in _CLASSES:
            raise DecodeError("unknown class")
        if method == _START_OK:
            _, at = _long(body, 4)
            mechanism, _ = _short(body, at)
            secret = "password" if mechanism in _PASSWORDS else "other"
            return [Message("amqp", "authentication", {"credentials": secret}, b"", end)]
        if method == _PUBLISH:
            self._content(key, "publish", body, 6)
        elif method == _DELIVER:
            _, at = _short(body, 4)
            self._content(key, "deliver", body, at + 9)
        elif method == _GET_OK:
            self._content(key, "deliver", body, 13)
        return []

    def _content(self, key: tuple[bool, int], kind: str, body: bytes, at: int) -> None:
        exchange, at = _short(body, at)
        topic, _ = _short(body, at)
        before = self._contents.pop(key, None)
        if before is not None:
            self._held -= len(before.octets)
        if len(self._contents) >= _CHANNELS:
            raise DecodeError("unfinished messages over the limit")
        fields = {"topic": topic, "exchange": exchange, "content_type": ""}
        self._contents[key] = _Content(kind, fields)

    def _header(self, content: _Content, body: bytes) -> None:
        if len(body) < 14:
            raise DecodeError("header cut short")
        content.left = int.from_bytes(body[4:12], "big")
        if body[12] & _CONTENT_TYPE:
            content.fields["content_type"] = _short(body, 14)[0].partition(";")[0].strip().lower()

    def _body(self, content: _Content, body: bytes) -> None:
        if content.left < len(body):
            raise DecodeError("body longer than told")
        content.left -= len(body)
        kept = body[: max(0, BODY_LIMIT - self._held)]
        if len(kept) < len(body):
            content.fields["truncated"] = True
        content.octets += kept
        self._held += len(kept)


def _short(octets: bytes, at: int) -> tuple[str, int]:
    """Return a short string and where it ends."""
    end = at + 1 + octets[at] if at < len(octets) else len(octets) + 1
    if end > len(octets):
        raise DecodeError("string longer than its frame")
    return octets[at + 1 : end].decode("utf-8", "replace"), end


def _long(octets: bytes, at: int) -> tuple[bytes, int]:
    """Return a long string or table and where it ends."""
    end = at + 4 + int.from_bytes(octets[at : at + 4], "big")
    if end > len(octets):
        raise DecodeError("table longer than its frame")
    return octets[at + 4 : end], end
