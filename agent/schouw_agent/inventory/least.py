"""The least number that was told of each emission, as a column."""

import math

import numpy as np
from numpy.typing import NDArray


class Least:
    """Takes numbers over nought, each for a row of the accounts."""

    def __init__(self) -> None:
        self._least = np.zeros(0)

    def note(self, rows: NDArray[np.int64], numbers: NDArray[np.float64]) -> None:
        """Take numbers for rows; a row may come several times."""
        if not rows.size:
            return
        missing = int(rows.max()) + 1 - self._least.size
        if missing > 0:
            more = np.full(max(missing, self._least.size), math.inf)
            self._least = np.concatenate([self._least, more])
        np.minimum.at(self._least, rows, numbers)

    def of(self, row: int) -> float | None:
        """Return the least number of a row; None if there is none."""
        least = float(self._least[row]) if row < self._least.size else math.inf
        return None if least == math.inf else least
