"""The digits of many messages as columns, and what is left of the messages without them.

Codes are digits as they are written (`digit_runs`).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_PAD = b"\n" * 8
_NOUGHT = 0x30
_LENGTHS = 32
# By how many digits there are (at most 31): which octets of a code are digits.
_MASK = np.array([(1 << 8 * min(n, 8)) - 1 for n in range(_LENGTHS)], dtype=np.uint64)
_WEIGHTS = 10 ** np.arange(7, -1, -1, dtype=np.uint64)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_MINUS, _POINT = b"-."
_FRACTION, _EXACT = 8, 7
"""Digits behind the point and before it, with which a number is exact in 53 bits."""
_POWERS = 10 ** np.arange(_FRACTION + 1, dtype=np.uint64)

Numbers = NDArray[np.int64]
Codes = NDArray[np.uint64]


class Digits(NamedTuple):
    """The runs of digits of some octets."""

    octets: NDArray[np.uint8]
    start: Numbers
    length: Numbers

    def take(self, runs: Numbers) -> "Digits":
        """Return some of the runs."""
        return Digits(self.octets, self.start.take(runs), self.length.take(runs))

    def codes(self) -> Codes:
        """Return each run as it is written, as a number; of more than eight digits the first."""
        length = np.minimum(self.length, _LENGTHS - 1)
        return self._eight_from(self.start + np.minimum(length, 8) - 8) & _MASK.take(length)

    def tails(self) -> Codes:
        """Return the last eight octets of each run as a number."""
        return self._eight_from(self.start + self.length - 8)

    def _eight_from(self, at: Numbers) -> Codes:
        size = self.octets.size - 7
        eight = np.ndarray((size,), dtype=">u8", buffer=self.octets, strides=(1,))
        return eight[at].astype(np.uint64)


class Digested(NamedTuple):
    """Messages, taken apart."""

    digits: Digits
    first: Numbers
    """The first run of digits of each message, or of those after it."""
    hashes: list[int]
    """Of each message with one nought in place of every run: those that are equal have as many
    runs, in the same places.  The interpreter seeds the hash at its start."""


def digest(payloads: Sequence[bytes]) -> Digested:
    """Return the runs of digits of all messages, and a hash of what is around them."""
    # Neither two messages nor the ends touch: no run of digits reaches over anything.
    octets = np.frombuffer(b"".join((_PAD, b"\n".join(payloads), _PAD)), dtype=np.uint8)
    size = np.fromiter(map(len, payloads), dtype=np.int64, count=len(payloads))
    end = np.cumsum(size + 1) + (len(_PAD) - 1)
    begin = end - size
    digit = octets - np.uint8(_NOUGHT) < 10
    edges = np.flatnonzero(digit[1:] != digit[:-1]) + 1
    start, stop = edges[::2], edges[1::2]
    length = stop - start
    first = np.searchsorted(start, begin)
    # The octets that stay: those that are no digits, and the first digit of each run.
    removed = np.cumsum(np.append(0, length - 1))
    np.logical_and(digit[1:], digit[:-1], out=digit[1:])
    left = octets[~digit]
    left[start - removed[:-1]] = _NOUGHT
    skeleton = left.tobytes()
    begins = (begin - removed[first]).tolist()
    after = np.append(first[1:], start.size)
    ends = (end - removed[after]).tolist()
    hashes = [hash(skeleton[i:j]) for i, j in zip(begins, ends, strict=True)]
    return Digested(Digits(octets, start, length), first, hashes)


def numbers(digits: Digits, run: Numbers) -> NDArray[np.float64]:
    """Return the numbers that start with these runs, as a parser reads them."""
    octets = digits.octets
    chosen = digits.take(run)
    behind = digits.take(np.minimum(run + 1, digits.start.size - 1))
    fraction = octets[chosen.start + chosen.length] == _POINT
    size = np.where(fraction, behind.length, 0)
    power = _POWERS[np.minimum(size, _FRACTION)]
    whole = _whole(chosen.codes()) * power + np.where(fraction, _whole(behind.codes()), 0)
    number = whole.astype(np.float64) / power
    minus = octets[chosen.start - 1] == _MINUS
    number *= np.where(minus, -1, 1)
    for i in np.flatnonzero((size > _FRACTION) | (chosen.length > _EXACT)).tolist():
        start = int(chosen.start[i]) - bool(minus[i])
        written = _NUMBER.match(octets.data, start)
        number[i] = float(written[0]) if written else 0
    return number


def _whole(codes: Codes) -> Codes:
    """Return the whole numbers that codes stand for."""
    digits = codes.astype(">u8").view(np.uint8).reshape(-1, 8) & 0xF
    return digits.astype(np.uint64) @ _WEIGHTS
