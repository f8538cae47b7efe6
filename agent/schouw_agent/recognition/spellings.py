"""How messages of known layouts are written: where in them their digits stand, and how many.

A *spelling* is the text of a message with all digits taken for the same.  Whether the digits of a
message are as long as its layout allows follows from its spelling, and so does where those stand
that must be looked at.  Sensors write their numbers in few ways, so that most messages are of a
spelling that was seen before.
"""

import numpy as np

from schouw_agent.numbering import Numbering
from schouw_agent.numbers import Numbers
from schouw_agent.ragged import ragged
from schouw_agent.recognition.digit_columns import Octets, Written

MOST_SPELLINGS = 1 << 16
_MOST_PLACES = 1 << 20
_FARTHEST = (1 << 16) - 1
"""Octets of a message in which something is looked at."""
_TRIED = 1024
_HITS_FOR_A_TRY = 4


class Spellings:
    """The spellings that were learnt; all are forgotten when there are too many."""

    def __init__(self) -> None:
        self._hits = self._tried = 0
        self.forget()

    def forget(self) -> None:
        """Forget all, as their layouts are."""
        self._numbers = Numbering()
        # Of a spelling: layout, first place, places.
        self._of = np.zeros((3, MOST_SPELLINGS), dtype=np.int32)
        self._places = 0
        self._start = np.zeros(_MOST_PLACES, dtype=np.uint16)
        """From where the message begins."""
        # Of a place: digits, digits of the fraction, and the index of the least code.
        self._sizes = np.zeros((3, _MOST_PLACES), dtype=np.uint8)

    @property
    def worth_learning(self) -> bool:
        """Whether enough messages were of known spellings."""
        return self._tried <= _TRIED + self._hits // _HITS_FOR_A_TRY

    def find(self, keys: Numbers) -> Numbers:
        """Return the number of each spelling by its key, -1 if it is not known."""
        return self._numbers.find(keys)

    def layout(self, numbers: Numbers) -> Numbers:
        """Return the layout that the digits of each spelling fit."""
        layout: Numbers = self._of[0].take(numbers).astype(np.int64)
        return layout

    def written(self, numbers: Numbers, octets: Octets, begin: Numbers) -> Written:
        """Return what must be checked of messages of known spellings that begin there."""
        self._hits += numbers.size
        _, first, count = self._of.take(numbers, axis=1)
        place = ragged(first, count)
        start: Numbers = np.repeat(begin, count) + self._start.take(place).astype(np.int64)
        length, fraction, least = self._sizes.take(place, axis=1)
        return Written(octets, start, length, fraction, least)

    def learn(
        self, keys: Numbers, layout: Numbers, checks: Numbers, start: Numbers, laid: Written
    ) -> None:
        """Remember spellings that fit their layouts, each with so many places to check.

        None may be known yet, or come twice.
        `start` is how far behind the beginning of its message each place is.
        """
        if keys.size > MOST_SPELLINGS or start.size > _MOST_PLACES:
            return
        if start.size and int(start.max()) > _FARTHEST:
            return
        full = len(self._numbers) + keys.size > MOST_SPELLINGS
        if full or self._places + start.size > _MOST_PLACES:
            self.forget()
        self._tried += keys.size
        new = slice(len(self._numbers), len(self._numbers) + keys.size)
        self._numbers.add(keys)
        self._of[:, new] = layout, self._places + np.cumsum(checks) - checks, checks
        places = slice(self._places, self._places + start.size)
        self._start[places] = start
        self._sizes[:, places] = laid.length, laid.fraction, laid.least
        self._places = places.stop
