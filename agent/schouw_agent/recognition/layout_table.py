"""The runs of digits of all layouts as columns, and of many messages at a time what they are.

Everything here is exact: a message is of a layout if each of its digits may stand where it stands.
"""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from schouw_agent.numbers import Numbers
from schouw_agent.ragged import ragged
from schouw_agent.recognition.digit_columns import ANY_NOUGHT, LEAST, Codes, Digits, Written
from schouw_agent.recognition.digit_runs import CLASS_BITS, DigitRun, Limits, Plausible

_MOST = (1 << 64) - 1
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


class Laid(NamedTuple):
    """Messages whose runs of digits are as long as their layout allows, or not."""

    fits: NDArray[np.bool_]
    written: Written
    """What is checked, as many of each message as its layout has."""


class _Checks(NamedTuple):
    """A column for each field of the runs whose digits count."""

    within: Codes
    """Which run of its layout it is."""
    whole: Codes
    """As in `DigitRun`."""
    low: Codes
    span: Codes
    """From the least usual code to the greatest; of none, if no code is usual."""
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
        # Of a run: shortest, and by how much it may be longer.
        self._places = np.zeros((2, 1024), dtype=np.uint8)
        self._cells = np.zeros((len(_Checks._fields), 512), dtype=np.uint64)
        self._plausible: dict[int, Plausible] = {}
        """By check."""
        self._ranges = np.zeros((_ROWS, 512))

    def add(self, runs: Sequence[DigitRun], odd: Sequence[int]) -> int:
        """Return the number of a new layout; `odd` is a secret number for each run."""
        places = [(run.shortest, run.longest - run.shortest) for run in runs]
        checked = [(i, run) for i, run in enumerate(runs) if _counts(run)]
        checks = [_check(i, run, odd[i]) for i, run in checked]
        for check, (_, run) in enumerate(checked, self._checks):
            if run.plausible is not None:
                self._plausible[check] = run.plausible
        of = [self.runs, len(places), self._checks, len(checks)]
        self._of = _with(self._of, self.layouts, np.array([of], dtype=np.int64).T)
        new_places = np.array(places, dtype=np.uint8).reshape(-1, 2).T
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
        """Return which checks of a layout are of the whole parts of its numbers, in their order."""
        _, _, first, checks = self._of[:, layout].tolist()
        whole = _Checks(*self._cells[:, first : first + checks]).whole
        return np.flatnonzero(whole).tolist()

    def checks(self, layout: Numbers) -> Numbers:
        """Return how many checks each layout has."""
        checks: Numbers = self._of[3].take(layout)
        return checks

    def mark(self, layout: int, digits: Sequence[bytes]) -> int:
        """Return the mark of digits in the names of a layout; there are as many as its runs."""
        _, _, first, checks = self._of[:, layout].tolist()
        table = _Checks(*self._cells[:, first : first + checks])
        pairs = zip(table.within.tolist(), table.odd.tolist(), strict=True)
        total: int = sum(odd * int.from_bytes(digits[i][:8], "big") for i, odd in pairs)
        return total % (1 << 64)

    def lay(self, digits: Digits, texts: Texts) -> Laid:
        """Return whether the digits of each message are as long as they may be, and the checked."""
        count = self._of[1][texts.layout]
        before = np.cumsum(count) - count
        if int(count.sum()) != digits.start.size:
            digits = digits.take(ragged(texts.first, count))
        place = ragged(self._of[0][texts.layout], count)
        shortest, span = self._places
        length = np.minimum(digits.length, 255).astype(np.uint8)
        # What is too short wraps around to far too long.
        unfit = np.flatnonzero(length - shortest.take(place) > span.take(place))
        fits = np.ones(count.size, dtype=np.bool_)
        fits[np.searchsorted(before, unfit, side="right") - 1] = False
        checks = self.checks(texts.layout)
        table = _Checks(*self._cells)
        row = ragged(self._of[2][texts.layout], checks)
        run = table.within.take(row).astype(np.int64) + np.repeat(before, checks)
        chosen = digits.take(run)
        least = np.minimum(chosen.length, ANY_NOUGHT - 1)
        whole = table.whole.take(row)
        least[(whole == _NOT_NOUGHT) & (least == 1)] = ANY_NOUGHT
        least[whole == 0] = 0
        return Laid(fits, Written(*chosen, digits.fractions(run), least))

    def check(self, layout: Numbers, written: Written, *, marks: bool) -> tuple[Numbers, Codes]:
        """Return layout and class of each message, -1 if it differs; and the marks, if asked.

        The digits of each are as long as its layout allows; `written` is what is checked of them.
        """
        checks = self.checks(layout)
        row = ragged(self._of[2][layout], checks)
        message = np.repeat(np.arange(layout.size), checks)
        table = _Checks(*self._cells)
        code = written.codes()
        wrong = np.zeros(layout.size, dtype=np.bool_)
        wrong[message[code < LEAST.take(written.least)]] = True
        long = np.flatnonzero(written.length > 8)
        if long.size:
            tail, at = written.take(long).tails(), row[long]
            differs = (tail < table.tail_low[at]) | (tail > table.tail_high[at])
            wrong[message[long[differs]]] = True
        bits = np.zeros(layout.size, dtype=np.int64)
        # What is below the least wraps around to far above the greatest.
        beyond = np.flatnonzero(code - table.low.take(row) > table.span.take(row))
        if beyond.size:
            far, at = code[beyond], row[beyond]
            bit = table.bit[at].astype(np.int64)
            unsure = np.flatnonzero((far > table.below[at]) & (far < table.above[at]))
            if unsure.size:
                bit[unsure] = self._bits(written.take(beyond[unsure]), at[unsure])
            wrong[message[beyond[bit < 0]]] = True
            np.add.at(bits, message[beyond], bit)
        mark = np.zeros(layout.size, dtype=np.uint64)
        if marks:
            np.add.at(mark, message, code * table.odd.take(row))
        return np.where(wrong, -1, layout << CLASS_BITS | bits), mark

    def _bits(self, written: Written, row: Numbers) -> Numbers:
        """Return the bits of numbers that their whole parts do not decide; -1 for none."""
        number = written.numbers()
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
    return run.fixed or run.whole > 0 or run.limits != Limits()


def _check(within: int, run: DigitRun, odd: int) -> tuple[int, ...]:
    low, high, *others = run.limits
    # No digits have the greatest code: where none is usual, only that is.
    usual = (low, high - low) if low <= high else (_MOST, 0)
    return (within, run.whole, *usual, *others, run.bit, odd if run.fixed else 0)


def _with(columns: NDArray[Any], size: int, more: NDArray[Any]) -> NDArray[Any]:
    """Return columns, of which so many rows are in use, with more rows."""
    while size + more.shape[1] > columns.shape[1]:
        columns = np.concatenate([columns, np.zeros_like(columns)], axis=1)
    columns[:, size : size + more.shape[1]] = more
    return columns
