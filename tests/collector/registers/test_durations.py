"""Lengths of time: in words, as ISO 8601, in seconds."""

import pytest

from schouw_collector.registers.durations import iso_duration, seconds_of


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


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("30 days", "P30D"),
        ("6 maanden", "P6M"),
        ("1-year", "P1Y"),
        ("72 uur", "PT72H"),
        ("P30D", "P30D"),
        ("pt15m", "PT15M"),
        ("between 3 and 6 months", "P6M"),
        ("30 days or 2 weeks", ""),
        ("as long as needed", ""),
        ("1,5 jaar", ""),
        ("P", ""),
        ("99999999 days", ""),
        ("P" + "9" * 40 + "D", ""),
    ],
)
def test_a_length_of_time_in_words(written, iso):
    assert iso_duration(written) == iso
