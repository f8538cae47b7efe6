"""Counts of emissions: together they are what they would be one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schouw_agent.emissions import EmissionKey, EmissionState, Together
from schouw_agent.records import Match

SECOND = 1_000_000_000
KEY = EmissionKey("noise_level", "dB", "mqtt", "plein/1", "sent", False, "", "192.0.2.10", 1883)
# Which of four emissions a message has; the second list has one of them twice.
KINDS = ([0, 1, 2, 3], [1, 1, 2], [2, 3], [0])


def _counts(state: EmissionState) -> tuple[object, ...]:
    total = EmissionState()
    total.absorb(state)
    return total.messages, total.octets, total.first, total.last, total.intervals


@given(
    st.lists(
        st.tuples(st.sampled_from(range(len(KINDS))), st.integers(0, 500), st.integers(1, 60)),
        max_size=40,
    )
)
def test_together_is_as_one_by_one(messages: list[tuple[int, int, int]]) -> None:
    alone = [EmissionState() for _ in range(4)]
    states = [EmissionState() for _ in range(4)]
    groups = [Together([states[i] for i in kind]) for kind in KINDS]
    for kind, octets, seconds in messages:
        for i in KINDS[kind]:
            alone[i].count(octets, seconds * SECOND)
        groups[kind].count(octets, seconds * SECOND)
    assert list(map(_counts, states)) == list(map(_counts, alone))


def test_what_counts_together_is_up_to_date_when_one_counts_for_itself() -> None:
    states = [EmissionState(), EmissionState()]
    group = Together(states)
    for n in range(1, 4):
        group.count(10, n * SECOND)
    states[0].count(5, 4 * SECOND)
    group.count(10, 5 * SECOND)
    assert [_counts(s)[:4] for s in states] == [
        (5, 45, SECOND, 5 * SECOND),
        (4, 40, SECOND, 5 * SECOND),
    ]


def test_evidence_counts_once() -> None:
    state = EmissionState()
    weak = Match("dB", "noise_level", 0.6, ("field_name",), "number")
    strong = Match("dB", "noise_level", 0.9, ("unit",), "number dB")
    for match in (weak, strong, weak):
        state.weigh(match)
    found = state.freeze(KEY, "")
    assert (found.confidence, found.form) == (0.9, "number dB")
    assert found.basis == ("field_name", "unit")


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, 0), (1 / 1024, 0), (1, 10), (10, 13), (1e9, 31)]
)
def test_intervals_fall_in_classes_of_powers_of_two(seconds: float, expected: int) -> None:
    state = EmissionState()
    state.count(1, SECOND)
    state.count(1, SECOND + round(seconds * SECOND))
    assert state.intervals[expected] == 1
