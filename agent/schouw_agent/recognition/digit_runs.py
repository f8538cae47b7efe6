"""What may stand where digits stand in a JSON message, if its structure is to stay what it is.

Codes are digits as they are written, read as a big-endian number: of up to eight digits all, of
more the first eight.  Of numbers of equally many digits the greater one has the greater code, and
of whole numbers any.
"""

import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

from schouw_agent.recognition.looks import look
from schouw_agent.recognition.structure import Ranges, is_verbatim, number_ranges, path_below
from schouw_agent.recognition.values import numeric

CLASS_BITS = 24
_DEEPEST = 12
_RUN = re.compile(rb"\d+")
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|-?\d[0-9.eE+-]*', re.DOTALL)
_NUMBER = re.compile(rb"(-?)(\d+)(\.\d+)?")
# A moment, or a short number: texts of which all alike have the same look.
_FREE = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?$"
    r"|[+-]?\d{1,7}(?:\.\d{1,18})?$"
)
_HARMLESS = re.compile(r"(?:|time|number.*|short|slug|slug long|text|text short|word .*|masked)$")
"""Looks of texts that tell nobody who somebody is."""
_MOST = (1 << 64) - 1
_LARGE = 7
"""Digits of a whole number that nobody takes for an identifier."""
_MOST_LARGE = 10**_LARGE - 1
_FIXED_LONGEST = 16
_FRACTION = 17
_WHOLE_OF_FLOAT = 15
_FAR = 10**9


class Limits(NamedTuple):
    """Codes between which digits may lie."""

    low: int = 0
    high: int = _MOST
    """From `low` to `high`: surely as plausible as the number that was learnt."""
    below: int = 0
    above: int = _MOST
    """Up to `below` and from `above` on: surely not plausible."""
    tail_low: int = 0
    tail_high: int = _MOST
    """From and to, for the last eight digits where there are more."""


# Digits of a whole number whose look follows from the first eight of them: up to 32 bits, or a
# moment in milliseconds or microseconds.
_LONG = {
    size: Limits(int.from_bytes(b"10000000", "big"), int.from_bytes(most, "big"))
    for size, most in ((10, b"42949671"), (13, b"29999999"), (16, b"29999999"))
}


class Plausible(NamedTuple):
    """Decides of a number what its whole part alone does not tell."""

    ranges: Ranges
    usual: bool
    """Whether the number that was learnt is plausible."""
    bit: int

    def bit_of(self, number: float) -> int:
        """Return the bit if the number is not as usual, else 0; -1 if there is no bit for it."""
        within = any(low <= number <= high for low, high in self.ranges)
        return 0 if within == self.usual else self.bit or -1


class DigitRun(NamedTuple):
    """What digits may stand in one place of a layout."""

    position: int
    """Octets before it that are no digits."""
    shortest: int = 1
    longest: int = 31
    limits: Limits = Limits()
    whole: int = 0
    """1 for the whole part of a number, 2 if it must not be 0, else 0."""
    bit: int = 0
    """Of the class of the message: set if the number is surely not plausible."""
    fixed: bool = False
    """Only these digits may stand here: they are part of a name."""
    plausible: Plausible | None = None


class _Unsuited(Exception):  # noqa: N818 - no error: each such message is read in full
    """The message holds something that must be looked at each time."""


def digit_runs(octets: bytes) -> list[DigitRun] | None:
    """Return what may stand where this message has digits, in order of place.

    The octets are JSON.  None: messages like this one must be read in full.
    """
    try:
        walk = _Walk(octets)
        walk.value(orjson.loads(octets), "", 0)
        return walk.done()
    except (_Unsuited, orjson.JSONDecodeError, StopIteration):
        return None


class _Walk:
    """Goes through the text and its parsed value at once."""

    def __init__(self, octets: bytes) -> None:
        self._tokens: Iterator[re.Match[bytes]] = _TOKEN.finditer(octets)
        self._runs: list[DigitRun] = []
        self._digits = 0
        self._bits = 0

    def done(self) -> list[DigitRun]:
        """Return what was found; a key that is there twice leaves tokens over."""
        if next(self._tokens, None) is not None:
            raise _Unsuited
        return self._runs

    def value(self, value: Any, path: str, depth: int) -> None:
        """Go through an object or a list; the path is that of the objects of a list."""
        if depth > _DEEPEST:
            raise _Unsuited
        if type(value) is dict:
            for key, item in value.items():
                self._fixed(self._text())
                self._member(value, key, item, path_below(path, key), depth)
        elif type(value) is list:
            signed = numeric(value)
            for item in value:
                if type(item) is str:
                    self._string(item, verbatim=False)
                elif type(item) is int or type(item) is float:
                    self._number(item, None, listed=True, signed=signed)
                else:
                    self.value(item, path, depth + 1)

    def _member(self, parent: dict[str, Any], key: str, item: Any, path: str, depth: int) -> None:
        if type(item) is str:
            self._string(item, verbatim=is_verbatim(parent, key))
        elif type(item) is int or type(item) is float:
            self._number(item, number_ranges(parent, key, path))
        elif type(item) is list:
            self.value(item, path + "[]", depth + 1)
        else:
            self.value(item, path, depth + 1)

    def _text(self) -> re.Match[bytes]:
        token = next(self._tokens)
        if token[0][:1] != b'"':
            raise _Unsuited
        return token

    def _string(self, text: str, *, verbatim: bool) -> None:
        token = self._text()
        free = not verbatim and _free(text) and token[0] == b'"%b"' % text.encode()
        if not free:
            if not _harmless(text) and _RUN.search(token[0]):
                raise _Unsuited  # What may tell who somebody is, is not kept even in part.
            self._fixed(token)
            return
        for run in _RUN.finditer(token[0]):
            size = len(run[0])
            self._add(token.start() + run.start(), size, DigitRun(0, size, size))

    def _fixed(self, token: re.Match[bytes]) -> None:
        for run in _RUN.finditer(token[0]):
            size, code = len(run[0]), _code(run[0][:8])
            if size > _FIXED_LONGEST:
                raise _Unsuited
            limits = Limits(code, code)
            if size > 8:
                tail = _code(run[0][-8:])
                limits = Limits(code, code, tail_low=tail, tail_high=tail)
            at = token.start() + run.start()
            self._add(at, size, DigitRun(0, size, size, limits, fixed=True))

    def _number(
        self,
        value: float,
        ranges: Ranges | None,
        *,
        listed: bool = False,
        signed: bool = False,
    ) -> None:
        """Add a number, in a list or not; `signed` if it counts whether it is below nought."""
        token = next(self._tokens)
        written = _NUMBER.fullmatch(token[0])
        if written is None:
            raise _Unsuited
        sign, whole, fraction = written.groups()
        size = len(whole)
        # Minus nought is not below nought, and no whole number.
        some = 2 if sign and (signed or not fraction) else 1
        if size <= _LARGE:
            run = DigitRun(0, 1, _LARGE, whole=some)
            if ranges is not None:
                run = self._limited(run, value, ranges, bool(sign), bool(fraction))
        elif fraction:
            if ranges is not None or signed or size > _WHOLE_OF_FLOAT:
                raise _Unsuited
            run = DigitRun(0, 1, _WHOLE_OF_FLOAT, whole=some)
        else:
            if sign or signed or size not in _LONG or not (ranges or listed):
                raise _Unsuited
            if any(high >= 10 ** (size - 1) for _, high in ranges or ()):
                raise _Unsuited
            run = DigitRun(0, size, size, _LONG[size], whole=some)
        self._add(token.start() + len(sign), size, run)
        if fraction:
            digits = len(fraction) - 1
            if digits > _FRACTION:
                raise _Unsuited
            self._add(token.end() - digits, digits, DigitRun(0, 1, _FRACTION))

    def _limited(
        self, run: DigitRun, value: float, ranges: Ranges, negative: bool, fraction: bool
    ) -> DigitRun:
        """Return a number of up to seven digits with its limits, and its bit if it needs one."""
        size = abs(value)
        if negative:
            parts = [_WholeParts.of(-high, -low, fraction) for low, high in ranges]
        else:
            parts = [_WholeParts.of(low, high, fraction) for low, high in ranges]
        within = next((part for part in parts if part.low <= size <= part.high), None)
        below = min(part.below for part in parts)
        above = max(part.above for part in parts)
        if within is not None:
            least, most = within.least, within.most
        else:  # What lies between the same two ranges is as usual.
            least = max((part.above for part in parts if part.high < size), default=0)
            most = min((part.below for part in parts if part.low > size), default=_MOST_LARGE)
        bit = 0
        if (least > 0 or most < _MOST_LARGE) and self._bits < CLASS_BITS:
            bit = 1 << self._bits
            self._bits += 1
        usual = within is not None
        limits = Limits(_MOST, 0)
        if max(least, 0) <= min(most, _MOST_LARGE):
            limits = Limits(_code(b"%d" % max(least, 0)), _code(b"%d" % min(most, _MOST_LARGE)))
        if bit or not usual:
            limits = limits._replace(
                below=_code(b"%d" % min(below, _MOST_LARGE)) if below >= 0 else 0,
                above=_code(b"%d" % max(above, 0)) if above <= _MOST_LARGE else _MOST,
            )
        return run._replace(
            limits=limits, bit=bit if usual else 0, plausible=Plausible(ranges, usual, bit)
        )

    def _add(self, at: int, size: int, run: DigitRun) -> None:
        self._runs.append(run._replace(position=at - self._digits))
        self._digits += size


class _WholeParts(NamedTuple):
    """A range, and which whole parts surely lie within it, below it and above it."""

    low: float
    high: float
    least: int
    most: int
    below: int
    above: int

    @classmethod
    def of(cls, low: float, high: float, fraction: bool) -> "_WholeParts":
        """Return those of numbers over nought.

        One with a fraction lies between its whole part and the next; it may round up to that.
        """
        least = math.ceil(max(min(low, _FAR), -_FAR))
        most = math.floor(max(min(high, _FAR), -_FAR))
        return cls(low, high, least, most - fraction, least - 1 - fraction, most + 1)


def _harmless(text: str) -> bool:
    return _HARMLESS.match(look(text)) is not None


def _free(text: str) -> bool:
    """Return whether a text looks the same with other digits in place of each of its own."""
    return _FREE.match(text) is not None and look(text) in ("time", "number")


def _code(digits: bytes) -> int:
    return int.from_bytes(digits, "big")
