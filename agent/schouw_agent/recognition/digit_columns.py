"""The digits of many messages as columns, and what is left of the messages without them.

Codes are digits as they are written (`digit_runs`).
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from schouw_agent.numbers import Numbers
from schouw_agent.runs import Payloads

_NOUGHT = 0x30
_LENGTHS = 32
# By how many digits there are (at most 31): which octets of a code are digits.
_MASK = np.array([(1 << 8 * min(n, 8)) - 1 for n in range(_LENGTHS)], dtype=np.uint64)
_WEIGHTS = 10 ** np.arange(7, -1, -1, dtype=np.uint64)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_MINUS, _POINT = b"-."
_AT_A_TIME = 1024
"""Messages of which the octets stay in the cache of a processor."""
_FRACTION, _EXACT = 8, 7
"""Digits behind the point and before it, with which a number is exact in 53 bits."""
_POWERS = 10 ** np.arange(_FRACTION + 1, dtype=np.uint64)

Sizes = NDArray[np.integer[Any]]
Codes = NDArray[np.uint64]
Octets = NDArray[np.uint8]


class Digits(NamedTuple):
    """The runs of digits of some octets."""

    octets: Octets
    start: Numbers
    length: Numbers

    def take(self, runs: Numbers) -> "Digits":
        """Return some of the runs."""
        return Digits(self.octets, self.start.take(runs), self.length.take(runs))

    def fractions(self, runs: Numbers) -> Numbers:
        """Return how many digits stand behind the point that follows some runs; 0 without one."""
        pointed = self.octets.take(self.start.take(runs) + self.length.take(runs)) == _POINT
        behind = self.length.take(np.minimum(runs + 1, self.start.size - 1))
        return np.where(pointed, behind, 0)


class Written(NamedTuple):
    """Runs of digits of which it counts what they are."""

    octets: Octets
    start: Numbers
    length: Sizes
    fraction: Sizes
    """Digits behind the point that follows; 0 without one."""
    least: Sizes
    """Index of the least code that may stand there: `LEAST`."""

    def take(self, rows: Numbers) -> "Written":
        """Return some of the runs."""
        return Written(
            self.octets,
            self.start.take(rows),
            self.length.take(rows),
            self.fraction.take(rows),
            self.least.take(rows),
        )

    def codes(self) -> Codes:
        """Return each run as it is written, as a number; of more than eight digits the first."""
        return _codes(self.octets, self.start, self.length)

    def tails(self) -> Codes:
        """Return the last eight octets of each run as a number."""
        return _eight_from(self.octets, self.start + self.length - 8)

    def number(self, row: int) -> float:
        """Return the number that starts with a run."""
        start = int(self.start[row])
        minus = self.octets[start - 1] == _MINUS
        written = _NUMBER.match(self.octets.data, start - bool(minus))
        return float(written[0]) if written else 0.0

    def numbers(self) -> NDArray[np.float64]:
        """Return the numbers that start with these runs, as a parser reads them."""
        size = self.fraction
        power = _POWERS[np.minimum(size, _FRACTION)]
        behind = _codes(self.octets, self.start + self.length + 1, size)
        whole = _whole(self.codes()) * power + _whole(behind)
        number = whole.astype(np.float64) / power
        minus = self.octets.take(self.start - 1) == _MINUS
        number *= np.where(minus, -1, 1)
        for i in np.flatnonzero((size > _FRACTION) | (self.length > _EXACT)).tolist():
            number[i] = self.number(i)
        return number


ANY_NOUGHT = _LENGTHS
"""Of `LEAST`: of one digit, which must not be nought."""
# By how many digits there are: the least code of a number, which does not start with a nought.
LEAST = np.array(
    [0, _NOUGHT]
    + [int.from_bytes(b"10000000"[:n], "big") for n in range(2, _LENGTHS)]
    + [_NOUGHT + 1],
    dtype=np.uint64,
)


class Digested(NamedTuple):
    """Messages, taken apart."""

    digits: Digits
    begin: Numbers
    """Where each message begins in the octets."""
    first: Numbers
    """The first run of digits of each message, or of those after it."""
    hashes: list[int]
    """Of each message with one nought in place of every run: those that are equal have as many
    runs, in the same places.  The interpreter seeds the hash at its start."""


def digest(messages: Sequence[bytes]) -> Digested:
    """Return the runs of digits of all messages, and a hash of what is around them."""
    # Neither two messages nor the ends touch: no run of digits reaches over anything.
    joined, begin, end = Payloads.of(messages)
    octets = np.frombuffer(joined, dtype=np.uint8)
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
    return Digested(Digits(octets, start, length), begin, first, hashes)


def spelled(payloads: Payloads) -> Numbers:
    """Return a hash of each message with all digits taken for the same.

    The messages follow each other.  The interpreter seeds the hash at its start.
    """
    hashes: list[int] = []
    for first in range(0, payloads.begin.size, _AT_A_TIME):
        _, begin, end = payloads.part(first, first + _AT_A_TIME)
        start = int(begin[0])
        size = int(end[-1]) - start
        octets = np.frombuffer(payloads.octets, dtype=np.uint8, count=size, offset=start)
        octets = octets - np.uint8(_NOUGHT)
        # Digits become 0, and no other octet does.
        octets *= octets > 9
        alike = octets.tobytes()
        ends = zip((begin - start).tolist(), (end - start).tolist(), strict=True)
        hashes += [hash(alike[i:j]) for i, j in ends]
    return np.array(hashes, dtype=np.int64)


def _codes(octets: Octets, start: Numbers, length: Sizes) -> Codes:
    length = np.minimum(length, _LENGTHS - 1)
    return _eight_from(octets, start + np.minimum(length, 8) - 8) & _MASK.take(length)


def _eight_from(octets: Octets, at: Numbers) -> Codes:
    eight = np.ndarray((octets.size - 7,), dtype=">u8", buffer=octets, strides=(1,))
    return eight[at].astype(np.uint64)


def _whole(codes: Codes) -> Codes:
    """Return the whole numbers that codes stand for."""
    digits = codes.astype(">u8").view(np.uint8).reshape(-1, 8) & 0xF
    return digits.astype(np.uint64) @ _WEIGHTS
