"""D32: more than the declared purpose needs: what it says, and where it must not accuse."""

import json
from datetime import date

import pytest

from schouw_collector.comparing.linting import lint
from schouw_collector.registers.register_reading import read_register


def entry(purpose, text="", categories=None, themes=(), **fields):
    stream = {"declared_text": text, **({"categories": categories} if categories else {})}
    return {
        "entry_id": "VB-001",
        "organisation": "Gemeente Voorbeeldstad",
        "type": "Aanwezigheid of nabijheidsensor",
        "streams": [{**stream, **fields.pop("stream", {})}],
        "purposes": [{"text": purpose, "themes": list(themes)}],
        **fields,
    }


def counts(**changes):
    return {"emissions": [{"category": "people_count", **changes}]}


COUNTING, ZONE = "Tellen van mensen.", "Handhaven van de milieuzone"
WATCHING = "Cameratoezicht op grond van art. 151c"
OFTEN = (0, 0, 0, 0, 0, 0, 0, 0, 0, 30)
"""Thirty intervals of half a second to a second."""
SELDOM = (0,) * 15 + (30,)
POLICE = [{"organisation": "Politie Eenheid Voorbeeld"}]

# Label, what the entry says, what its device does, each (severity, category) expected.
CASES = [
    (
        "violating: declared and seen, and a count does not need it",
        entry(COUNTING, categories=["wifi_mac_hashed", "people_count"]),
        {"sends": ["wifi_mac_hashed"]},
        [("low", "wifi_mac_hashed")],
    ),
    (
        "violating: faces declared for a zone",
        entry(ZONE, categories=["licence_plate_raw", "face_template"]),
        {"sends": ["licence_plate_raw", "face_template"]},
        [("medium", "face_template")],
    ),
    (
        "violating: declared, and not seen",
        entry(COUNTING, categories=["face_match"]),
        None,
        [("low", "face_match")],
    ),
    (
        "violating: kept for longer than the source says",
        entry(WATCHING, categories=["video_stream"], stream={"retention": "P3M"}),
        {"sends": ["video_stream"]},
        [("low", "")],
    ),
    (
        "violating: counts go to the police",
        entry(COUNTING, categories=["people_count"], recipients=POLICE),
        {"sends": ["people_count"]},
        [("low", "")],
    ),
    (
        "violating: a count each second",
        entry(COUNTING, categories=["people_count"]),
        counts(intervals=OFTEN),
        [("info", "people_count")],
    ),
    (
        "violating: single persons over ten seconds",
        entry(COUNTING, categories=["people_count"]),
        counts(window_seconds=10, smallest=1),
        [("info", "people_count")],
    ),
    (
        "conforming: a count for counting",
        entry(COUNTING, categories=["people_count"]),
        counts(intervals=SELDOM, window_seconds=300, smallest=1),
        [],
    ),
    (
        "conforming: plates and pictures for a zone",
        entry(ZONE, categories=["licence_plate_raw", "still_image"]),
        {"sends": ["licence_plate_raw", "still_image"]},
        [],
    ),
    (
        "conforming: pictures kept four weeks, and the police",
        entry(
            WATCHING, categories=["video_stream"], stream={"retention": "P4W"}, recipients=POLICE
        ),
        {"sends": ["video_stream"]},
        [],
    ),
    (
        "insufficient coverage: a guess",
        entry(COUNTING, categories=["people_count"]),
        {"sends": ["wifi_mac_hashed"], "confidence": 0.4},
        [],
    ),
    (
        "insufficient coverage: too few intervals",
        entry(COUNTING, categories=["people_count"]),
        counts(intervals=(0, 0, 0, 0, 0, 0, 0, 0, 0, 5)),
        [],
    ),
    (
        "insufficient coverage: how small the numbers were was not seen",
        entry(COUNTING, categories=["people_count"]),
        counts(window_seconds=10),
        [],
    ),
    (
        "insufficient coverage: no purpose is declared",
        entry("", categories=["wifi_mac_hashed"]),
        {"sends": ["wifi_mac_hashed"]},
        [],
    ),
    (
        "must not accuse: a purpose that the table does not know",
        entry("Aantrekkelijk winkelgebied", categories=["wifi_mac_hashed"]),
        {"sends": ["wifi_mac_hashed"]},
        [],
    ),
    (
        "must not accuse: words that may mean anything",
        entry("Drukte en veiligheid", categories=["video_stream"]),
        {"sends": ["video_stream"]},
        [],
    ),
    (
        "must not accuse: one of two purposes is not known",
        {
            **entry(COUNTING, categories=["video_stream"]),
            "purposes": [{"text": COUNTING}, {"text": "Beelden voor het museum"}],
        },
        {"sends": ["video_stream"]},
        [],
    ),
    (
        "must not accuse: another purpose of the entry needs it",
        {
            **entry(COUNTING, categories=["video_stream"]),
            "purposes": [{"text": COUNTING}, {"text": WATCHING}],
        },
        {"sends": ["video_stream"]},
        [],
    ),
    (
        "must not accuse: only the type of sensor may mean it",
        {
            **entry(COUNTING),
            "type": "Optische / camera sensor",
            "streams": [{"contains_personal_data": True}],
        },
        None,
        [],
    ),
    (
        "must not accuse: undeclared is D03's",
        entry(COUNTING, text="Aantal personen"),
        {"sends": ["wifi_mac_hashed"]},
        [],
    ),
    (
        "must not accuse: an impact assessment names it",
        entry(COUNTING, categories=["wifi_mac_hashed"], dpia={"categories": ["wifi_mac_hashed"]}),
        {"sends": ["wifi_mac_hashed"]},
        [],
    ),
    (
        "must not accuse: exempt for public order",
        entry(COUNTING, categories=["video_stream"], exemptions=["public_order"]),
        {"sends": ["video_stream"]},
        [],
    ),
    (
        "must not accuse: the weather beside noise is about nobody",
        entry("Geluidshinder meten", categories=["sound_level", "wind", "vehicle_count"]),
        {"sends": ["sound_level", "wind", "vehicle_count"]},
        [],
    ),
    (
        "must not accuse: the entry says itself how often",
        entry(COUNTING, categories=["people_count"], stream={"interval_seconds": 1}),
        counts(intervals=OFTEN),
        [],
    ),
    (
        "must not accuse: ten seconds in a crowd",
        entry(COUNTING, categories=["people_count"]),
        counts(window_seconds=10, smallest=40),
        [],
    ),
    (
        "must not accuse: of two purposes one has no limit",
        {
            **entry(COUNTING, categories=["people_count"]),
            "purposes": [{"text": COUNTING}, {"text": "Straatverlichting"}],
        },
        counts(window_seconds=10, smallest=1),
        [],
    ),
    (
        "must not accuse: a theme beside words that are not known",
        entry("Leefbaarheid", categories=["wifi_mac_hashed"], themes=["Mobiliteit: voetganger"]),
        {"sends": ["wifi_mac_hashed"]},
        [],
    ),
]
SCENES = [(declared, device, []) for _, declared, device, _ in CASES[:7]]


@pytest.mark.parametrize(
    ("label", "declared", "device", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d32_says(label, declared, device, expected, say):
    said = say("D32", declared, device)

    assert [(f.severity, f.category) for f in said] == expected
    assert all(f.kind == "question" for f in said)


def test_themes_count_where_there_are_no_words(say):
    themes = {"themes": ["Mobiliteit: voetganger"], "categories": ["wifi_mac_hashed"]}
    (question,) = say("D32", entry("", **themes), {"sends": ["wifi_mac_hashed"]})

    assert "“Mobiliteit: voetganger”" in question.declared.nl
    assert say("D32", entry("", **{**themes, "themes": ["Veiligheid: gezondheid"]}), None) == []


def test_it_quotes_the_purpose_and_the_version_of_the_table(say):
    declared = entry(COUNTING, categories=["wifi_mac_hashed"])
    (question,) = say("D32", declared, {"sends": ["wifi_mac_hashed"]})

    assert f"“{COUNTING}”" in question.declared.nl
    assert "version 1 (2026-" in question.difference.en
    assert "geen norm" in question.difference.nl


def test_what_says_too_little_is_judged_by_its_purpose(say):
    declared = {**entry(COUNTING), "streams": [{"contains_personal_data": True}]}
    declared["type"] = "Optische / camera sensor"
    (question,) = say("D32", declared, {"sends": ["video_stream"]})

    assert question.category == "video_stream"


def test_a_register_alone_is_enough():
    document = {
        "schema": "https://schouw.example.org/schema/register/1",
        "entries": [entry(COUNTING, categories=["face_match"])],
    }
    found = lint(read_register("r.json", json.dumps(document).encode()), date(2026, 11, 25))

    assert [p.kind for p in found.problems if p.rule_id == "D32"] == ["question"]
