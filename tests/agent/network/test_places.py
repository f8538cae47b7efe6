"""A run of messages is placed as its messages are one by one."""

from itertools import accumulate

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from schouw_agent.network.places import Places
from schouw_agent.runs import Run

LENGTHS = st.lists(st.integers(1, 9), min_size=1, max_size=40)


@given(LENGTHS, LENGTHS, st.integers(0, 1000))
def test_a_run_is_placed_as_its_messages(
    segments: list[int], messages: list[int], start: int
) -> None:
    ends = [start + end for end in accumulate(segments)]
    numbers = np.arange(len(ends))
    run_ends = [end for end in accumulate(messages, initial=start) if start < end <= ends[-1]]
    run_ends = run_ends or [ends[-1]]
    stops = np.array(run_ends) - start
    run = Run("mqtt", "publish", [{}], np.zeros_like(stops), b"", stops, stops, start)
    places = Places(start, np.array(ends), numbers * 10, numbers)
    times, frames = (each.tolist() for each in places.of_run(run))
    assert list(zip(times, frames, strict=True)) == [places.of(end) for end in run_ends]
    assert times == [frame * 10 for frame in frames]
    for frame, end in zip(frames, run_ends, strict=True):
        assert ends[frame] >= end
        assert frame == 0 or ends[frame - 1] < end
