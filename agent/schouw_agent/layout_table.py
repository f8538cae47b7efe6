"""The runs of digits of all layouts as columns, and of many messages at a time what they are.

Everything here is exact: a message is of a layout if each of its digits may stand where it stands.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from schouw_agent.digit_runs import CLASS_BITS, DigitRun, Plausible

_PAD = b"\n" * 8
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")

Numbers = NDArray[np.int64]
Codes = NDArray[np.uint64]

# By how many digits there are (at most 31): which octets of a code are digits, and the least code
# of a whole number, which has no leading zero; for any digits, a whole number, and one over 0.
LENGTHS = 32
_MASK = np.array([(1 << 8 * min(n, 8)) - 1 for n in range(LENGTHS)], dtype=np.uint64)
_TEN = [int.from_bytes(b"1".ljust(min(n, 8), b"0"), "big") for n in range(LENGTHS)]
_LEAST = np.array(
    [0] * LENGTHS + [0x30, 0x30, *_TEN[2:]] + [0x31, 0x31, *_TEN[2:]], dtype=np.uint64
)


class Digits(NamedTuple):
    """The runs of digits of some octets."""

    octets: bytes
    start: Numbers
    length: Numbers
    passed: Numbers
    """Digits before each run."""

    def take(self, runs: Numbers) -> "Digits":
        """Return some of the runs."""
        return Digits(self.octets, self.start[runs], self.length[runs], self.passed[runs])

    def codes(self, length: Numbers) -> Codes:
        """Return each run as it is written, as a number; of more than eight digits the first."""
        return self._eight_from(self.start + np.minimum(length, 8) - 8) & _MASK[length]

    def tails(self) -> Codes:
        """Return the last eight octets of each run as a number."""
        return self._eight_from(self.start + self.length - 8)

    def _eight_from(self, at: Numbers) -> Codes:
        size = len(self.octets) - 7
        eight = np.ndarray((size,), dtype=">u8", buffer=self.octets, strides=(1,))
        return eight[at].astype(np.uint64)


class Texts(NamedTuple):
    """Messages within some octets, and the layout that each is compared with."""

    layout: Numbers
    begin: Numbers
    end: Numbers
    first: Numbers
    """First run of digits."""

    def take(self, rows: Numbers) -> "Texts":
        """Return some of the messages."""
        return Texts(*(column[rows] for column in self))


class _Checks(NamedTuple):
    """A column for each field of the runs that may not hold any digits."""

    within: Codes
    """Which run of its layout it is."""
    least: Codes
    """Where the least codes by length begin."""
    low: Codes
    high: Codes
    below: Codes
    above: Codes
    tail_low: Codes
    tail_high: Codes
    bit: Codes
    odd: Codes
    """An odd number for a run that is fixed, 0 for others: the sum of codes times this is a mark of
    the digits in names."""


class LayoutTable:
    """A number for each layout; rows for its runs, and for those of them that need a check."""

    def __init__(self) -> None:
        self.layouts = 0
        self.runs = 0
        self._checks = 0
        # Of a layout: first run, runs, first check, checks.
        self._of = np.zeros((4, 64), dtype=np.int64)
        # Position, shortest and longest of a run.
        self._places = np.zeros((1, 1024), dtype=np.int64)
        self._cells = np.zeros((len(_Checks._fields), 512), dtype=np.uint64)
        self._plausible: dict[int, Plausible] = {}
        """By check."""

    def add(self, runs: Sequence[DigitRun], odd: Sequence[int]) -> int:
        """Return the number of a new layout; `odd` is a secret number for each run."""
        places = [run.position << 16 | run.shortest << 8 | run.longest for run in runs]
        checks = [
            (i, run.whole * LENGTHS, *run.limits, run.bit, odd[i] if run.fixed else 0)
            for i, run in enumerate(runs)
            if run.fixed or run.whole
        ]
        for check, (i, *_) in enumerate(checks, self._checks):
            plausible = runs[i].plausible
            if plausible is not None:
                self._plausible[check] = plausible
        of = [self.runs, len(places), self._checks, len(checks)]
        self._of = _with(self._of, self.layouts, np.array([of], dtype=np.int64).T)
        new_places = np.array(places, dtype=np.int64).reshape(1, -1)
        self._places = _with(self._places, self.runs, new_places)
        cells = np.array(checks, dtype=np.uint64).reshape(-1, len(_Checks._fields)).T
        self._cells = _with(self._cells, self._checks, cells)
        self.runs += len(places)
        self._checks += len(checks)
        self.layouts += 1
        return self.layouts - 1

    def mark(self, layout: int, digits: Sequence[bytes]) -> int:
        """Return the mark of digits in the names of a layout; -1 if it has not as many runs."""
        _, count, first, checks = self._of[:, layout].tolist()
        if len(digits) != count:
            return -1
        table = _Checks(*self._cells[:, first : first + checks])
        pairs = zip(table.within.tolist(), table.odd.tolist(), strict=True)
        total: int = sum(odd * int.from_bytes(digits[i][:8], "big") for i, odd in pairs)
        return total % (1 << 64)

    def compare(self, digits: Digits, texts: Texts, *, marks: bool) -> tuple[Numbers, Codes]:
        """Return layout and class of each message, -1 if it differs; and the marks, if asked."""
        classes = np.full(texts.layout.size, -1, dtype=np.int64)
        mark = np.zeros(texts.layout.size, dtype=np.uint64)
        fits = np.flatnonzero(self._fits(digits, texts))
        texts = texts.take(fits)
        count = self._of[1][texts.layout]
        before = np.cumsum(count) - count
        total = int(count.sum())
        if total != digits.start.size:
            digits = digits.take(_ragged(texts.first, count, before))
        place = self._places[0][_ragged(self._of[0][texts.layout], count, before)]
        origin = np.zeros(count.size, dtype=np.int64)
        some = count > 0
        origin[some] = texts.begin[some] - digits.passed[before[some]]
        position = digits.start - digits.passed - np.repeat(origin, count)
        differs = place >> 16 != position
        differs |= (digits.length < (place >> 8 & 0xFF)) | (digits.length > (place & 0xFF))
        wrong = np.zeros(count.size, dtype=np.bool_)
        wrong[np.searchsorted(before, np.flatnonzero(differs), side="right") - 1] = True
        checks = self._of[3][texts.layout]
        row = _ragged(self._of[2][texts.layout], checks, np.cumsum(checks) - checks)
        message = np.repeat(np.arange(count.size), checks)
        run = self._cells[0][row].astype(np.int64) + before[message]
        code, bits = self._check(digits.take(run), row, message, wrong)
        classes[fits] = np.where(wrong, -1, texts.layout << CLASS_BITS | bits)
        if marks:
            known = np.zeros(count.size, dtype=np.uint64)
            np.add.at(known, message, code * _Checks(*self._cells).odd[row])
            mark[fits] = known
        return classes, mark

    def _fits(self, digits: Digits, texts: Texts) -> NDArray[np.bool_]:
        """Return which messages have no more runs than their layout; fewer show in positions."""
        last = texts.first + self._of[1][texts.layout]
        after = np.append(digits.start, len(digits.octets))
        found: NDArray[np.bool_] = last < after.size
        found[found] = after[last[found]] >= texts.end[found]
        return found

    def _check(
        self, digits: Digits, row: Numbers, message: Numbers, wrong: NDArray[np.bool_]
    ) -> tuple[Codes, Numbers]:
        """Check runs by the rows of their checks; return their codes, and the bits by message."""
        table = _Checks(*self._cells)
        length = np.minimum(digits.length, LENGTHS - 1)
        code = digits.codes(length)
        differs = code < _LEAST[table.least[row].astype(np.int64) + length]
        long = np.flatnonzero(length > 8)
        if long.size:
            tail, at = digits.take(long).tails(), row[long]
            differs[long] |= (tail < table.tail_low[at]) | (tail > table.tail_high[at])
        wrong[message[differs]] = True
        bits = np.zeros(wrong.size, dtype=np.int64)
        beyond = np.flatnonzero((code < table.low[row]) | (code > table.high[row]))
        if beyond.size:
            far, at = code[beyond], row[beyond]
            sure = (far <= table.below[at]) | (far >= table.above[at])
            which = beyond[sure]
            np.add.at(bits, message[which], table.bit[row[which]].astype(np.int64))
            for i in beyond[~sure].tolist():
                bit = self._bit(digits, int(row[i]), int(digits.start[i]))
                if bit < 0:
                    wrong[message[i]] = True
                else:
                    bits[message[i]] += bit
        return code, bits

    def _bit(self, digits: Digits, row: int, start: int) -> int:
        """Return the bit of a number that its whole part does not decide; -1 if it has none."""
        plausible = self._plausible.get(row)
        if plausible is None:
            return -1
        octets = digits.octets
        written = _NUMBER.match(octets, start - (octets[start - 1] == 0x2D))
        return plausible.bit_of(float(written[0])) if written else -1


def _ragged(start: Numbers, count: Numbers, before: Numbers) -> Numbers:
    """Return, one after the other, `count` numbers from each start on."""
    total = int(count.sum())
    return np.arange(total) + np.repeat(start - before, count)


def _with(columns: NDArray[Any], size: int, more: NDArray[Any]) -> NDArray[Any]:
    """Return columns, of which so many rows are in use, with more rows."""
    while size + more.shape[1] > columns.shape[1]:
        columns = np.concatenate([columns, np.zeros_like(columns)], axis=1)
    columns[:, size : size + more.shape[1]] = more
    return columns


def digits_of(payloads: Sequence[bytes]) -> tuple[Digits, Numbers, Numbers]:
    """Return the runs of digits of all messages, and where each message begins and ends."""
    # Neither two messages nor the ends touch: no run of digits reaches over anything.
    octets = b"".join((_PAD, b"\n".join(payloads), _PAD))
    size = np.fromiter(map(len, payloads), dtype=np.int64, count=len(payloads))
    end = np.cumsum(size + 1) + (len(_PAD) - 1)
    digit = np.frombuffer(octets, dtype=np.uint8) - np.uint8(0x30) < 10
    edges = np.flatnonzero(digit[1:] != digit[:-1]) + 1
    start, length = edges[::2], edges[1::2] - edges[::2]
    return Digits(octets, start, length, np.cumsum(length) - length), end - size, end
