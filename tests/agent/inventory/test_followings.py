"""What follows what in time: counted beside what chance would give, and nothing kept of values."""

import numpy as np

from schouw_agent.inventory.followings import MOST_INPUTS, WITHIN_SECONDS, Followings

SECOND = 1_000_000_000
CROWD, LAMP, WIND = 0, 5, 9


def _account(events, categories=None):
    """Return what was told of events, each a row and a time in seconds."""
    followings = Followings()
    known = categories or {
        CROWD: "voice_aggression_event", LAMP: "actuation_light_colour", WIND: "wind",
    }  # fmt: skip
    for row, category in known.items():
        followings.watch(row, category, row)
    events = sorted(events, key=lambda each: each[1])
    followings.note(
        np.array([row for row, _ in events]),
        np.array([int(t * SECOND) for _, t in events]),
    )
    for row, category in known.items():
        followings.attribute(f"device-{row:02}", category, [row])
    return followings.told()


def _loop(times):
    return [each for t in times for each in ((CROWD, t), (LAMP, t + 2))]


def test_commands_that_come_soon_after_are_counted_beside_what_chance_would_give():
    [told] = _account(_loop(range(0, 6000, 600)))

    assert (told.input_device_id, told.device_id) == ("device-00", "device-05")
    assert (told.input_category, told.category) == (
        "voice_aggression_event",
        "actuation_light_colour",
    )
    assert (told.commands, told.followed) == (10, 10)
    assert told.expected < 0.5
    assert told.within_seconds == WITHIN_SECONDS


def test_an_input_that_never_pauses_tells_nothing():
    events = [(CROWD, t) for t in range(0, 6000, 5)] + [(LAMP, t) for t in range(0, 6000, 600)]

    [told] = _account(events)

    assert told.followed == told.commands == 10
    assert told.expected > 9.5


def test_a_burst_of_commands_is_one():
    events = _loop(range(0, 6000, 600))
    events += [(LAMP, t + 3 + n) for t in range(0, 6000, 600) for n in range(5)]

    [told] = _account(events)

    assert (told.commands, told.followed) == (10, 10)


def test_what_a_sender_tells_by_two_topics_is_one_input():
    followings = Followings()
    for row, category, sender in (
        (CROWD, "people_count", "counter"),
        (CROWD + 1, "people_count", "counter"),
        (LAMP, "actuation_light_colour", "lamp"),
    ):
        followings.watch(row, category, sender)
        followings.attribute(f"device of the {sender}", category, [row])
    # The second topic only, after the first time; and one message that holds it twice.
    events = [(CROWD, 0), (CROWD + 1, 0), (LAMP, 2)]
    events += [each for t in range(600, 6000, 600) for each in ((CROWD + 1, t), (LAMP, t + 2))]
    followings.note(np.array([row for row, _ in events]), np.array([t * SECOND for _, t in events]))

    [told] = followings.told()

    assert (told.commands, told.followed) == (10, 10)
    assert told.expected < 0.5


def test_commands_at_other_times_follow_nothing():
    events = [(CROWD, t) for t in range(0, 6000, 600)]
    events += [(LAMP, t + 300) for t in range(0, 6000, 600)]

    assert _account(events) == ()


def test_too_few_commands_tell_nothing():
    assert _account(_loop(range(0, 2400, 600))) == ()


def test_the_weather_is_no_input_and_a_lamp_does_not_follow_itself():
    events = [each for t in range(0, 6000, 600) for each in ((WIND, t), (LAMP, t + 2))]
    assert _account(events) == ()

    followings = Followings()
    followings.watch(CROWD, "people_count", "one")
    followings.watch(LAMP, "actuation_light_level", "one")
    for row, time in _loop(range(0, 6000, 600)):
        followings.note(np.array([row]), np.array([time * SECOND]))
    for row, category in ((CROWD, "people_count"), (LAMP, "actuation_light_level")):
        followings.attribute("device-01", category, [row])
    assert followings.told() == ()


def test_what_is_watched_is_bounded():
    followings = Followings()
    for row in range(4 * MOST_INPUTS):
        followings.watch(row, "people_count", row)
    followings.watch(5 * MOST_INPUTS, "actuation_light_colour", "lamp")
    rows = np.arange(5 * MOST_INPUTS + 1)

    followings.note(rows, rows * SECOND // 100)

    assert len(followings._inputs) == MOST_INPUTS
    assert len(followings._commands) == 1
