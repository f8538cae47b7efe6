"""The runs of digits of all layouts as columns, and of many messages at a time what they are.

Everything here is exact: a message is of a layout if each of its digits may stand where it stands.
"""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from schouw_agent.ragged import ragged
from schouw_agent.recognition.digit_columns import Codes, Digits, Numbers, numbers
from schouw_agent.recognition.digit_runs import CLASS_BITS, DigitRun, Limits, Plausible

_NOUGHT = 0x30
_NOT_NOUGHT = 2
"""Of `DigitRun.whole`."""
_RANGES = 6
"""Ranges of a quantity that are compared as columns."""


class Texts(NamedTuple):
    """Messages, and the layout that each is compared with: their texts without digits are equal."""

    layout: Numbers
    first: Numbers
    """First run of digits."""

    def take(self, rows: Numbers) -> "Texts":
        """Return some of the messages."""
        return Texts(self.layout[rows], self.first[rows])


class _Checks(NamedTuple):
    """A column for each field of the runs whose digits count."""

    within: Codes
    """Which run of its layout it is."""
    least: Codes
    low: Codes
    span: Codes
    """From the least usual code to the greatest; `none` if no code is usual."""
    none: Codes
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
        # Of a run: shortest, by how much it may be longer, and whether nought may not lead.
        self._places = np.zeros((3, 1024), dtype=np.uint8)
        self._cells = np.zeros((len(_Checks._fields), 512), dtype=np.uint64)
        self._plausible: dict[int, Plausible] = {}
        """By check."""
        self._ranges = np.zeros((_ROWS, 512))

    def add(self, runs: Sequence[DigitRun], odd: Sequence[int]) -> int:
        """Return the number of a new layout; `odd` is a secret number for each run."""
        places = [(run.shortest, run.longest - run.shortest, run.whole > 0) for run in runs]
        checked = [(i, run) for i, run in enumerate(runs) if _counts(run)]
        checks = [_check(i, run, odd[i]) for i, run in checked]
        for check, (_, run) in enumerate(checked, self._checks):
            if run.plausible is not None:
                self._plausible[check] = run.plausible
        of = [self.runs, len(places), self._checks, len(checks)]
        self._of = _with(self._of, self.layouts, np.array([of], dtype=np.int64).T)
        new_places = np.array(places, dtype=np.uint8).reshape(-1, 3).T
        self._places = _with(self._places, self.runs, new_places)
        cells = np.array(checks, dtype=np.uint64).reshape(-1, len(_Checks._fields)).T
        self._cells = _with(self._cells, self._checks, cells)
        ranges = np.array([_ends(run.plausible) for _, run in checked], dtype=np.float64)
        self._ranges = _with(self._ranges, self._checks, ranges.reshape(-1, _ROWS).T)
        self.runs += len(places)
        self._checks += len(checks)
        self.layouts += 1
        return self.layouts - 1

    def whole_parts(self, layout: int) -> list[int]:
        """Return which runs of a layout are the whole parts of its numbers, in their order."""
        first, runs, _, _ = self._of[:, layout].tolist()
        return np.flatnonzero(self._places[2, first : first + runs]).tolist()

    def mark(self, layout: int, digits: Sequence[bytes]) -> int:
        """Return the mark of digits in the names of a layout; there are as many as its runs."""
        _, _, first, checks = self._of[:, layout].tolist()
        table = _Checks(*self._cells[:, first : first + checks])
        pairs = zip(table.within.tolist(), table.odd.tolist(), strict=True)
        total: int = sum(odd * int.from_bytes(digits[i][:8], "big") for i, odd in pairs)
        return total % (1 << 64)

    def compare(self, digits: Digits, texts: Texts, *, marks: bool) -> tuple[Numbers, Codes]:
        """Return layout and class of each message, -1 if it differs; and the marks, if asked."""
        count = self._of[1][texts.layout]
        before = np.cumsum(count) - count
        if int(count.sum()) != digits.start.size:
            digits = digits.take(ragged(texts.first, count))
        place = ragged(self._of[0][texts.layout], count)
        wrong = np.zeros(count.size, dtype=np.bool_)
        misplaced = self._misplaced(digits, place)
        wrong[np.searchsorted(before, misplaced, side="right") - 1] = True
        checks = self._of[3][texts.layout]
        row = ragged(self._of[2][texts.layout], checks)
        message = np.repeat(np.arange(count.size), checks)
        run = self._cells[0].take(row).astype(np.int64) + before[message]
        code, bits = self._check(digits, run, row, message, wrong)
        classes = np.where(wrong, -1, texts.layout << CLASS_BITS | bits)
        mark = np.zeros(count.size, dtype=np.uint64)
        if marks:
            np.add.at(mark, message, code * _Checks(*self._cells).odd[row])
        return classes, mark

    def _misplaced(self, digits: Digits, place: Numbers) -> Numbers:
        """Return the runs that are too long or too short, or start with a nought that may not."""
        shortest, span, whole = self._places
        length = np.minimum(digits.length, 255).astype(np.uint8)
        # What is too short wraps around to far too long.
        unfit = length - shortest.take(place) > span.take(place)
        leading = (digits.octets.take(digits.start) == _NOUGHT) & (length > 1)
        leading &= whole.take(place).view(np.bool_)
        return np.flatnonzero(unfit | leading)

    def _check(
        self,
        digits: Digits,
        run: Numbers,
        row: Numbers,
        message: Numbers,
        wrong: NDArray[np.bool_],
    ) -> tuple[Codes, Numbers]:
        """Check runs by the rows of their checks; return their codes, and the bits by message."""
        table = _Checks(*self._cells)
        chosen = digits.take(run)
        code = chosen.codes()
        wrong[message[code < table.least.take(row)]] = True
        long = np.flatnonzero(chosen.length > 8)
        if long.size:
            tail, at = chosen.take(long).tails(), row[long]
            differs = (tail < table.tail_low[at]) | (tail > table.tail_high[at])
            wrong[message[long[differs]]] = True
        bits = np.zeros(wrong.size, dtype=np.int64)
        # What is below the least wraps around to far above the greatest.
        unusual = (code - table.low.take(row) > table.span.take(row)) | (table.none.take(row) > 0)
        beyond = np.flatnonzero(unusual)
        if beyond.size:
            far, at = code[beyond], row[beyond]
            bit = table.bit[at].astype(np.int64)
            unsure = np.flatnonzero((far > table.below[at]) & (far < table.above[at]))
            if unsure.size:
                bit[unsure] = self._bits(digits, run[beyond[unsure]], at[unsure])
            wrong[message[beyond[bit < 0]]] = True
            np.add.at(bits, message[beyond], bit)
        return code, bits

    def _bits(self, digits: Digits, run: Numbers, row: Numbers) -> Numbers:
        """Return the bits of numbers that their whole parts do not decide; -1 for none."""
        number = numbers(digits, run)
        ranges = self._ranges[:, row]
        within = (ranges[:_RANGES] <= number) & (number <= ranges[_RANGES : 2 * _RANGES])
        usual, other = ranges[-2], ranges[-1].astype(np.int64)
        bits = np.where(within.any(axis=0) == usual, 0, other)
        bits[usual == _NO_NUMBER] = -1
        for i in np.flatnonzero(usual == _ASK).tolist():
            plausible = self._plausible.get(int(row[i]))
            bits[i] = plausible.bit_of(float(number[i])) if plausible else -1
        return bits


# Rows of a check's ranges: their lower ends, their upper ends, usual, bit if it is not as usual.
_ROWS = 2 * _RANGES + 2
# Values of usual beside false and true.
_NO_NUMBER, _ASK = 2.0, 3.0


def _ends(plausible: Plausible | None) -> list[float]:
    ranges = plausible.ranges if plausible else ()
    usual = float(plausible.usual) if plausible else _NO_NUMBER
    if len(ranges) > _RANGES:
        ranges, usual = (), _ASK
    none = [math.inf] * (_RANGES - len(ranges))
    lows, highs = [low for low, _ in ranges], [high for _, high in ranges]
    bit = (plausible.bit or -1) if plausible else -1
    return [*lows, *none, *highs, *(-each for each in none), usual, bit]


def _counts(run: DigitRun) -> bool:
    """Return whether it matters which digits a run has."""
    return run.fixed or run.whole == _NOT_NOUGHT or run.limits != Limits()


def _check(within: int, run: DigitRun, odd: int) -> tuple[int, ...]:
    low, high, *others = run.limits
    least = _NOUGHT + 1 if run.whole == _NOT_NOUGHT else 0
    span = (high - low, 0) if low <= high else (0, 1)
    return (within, least, low, *span, *others, run.bit, odd if run.fixed else 0)


def _with(columns: NDArray[Any], size: int, more: NDArray[Any]) -> NDArray[Any]:
    """Return columns, of which so many rows are in use, with more rows."""
    while size + more.shape[1] > columns.shape[1]:
        columns = np.concatenate([columns, np.zeros_like(columns)], axis=1)
    columns[:, size : size + more.shape[1]] = more
    return columns
