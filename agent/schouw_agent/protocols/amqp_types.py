"""Values of AMQP 1.0, within bounds of depth and number (OASIS AMQP 1.0, part 1)."""

import struct
from typing import Any, NamedTuple

from schouw_agent.errors import DecodeError

_DEEPEST = 8
_MOST_VALUES = 65_536
_FIXED: dict[int, str] = {
    0x50: ">B",
    0x51: ">b",
    0x52: ">B",
    0x53: ">B",
    0x54: ">b",
    0x55: ">b",
    0x56: ">?",
    0x60: ">H",
    0x61: ">h",
    0x70: ">I",
    0x71: ">i",
    0x72: ">f",
    0x80: ">Q",
    0x81: ">q",
    0x82: ">d",
    0x83: ">q",
}
_SIZES = {0x4: 0, 0x5: 1, 0x6: 2, 0x7: 4, 0x8: 8, 0x9: 16}
_EMPTY: dict[int, Any] = {0x40: None, 0x41: True, 0x42: False, 0x43: 0, 0x44: 0}
_DESCRIBED, _EMPTY_LIST = 0x00, 0x45


class Described(NamedTuple):
    """A value with what describes it (1.3)."""

    descriptor: Any
    value: Any


class Reader:
    """Reads values one after the other."""

    __slots__ = ("_left", "_octets", "at")

    def __init__(self, octets: bytes) -> None:
        self._octets = octets
        self._left = _MOST_VALUES
        self.at = 0

    @property
    def done(self) -> bool:
        """Whether all was read."""
        return self.at >= len(self._octets)

    def value(self, depth: int = 0) -> Any:
        """Return the next value.  Raises `DecodeError` if it is malformed or over a limit.

        Binary is bytes, strings and symbols are str, maps are dicts as far as their keys are str.
        """
        code = self._take(1)[0]
        if code != _DESCRIBED:
            return self._of(code, depth)
        if depth >= _DEEPEST:
            raise DecodeError("values too deep")
        descriptor = self.value(depth + 1)
        return Described(descriptor, self.value(depth + 1))

    def _of(self, code: int, depth: int) -> Any:
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise DecodeError("values over the limit")
        if code in _EMPTY:
            return _EMPTY[code]
        if code == _EMPTY_LIST:
            return []
        form = _FIXED.get(code)
        if form is not None:
            return struct.unpack(form, self._take(struct.calcsize(form)))[0]
        group = code >> 4
        if group in _SIZES:
            return self._take(_SIZES[group])
        if group in (0xA, 0xB):
            octets = self._take(self._number(group == 0xB))
            return octets if code in (0xA0, 0xB0) else octets.decode("utf-8", "replace")
        if group in (0xC, 0xD):
            return self._compound(code, group == 0xD, depth)
        if group in (0xE, 0xF):
            return self._array(group == 0xF, depth)
        raise DecodeError("unknown constructor")

    def _compound(self, code: int, wide: bool, depth: int) -> Any:
        end = self._end(wide)
        count = self._number(wide)
        values = [self.value(depth + 1) for _ in range(count)]
        if self.at != end:
            raise DecodeError("compound of the wrong length")
        if code not in (0xC1, 0xD1):
            return values
        pairs = zip(values[::2], values[1::2], strict=False)
        return {key: value for key, value in pairs if isinstance(key, str)}

    def _array(self, wide: bool, depth: int) -> list[Any]:
        end = self._end(wide)
        count = self._number(wide)
        code = self._take(1)[0]
        if code == _DESCRIBED:
            self.value(depth + 1)
            code = self._take(1)[0]
        values = [self._of(code, depth + 1) for _ in range(count)]
        if self.at != end:
            raise DecodeError("array of the wrong length")
        return values

    def _end(self, wide: bool) -> int:
        size = self._number(wide)
        return self.at + size

    def _number(self, wide: bool) -> int:
        return int.from_bytes(self._take(4 if wide else 1), "big")

    def _take(self, count: int) -> bytes:
        end = self.at + count
        if end > len(self._octets):
            raise DecodeError("value longer than its frame")
        octets = self._octets[self.at : end]
        self.at = end
        return octets
