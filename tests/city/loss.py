"""A capture with some of its frames left out, or only the beginning of it."""

import random
import struct
from pathlib import Path

_ENHANCED = 6


def without_some(
    source: Path, target: Path, share: float, seed: int, *, seconds: float | None = None
) -> None:
    """Write a capture of this package's form without a share of its frames, chosen by a seed.

    `seconds`: and without what came later than so long after the first frame.
    """
    draw = random.Random(f"{seed} {share}")
    octets = source.read_bytes()
    kept = []
    first, at = None, 0
    while at < len(octets):
        kind, length = struct.unpack_from("<II", octets, at)
        if kind == _ENHANCED:
            high, low = struct.unpack_from("<II", octets, at + 12)
            micro = high << 32 | low
            first = micro if first is None else first
            late = seconds is not None and micro - first > seconds * 1_000_000
            if late or draw.random() < share:
                at += length
                continue
        kept.append(octets[at : at + length])
        at += length
    target.write_bytes(b"".join(kept))
