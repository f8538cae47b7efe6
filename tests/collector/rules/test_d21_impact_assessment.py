"""D21: impact assessments: what they leave out, their age, and where none is named."""

from datetime import timedelta

import pytest

from tests.collector.conftest import START
from tests.collector.rules.declared import counter, entry, sends

CAMERA = {"declared_text": "Camerabeelden", "contains_personal_data": True}
IMAGES = sends("video_stream")


def dpia(**changes):
    return {"dpia": {"status": "afgerond", **changes}}


def governed(*rows, **more):
    assessments = [{"id": f"dpia-{n}", **row} for n, row in enumerate(rows)]
    return {"governance": {"impact_assessments": assessments, **more}}


def since(days, category="video_stream"):
    """Return a device of a month, that sends one kind of data since so many days."""
    began = {"first_seen": START - timedelta(days=days), "last_seen": START}
    old = {"first_seen": START - timedelta(days=30), "last_seen": START}
    return sends({"category": "people_count", **old}, {"category": category, **began}, **old)


OWN = {"entries": ["VB-001"]}
SCENES = [
    (entry(CAMERA), IMAGES, [], governed()),
    (entry(CAMERA, **dpia(categories=["people_count"])), IMAGES, []),
    (entry(CAMERA, **dpia(dated="2026-01-01")), since(10), []),
    (entry(CAMERA, **dpia(dated="2026-01-01"), changed_at="2026-02-01"), IMAGES, []),
]

# Label, entry, device, what else is given, each (kind, severity, category).
CASES = [
    (
        "violating: it lists other data",
        entry(CAMERA, **dpia(categories=["people_count"])),
        IMAGES,
        {},
        [("finding", "medium", "video_stream")],
    ),
    (
        "violating: the one of the governance file lists other data",
        entry(CAMERA),
        IMAGES,
        governed({**OWN, "categories": ["people_count"]}),
        [("finding", "medium", "video_stream")],
    ),
    (
        "violating: none is named, and others are",
        entry(CAMERA),
        IMAGES,
        governed({"entries": ["VB-002"]}),
        [("question", "medium", "video_stream")],
    ),
    (
        "violating: the entry says that there is none",
        entry(CAMERA, dpia={"status": "Nee"}),
        IMAGES,
        {},
        [("question", "medium", "video_stream")],
    ),
    (
        "violating: new data since",
        entry(CAMERA, **dpia(dated="2026-09-01")),
        since(10),
        {},
        [("question", "medium", "video_stream")],
    ),
    (
        "violating: the entry was changed since",
        entry(CAMERA, **dpia(dated="2026-01-01"), changed_at="2026-02-01"),
        IMAGES,
        {},
        [("question", "low", "video_stream")],
    ),
    (
        "conforming: it lists them",
        entry(CAMERA, **dpia(categories=["video_stream"])),
        IMAGES,
        {},
        [],
    ),
    (
        "conforming: it lists what implies them",
        entry(CAMERA, **dpia(categories=["video_stream"])),
        sends("still_image"),
        {},
        [],
    ),
    (
        "conforming: that of its application lists them",
        entry(CAMERA, application_id="plein"),
        IMAGES,
        governed({"applications": ["plein"], "categories": ["video_stream"]}),
        [],
    ),
    (
        "conforming: the governance file says which application it is of",
        entry(CAMERA),
        IMAGES,
        governed(
            {"applications": ["plein"]}, applications=[{"id": "plein", "entries": ["VB-001"]}]
        ),
        [],
    ),
    (
        "conforming: reviewed after the change",
        entry(CAMERA, **dpia(dated="2026-01-01", reviewed="2026-03-01"), changed_at="2026-02-01"),
        IMAGES,
        {},
        [],
    ),
    (
        "conforming: dated before the first look, as it should be",
        entry(CAMERA, **dpia(dated="2026-01-01")),
        IMAGES,
        {},
        [],
    ),
    ("conforming: nothing about people", entry({}), sends("sound_level"), governed(), []),
    ("insufficient coverage: nobody said anything of assessments", entry(CAMERA), IMAGES, {}, []),
    (
        "insufficient coverage: a governance file without a word on them",
        entry(CAMERA),
        IMAGES,
        {"governance": {}},
        [],
    ),
    (
        "insufficient coverage: unsure what it is",
        entry(CAMERA),
        sends({"category": "video_stream", "confidence": 0.4}),
        governed(),
        [],
    ),
    (
        "insufficient coverage: fairly sure what it is",
        entry(CAMERA, **dpia(categories=["people_count"])),
        sends({"category": "video_stream", "confidence": 0.7}),
        {},
        [("question", "medium", "video_stream")],
    ),
    (
        "insufficient coverage: not seen for long without it",
        entry(CAMERA, **dpia(dated="2026-08-01")),
        since(27),
        {},
        [],
    ),
    (
        "must not accuse: pseudonyms, which it does not list",
        counter(
            {"declared_text": "Gehashte wifi-MAC-adressen", "contains_personal_data": True},
            **dpia(categories=["people_count"]),
        ),
        sends("wifi_mac_hashed"),
        {},
        [("question", "medium", "wifi_mac_hashed")],
    ),
    (
        "must not accuse: pseudonyms, that the register does not call personal",
        counter(),
        sends("wifi_mac_hashed"),
        governed(),
        [],
    ),
    (
        "must not accuse: it lists nothing and has no date",
        entry(CAMERA, **dpia(url="https://voorbeeldstad.example/dpia")),
        IMAGES,
        {},
        [],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "more", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d21_says(label, entry, device, more, expected, say):
    said = say("D21", entry, device, **more)

    assert [(f.kind, f.severity, f.category) for f in said] == expected


def test_whether_one_is_required_is_not_judged(say):
    (question,) = say("D21", entry(CAMERA), IMAGES, **governed())

    assert "depends on the risk. That was not assessed here." in question.difference.en


def test_an_unsure_binding_makes_a_question(say):
    entry_ = entry(CAMERA, **dpia(categories=["people_count"]))
    (question,) = say("D21", entry_, IMAGES, binding={"confidence": 0.6})

    assert question.kind == "question"
