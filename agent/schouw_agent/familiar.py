"""What is known of messages like those that were looked at in full: where they count.

Of some only the figures differ: the numbers that those rest on are read from the digits.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from schouw_agent.inventory.accounts import Accounts
from schouw_agent.numbering import Numbering
from schouw_agent.numbers import Numbers
from schouw_agent.ragged import ragged
from schouw_agent.recognition.digit_columns import Written
from schouw_agent.recognition.windows import LONGEST_SECONDS

_ROWS = 1024


class FigurePlace(NamedTuple):
    """Where in the messages of one kind a number stands that a figure rests on."""

    check: int
    """Which of the digits of the message that are checked its whole part is."""
    row: int
    """Of the accounts, of the emission that has the figure."""
    seconds: float
    """0 for a count; of an interval, of how many seconds the number is one."""


class Familiar:
    """Kinds of messages, with the bundle of the accounts that each counts for."""

    def __init__(self, accounts: Accounts) -> None:
        self.places = 0
        """Of figures, of all kinds together."""
        self._accounts = accounts
        # What a message is like → number of its kind: for one message, and for many at once.
        self._kinds: dict[int, int] = {}
        self._numbers = Numbering()
        self._new: list[int] = []
        """What is not in `_numbers` yet."""
        # Of a kind: bundle, first place, places.
        self._of = np.zeros((3, _ROWS), dtype=np.int64)
        self._places = np.zeros((2, _ROWS), dtype=np.int64)
        self._seconds = np.zeros(_ROWS)

    def __len__(self) -> int:
        return len(self._kinds)

    def learn(self, likeness: int, bundle: int, places: Iterable[FigurePlace]) -> None:
        """Remember where messages that are like one count."""
        columns = np.array(list(places), dtype=np.float64).reshape(-1, 3).T
        kind, found = len(self._kinds), columns.shape[1]
        self._kinds[likeness] = kind
        self._new.append(likeness)
        self._of = _grown(self._of, kind + 1)
        self._of[:, kind] = bundle, self.places, found
        self._places = _grown(self._places, self.places + found)
        self._places[:, self.places : self.places + found] = columns[:2]
        self._seconds = _grown(self._seconds, self.places + found)
        self._seconds[self.places : self.places + found] = columns[2]
        self.places += found

    def kinds(self, likenesses: Numbers) -> Numbers:
        """Return the number of the kind of each message; -1 if it must be looked at."""
        if self._new:
            self._numbers.add(np.array(self._new))
            self._new.clear()
        return self._numbers.find(likenesses)

    def kind(self, likeness: int) -> int:
        """Return the number of the kind of one message; -1 if it must be looked at."""
        return self._kinds.get(likeness, -1)

    def bundle(self, kind: Numbers) -> Numbers:
        """Return the bundle that each message of these kinds counts for."""
        bundle: Numbers = self._of[0].take(kind)
        return bundle

    def note_figures(self, kind: Numbers, written: Written, first: Numbers) -> None:
        """Note the figures of messages of known kinds; `first` is the first check of each."""
        _, start, size = self._of.take(kind, axis=1)
        some = np.flatnonzero(size)
        if not some.size:
            return
        count = size[some]
        place = ragged(start[some], count)
        check, row = self._places.take(place, axis=1)
        number = written.take(np.repeat(first[some], count) + check).numbers()
        seconds = self._seconds[place]
        length = number * seconds
        is_count = np.flatnonzero((seconds == 0) & (number > 0))
        is_window = np.flatnonzero((length > 0) & (length <= LONGEST_SECONDS))
        self._accounts.smallest.note(row[is_count], number[is_count])
        self._accounts.window.note(row[is_window], length[is_window])


def _grown(columns: NDArray[Any], size: int) -> NDArray[Any]:
    """Return columns with room for so many."""
    while columns.shape[-1] < size:
        columns = np.concatenate([columns, np.zeros_like(columns)], axis=-1)
    return columns
