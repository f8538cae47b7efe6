"""D10: figures about few people: against a promise, and never of an honest counter without one."""

import pytest

from tests.collector.rules.declared import counter, entry, intervals, sends

EVERY_MINUTE = intervals((60, 90))


def promises(**processing):
    return counter({"processing": processing})


def counts(category="people_count", **changes):
    return sends({"category": category, **changes})


SCENES = [
    (promises(k_min=10), counts(smallest=2), []),
    (promises(aggregation_seconds=900), counts(window_seconds=60, intervals=EVERY_MINUTE), []),
    (counter(), counts("origin_destination_matrix", smallest=1), []),
]

# Label, entry, device, each (kind, category) expected.
CASES = [
    (
        "violating: fewer than promised",
        promises(k_min=10),
        counts(smallest=2),
        [("finding", "people_count")],
    ),
    (
        "violating: one below the promise",
        promises(k_min=10),
        counts(smallest=9),
        [("finding", "people_count")],
    ),
    (
        "violating: over a shorter time, and as often",
        promises(aggregation_seconds=900),
        counts(window_seconds=60, intervals=EVERY_MINUTE),
        [("finding", "people_count")],
    ),
    (
        "violating: both",
        promises(k_min=10, aggregation_seconds=900),
        counts(window_seconds=60, intervals=EVERY_MINUTE, smallest=1),
        [("finding", "people_count"), ("finding", "people_count")],
    ),
    ("conforming: as many as promised", promises(k_min=10), counts(smallest=10), []),
    ("conforming: nobody is no small group", promises(k_min=10), counts(smallest=None), []),
    (
        "conforming: over the promised time",
        promises(aggregation_seconds=900),
        counts(window_seconds=900, intervals=EVERY_MINUTE),
        [],
    ),
    (
        "conforming: clocks are not exact",
        promises(aggregation_seconds=60),
        counts(window_seconds=59, intervals=intervals((59, 50))),
        [],
    ),
    (
        "insufficient coverage: no figures",
        promises(k_min=10, aggregation_seconds=900),
        counts(),
        [],
    ),
    (
        "insufficient coverage: unsure what it is",
        promises(k_min=10),
        counts(smallest=2, confidence=0.4),
        [],
    ),
    (
        "insufficient coverage: fairly sure what it is",
        promises(k_min=10),
        counts(smallest=2, confidence=0.7),
        [("question", "people_count")],
    ),
    (
        "insufficient coverage: a shorter time is named, and messages are rare",
        promises(aggregation_seconds=900),
        counts(window_seconds=60, intervals=intervals((900, 8))),
        [("question", "people_count")],
    ),
    (
        "must not accuse: an honest counter counts one passer-by in ten seconds",
        counter(),
        counts(smallest=1, window_seconds=10, intervals=intervals((10, 200))),
        [],
    ),
    (
        "must not accuse: a fraction is an average",
        promises(k_min=10),
        counts(smallest=0.4),
        [("question", "people_count")],
    ),
    (
        "must not accuse: a presence is no count",
        promises(k_min=10),
        counts("presence_binary", smallest=1),
        [],
    ),
    (
        "must not accuse: a density is no count",
        counter({"declared_text": "Drukte per vierkante meter", "processing": {"k_min": 10}}),
        counts("crowd_density", smallest=1),
        [],
    ),
    (
        "must not accuse: a trip of one traveller is asked about",
        counter({"declared_text": "Herkomst en bestemming van reizigers"}),
        counts("origin_destination_matrix", smallest=1),
        [("question", "origin_destination_matrix")],
    ),
    (
        "must not accuse: the promise is of another stream",
        entry(
            {},
            streams=[
                {"declared_text": "Passantentelling"},
                {"declared_text": "Geluidsniveau", "processing": {"aggregation_seconds": 900}},
            ],
        ),
        counts(window_seconds=60, intervals=EVERY_MINUTE),
        [],
    ),
    (
        "must not accuse: a measurement of the surroundings",
        entry({"processing": {"aggregation_seconds": 900}}),
        counts("sound_level", window_seconds=60, intervals=EVERY_MINUTE),
        [("question", "sound_level")],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d10_says(label, entry, device, expected, say):
    said = say("D10", entry, device)

    assert [(f.kind, f.category) for f in said] == expected
    assert len({f.id for f in said}) == len(said)


def test_it_gives_the_figure_in_both_languages(say):
    (question,) = say("D10", promises(k_min=10), counts(smallest=0.5))

    assert "het kleinste getal boven nul is 0,5" in question.observed.nl
    assert "the smallest figure above zero is 0.5" in question.observed.en
    assert "kleiner dan 10 worden niet verstuurd" in question.declared.nl


def test_an_unsure_binding_makes_a_question(say):
    (question,) = say("D10", promises(k_min=10), counts(smallest=2), binding={"confidence": 0.6})

    assert question.kind == "question"
