"""The boxes of the ISO base media file format: MP4, HEIC and AVIF are made of them.

Source: ISO/IEC 14496-12, 4.2 (boxes) and 4.3 (ftyp).
"""

from collections.abc import Iterator
from typing import NamedTuple

_MOST_BOXES = 4096


class Box(NamedTuple):
    """One box: its kind, and where its body starts and ends."""

    kind: bytes
    start: int
    end: int
    """At most the end of the octets: a box may be cut off."""


def boxes(octets: bytes, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """Yield the boxes between two offsets, at most 4,096, until one is damaged."""
    stop = len(octets) if end is None else min(end, len(octets))
    at = start
    for _ in range(_MOST_BOXES):
        if at + 8 > stop:
            return
        size, head = int.from_bytes(octets[at : at + 4], "big"), 8
        kind = octets[at + 4 : at + 8]
        if size == 1 and at + 16 <= stop:
            size, head = int.from_bytes(octets[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = stop - at
        if size < head or not kind.isascii():
            return
        yield Box(kind, at + head, min(at + size, stop))
        at += size


def find(octets: bytes, *path: bytes, within: Box | None = None) -> Iterator[Box]:
    """Yield the boxes at a path of kinds such as `moov`, `trak`."""
    inside = boxes(octets, within.start, within.end) if within else boxes(octets)
    for box in inside:
        if box.kind == path[0]:
            if len(path) == 1:
                yield box
            else:
                yield from find(octets, *path[1:], within=box)


def brands(octets: bytes) -> frozenset[bytes]:
    """Return the major and the compatible brands of a file; empty if it does not start with any."""
    if octets[4:8] not in (b"ftyp", b"styp"):
        return frozenset()
    size = int.from_bytes(octets[:4], "big")
    if not 16 <= size <= 1024:
        return frozenset()
    rest = octets[16 : min(size, len(octets))]
    return frozenset((octets[8:12], *(rest[at : at + 4] for at in range(0, len(rest) - 3, 4))))
