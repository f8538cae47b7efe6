"""How fine in time a stream is: by the time spent, so that bursts and copies weigh nothing."""

import pytest

from schouw_collector.comparing.cadence import usual_interval
from tests.collector.rules.declared import intervals


@pytest.mark.parametrize(
    ("pairs", "seconds"),
    [
        ([], None),
        ([(60, 100)], 64),
        ([(1, 100)], 2),
        ([(0.25, 100)], 0.5),
        # Bursts of eleven each minute; each message twice.
        ([(0.01, 1000), (60, 100)], 64),
        ([(0, 100), (60, 100)], 64),
        # A day of silence among ten hours of every second, and the other way round.
        ([(1, 36_000), (86_400, 1)], 131_072),
        ([(1, 36_000), (3_000, 1)], 2),
    ],
)
def test_the_usual_interval(pairs, seconds):
    assert usual_interval(intervals(*pairs)) == seconds
