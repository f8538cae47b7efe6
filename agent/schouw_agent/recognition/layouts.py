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

from schouw_agent.recognition.digit_columns import Digits, Numbers, digest
from schouw_agent.recognition.digit_runs import CLASS_BITS, digit_runs
from schouw_agent.recognition.layout_table import LayoutTable, Texts

LAYOUT_BITS = 12
MOST_LAYOUTS = 1 << LAYOUT_BITS
MOST_RUNS = 1 << 16
"""Of all layouts together."""
_RUNS_OF_ONE = 256
_TRIED = 256
_HITS_FOR_A_TRY = 32
_RUN = re.compile(rb"\d+")


class Recognised(NamedTuple):
    """What messages are like, and their digits."""

    likeness: Numbers
    """Of each message the number of its layout and class; -1 if it has none.  The lowest
    `CLASS_BITS` bits tell which numbers are as plausible as was usual at first."""
    digits: Digits
    first: Numbers
    """The first run of digits of each message."""


class Layouts:
    """The layouts that were learnt; all are forgotten when there are too many."""

    def __init__(self) -> None:
        self.forgotten = 0
        """How often all layouts were given up, and with them their numbers."""
        self.learnt = 0
        """How many layouts were learnt."""
        self._odd = [secrets.randbits(64) | 1 for _ in range(_RUNS_OF_ONE)]
        self._hits = self._tried = 0
        self._forget()

    def _forget(self) -> None:
        self._table = LayoutTable()
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
        """Return which runs of digits are the whole parts of numbers, in messages like this."""
        return self._table.whole_parts(likeness >> CLASS_BITS)

    def recognise(self, payloads: Sequence[bytes]) -> Recognised:
        """Return what the messages are like."""
        taken = digest(payloads)
        found = np.array([self._usual.get(each, -1) for each in taken.hashes], dtype=np.int64)
        recognised = Recognised(found, taken.digits, taken.first)
        likely = np.flatnonzero(found >= 0)
        if not likely.size:
            return recognised
        texts = Texts(found[likely], taken.first[likely])
        several = len(self._marked) > len(self._usual)
        classes, mark = self._table.compare(taken.digits, texts, marks=several)
        failed = np.flatnonzero(classes < 0)
        if several and failed.size:
            # The digits in their names may be those of another layout of the same text.
            keys = zip(texts.layout[failed].tolist(), mark[failed].tolist(), strict=True)
            other = np.array([self._marked.get(key, -1) for key in keys], dtype=np.int64)
            again = failed[other >= 0]
            texts = texts.take(again)._replace(layout=other[other >= 0])
            classes[again], _ = self._table.compare(taken.digits, texts, marks=False)
        self._hits += int(np.count_nonzero(classes >= 0))
        found[likely] = classes
        return recognised
