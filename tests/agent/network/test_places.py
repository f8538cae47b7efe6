"""A run of messages is placed as its messages are one by one."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from schouw_agent.network.places import Places
from schouw_agent.runs import Run

LENGTHS = st.lists(st.integers(1, 9), min_size=1, max_size=40)


@given(LENGTHS, LENGTHS, st.integers(0, 1000), st.integers(0, 3))
def test_a_run_is_placed_as_its_messages(
    segments: list[int], messages: list[int], start: int, before: int
) -> None:
    ends = list(accumulate([1] * before + segments))
    rows = range(before, before + len(segments))
    shift = start - before
    last = ends[-1] + shift
    run_ends = [end for end in accumulate(messages, initial=start) if start < end <= last] or [last]
    run = Run("mqtt", "publish", [{}] * len(run_ends), [b""] * len(run_ends), run_ends)
    places = Places(start, ends, shift, [n * 10 for n in range(len(ends))], range(len(ends)), rows)
    times, frames = places.of_run(run)
    assert frames == [places.row(end) for end in run_ends]
    assert times == [frame * 10 for frame in frames]
    for frame, end in zip(frames, run_ends, strict=True):
        assert ends[frame] + shift >= end
        assert frame == before or ends[frame - 1] + shift < end
