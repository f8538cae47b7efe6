"""D17: commands that follow messages about people: "in time", never "because of"."""

import pytest

from schouw_collector.rules.d17_closed_loop import chance
from tests.collector.rules.declared import entry, intervals, sends

COMMANDS = {"category": "actuation_light_colour", "direction": "received", "messages": 1000}
LAMP = sends(COMMANDS)
AT_ANY_TIME = intervals((2, 20), (15, 30), (70, 20), (400, 10))
BY_THE_CLOCK = intervals((60, 500))


def sensor(times=AT_ANY_TIME, category="people_count"):
    return sends({"category": category, "intervals": times})


SENSOR = sensor()


def lamp(purpose="", actuation="actuation_light_colour", **changes):
    row = {"category": actuation, "purpose": purpose, **changes}
    text = {"declared_text": "Dimstand van de lamp"}
    return entry(text, type="Overig", actuation=[row])


def followed(**changes):
    return {
        "followings": [
            {
                "input_device_id": "x1",
                "input_category": "people_count",
                "device_id": "d1",
                "category": "actuation_light_colour",
                "commands": 60,
                "followed": 55,
                "expected": 6.0,
                "within_seconds": 10,
                **changes,
            }
        ]
    }


SCENES = [
    (lamp("Sfeerverlichting."), LAMP, [SENSOR], {"report": followed()}),
    (lamp("Volgens een vast schema."), LAMP, [SENSOR], {"report": followed()}),
    ({}, None, [SENSOR, LAMP], {"report": followed(device_id="x2")}),
    (lamp(), LAMP, [SENSOR], {"report": followed()}),
]

# Label, entry, report, each (kind, severity) expected.
CASES = [
    (
        "violating: a fixed schedule is declared",
        lamp("Kleur volgens een vast schema."),
        followed(),
        [("finding", "low")],
    ),
    (
        "violating: a fixed schedule, and the input is about individuals",
        lamp("Kleur wisselt op vaste tijden."),
        followed(input_category="voice_aggression_event", input_device_id="x2"),
        [("finding", "medium")],
    ),
    (
        "violating: shouting and breaking glass, by their sound",
        lamp("Verlichting."),
        followed(input_category="sound_event_class", input_device_id="x5"),
        [("question", "low")],
    ),
    (
        "violating: nothing is declared of it",
        lamp("Verlichting."),
        followed(),
        [("question", "low")],
    ),
    (
        "violating: once for each kind of input",
        lamp("Verlichting."),
        {"followings": followed()["followings"] * 2},
        [("question", "low")],
    ),
    (
        "violating: people are mentioned, and not that it reacts to them",
        lamp("Sfeerverlichting voor mensen op het plein."),
        followed(),
        [("question", "low")],
    ),
    (
        "violating: the same in English",
        lamp("A pleasant light for visitors and pedestrians."),
        followed(),
        [("question", "low")],
    ),
    (
        "violating: sound is mentioned, and the light keeps to a schedule",
        lamp("Licht en geluid voor bezoekers. Volgens een vast schema."),
        followed(),
        [("finding", "low")],
    ),
    (
        "conforming: it depends on how busy it is",
        lamp("De kleur wordt bepaald door de drukte op het plein."),
        followed(),
        [],
    ),
    (
        "conforming: brighter when somebody is there, in English",
        lamp("Brighter when people are around."),
        followed(),
        [],
    ),
    (
        "conforming: it reacts to crowds, and says so",
        lamp("Kleur volgt de drukte."),
        followed(),
        [],
    ),
    (
        "conforming: to influence behaviour is declared",
        lamp("Sfeerverlichting.", influences_behaviour=True),
        followed(),
        [],
    ),
    (
        "conforming: it senses people itself, and says so",
        entry(
            {"declared_text": "Passantentelling"},
            actuation=[{"category": "actuation_light_colour"}],
        ),
        followed(),
        [],
    ),
    ("conforming: nothing follows", lamp("Volgens een vast schema."), {}, []),
    (
        "insufficient coverage: few commands",
        lamp("Volgens een vast schema."),
        followed(commands=19, followed=19, expected=1.0),
        [],
    ),
    (
        "insufficient coverage: may be chance",
        lamp("Volgens een vast schema."),
        followed(commands=20, followed=11, expected=5.0),
        [],
    ),
    (
        "insufficient coverage: the device is out of view",
        lamp("Volgens een vast schema."),
        followed(device_id="gone"),
        [],
    ),
    (
        "must not accuse: messages come so often that all commands follow one",
        lamp("Volgens een vast schema."),
        followed(commands=500, followed=500, expected=480.0),
        [],
    ),
    (
        "must not accuse: counts of every minute, and a schedule on the minute",
        lamp("Volgens een vast schema."),
        followed(input_device_id="x3"),
        [("question", "info")],
    ),
    (
        "must not accuse: how often the counts come is not known",
        lamp("Volgens een vast schema."),
        followed(input_device_id="x4"),
        [("question", "info")],
    ),
    (
        "must not accuse: a few of many commands",
        lamp("Volgens een vast schema."),
        followed(commands=1000, followed=300, expected=100.0),
        [],
    ),
    (
        "must not accuse: a sign that follows traffic",
        lamp("Volgens een vast schema."),
        followed(input_category="vehicle_count"),
        [],
    ),
    (
        "must not accuse: a lamp that follows the light of day",
        lamp("Volgens een vast schema."),
        followed(input_category="illuminance"),
        [],
    ),
    (
        "must not accuse: that it does not influence anybody is no denial that it reacts",
        lamp("Sfeerverlichting.", influences_behaviour=False),
        followed(),
        [("question", "low")],
    ),
    (
        "must not accuse: dusk, and brighter when somebody comes",
        lamp("Aan bij zonsondergang, feller als er iemand nadert."),
        followed(),
        [],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "report", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d17_says(label, entry, report, expected, say):
    shouts = sensor(category="voice_aggression_event")
    sounds = sensor(category="sound_event_class")
    clocks = [sensor(BY_THE_CLOCK), sensor(())]
    said = say("D17", entry, LAMP, others=[SENSOR, shouts, *clocks, sounds], report=report)

    assert [(f.kind, f.severity) for f in said] == expected


def test_a_device_without_an_entry_is_a_question(say):
    (question,) = say("D17", {}, None, others=[SENSOR, LAMP], report=followed(device_id="x2"))

    assert (question.kind, question.entry_id) == ("question", "")
    assert question.device_ids == ("x1", "x2")


def test_a_command_at_several_places_of_a_message_counts_once(say):
    """Sixty for three paths are twenty; of eighteen messages there were no twenty commands."""
    entry_ = lamp("Volgens een vast schema.")
    for messages, expected in ((20, ["finding"]), (18, [])):
        paths = [{**COMMANDS, "messages": messages, "path": f"p{n}"} for n in range(3)]
        said = say("D17", entry_, sends(*paths), others=[SENSOR], report=followed(followed=60))
        assert [f.kind for f in said] == expected


@pytest.mark.parametrize(
    ("times", "kind"), [(AT_ANY_TIME, "finding"), (BY_THE_CLOCK, "question"), ((), "question")]
)
def test_what_came_once_by_another_topic_makes_no_clock(times, kind, say):
    counts = {"category": "people_count", "intervals": times}
    once = {"category": "people_count", "channel": "plein/druk", "intervals": (), "messages": 1}
    entry_ = lamp("Volgens een vast schema.")
    (said,) = say("D17", entry_, LAMP, others=[sends(counts, once)], report=followed())

    assert said.kind == kind


@pytest.mark.parametrize(("received", "said"), [(20, 1), (19, 0)])
def test_the_state_that_a_lamp_tells_is_no_command(received, said, say):
    state = {"category": "actuation_light_colour", "channel": "lamp/stand", "messages": 1000}
    device = sends({**COMMANDS, "messages": received}, state)
    found = say("D17", lamp(), device, others=[SENSOR], report=followed(followed=60))

    assert len(found) == said


def test_it_says_in_time_and_never_why(say):
    (question,) = say("D17", lamp(), LAMP, others=[SENSOR], report=followed())

    assert "of 60 commands 55 came within 10 seconds after a message" in question.observed.en
    assert "At random moments that would be about 6." in question.observed.en
    assert "Why, cannot be seen here." in question.difference.en
    assert "Waarom, is hier niet te zien." in question.difference.nl


@pytest.mark.parametrize(
    ("followed", "commands", "expected", "least", "most"),
    [
        (5, 10, 5.0, 1.0, 1.0),
        (3, 10, 5.0, 1.0, 1.0),
        # 0.5 to the power 20 is 9.5e-7: the bound is exact where all follow.
        (20, 20, 10.0, 9.5e-7, 9.6e-7),
        # The tail itself is 0.0207 (binomial, n = 20, p = 0.5, k = 15).
        (15, 20, 10.0, 0.0207, 0.1),
        (60, 60, 0.0, 0.0, 1e-100),
    ],
)
def test_the_bound_on_chance_is_never_below_it(followed, commands, expected, least, most):
    assert least <= chance(followed, commands, expected) <= most
