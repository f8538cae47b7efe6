"""Many fixed strings searched for at once in octets, by their first six."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

HEAD = 6
"""Octets that every needle has at least."""
_MASK = np.uint64((1 << 8 * HEAD) - 1)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2⁶⁴ divided by the golden ratio: it spreads the bits
_BLOCK = 1 << 16
_SPARSE = 5
"""The table of what may begin a needle has 2⁵ places for each of them."""


class Needle(NamedTuple):
    """What is searched for, and what it means."""

    octets: bytes
    meaning: int
    edge: frozenset[int] = frozenset()
    """Octets that may not stand before or after it."""


class Needles:
    """Fixed strings; the time of a search does not depend on how many there are."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        """Raises `ValueError` for a needle that is too short."""
        self._by_head: dict[bytes, list[Needle]] = {}
        for needle in needles:
            if len(needle.octets) < HEAD:
                raise ValueError("a needle of fewer than six octets")
            self._by_head.setdefault(needle.octets[:HEAD], []).append(needle)
        heads = np.frombuffer(
            b"".join(head + b"\0\0" for head in self._by_head) or b"\0" * 8, dtype="<u8"
        )
        bits = min(len(self._by_head).bit_length() + _SPARSE, 24)
        self._shift = np.uint64(64 - bits)
        self._may_begin = np.zeros(1 << bits, dtype=np.bool_)
        if self._by_head:
            self._may_begin[(heads & _MASK) * _FACTOR >> self._shift] = True

    def __repr__(self) -> str:
        """Return how many there are, and none of them."""
        return f"Needles({sum(map(len, self._by_head.values()))})"

    def find(self, octets: bytes) -> Iterator[tuple[int, int]]:
        """Yield place and meaning of each needle that is in the octets."""
        last = len(octets) - HEAD
        for start in range(0, last + 1, _BLOCK):
            size = min(_BLOCK, last + 1 - start)
            block = octets[start : start + size + HEAD - 1] + b"\0\0"
            heads = np.ndarray((size,), "<u8", block, strides=(1,)) & _MASK
            for at in np.flatnonzero(self._may_begin[heads * _FACTOR >> self._shift]).tolist():
                yield from self._at(octets, start + at)

    def _at(self, octets: bytes, at: int) -> Iterator[tuple[int, int]]:
        for needle in self._by_head.get(octets[at : at + HEAD], ()):
            if octets.startswith(needle.octets, at):
                stop = at + len(needle.octets)
                beside = octets[at - 1 : at] if at else b""
                if needle.edge.isdisjoint(beside + octets[stop : stop + 1]):
                    yield at, needle.meaning
