"""Recurrence: estimates within their bounds, nothing of few, and nothing of anybody."""

import random
from collections.abc import Iterable

import pytest

from schouw_agent.errors import ConfigError
from schouw_agent.order import read_order
from schouw_agent.privacy.recurrence import FEWEST, MOST_TRACKERS, Recurrence, Tracker
from schouw_agent.report import Estimate, PseudonymRecurrence

HOUR = 3600
START = 1_793_000_000 // HOUR * HOUR
ORDER = """schema = "https://schouw.example.org/schema/order/1"
principal = "Gemeente Waterhaven"
permission = "Beheerder van het netwerk, 2026-01-01"
[period]
start = 2020-01-01T00:00:00Z
end = 2040-01-01T00:00:00Z
[recurrence]
"""


def horizon(hours: int = 48) -> Recurrence:
    return Recurrence(hours * HOUR, HOUR)


def seen(recurrence: Recurrence, trackers: list[Tracker], hour: int, ids: Iterable[object]) -> None:
    for n, each in enumerate(ids):
        marks = recurrence.pseudonyms([each], (START + hour * HOUR) * 10**9 + n)
        assert marks is not None
        marks.into(trackers)


def told(recurrence: Recurrence, trackers: list[Tracker]) -> PseudonymRecurrence:
    found = recurrence.told(trackers)
    assert found is not None
    return found


def pseudonym(n: int) -> str:
    return f"{n * 0x9E3779B97F4A7C15 % (1 << 256):064x}"


@pytest.mark.parametrize(("first", "back"), [(100, 30), (3_000, 1_000), (20_000, 5_000)])
def test_estimates_lie_within_their_bounds(first: int, back: int) -> None:
    recurrence, trackers = horizon(), list[Tracker]()
    seen(recurrence, trackers, 0, map(pseudonym, range(first)))
    seen(recurrence, trackers, 2, map(pseudonym, range(first - back, first + back)))
    found = told(recurrence, trackers)

    assert found.distinct is not None
    assert found.again is not None
    assert found.distinct.low <= first + back <= found.distinct.high
    assert found.again.low <= back <= found.again.high
    # Three standard deviations of a sketch of 4096.
    assert abs(found.distinct.estimate / (first + back) - 1) < 0.1
    assert found.share == pytest.approx(back / (first + back), abs=0.05)


def test_bounds_hold_in_most_cases_as_they_say() -> None:
    draw, within = random.Random(3), 0
    for _ in range(40):
        recurrence, trackers = horizon(), list[Tracker]()
        seen(recurrence, trackers, 0, (draw.randbytes(8) for _ in range(6_000)))
        distinct = told(recurrence, trackers).distinct
        assert distinct is not None
        within += distinct.low <= 6_000 <= distinct.high
    assert within >= 36


@pytest.mark.parametrize("number", [1, FEWEST - 1])
def test_fewer_than_ten_are_not_told(number: int) -> None:
    recurrence, trackers = horizon(), list[Tracker]()
    for hour in (0, 2):
        seen(recurrence, trackers, hour, map(pseudonym, range(number)))
    found = told(recurrence, trackers)

    assert (found.distinct, found.again, found.share) == (None, None, None)


def test_fewer_than_ten_that_came_back_are_not_told() -> None:
    recurrence, trackers = horizon(), list[Tracker]()
    seen(recurrence, trackers, 0, map(pseudonym, range(200)))
    seen(recurrence, trackers, 2, map(pseudonym, range(9)))
    found = told(recurrence, trackers)

    assert found.distinct == Estimate(estimate=200, low=200, high=200)
    assert (found.again, found.share) == (None, None)


def test_one_more_person_changes_nothing_that_is_told() -> None:
    outcomes = set()
    for number in (121, 122, 123, 124):
        recurrence, trackers = horizon(), list[Tracker]()
        seen(recurrence, trackers, 0, map(pseudonym, range(number)))
        outcomes.add(told(recurrence, trackers).distinct)
    assert len(outcomes) == 1


def test_who_lingers_while_a_window_ends_does_not_come_back() -> None:
    recurrence, trackers = horizon(), list[Tracker]()
    for hour in (0, 1):
        seen(recurrence, trackers, hour, map(pseudonym, range(50)))
    assert told(recurrence, trackers).again is None
    seen(recurrence, trackers, 2, map(pseudonym, range(50)))
    assert told(recurrence, trackers).again == Estimate(estimate=50, low=50, high=50)
    assert told(recurrence, trackers).windows == 3


def test_a_late_message_brings_nobody_back() -> None:
    recurrence, trackers = horizon(), list[Tracker]()
    seen(recurrence, trackers, 0, map(pseudonym, range(20)))
    seen(recurrence, trackers, 3, map(pseudonym, range(100, 120)))
    seen(recurrence, trackers, 1, map(pseudonym, range(20)))
    assert told(recurrence, trackers).again is None
    assert told(recurrence, trackers).distinct == Estimate(estimate=40, low=40, high=40)


def test_after_the_horizon_everybody_is_new() -> None:
    recurrence, trackers = horizon(hours=24), list[Tracker]()
    seen(recurrence, trackers, 0, map(pseudonym, range(50)))
    before = recurrence.pseudonyms([pseudonym(0)], START * 10**9)
    seen(recurrence, trackers, 24, map(pseudonym, range(30)))
    after = recurrence.pseudonyms([pseudonym(0)], (START + 24 * HOUR) * 10**9)
    found = told(recurrence, trackers)

    assert recurrence.rotations == 1
    assert found.distinct == Estimate(estimate=30, low=30, high=30)
    assert found.again is None
    assert found.since.timestamp() == START + 24 * HOUR
    assert before is not None
    assert after is not None
    assert before.marks != after.marks


def test_another_run_has_another_key() -> None:
    marks = [horizon().pseudonyms([pseudonym(1)], START * 10**9) for _ in range(2)]

    assert marks[0] is not None
    assert marks[1] is not None
    assert marks[0].marks != marks[1].marks


def test_one_identifier_in_two_notations_is_one() -> None:
    recurrence = horizon()
    same = ["0A1B2C3D4E5F", "0a:1b:2c:3d:4e:5f", "0A-1B-2C-3D-4E-5F", bytes.fromhex("0a1b2c3d4e5f")]
    found = recurrence.pseudonyms(same, START * 10**9)

    assert found is not None
    assert len(set(found.marks)) == 1
    # What is no hexadecimal may differ in case alone.
    other = recurrence.pseudonyms(["visitorAAAAAA", "visitoraaaaaa"], START * 10**9)
    assert other is not None
    assert len(set(other.marks)) == 2


@pytest.mark.parametrize("value", [None, True, 1.5, "", [1, 2], {"a": 1}])
def test_what_is_no_identifier_is_not_counted(value: object) -> None:
    assert horizon().pseudonyms([value], START * 10**9) is None


def test_devices_that_share_pseudonyms_are_linked_from_ten_on() -> None:
    recurrence = horizon()
    of = {name: list[Tracker]() for name in ("a", "b", "c")}
    seen(recurrence, of["a"], 0, map(pseudonym, range(100)))
    seen(recurrence, of["b"], 1, map(pseudonym, range(60, 160)))
    seen(recurrence, of["c"], 1, map(pseudonym, range(151, 250)))
    for name, trackers in of.items():
        recurrence.attribute(name, "wifi_mac_hashed", trackers)
    (link,) = recurrence.linkages()

    assert link.device_ids == ("a", "b")
    assert link.shared == Estimate(estimate=40, low=40, high=40)
    assert link.categories == ("wifi_mac_hashed",)


def test_memory_is_bounded_and_the_rest_is_counted() -> None:
    recurrence = horizon()
    for n in range(MOST_TRACKERS + 5):
        seen(recurrence, [], 0, [pseudonym(n)])

    assert recurrence.overflowed == 5


def test_nothing_shows_a_pseudonym_or_the_key() -> None:
    recurrence, trackers = horizon(), list[Tracker]()
    marks = recurrence.pseudonyms([pseudonym(7)], START * 10**9)
    assert marks is not None
    marks.into(trackers)
    shown = f"{recurrence!r} {marks!r} {trackers!r} {marks!s}"

    assert pseudonym(7) not in shown
    assert str(marks.marks[0]) not in shown
    assert recurrence._key.hex() not in shown
    assert repr(recurrence._key) not in shown


def test_the_order_records_who_decided_and_for_how_long() -> None:
    decided = 'decided_by = "FG, 2026-01-02"\n'
    given = read_order("o", (ORDER + decided).encode()).recurrence
    assert given is not None
    assert (given.horizon_days, given.window_minutes) == (2, 60)
    for wrong in ("", decided + "horizon_days = 9\n", decided + "window_minutes = 5\n"):
        with pytest.raises(ConfigError, match="recurrence"):
            read_order("o", (ORDER + wrong).encode())
