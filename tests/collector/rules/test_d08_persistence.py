"""D08: pseudonyms that come back: against a promise, and never of figures that are not told."""

import pytest

from tests.collector.rules.declared import NOON, counter, entry, estimate, sends

HOUR, DAY = 3600, 86_400
OFTEN = estimate(120)


def recurring(category="wifi_mac_hashed", again=OFTEN, hours=24, windows=5, **changes):
    recurrence = {
        "distinct": estimate(400),
        "again": again,
        "share": 0.3 if again else None,
        "windows": windows,
        "window_seconds": int(hours * HOUR),
        "horizon_seconds": 8 * DAY,
        "since": NOON,
    }
    return sends({"category": category, "recurrence": recurrence, **changes})


def promises(seconds=DAY, **more):
    text = {"declared_text": "Gehashte wifi-MAC-adressen", "contains_personal_data": True}
    return counter({**text, "processing": {"salt_rotation_seconds": seconds}, **more})


def keeps(retention):
    text = {"declared_text": "Gehashte wifi-MAC-adressen", "contains_personal_data": True}
    return counter({**text, "retention": retention})


SCENES = [
    (promises(), recurring(), []),
    (keeps("P1D"), recurring(), []),
    (counter(), recurring(), []),
]

# Label, entry, device, each (kind, severity) expected.
CASES = [
    ("violating: after the promised renewal", promises(), recurring(), [("finding", "medium")]),
    (
        "violating: long after it",
        promises(10 * 60),
        recurring(hours=1),
        [("finding", "medium")],
    ),
    (
        "violating: plates",
        promises(),
        recurring("licence_plate_hashed"),
        [("finding", "medium")],
    ),
    ("conforming: none came back", promises(), recurring(again=None), []),
    ("conforming: the promise is longer than a window", promises(2 * DAY), recurring(), []),
    (
        "conforming: pseudonyms are declared and nothing is promised of them",
        counter({"declared_text": "Gehashte wifi-MAC-adressen", "contains_personal_data": True}),
        recurring(),
        [],
    ),
    ("conforming: kept for longer", keeps("P7D"), recurring(), []),
    ("insufficient coverage: nobody decided to estimate", promises(), sends("wifi_mac_hashed"), []),
    ("insufficient coverage: two windows", promises(), recurring(windows=2), []),
    (
        "insufficient coverage: fewer than ten, by the lower bound",
        promises(),
        recurring(again=estimate(10, low=6)),
        [("question", "medium")],
    ),
    ("insufficient coverage: unsure what it is", promises(), recurring(confidence=0.4), []),
    (
        "insufficient coverage: fairly sure what it is",
        promises(),
        recurring(confidence=0.7),
        [("question", "medium")],
    ),
    (
        "must not accuse: how long data are kept says nothing of pseudonyms",
        keeps("P1D"),
        recurring(),
        [("question", "low")],
    ),
    (
        "must not accuse: numbers only, and no word on pseudonyms",
        counter(),
        recurring(),
        [("question", "low")],
    ),
    (
        "must not accuse: track numbers are given out again",
        promises(),
        recurring("person_track_id"),
        [("question", "medium")],
    ),
    ("must not accuse: no pseudonyms", promises(), recurring("people_count"), []),
    (
        "must not accuse: the register cannot be read",
        entry({"declared_text": "xyzzy"}, type="Overig"),
        recurring(),
        [],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d08_says(label, entry, device, expected, say):
    said = say("D08", entry, device)

    assert [(f.kind, f.severity) for f in said] == expected


def test_it_gives_the_estimate_with_its_bounds(say):
    (finding,) = say("D08", promises(), recurring())

    assert "120 pseudonyms (between 108 and 132), 30% of all, came back after at least 1 day" in (
        finding.observed.en
    )
    assert "enschede-2021" in {norm.id for norm in finding.norms}


def test_an_unsure_binding_makes_a_question(say):
    (question,) = say("D08", promises(), recurring(), binding={"confidence": 0.6})

    assert question.kind == "question"


def test_the_emission_with_most_of_them_is_told(say):
    device = recurring()
    more = recurring(again=estimate(300))["emissions"][0]
    device["emissions"].append({**more, "channel": "other"})
    (finding,) = say("D08", promises(), device)

    assert "an estimated 300 pseudonyms" in finding.observed.en
