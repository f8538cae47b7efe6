"""Reading numbers at many places of a buffer at once."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
"""A column of whole numbers."""


def overlapping(octets: NDArray[np.uint8], dtype: str) -> NDArray[Any]:
    """Return a view of the buffer that has a number of this dtype at every octet.

    Shape (B - width + 1,).  Index it with an array of positions to read them all at once.
    """
    width = np.dtype(dtype).itemsize
    return np.ndarray((max(octets.size - width + 1, 0),), dtype, octets.data, strides=(1,))


def distinct(numbers: NDArray[Any]) -> NDArray[Any]:
    """Return the numbers in ascending order, each once.

    `numpy.unique` loads the masked arrays for that: a twentieth of the memory of the agent.
    """
    found: NDArray[Any] = np.sort(numbers)
    return found[changes(found)]


def changes(numbers: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which of the numbers differ from the one before them, as the first one does."""
    first = np.ones(numbers.size, dtype=np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return first


def one_of(numbers: NDArray[Any], values: Iterable[int]) -> NDArray[np.bool_]:
    """Return which of the numbers are among a few values; `numpy.isin` is made for many."""
    found = np.zeros(numbers.shape, dtype=np.bool_)
    for value in values:
        found |= numbers == value
    return found
