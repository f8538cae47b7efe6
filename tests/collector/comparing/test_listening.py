"""How long somebody listened after a moment."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schouw_collector.comparing.listening import Listened, watches_of
from schouw_collector.many_reports.history import Window

MONDAY = datetime(2026, 10, 5, tzinfo=UTC)


def at(hours):
    return MONDAY + timedelta(hours=hours)


def window(start, end, agent="a", lossless=True):
    times = {"start": at(start), "end": at(end)}
    return Window(agent_id=agent, epoch=0, sequence=0, lossless=lossless, **times)


def watch(*spans):
    return watches_of([window(*span) for span in spans])[0]


@pytest.mark.parametrize(
    ("spans", "moment", "days", "hours"),
    [
        ([(0, 24)], None, 1, 24),
        ([(0, 25)], None, 2, 25),
        ([(0, 24)], 12, 1, 12),
        ([(0, 24)], 24, 0, 0),
        ([(0, 10), (24, 30)], 12, 1, 6),
        ([(0, 10), (24, 30)], 9, 2, 7),
        # Overlapping windows count once, whatever their order.
        ([(5, 10), (0, 8)], None, 1, 10),
        ([(0, 10), (2, 3)], 4, 1, 6),
        ([(20, 30)], 26, 1, 4),
    ],
)
def test_listening_after_a_moment(spans, moment, days, hours):
    heard = watch(*spans).since(None if moment is None else at(moment))

    assert heard == Listened(days, hours * 3600)


def test_losses_are_no_listening_but_somebody_was_there():
    one = watches_of([window(0, 10, lossless=False)])[0]

    assert one.since(None) == Listened(0, 0)
    assert one.was_on(at(5))
    assert not one.was_on(at(11))


def test_agents_are_told_apart():
    two = watches_of([window(0, 10, "b"), window(0, 5, "a"), window(20, 21, "b")])

    assert [w.since(None).seconds for w in two] == [5 * 3600, 11 * 3600]
    assert [w.was_on(at(7)) for w in two] == [False, True]


@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 30)), max_size=12),
    st.integers(-1, 140),
)
def test_it_is_what_counting_hours_gives(pairs, moment):
    spans = [(start, start + length) for start, length in pairs]
    hours = {h for start, end in spans for h in range(start, end) if h >= moment}
    days = {h // 24 for h in hours}
    found = watches_of([window(*span) for span in spans])
    heard = found[0].since(at(moment)) if found else Listened(0, 0)

    assert heard == Listened(len(days), len(hours) * 3600)
    assert not found or found[0].was_on(at(moment)) == any(s <= moment <= e for s, e in spans)
