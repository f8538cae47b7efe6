"""Numbers of whole blocks at once."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from schouw_agent.numbers import distinct, one_of

CAPTURE = Path(__file__).parents[2] / "examples" / "havenplein" / "havenplein-2026-05.pcapng"


@pytest.mark.parametrize("numbers", [[], [3], [2, 1, 2, 0, 1]])
def test_distinct_numbers_are_in_order_and_each_once(numbers):
    assert distinct(np.array(numbers, dtype=np.int64)).tolist() == sorted(set(numbers))


def test_one_of_tells_each_number():
    assert one_of(np.array([4, 6, 4, 5]), (5, 4)).tolist() == [True, False, True, True]
    assert one_of(np.array([], dtype=np.uint8), (5, 4)).size == 0


def test_an_inspection_does_without_masked_arrays():
    code = (
        "import sys; from schouw_agent.pipeline import inspect;"
        f"inspect([{str(CAPTURE)!r}]); print('numpy.ma' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False"]
