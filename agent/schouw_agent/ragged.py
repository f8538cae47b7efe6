"""Rows of unequal length, one after the other in one column."""

import numpy as np
from numpy.typing import NDArray


def ragged(start: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return, one after the other, `count` numbers from each start on."""
    reached = np.cumsum(count)
    total = int(reached[-1]) if reached.size else 0
    return np.arange(total) + np.repeat(start - reached + count, count)
