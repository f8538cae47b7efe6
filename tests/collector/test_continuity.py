"""What is missing between reports, what overlaps, and what came twice."""

from datetime import UTC, datetime, timedelta

import pytest

from schouw_collector.continuity import Gap, gaps, notes, overlaps
from schouw_collector.history import Window

START = datetime(2026, 6, 1, tzinfo=UTC)


def window(sequence, agent="a", epoch=1, hours=24):
    start = START + timedelta(days=sequence)
    return Window(agent_id=agent, epoch=epoch, sequence=sequence, start=start,
                  end=start + timedelta(hours=hours), lossless=True)  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [([1, 2, 3], []), ([3, 1, 2], []), ([1, 4], [(2, 3)]), ([1, 3, 5], [(2, 2), (4, 4)]), ([], [])],
)
def test_missing_numbers_are_told_as_ranges(numbers, missing):
    assert gaps(map(window, numbers)) == tuple(Gap("a", 1, *pair) for pair in missing)


def test_each_agent_and_each_epoch_counts_for_itself():
    rows = [window(1), window(5, agent="b"), window(9, epoch=2), window(0, epoch=0)]

    assert gaps(rows) == ()


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([window(1), window(2)], 0),
        ([window(1, hours=30), window(2)], 1),
        ([window(1, hours=72), window(2), window(3)], 2),
        ([window(1, hours=30), window(2, agent="b")], 0),
    ],
)
def test_overlaps_are_of_one_agent(rows, count):
    assert overlaps(reversed(rows)) == count


def test_the_reader_is_told_in_a_line_each():
    rows = [window(1, hours=30), window(2), window(5)]

    assert notes(rows, 2) == (
        "a: 2 reports missing (epoch 1, from number 3)",
        "1 report overlap others of the same agent: time counts once",
        "2 reports came more than once and counted once",
    )
    assert notes([window(1)], 0) == ()
