"""D03: undeclared categories: what it says, and where it must not accuse."""

import pytest

COUNTER = {"type": "Aanwezigheid of nabijheidsensor", "datastream": "Passantentelling"}

# Label, what the entry says, what its device does, each (kind, severity, category) expected.
CASES = [
    (
        "violating: another measurement",
        {},
        {"sends": ["sound_level", "air_temperature"]},
        [("finding", "low", "air_temperature")],
    ),
    (
        "violating: as sensitive as declared",
        {"datastream": "Camerabeelden", "contains_pi_data": True},
        {"sends": ["video_stream", "licence_plate_raw"]},
        [("finding", "high", "licence_plate_raw")],
    ),
    (
        "violating: the rise itself is D04's",
        COUNTER,
        {"sends": ["people_count", "wifi_mac_hashed"]},
        [("finding", "low", "wifi_mac_hashed")],
    ),
    (
        "violating: one story, and what comes along is named there",
        COUNTER,
        {"sends": ["wifi_mac_hashed", "rssi_observed_device", "observed_device_count"]},
        [("finding", "low", "wifi_mac_hashed")],
    ),
    (
        "violating: a function that is not declared",
        {"datastream": "Dimstand"},
        {"sends": ["actuation_light_level", "actuation_light_colour"]},
        [("finding", "low", "actuation_light_colour")],
    ),
    (
        "violating: what implies leads, whatever it is called",
        COUNTER,
        {"sends": ["licence_plate_hashed", "vehicle_passage"]},
        [("finding", "low", "licence_plate_hashed")],
    ),
    (
        "violating: two words for one are told once",
        {},
        {"sends": ["people_count", "pedestrian_flow"]},
        [("finding", "info", "people_count")],
    ),
    ("conforming", {}, {"sends": ["sound_level"]}, []),
    (
        "conforming: implied by what is declared",
        {"datastream": "Geluidsopnames"},
        {"sends": ["audio_stream", "sound_level"]},
        [],
    ),
    ("conforming: who passes by is a pedestrian", COUNTER, {"sends": ["pedestrian_flow"]}, []),
    ("conforming: about the device itself", {}, {"sends": ["sound_level", "device_health"]}, []),
    (
        "insufficient coverage: unsure",
        {},
        {"sends": ["air_temperature"], "confidence": 0.79},
        [("question", "low", "air_temperature")],
    ),
    (
        "insufficient coverage: below a question",
        {},
        {"sends": ["air_temperature"], "confidence": 0.49},
        [],
    ),
    ("insufficient coverage: opaque", {}, {"sends": ["opaque_payload"]}, []),
    (
        "must not accuse: numbers without meaning",
        {},
        {"sends": ["numeric_unclassified", "text_unclassified"]},
        [],
    ),
    ("must not accuse: a credential is D26's", {}, {"sends": ["credential"]}, []),
    (
        "must not accuse: the register cannot be read",
        {"datastream": "xyzzy", "type": "Overig"},
        {"sends": ["video_stream"]},
        [],
    ),
    (
        "must not accuse: declared by its type alone",
        {"datastream": ""},
        {"sends": ["air_temperature"]},
        [],
    ),
    (
        "must not accuse: a type alone is no wording to hold against it",
        {"datastream": ""},
        {"sends": ["people_count"]},
        [("question", "info", "people_count")],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d03_says(label, entry, device, expected, say):
    said = say("D03", entry, device)

    assert [(f.kind, f.severity, f.category) for f in said] == expected
