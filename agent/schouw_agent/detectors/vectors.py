"""Lists of numbers that a neural network made of a face, a voice or a body: embeddings."""

import math
from collections.abc import Sequence

from schouw_agent.vocabulary.lexicon import word_list

VECTORS = word_list("embedding")
_FEWEST = 64
_MOST = 2048
_STEP = 16  # layers of networks are as wide as a multiple of this
_UNIT_NORM = 0.05
_WIDEST = 50.0
_CENTRED = 0.35


def is_embedding(values: Sequence[float]) -> bool:
    """Return whether numbers can be an embedding: 64 to 2048 fractions about zero.

    A series of measurements has one sign or a drift, counts are whole, and samples of sound go
    far beyond the spread of an embedding.
    """
    size = len(values)
    if not _FEWEST <= size <= _MOST or size % _STEP:
        return False
    if all(isinstance(x, int) for x in values):
        return False
    widest = max(abs(x) for x in values)
    if not 0 < widest <= _WIDEST or not math.isfinite(widest):
        return False
    if has_unit_norm(values):
        return True
    return min(values) < 0 and abs(math.fsum(values) / size) <= _CENTRED * widest


def has_unit_norm(values: Sequence[float]) -> bool:
    """Return whether the Euclidean norm is one, as face and voice networks end with."""
    return abs(math.sqrt(math.fsum(x * x for x in values)) - 1) < _UNIT_NORM
