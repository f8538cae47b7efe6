"""What is kept of a flow until its protocol is known."""

from typing import NamedTuple


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
