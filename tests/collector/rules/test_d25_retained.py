"""D25: retained messages about people: what it says, and where it must not accuse."""

import pytest


def keeps(category, **changes):
    return {"emissions": [{"category": category, "retained": True, **changes}]}


def entry(**stream):
    row = {"declared_text": "Kentekens", "categories": ["licence_plate_raw"], **stream}
    return {"entry_id": "VB-001", "streams": [row]}


# Label, what the entry says, what its device does, each (kind, severity, category) expected.
CASES = [
    (
        "violating: the entry says that nothing is kept",
        entry(retention="PT0S"),
        keeps("licence_plate_raw"),
        [("finding", "medium", "licence_plate_raw")],
    ),
    (
        "violating: the entry says that data stay in the device",
        entry(processing={"edge_only": True}),
        keeps("licence_plate_hashed"),
        [("finding", "low", "licence_plate_hashed")],
    ),
    (
        "violating: a picture stays for whoever comes later",
        {},
        keeps("still_image"),
        [("question", "medium", "still_image")],
    ),
    ("conforming: measurements are kept", {}, keeps("sound_level"), []),
    ("conforming: the device's own state is kept", {}, keeps("device_health"), []),
    ("conforming: it is not kept", {}, {"sends": ["licence_plate_raw"]}, []),
    (
        "insufficient coverage: unsure what it is",
        entry(retention="P0D"),
        keeps("licence_plate_raw", confidence=0.6),
        [("question", "medium", "licence_plate_raw")],
    ),
    ("insufficient coverage: a guess", {}, keeps("still_image", confidence=0.4), []),
    (
        "must not accuse: a period of keeping is declared",
        entry(retention="P1D"),
        keeps("licence_plate_raw"),
        [("question", "medium", "licence_plate_raw")],
    ),
    (
        "must not accuse: what stays inside is another stream",
        {
            "entry_id": "VB-001",
            "streams": [
                {"categories": ["video_stream"], "processing": {"edge_only": True}},
                {"categories": ["licence_plate_raw"]},
            ],
        },
        keeps("licence_plate_raw"),
        [("question", "medium", "licence_plate_raw")],
    ),
    (
        "must not accuse: a command that is kept for the device",
        {},
        keeps("access_token_id", direction="received"),
        [],
    ),
]
SCENES = [(declared, device, []) for _, declared, device, _ in CASES[:3]]


@pytest.mark.parametrize(
    ("label", "declared", "device", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d25_says(label, declared, device, expected, say):
    said = say("D25", declared, device)

    assert [(f.kind, f.severity, f.category) for f in said] == expected


def test_an_unbound_device_is_a_question(say):
    (question,) = say("D25", {}, None, others=[keeps("face_template")])

    assert (question.kind, question.entry_id, question.device_ids) == ("question", "", ("x1",))


@pytest.mark.parametrize("retention", ["PT0S", "P0D", "P0Y0M0D", "P0DT0H0M0S"])
def test_no_time_is_no_time(retention, say):
    (said,) = say("D25", entry(retention=retention), keeps("licence_plate_raw"))

    assert said.kind == "finding"


@pytest.mark.parametrize("retention", ["PT10S", "P0DT1H", "P1M"])
def test_some_time_is_some_time(retention, say):
    (said,) = say("D25", entry(retention=retention), keeps("licence_plate_raw"))

    assert said.kind == "question"
    assert retention in said.declared.en
