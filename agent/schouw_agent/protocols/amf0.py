"""Values of AMF 0, as the commands of RTMP have them (Adobe AMF 0, 2)."""

from collections.abc import Iterator
from typing import Any

from schouw_agent.errors import DecodeError

_VALUES_LIMIT = 256
_DEPTH_LIMIT = 8
_NUMBER, _BOOLEAN, _STRING, _OBJECT = 0, 1, 2, 3
_NULL, _UNDEFINED, _UNSUPPORTED = 5, 6, 13
_ARRAY = 8
_LONG_STRING = 12
_END = 9


class _Reader:
    def __init__(self, octets: bytes) -> None:
        self.octets = octets
        self.at = 0
        self.count = 0

    def take(self, count: int) -> bytes:
        end = self.at + count
        if end > len(self.octets):
            raise DecodeError("value longer than its command")
        taken = self.octets[self.at : end]
        self.at = end
        return taken

    def text(self, size: int) -> str:
        return self.take(int.from_bytes(self.take(size), "big")).decode("utf-8", "replace")

    def value(self, depth: int) -> Any:
        self.count += 1
        if self.count > _VALUES_LIMIT or depth > _DEPTH_LIMIT:
            raise DecodeError("too many values in a command")
        kind = self.take(1)[0]
        if kind == _NUMBER:
            self.take(8)  # numbers are not asked for
            return None
        if kind == _BOOLEAN:
            return bool(self.take(1)[0])
        if kind == _STRING:
            return self.text(2)
        if kind == _LONG_STRING:
            return self.text(4)
        if kind in (_NULL, _UNDEFINED, _UNSUPPORTED):
            return None
        if kind in (_OBJECT, _ARRAY):
            if kind == _ARRAY:
                self.take(4)
            return self.pairs(depth)
        raise DecodeError("value of an unknown type")

    def pairs(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while True:
            name = self.text(2)
            if not name and self.octets[self.at : self.at + 1] == bytes((_END,)):
                self.at += 1
                return found
            found[name] = self.value(depth + 1)


def values(octets: bytes) -> Iterator[Any]:
    """Yield the values of a command: texts, truth values, dicts, and None for what is neither.

    Raises `DecodeError` where one is malformed or of a rare type.
    """
    reader = _Reader(octets)
    while reader.at < len(octets):
        yield reader.value(0)
