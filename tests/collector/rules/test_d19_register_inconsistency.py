"""D19: entries that contradict themselves, without any traffic."""

import pytest

GOAL = {
    "observation_goal": "Geluidshinder op het plein terugdringen.",
    "legal_ground": "Publieke taak",
    "privacy_declaration": "https://voorbeeldstad.example/privacy",
}
CAMERA = {"type": "Optische / camera sensor", "datastream": "Aantal voetgangers"}
PERSONAL = {"contains_pi_data": True}


def goal(**changes):
    return {"observation_goals": [{**GOAL, **changes}]}


def by(organisation):
    return {"owner": {"name": "", "organisation": organisation}}


# Label, entry, each (kind, severity) expected with the start of its difference.
CASES = [
    ("conforming", {}, []),
    ("conforming: personal, with ground and notice", PERSONAL, []),
    ("conforming: a date in reach", {"active_until": "2049-12-31"}, []),
    (
        "conforming: interest of a company",
        {**goal(legal_ground="Gerechtvaardigd belang"), **by("Winkel BV")},
        [],
    ),
    ("conforming: no end date", {"active_until": None}, []),
    (
        "violating: no ground",
        {**PERSONAL, **goal(legal_ground=None)},
        [("finding", "medium", "The legal ground")],
    ),
    (
        "violating: no notice",
        {**PERSONAL, **goal(privacy_declaration=None)},
        [("finding", "low", "The link to")],
    ),
    ("violating: nothing said", {"datastream": ""}, [("finding", "low", "So nobody can see")]),
    ("violating: blanks said", {"datastream": "  "}, [("finding", "low", "So nobody can see")]),
    ("must not accuse: a camera that counts", CAMERA, [("question", "low", "A camera can show")]),
    (
        "must not accuse: interest of a municipality",
        goal(legal_ground="Gerechtvaardigd belang"),
        [("question", "medium", "A public authority")],
    ),
    (
        "must not accuse: far away",
        {"active_until": "2050-01-01"},
        [("question", "info", "So far away")],
    ),
    (
        "must not accuse: 3000",
        {"active_until": "3000-12-31"},
        [("question", "info", "So far away")],
    ),
    (
        "must not accuse: a theme",
        {"datastream": "Aantal voetgangers", "themes": ["Mobiliteit: auto"]},
        [("question", "info", "The theme does not fit")],
    ),
    (
        "must not accuse: a purpose of any sensor",
        goal(observation_goal="Veiligheid en onderzoek."),
        [("question", "low", "This purpose fits")],
    ),
    (
        "must not accuse: no purpose",
        goal(observation_goal=""),
        [("question", "low", "Without a purpose")],
    ),
    (
        "conforming: a vague word beside a telling one",
        goal(observation_goal="Verkeersveiligheid bij de school"),
        [],
    ),
    (
        "must not accuse: images, and no personal data",
        {"datastream": "Camerabeelden", "type": "Overig"},
        [("question", "medium", "The entry names data")],
    ),
    (
        "must not accuse: plates by a camera, said once",
        {**CAMERA, "datastream": "Kentekens"},
        [("question", "medium", "The entry names data")],
    ),
    (
        "insufficient coverage: a vague word for images",
        {"datastream": "Camera", "type": "Overig"},
        [],
    ),
    (
        "must not accuse: a sound sensor that reads plates",
        {"datastream": "Kentekens", **PERSONAL},
        [("question", "low", "A sensor of this type")],
    ),
    (
        "conforming: a sound sensor that records sound",
        {"datastream": "Geluidsopnamen", **PERSONAL},
        [],
    ),
    (
        "must not accuse: a camera that measures CO2",
        {**CAMERA, "datastream": "CO2", **PERSONAL},
        [("question", "low", "A sensor of this type")],
    ),
    (
        "conforming: a camera among other instruments",
        {**CAMERA, "datastream": "Aantal fietsers en geluidsniveau", **PERSONAL},
        [],
    ),
    (
        "must not accuse: a person",
        {"location_description": "Meldt u bij dhr. P. van Dalen"},
        [("question", "info", "A register is public")],
    ),
    (
        "must not accuse: contact data",
        {"location_description": "Vragen: sensor@voorbeeldstad.example"},
        [("question", "info", "There was an e-mail")],
    ),
    (
        "conforming: a street",
        {"location_description": "Hoek Burgemeester Jansenstraat en meneer Visserplein"},
        [],
    ),
    (
        "insufficient coverage: a theme beside words that cannot be read",
        {"datastream": "xyzzy", "type": "Overig", "themes": ["Mobiliteit: auto"]},
        [],
    ),
    (
        "insufficient coverage: an empty box",
        {"contains_pi_data": None, **goal(legal_ground=None)},
        [],
    ),
    (
        "insufficient coverage: a basis in public law is a ground, in words",
        {**PERSONAL, **goal(legal_ground="Wegenverkeerswet, als wegbeheerder")},
        [],
    ),
]


@pytest.mark.parametrize(("label", "entry", "expected"), CASES, ids=[c[0] for c in CASES])
def test_an_entry_against_itself(label, entry, expected, say):
    said = say("D19", entry)

    assert [(f.kind, f.severity) for f in said] == [
        (kind, severity) for kind, severity, _ in expected
    ]
    for finding, (_, _, words) in zip(said, expected, strict=True):
        assert finding.difference.en.startswith(words)


def test_each_difference_is_its_own(say):
    said = say("D19", {**CAMERA, "datastream": "", "active_until": "3000-12-31"})

    assert len({finding.id for finding in said}) == len(said) == 3
