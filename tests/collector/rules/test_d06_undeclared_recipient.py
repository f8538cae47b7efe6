"""D06: recipients that the entry does not name: what it says, and where it must not accuse."""

import pytest

NAMED = {
    "entry_id": "VB-001",
    "organisation": "Gemeente Voorbeeldstad",
    "type": "Geluidsensor",
    "streams": [{"declared_text": "Geluidsniveau", "contains_personal_data": False}],
    "recipients": [{"organisation": "Voorbeeld BV", "hosts": ["*.voorbeeldbv.example"]}],
}

# Label, what the entry says, what its device does, each (kind, severity, category) expected.
CASES = [
    (
        "violating: named recipients, and this is another",
        NAMED,
        {"sends": ["sound_level"], "to": "cloud"},
        [("finding", "low", "sound_level")],
    ),
    (
        "violating: undeclared data to outside",
        {},
        {"sends": ["audio_stream"], "to": "cloud"},
        [("finding", "high", "audio_stream")],
    ),
    (
        "conforming: a named recipient",
        NAMED,
        {"sends": ["sound_level"], "to": "named recipient"},
        [],
    ),
    ("conforming: the municipality", {}, {"sends": ["audio_stream"]}, []),
    (
        "conforming: measurements, and no recipient is declared",
        {},
        {"sends": ["sound_level"], "to": "cloud"},
        [],
    ),
    (
        "insufficient coverage: opaque",
        {},
        {"sends": ["opaque_payload"], "to": "cloud"},
        [("question", "low", "opaque_payload")],
    ),
    (
        "insufficient coverage: unsure",
        {},
        {"sends": ["audio_stream"], "to": "cloud", "confidence": 0.6},
        [("question", "high", "audio_stream")],
    ),
    (
        "must not accuse: declared data, no recipients declared",
        {"datastream": "Camerabeelden", "contains_pi_data": True},
        {"sends": ["video_stream"], "to": "cloud"},
        [("question", "high", "video_stream")],
    ),
    ("must not accuse: on site", {}, {"sends": ["audio_stream"], "to": "on site"}, []),
    (
        "must not accuse: on site, where recipients are named",
        NAMED,
        {"sends": ["sound_level"], "to": "on site"},
        [("question", "low", "sound_level")],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d06_says(label, entry, device, expected, say):
    said = say("D06", entry, device)

    assert [(f.kind, f.severity, f.category) for f in said] == expected


@pytest.mark.parametrize("host", ["*.cloud.example", "telemetry.cloud.example", "203.0.113.0/24"])
def test_a_server_that_a_person_calls_municipal_is_none(host, say):
    device = {"sends": ["opaque_payload"], "to": "cloud"}

    assert say("D06", {}, device, municipal_hosts=[host]) == []


def test_a_name_is_not_its_parent(say):
    device = {"sends": ["opaque_payload"], "to": "cloud"}

    assert say("D06", {}, device, municipal_hosts=["cloud.example"])
