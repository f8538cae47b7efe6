"""What is kept of a flow until its protocol is known, and how it becomes known."""

from collections.abc import Sequence
from typing import NamedTuple

from schouw_agent.plugins import ACCEPTED, Decoder, PortHint


class Segment(NamedTuple):
    """Octets of one direction, of which the last `missing` were never seen."""

    from_orig: bool
    start: int
    octets: bytes
    missing: int
    time: int
    frame: int


class Opening:
    """The beginning of a flow."""

    __slots__ = ("heads", "sealed", "segments")

    def __init__(self) -> None:
        self.heads = [b"", b""]
        self.sealed = [False, False]
        """Something is missing, so that what follows does not belong to the head."""
        self.segments: list[Segment] = []


def best(candidates: Sequence[Decoder], orig: bytes, resp: bytes, hint: PortHint) -> Decoder | None:
    """Return the decoder that knows the heads of a flow best; None if none does."""
    found, score = None, 0.0
    for decoder in candidates:
        mark = decoder.probe(orig, resp, hint)
        if mark >= ACCEPTED and mark > score:
            found, score = decoder, mark
    return found
