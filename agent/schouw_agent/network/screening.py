"""Which decoders may be asked about first octets, told for many flows at once.

A flow that no decoder could want never becomes an object, however many decoders there are.
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from schouw_agent.plugins import Decoder

_WORD_BITS = 64
_LENGTHS = 256
_MEMORY = 4096


class Screening:
    """The screens of all decoders of one transport, as tables of bits: one for each screen."""

    def __init__(self, decoders: Sequence[Decoder]) -> None:
        """`decoders` in order of preference; those without a screen are always asked."""
        self._decoders = decoders
        screens = [
            (1 << number, screen) for number, each in enumerate(decoders) for screen in each.screens
        ]
        self._owners = [owner for owner, _ in screens]
        """The decoder of each screen, as a bit."""
        self._always = sum(1 << n for n, each in enumerate(decoders) if not each.screens)
        self._either = sum(
            1 << n for n, each in enumerate(decoders) if any(s.either for s in each.screens)
        )
        self.complete = not self._always
        """Every decoder has a screen."""
        words = max(1, -(-len(screens) // _WORD_BITS))
        every = np.full(words, ~np.uint64(0), dtype=np.uint64)
        self._octets: dict[int, NDArray[np.uint64]] = {}
        self._length = np.tile(every, (_LENGTHS, 1))
        self._port: NDArray[np.uint64] | None = None
        self._amid = np.zeros(words, dtype=np.uint64)
        self._any = np.zeros(words, dtype=np.uint64)
        for number, (_, screen) in enumerate(screens):
            word, bit = divmod(number, _WORD_BITS)
            mark = np.uint64(1 << bit)
            self._any[word] |= mark
            if screen.amid:
                self._amid[word] |= mark
            self._length[: min(screen.least, _LENGTHS - 1), word] &= ~mark
            for offset, values in screen.octets.items():
                table = self._octets.setdefault(offset, np.tile(every, (_LENGTHS, 1)))
                table[_others(values, _LENGTHS), word] &= ~mark
            if screen.ports:
                if self._port is None:
                    self._port = np.tile(every, (1 << 16, 1))
                self._port[_others(screen.ports, 1 << 16), word] &= ~mark
        self._known: dict[int, int] = {}
        self._candidates: dict[tuple[int, int], tuple[Decoder, ...]] = {}

    def marks(
        self,
        octets: NDArray[np.uint8],
        start: NDArray[np.int64],
        length: NDArray[np.int64],
        ports: tuple[NDArray[np.uint16], NDArray[np.uint16]],
        amid: NDArray[np.bool_] | None = None,
    ) -> NDArray[np.uint64]:
        """Return (N, words) which screens the heads fit, a bit for each; 0 if none.

        `start`, `length`: where the heads lie in `octets`, at least one octet each.  `amid`: given
        for streams, of which more octets may follow; true where the opening was not seen.
        """
        found: NDArray[np.uint64] = np.repeat(self._any[np.newaxis], start.size, axis=0)
        last = np.minimum(start + np.maximum(length, 1), octets.size) - 1
        for offset, table in self._octets.items():
            allowed = table[octets[np.minimum(start + offset, last)]]
            short = np.flatnonzero(length <= offset)
            if short.size:
                # What has not come yet, or was cut off, may be anything.
                allowed[short] = ~np.uint64(0)
            found &= allowed
        if amid is None:
            found &= self._length[np.minimum(length, _LENGTHS - 1)]
        else:
            found[amid] |= self._amid
        if self._port is not None:
            found &= self._port[ports[0]] | self._port[ports[1]]
        return found

    def numbers(self, marks: NDArray[np.uint64]) -> list[int]:
        """Return for each row of marks the decoders that may be asked, a bit for each."""
        known = self._known
        totals = marks[:, 0].tolist()
        for word in range(1, marks.shape[1]):
            shift = word * _WORD_BITS
            totals = [
                total | more << shift
                for total, more in zip(totals, marks[:, word].tolist(), strict=True)
            ]
        found = []
        for total in totals:
            owners = known.get(total)
            if owners is None:
                owners = self._owners_of(total)
            found.append(owners)
        return found

    def candidates(self, orig: int, resp: int) -> tuple[Decoder, ...]:
        """Return the decoders to ask about two heads, by the numbers of each; -1 if not seen."""
        found = self._candidates.get((orig, resp))
        if found is None:
            seen = [each for each in (orig, resp) if each >= 0]
            both, one = -1, 0
            for each in seen:
                both, one = both & each, one | each
            allowed = both | one & self._either | self._always
            found = tuple(each for n, each in enumerate(self._decoders) if allowed >> n & 1)
            if len(self._candidates) >= _MEMORY:
                self._candidates.clear()
            self._candidates[orig, resp] = found
        return found

    def _owners_of(self, marks: int) -> int:
        owners = self._always
        for number, owner in enumerate(self._owners):
            if marks >> number & 1:
                owners |= owner
        if len(self._known) >= _MEMORY:
            self._known.clear()
        self._known[marks] = owners
        return owners


def _others(values: Collection[int], size: int) -> NDArray[np.bool_]:
    others = np.ones(size, dtype=np.bool_)
    others[list(values)] = False
    return others
