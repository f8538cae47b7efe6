"""Reading numbers at many places of a buffer at once."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def overlapping(octets: NDArray[np.uint8], dtype: str) -> NDArray[Any]:
    """Return a view of the buffer that has a number of this dtype at every octet.

    Shape (B - width + 1,).  Index it with an array of positions to read them all at once.
    """
    width = np.dtype(dtype).itemsize
    return np.ndarray((max(octets.size - width + 1, 0),), dtype, octets.data, strides=(1,))
