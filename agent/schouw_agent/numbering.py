"""Dense numbers for 64-bit keys, looked up for many keys at once."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from schouw_agent.numbers import Numbers

_FEWEST = 1024
_FACTOR = np.uint64(0x9E37_79B9_7F4A_7C15)


FREE = -1
"""In a slot that was never used."""


def put(
    number_in: NDArray[np.int32],
    key_in: NDArray[Any],
    slot: Numbers,
    keys: NDArray[Any],
    numbers: Numbers,
) -> None:
    """Put keys and their numbers into the first free slots from theirs on; there must be room.

    `number_in`, `key_in`: the slots, a power of two; `slot`, which is used up: where each key
    falls.  No number may come twice.
    """
    pending = np.arange(keys.size)
    while pending.size:
        at = slot[pending]
        free = number_in[at] == FREE
        number_in[at[free]] = numbers[pending[free]]
        # Where several met in one slot, one of them has won.
        won = number_in[at] == numbers[pending]
        key_in[at[won]] = keys[pending[won]]
        pending = pending[~won]
        slot[pending] = (slot[pending] + 1) & (number_in.size - 1)


class Numbering:
    """A hash table by open addressing with linear probing; at most half of the slots are in use.

    Who can choose keys must not be able to choose where they fall: keys are hashes under a secret,
    or numbers that we gave.
    """

    def __init__(self) -> None:
        self._size = 0
        self._clear(_FEWEST)

    def __len__(self) -> int:
        return self._size

    def find(self, keys: Numbers) -> Numbers:
        """Return the number of each key, -1 if it has none."""
        slot = self._slot(keys)
        number = self._number.take(slot)
        found = np.where(self._key.take(slot) == keys, number, -1)
        # Most are found at the first look; the others go on from slot to slot.
        pending = np.flatnonzero((found < 0) & (number >= 0))
        while pending.size:
            slot[pending] = at = (slot[pending] + 1) & self._mask
            number = self._number[at]
            same = self._key[at] == keys[pending]
            found[pending] = np.where(same, number, -1)
            pending = pending[~same & (number >= 0)]
        return found

    def add(self, keys: Numbers) -> None:
        """Give the next numbers to keys, each of which is there once and has none yet."""
        numbers = np.arange(self._size, self._size + keys.size)
        self._size += keys.size
        if self._size * 2 > self._key.size:
            used = np.flatnonzero(self._number >= 0)
            keys = np.concatenate([self._key[used], keys])
            numbers = np.concatenate([self._number[used], numbers])
            slots = self._key.size
            while slots < self._size * 2:
                slots *= 2
            self._clear(slots)
        put(self._number, self._key, self._slot(keys), keys, numbers)

    def _clear(self, slots: int) -> None:
        self._key = np.zeros(slots, dtype=np.int64)
        self._number = np.full(slots, FREE, dtype=np.int32)
        self._mask = slots - 1
        self._shift = np.uint64(64 - self._mask.bit_length())

    def _slot(self, keys: Numbers) -> Numbers:
        return (keys.view(np.uint64) * _FACTOR >> self._shift).astype(np.int64)
