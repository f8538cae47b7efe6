"""ISO 8601 durations in seconds."""

import pytest

from schouw_collector.comparing.iso_duration import seconds_of


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT0S", 0),
        ("PT10M", 600),
        ("P1D", 86_400),
        ("P1DT12H", 129_600),
        ("P2W", 1_209_600),
        ("P1M", 31 * 86_400),
        ("P1Y", 366 * 86_400),
        ("PT1.5S", 1.5),
        ("", None),
        ("P", None),
        ("PT", None),
        ("1D", None),
        ("P1S", None),
        ("P1D1D", None),
        ("P" + "9" * 40, None),
    ],
)
def test_a_duration_in_seconds(text, seconds):
    assert seconds_of(text) == seconds
