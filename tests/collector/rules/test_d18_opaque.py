"""D18: what could not be read: what it says, and where it must not accuse."""

import pytest

# Label, what the entry says, what its device does, each (kind, severity, category) expected.
CASES = [
    (
        "violating: unreadable, to outside",
        {},
        {"sends": ["opaque_payload"], "to": "cloud"},
        [("question", "low", "opaque_payload")],
    ),
    (
        "insufficient coverage: unreadable, to the municipality",
        {},
        {"sends": ["opaque_payload"]},
        [("question", "info", "opaque_payload")],
    ),
    (
        "violating: partly unreadable, to outside",
        {},
        {"sends": ["sound_level", "opaque_payload"], "to": "cloud"},
        [("question", "low", "opaque_payload")],
    ),
    ("conforming: readable", {}, {"sends": ["sound_level"]}, []),
    ("conforming: readable, to outside", {}, {"sends": ["sound_level"], "to": "cloud"}, []),
    ("insufficient coverage: nothing seen", {}, None, []),
    (
        "must not accuse: asking the time",
        {},
        {"emissions": [{"category": "opaque_payload", "channel": "udp 123"}]},
        [],
    ),
    (
        "must not accuse: asking for a name",
        {},
        {"emissions": [{"category": "opaque_payload", "channel": "udp 53"}]},
        [],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d18_says(label, entry, device, expected, say):
    said = say("D18", entry, device)

    assert [(f.kind, f.severity, f.category) for f in said] == expected


@pytest.mark.parametrize(("octets", "asked"), [(79, False), (80, True)])
def test_a_control_channel_beside_a_readable_stream_is_no_question(octets, asked, say):
    device = {
        "emissions": [
            {"category": "video_stream", "octets": 7900},
            {"category": "opaque_payload", "octets": octets, "channel": "udp 5005"},
        ],
        "recipients": [{"octets": 8000}],
    }

    assert bool(say("D18", {}, device)) is asked


def test_the_shape_of_the_traffic_is_told_in_both_languages(say):
    shown = {"category": "opaque_payload", "consistent_with": "video, 1.9 Mbit/s, 10 min"}
    camera = {"datastream": "Camerabeelden", "contains_pi_data": True}
    (finding,) = say("D18", camera, {"emissions": [shown]})

    assert "lijkt op: video, 1,9 Mbit/s, 10 min." in finding.observed.nl
    assert "consistent with: video, 1.9 Mbit/s, 10 min." in finding.observed.en
    # What it resembles is not what it is.
    assert finding.kind == "question"
    assert finding.category == "opaque_payload"
