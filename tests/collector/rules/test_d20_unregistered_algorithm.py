"""D20: what only a model makes, and the register of algorithms: a question, with the list only."""

import pytest

from tests.collector.rules.declared import counter, entry, sends

SHOUTS = sends("voice_aggression_event")
IN_USE = {"id": "alg-7", "name": "Kijkt mee", "status": "In gebruik"}
ABOUT = {**IN_USE, "name": "Agressiedetectie in geluid"}
OURS = {"organisation": "Gemeente Voorbeeldstad"}
NAMING = entry({}, algorithms=["alg-7"])

SCENES = [
    (entry({}), SHOUTS, [], {"algorithms": []}),
    (NAMING, SHOUTS, [], {"algorithms": [{**IN_USE, "status": "Buiten gebruik"}]}),
    (NAMING, sends("face_match"), [], {"algorithms": []}),
]

# Label, entry, device, the register of algorithms, each (severity, category).
CASES = [
    (
        "violating: the register is empty",
        entry({}),
        SHOUTS,
        [],
        [("low", "voice_aggression_event")],
    ),
    (
        "violating: others are in it",
        entry({}),
        SHOUTS,
        [IN_USE],
        [("low", "voice_aggression_event")],
    ),
    (
        "violating: the one that it names is out of use",
        NAMING,
        SHOUTS,
        [{**ABOUT, "status": "Buiten gebruik"}],
        [("low", "voice_aggression_event")],
    ),
    (
        "violating: the one that it names is in development",
        NAMING,
        SHOUTS,
        [{**IN_USE, "status": "In ontwikkeling"}],
        [("low", "voice_aggression_event")],
    ),
    (
        "violating: one about the like, of another organisation",
        entry({}),
        SHOUTS,
        [{**ABOUT, "organisation": "Gemeente Elders"}],
        [("low", "voice_aggression_event")],
    ),
    ("violating: faces", entry({}), sends("face_match"), [], [("medium", "face_match")]),
    (
        "violating: ages, on a screen",
        counter(),
        sends("age_estimate", "gaze_attention"),
        [],
        [("low", "age_estimate")],
    ),
    ("conforming: the one that it names", NAMING, SHOUTS, [IN_USE], []),
    ("conforming: named by its name", entry({}, algorithms=["kijkt mee"]), SHOUTS, [IN_USE], []),
    (
        "conforming: the algorithm names the entry",
        entry({}),
        SHOUTS,
        [{**IN_USE, "source_data": "Geluid van sensor VB-001"}],
        [],
    ),
    (
        "conforming: the algorithm names the application",
        entry({}, application_id="Slim Plein"),
        SHOUTS,
        [{**IN_USE, "goal": "Onderdeel van Slim plein."}],
        [],
    ),
    ("conforming: nothing that a model makes", counter(), sends("people_count"), [], []),
    ("insufficient coverage: no list was given", entry({}), SHOUTS, None, []),
    (
        "insufficient coverage: unsure what it is",
        entry({}),
        sends({"category": "voice_aggression_event", "confidence": 0.4}),
        [],
        [],
    ),
    ("insufficient coverage: unreadable", entry({}), sends("opaque_payload"), [], []),
    (
        "must not accuse: one about the like, of the same organisation",
        entry({}),
        SHOUTS,
        [{**ABOUT, **OURS}],
        [],
    ),
    (
        "must not accuse: one about the like, without organisation or status",
        entry({}),
        SHOUTS,
        [{**ABOUT, "status": ""}],
        [],
    ),
    (
        "must not accuse: it only says that it can",
        entry({}),
        sends({"category": "face_match", "messages": 0, "self_declared": True}),
        [],
        [],
    ),
    ("must not accuse: a picture is no algorithm", counter(), sends("still_image"), [], []),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "known", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d20_asks(label, entry, device, known, expected, say):
    said = say("D20", entry, device, algorithms=known)

    assert [(f.severity, f.category) for f in said] == expected
    assert {f.kind for f in said} <= {"question"}


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ([], "That is not in the register of algorithms."),
        ([{**IN_USE, "status": "Buiten gebruik"}], "The status of that is: “Buiten gebruik”."),
    ],
)
def test_it_says_what_became_of_the_one_that_is_named(known, words, say):
    (question,) = say("D20", NAMING, SHOUTS, algorithms=known)

    assert words in question.declared.en


@pytest.mark.parametrize(("category", "cited"), [("emotion_mood", True), ("face_match", False)])
def test_informing_people_of_emotion_recognition_is_cited_for_that_alone(category, cited, say):
    (question,) = say("D20", entry({}), sends(category), algorithms=[])

    assert ("ai-act-50-3" in {norm.id for norm in question.norms}) is cited
