"""JSON messages that are like one before them, recognised without parsing them.

A *layout* is the text of a message without its digits, the places where digits stood, and what may
stand there (`digit_runs`).  Every octet of every message is compared with that, and a message of
which anything else is different is read in full.  So all messages of one layout and one class have
the same structure (`structure.Structure`).
"""

import re
import secrets
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from schouw_agent.numbers import Numbers
from schouw_agent.ragged import ragged
from schouw_agent.recognition.digit_columns import Codes, Digits, Written, digest, spelled
from schouw_agent.recognition.digit_runs import CLASS_BITS, digit_runs
from schouw_agent.recognition.layout_table import LayoutTable, Texts
from schouw_agent.recognition.spellings import Spellings
from schouw_agent.runs import Payloads

LAYOUT_BITS = 12
MOST_LAYOUTS = 1 << LAYOUT_BITS
MOST_RUNS = 1 << 16
"""Of all layouts together."""
_RUNS_OF_ONE = 256
_TRIED = 256
_HITS_FOR_A_TRY = 32
_RUN = re.compile(rb"\d+")
_ANOTHER = np.uint64(secrets.randbits(64) | 1)
UNREAD = -2
"""The likeness of a message that is written as none before it."""


class Recognised(NamedTuple):
    """What messages are like, and their digits."""

    likeness: Numbers
    """Of each message the number of its layout and class; -1 if it has none.  The lowest
    `CLASS_BITS` bits tell which numbers are as plausible as was usual at first."""
    first: Numbers
    """Of each message that is like others: the first of its digits in `written`."""
    written: Written
    """The digits that are checked."""


class Layouts:
    """The layouts that were learnt; all are forgotten when there are too many."""

    def __init__(self) -> None:
        self.forgotten = 0
        """How often all layouts were given up, and with them their numbers."""
        self.learnt = 0
        """How many layouts were learnt."""
        self._odd = [secrets.randbits(64) | 1 for _ in range(_RUNS_OF_ONE)]
        self._hits = self._tried = 0
        self._spellings = Spellings()
        self._forget()

    def _forget(self) -> None:
        self._table = LayoutTable()
        self._spellings.forget()
        self._usual: dict[int, int] = {}
        """Hash of a text with its digits left out → layout.  The text itself is not kept."""
        self._marked: dict[tuple[int, int], int] = {}
        """Usual layout of a text, and mark of the digits in its names → layout."""

    def learn(self, octets: bytes) -> None:
        """Take a message that is JSON and whose structure says all that there is to say of it."""
        text = hash(_RUN.sub(b"0", octets))
        usual = self._usual.get(text, -1)
        if usual >= 0 and (usual, self._mark(usual, octets)) in self._marked:
            return  # A number differs in a way that must be looked at each time.
        if self._tried > _TRIED + self._hits // _HITS_FOR_A_TRY:
            return  # Too many messages are like no other.
        self._tried += 1
        runs = digit_runs(octets)
        if runs is None or len(runs) > _RUNS_OF_ONE:
            return
        table = self._table
        if table.layouts >= MOST_LAYOUTS or table.runs + len(runs) > MOST_RUNS:
            self._forget()
            self.forgotten += 1
            table = self._table
        layout = table.add(runs, self._odd)
        self.learnt += 1
        usual = self._usual.setdefault(text, layout)
        self._marked[usual, self._mark(usual, octets)] = layout

    def _mark(self, layout: int, octets: bytes) -> int:
        return self._table.mark(layout, _RUN.findall(octets))

    def whole_parts(self, likeness: int) -> list[int]:
        """Return which checked digits are the whole parts of numbers, in messages like this."""
        return self._table.whole_parts(likeness >> CLASS_BITS)

    def recognise(self, payloads: Payloads) -> Recognised:
        """Return what the messages are like."""
        found = self._at_sight(payloads)
        unread = np.flatnonzero(found.likeness == UNREAD)
        if unread.size:
            found.likeness[unread] = -1
            self._by_text(found, unread, payloads.one_by_one(unread))
        return found.recognised()

    def at_sight(self, payloads: Payloads) -> Recognised:
        """Return what the messages are like whose spelling is known; `UNREAD` for others."""
        return self._at_sight(payloads).recognised()

    def _at_sight(self, payloads: Payloads) -> "_Found":
        found = _Found(payloads, spelled(payloads))
        spelling = self._spellings.find(found.keys)
        rows = np.flatnonzero(spelling >= 0)
        if not rows.size:
            return found
        layout, mark = self._checked(found, rows, spelling[rows], marks=self._several)
        if self._several:
            again, other = self._others(layout, mark, found.likeness[rows])
            rows = rows[again]
            spelling = self._spellings.find(_of_another(found.keys[rows], other))
            found.likeness[rows] = UNREAD
            known = np.flatnonzero(spelling >= 0)
            self._checked(found, rows[known], spelling[known], marks=False)
        return found

    def _checked(
        self, found: "_Found", rows: Numbers, spelling: Numbers, *, marks: bool
    ) -> tuple[Numbers, Codes]:
        """Compare the digits of messages of known spellings; return their layouts and marks."""
        written = self._spellings.written(spelling, found.octets, found.begin[rows])
        layout = self._spellings.layout(spelling)
        classes, mark = self._table.check(layout, written, marks=marks)
        found.add(rows, classes, self._table.checks(layout), written)
        self._hits += int(np.count_nonzero(classes >= 0))
        return layout, mark

    @property
    def _several(self) -> bool:
        """Whether there are layouts of one text."""
        return len(self._marked) > len(self._usual)

    def _others(self, layout: Numbers, mark: Codes, classes: Numbers) -> tuple[Numbers, Numbers]:
        """Return the messages that may be of another layout of their text, and that layout.

        The digits in their names may be those of that one.
        """
        failed: Numbers = np.flatnonzero(classes < 0)
        keys = zip(layout[failed].tolist(), mark[failed].tolist(), strict=True)
        other = np.array([self._marked.get(key, -1) for key in keys], dtype=np.int64)
        return failed[other >= 0], other[other >= 0]

    def _by_text(self, found: "_Found", rows: Numbers, messages: Sequence[bytes]) -> None:
        """Find what messages are like by their texts without digits; learn how they are written."""
        taken = digest(messages)
        usual = np.array([self._usual.get(each, -1) for each in taken.hashes], dtype=np.int64)
        likely = np.flatnonzero(usual >= 0)
        if not likely.size:
            return
        rows, layout = rows[likely], usual[likely]
        begin, first, keys = taken.begin[likely], taken.first[likely], found.keys[rows]
        whole = _Texts(taken.digits, rows, begin, Texts(layout, first), keys)
        mark = self._compared(found, whole, marks=self._several)
        if self._several:
            again, other = self._others(layout, mark, found.likeness[rows])
            if again.size:
                texts = Texts(other, first[again])
                keys = _of_another(keys[again], other)
                some = _Texts(taken.digits, rows[again], begin[again], texts, keys)
                self._compared(found, some, marks=False)

    def _compared(self, found: "_Found", texts: "_Texts", *, marks: bool) -> Codes:
        """Compare messages with layouts, and learn their spellings; return the marks."""
        digits, rows, begin, (layout, _), keys = texts
        laid = self._table.lay(digits, texts.texts)
        classes, mark = self._table.check(layout, laid.written, marks=marks)
        checks = self._table.checks(layout)
        start = laid.written.start - np.repeat(begin, checks)
        written = laid.written._replace(
            octets=found.octets, start=start + np.repeat(found.begin[rows], checks)
        )
        found.add(rows, np.where(laid.fits, classes, -1), checks, written)
        self._hits += int(np.count_nonzero(found.likeness[rows] >= 0))
        if self._spellings.worth_learning:
            new = np.flatnonzero(laid.fits & (self._spellings.find(keys) < 0))
            new = new[np.unique(keys[new], return_index=True)[1]]
            places = ragged((np.cumsum(checks) - checks)[new], checks[new])
            self._spellings.learn(
                keys[new], layout[new], checks[new], start[places], written.take(places)
            )
        return mark


class _Texts(NamedTuple):
    """Messages, taken apart, and the layouts that they are compared with."""

    digits: Digits
    rows: Numbers
    """Which of all messages they are."""
    begin: Numbers
    """Where each begins among the digits."""
    texts: Texts
    keys: Numbers
    """Of their spellings, each with that layout."""


class _Found:
    """What messages are like, as far as it is found out."""

    def __init__(self, payloads: Payloads, keys: Numbers) -> None:
        self.octets = np.frombuffer(payloads.octets, dtype=np.uint8)
        self.begin = payloads.begin
        self.keys = keys
        """Of their spellings."""
        self.likeness = np.full(payloads.begin.size, UNREAD)
        self._first = np.zeros(payloads.begin.size, dtype=np.int64)
        self._written: list[Written] = []
        self._places = 0

    def add(self, rows: Numbers, likeness: Numbers, checks: Numbers, written: Written) -> None:
        """Take what some messages are like, and so many of their digits as were checked."""
        self.likeness[rows] = likeness
        self._first[rows] = self._places + np.cumsum(checks) - checks
        self._written.append(written)
        self._places += written.start.size

    def recognised(self) -> Recognised:
        """Return it."""
        none = np.zeros(0, dtype=np.int64)
        columns = [(none,) * 4, *(each[1:] for each in self._written)]
        joined = map(np.concatenate, zip(*columns, strict=True))
        return Recognised(self.likeness, self._first, Written(self.octets, *joined))


def _of_another(keys: Numbers, layout: Numbers) -> Numbers:
    """Return the keys of spellings with a layout that is not the usual one of their texts."""
    other = (layout + 1).astype(np.uint64) * _ANOTHER
    return (keys.view(np.uint64) + (other ^ other >> np.uint64(29))).view(np.int64)
