"""D04: data of a higher class than declared: what it says, and where it must not accuse."""

import pytest

CAMERA = {"type": "Optische / camera sensor", "datastream": "Aantal voetgangers; geen beelden"}
COUNTER = {"type": "Aanwezigheid of nabijheidsensor", "datastream": "Passantentelling"}

# Label, what the entry says, what its device does, each (kind, severity, category) expected.
CASES = [
    (
        "violating: from surroundings to personal",
        {},
        {"sends": ["sound_level", "audio_stream"]},
        [("finding", "high", "audio_stream")],
    ),
    (
        "violating: from numbers to pseudonyms",
        COUNTER,
        {"sends": ["wifi_mac_hashed"]},
        [("finding", "medium", "wifi_mac_hashed")],
    ),
    (
        "violating: once for each entry",
        CAMERA,
        {"sends": ["video_stream", "still_image", "person_track_id"]},
        [("finding", "high", "video_stream")],
    ),
    (
        "violating: special categories",
        CAMERA,
        {"sends": ["face_template"]},
        [("finding", "high", "face_template")],
    ),
    ("conforming", COUNTER, {"sends": ["people_count"]}, []),
    (
        "conforming: the same class is D03's",
        {"datastream": "Dimstand"},
        {"sends": ["actuation_light_colour"]},
        [],
    ),
    (
        "conforming: not about people",
        {"datastream": "Dimstand"},
        {"sends": ["air_temperature"]},
        [],
    ),
    (
        "insufficient coverage: unsure",
        {},
        {"sends": ["audio_stream"], "confidence": 0.6},
        [("question", "high", "audio_stream")],
    ),
    ("insufficient coverage: opaque", {}, {"sends": ["opaque_payload"]}, []),
    (
        "must not accuse: declared by its type alone",
        {"datastream": ""},
        {"sends": ["audio_stream"]},
        [("question", "high", "audio_stream")],
    ),
    (
        "must not accuse: the register cannot be read",
        {"datastream": "xyzzy", "type": "Overig"},
        {"sends": ["video_stream"]},
        [],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d04_says(label, entry, device, expected, say):
    said = say("D04", entry, device)

    assert [(f.kind, f.severity, f.category) for f in said] == expected


@pytest.mark.parametrize(
    ("organisation", "name", "cited"),
    [
        ("Gemeente Voorbeeldstad", "register.json", False),
        ("Gemeente Amsterdam", "register.json", True),
        ("Winkel Amsterdam BV", "register.json", False),
        ("Winkel BV", "https://sensorenregister.amsterdam.nl/api/devices/", True),
        ("Winkel BV", "https://amsterdam.nl.voorbeeld.example/devices/", False),
    ],
)
def test_the_amsterdam_by_law_is_cited_in_amsterdam_alone(organisation, name, cited, say):
    entry = {"owner": {"name": "", "organisation": organisation}}
    (finding,) = say("D04", entry, {"sends": ["audio_stream"]}, name=name)

    assert ("apv-amsterdam-2-25a" in {norm.id for norm in finding.norms}) is cited
