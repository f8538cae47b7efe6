"""One direction of a TCP stream: the pieces that came before what should precede them.

Where pieces overlap, the first that came wins.
"""

from typing import NamedTuple

WRAP = 1 << 32
_HALF = 1 << 31
JUMP_OCTETS_MAX = 16 << 20
"""A segment farther ahead than any usual window is believed only when another follows on it."""


def distance(sequence: int, reference: int) -> int:
    """Return how far one sequence number lies ahead of another, negative if behind."""
    return (sequence - reference + _HALF) % WRAP - _HALF


class Piece(NamedTuple):
    """Some octets of one direction of a stream."""

    start: int
    """Position in the stream."""
    end: int
    octets: bytes
    """Fewer than `end - start` if the capture cut the frame."""
    time: int

    def part(self, start: int, end: int) -> "Piece":
        """Return the part between two positions."""
        return Piece(start, end, self.octets[start - self.start : end - self.start], self.time)


class Lane:
    """One direction: pieces that do not overlap, in order of position."""

    __slots__ = ("_jump", "held", "octets")

    def __init__(self) -> None:
        self.held: list[Piece] = []
        self.octets = 0
        """How many octets are held."""
        self._jump: int | None = None

    def believes(self, ahead: int, sequence: int, length: int) -> bool:
        """Return whether a segment this far ahead may be real."""
        if ahead <= JUMP_OCTETS_MAX:
            return True
        believed = self._jump is not None and 0 <= distance(sequence, self._jump) <= JUMP_OCTETS_MAX
        self._jump = (sequence + length) % WRAP
        return believed

    def add(self, piece: Piece) -> None:
        """Hold the parts of a piece that are not held yet."""
        at = piece.start
        merged: list[Piece] = []
        for other in self.held:
            if at < piece.end and at < other.start:
                stop = min(other.start, piece.end)
                merged.append(piece.part(at, stop))
                at = stop
            merged.append(other)
            if other.start <= at:
                at = max(at, other.end)
        if at < piece.end:
            merged.append(piece.part(at, piece.end))
        self.held = merged
        self.octets = sum(len(each.octets) for each in merged)

    def pop(self) -> Piece:
        """Return the first piece and let go of it."""
        piece = self.held.pop(0)
        self.octets -= len(piece.octets)
        return piece
