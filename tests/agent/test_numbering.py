"""Numbers of keys are those of a dictionary."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from schouw_agent.numbering import Numbering

KEYS = st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(0, 40), max_size=80)


@given(st.lists(KEYS, max_size=6), KEYS)
def test_keys_have_the_numbers_in_which_they_came(
    batches: list[list[int]], asked: list[int]
) -> None:
    numbering, expected = Numbering(), dict[int, int]()
    for batch in batches:
        new = [key for key in dict.fromkeys(batch) if key not in expected]
        numbering.add(np.array(new, dtype=np.int64))
        expected |= {key: len(expected) + i for i, key in enumerate(new)}
        keys = np.array(batch + asked, dtype=np.int64)
        assert numbering.find(keys).tolist() == [expected.get(key, -1) for key in keys.tolist()]
    assert len(numbering) == len(expected)


def test_it_grows() -> None:
    numbering = Numbering()
    keys = np.arange(100_000) * 1024
    for part in np.split(keys, 50):
        numbering.add(part)
    assert (numbering.find(keys) == np.arange(100_000)).all()
    assert (numbering.find(keys + 1) == -1).all()
