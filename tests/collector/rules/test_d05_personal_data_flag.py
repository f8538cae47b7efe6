"""D05: the box for personal data: what it says, and where it must not accuse."""

import pytest

COUNTER = {"type": "Aanwezigheid of nabijheidsensor", "datastream": "Passantentelling"}

# Label, what the entry says, what its device does, each (kind, severity, category) expected.
CASES = [
    ("violating: personal", {}, {"sends": ["audio_stream"]}, [("finding", "high", "audio_stream")]),
    (
        "violating: even when it is declared in words",
        {"datastream": "Camerabeelden"},
        {"sends": ["video_stream"]},
        [("finding", "high", "video_stream")],
    ),
    ("conforming", {"contains_pi_data": True}, {"sends": ["audio_stream"]}, []),
    ("conforming: nothing about people", {}, {"sends": ["sound_level"]}, []),
    (
        "insufficient coverage: unsure",
        {},
        {"sends": ["audio_stream"], "confidence": 0.7},
        [("question", "high", "audio_stream")],
    ),
    ("insufficient coverage: opaque", {}, {"sends": ["opaque_payload"]}, []),
    (
        "must not accuse: pseudonyms are a question",
        COUNTER,
        {"sends": ["wifi_mac_hashed"]},
        [("question", "medium", "wifi_mac_hashed")],
    ),
    (
        "must not accuse: an empty box",
        {"contains_pi_data": None},
        {"sends": ["audio_stream"]},
        [("question", "low", "audio_stream")],
    ),
    ("must not accuse: numbers of people", COUNTER, {"sends": ["people_count"]}, []),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d05_says(label, entry, device, expected, say):
    said = say("D05", entry, device)

    assert [(f.kind, f.severity, f.category) for f in said] == expected


def test_one_message_with_two_kinds_of_data_counts_once(say):
    (finding,) = say("D05", {}, {"sends": ["licence_plate_raw", "vehicle_passage"]})

    assert finding.observed.en.endswith("seen in 20 messages.")
    assert finding.category == "licence_plate_raw"


def test_what_implies_the_rest_comes_first(say):
    device = {
        "emissions": [
            {"category": "rssi_observed_device", "confidence": 0.99},
            {"category": "wifi_mac_hashed", "confidence": 0.9},
        ]
    }
    (question,) = say("D05", {}, device)

    assert question.category == "wifi_mac_hashed"
