"""What does not come again is forgotten, and what comes again is not."""

from schouw_collector.many_reports.remembered import Remembered


def test_what_comes_again_is_kept_and_the_rest_forgotten():
    known = Remembered[str, str](most=100)
    known.put("often", "A", 10)
    known.put("once", "B", 10)
    for _ in range(3):
        known.age()
        assert known.get("often") == "A"

    assert known.get("once") is None
    assert len(known) == 1


def test_it_takes_no_more_room_than_two_generations():
    known = Remembered[int, str](most=100)
    for number in range(1_000):
        known.put(number, "x", 30)
        assert known.get(0) == ("x" if number < 4 else known.get(0))

    # Three of a generation, and what was asked for again and again.
    assert len(known) <= 2 * 4
    assert known.get(0) == "x"
    assert known.get(500) is None


def test_one_thing_may_be_larger_than_a_generation():
    known = Remembered[str, str](most=100)
    known.put("large", "A", 5_000)
    assert known.get("large") == "A"
    known.put("small", "B", 1)

    assert known.get_all(["large", "small", "none"]) == ["A", "B", None]
