"""Two processes share numbers: each is taken once, and none is lost if one of them fails."""

import multiprocessing

import pytest

from schouw_collector.many_reports.two_processes import beside


@pytest.mark.parametrize("count", [0, 1, 500])
def test_each_number_is_taken_once(count):
    with beside(count, list) as (numbers, outcome):
        mine = list(numbers)
        theirs, not_mine = outcome()

    assert mine == list(range(not_mine.start))
    assert theirs == list(reversed(not_mine))
    assert not_mine.stop == count


def test_the_other_leaves_what_this_one_does_while_it_hands_over():
    with beside(500, list, left=40) as (numbers, outcome):
        first = next(iter(numbers))
        theirs, not_mine = outcome()
        mine = [first, *numbers]

    assert len(mine) == 41
    assert len(theirs) == 500 - 41
    assert mine == list(range(not_mine.start))


def test_what_a_process_took_that_fails_is_told():
    def fails(numbers):
        next(numbers)
        raise SystemExit

    with beside(500, fails) as (numbers, outcome):
        mine = list(numbers)
        theirs, not_mine = outcome()

    assert theirs is None
    assert mine + list(not_mine) == list(range(500))


def test_the_other_is_stopped_where_this_one_fails():
    with pytest.raises(KeyError), beside(1, lambda _: multiprocessing.Event().wait()):
        raise KeyError

    assert multiprocessing.active_children() == []
