"""Lists, times and sizes in words."""

import pytest

from schouw_collector.saying.phrasing import (
    category_name,
    duration,
    listed,
    messages,
    octets,
    percent,
    same,
)


@pytest.mark.parametrize(
    ("seconds", "nl", "en"),
    [
        (0, "0 seconden", "0 seconds"),
        (1, "1 seconde", "1 second"),
        (59, "59 seconden", "59 seconds"),
        (60, "1 minuut", "1 minute"),
        (90, "90 seconden", "90 seconds"),
        (600, "10 minuten", "10 minutes"),
        (3600, "1 uur", "1 hour"),
        (10_800, "3 uur", "3 hours"),
        (86_400, "1 dag", "1 day"),
        (604_800, "7 dagen", "7 days"),
    ],
)
def test_a_duration(seconds, nl, en):
    assert (duration(seconds).nl, duration(seconds).en) == (nl, en)


def test_a_list():
    items = [same(x) for x in "abc"]

    assert [listed(items[:n]).nl for n in range(4)] == ["niets", "a", "a en b", "a, b en c"]
    assert [listed(items[:n]).en for n in range(4)] == ["nothing", "a", "a and b", "a, b and c"]


def test_a_share_is_never_rounded_up_to_all():
    assert [percent(share) for share in (0.0, 0.5, 0.999, 1.0)] == ["0%", "50%", "99%", "100%"]


def test_numbers_of_messages_and_octets():
    assert [messages(n).nl for n in (1, 2)] == ["1 bericht", "2 berichten"]
    assert [octets(n).nl for n in (5, 1500, 2_500_000)] == ["5 bytes", "1,5 kB", "2,5 MB"]
    assert octets(1500).en == "1.5 kB"


def test_a_category_that_is_not_known_goes_by_its_id():
    assert category_name("quantum_flux").nl == "“quantum_flux”"
    assert category_name("wind").en == "“Wind speed and direction”"
