"""D28: the shape of unreadable streams: what it says, and where it must not accuse."""

import pytest

VIDEO = "video, 1.9 Mbit/s, 10 min"
SOUND = "sound at a constant rate, 64 kbit/s, 3 min"


def stream(shape, *, beside=(), to="cloud", **changes):
    opaque = {"category": "opaque_payload", "consistent_with": shape, "channel": "tls 1.3"}
    host = {"cloud": "telemetry.cloud.example", "broker": "192.0.2.10"}[to]
    recipient = {"host": host, "address": "203.0.113.80", "role": "cloud"}
    if to == "broker":
        recipient = {}
    rows = [{**opaque, "recipient": host, **changes}]
    rows += [{"category": c, "recipient": host} for c in beside]
    return {"emissions": rows, "recipients": [recipient]}


# Label, what the entry says, what its device sends, each severity expected.
CASES = [
    ("violating: a sound meter, and it looks like video", {}, stream(VIDEO), ["medium"]),
    (
        "violating: a counter, and it looks like sound",
        {"datastream": "Passantentelling"},
        stream(SOUND),
        ["medium"],
    ),
    (
        "violating: to the municipality itself",
        {},
        stream(VIDEO, to="broker"),
        ["low"],
    ),
    (
        "conforming: a declared camera",
        {"datastream": "Camerabeelden", "contains_pi_data": True},
        stream(VIDEO),
        [],
    ),
    (
        "conforming: declared sound",
        {"datastream": "Geluidsopnamen", "contains_pi_data": True},
        stream(SOUND),
        [],
    ),
    ("insufficient coverage: no clear shape", {}, stream(""), []),
    (
        "insufficient coverage: the entry says nothing that can be read",
        {"type": "Onbekend", "datastream": ""},
        stream(VIDEO),
        [],
    ),
    ("must not accuse: regular measurements", {}, stream("telemetry, 60 s"), []),
    ("must not accuse: a file", {}, stream("file transfer, 8.0 Mbit/s, 9 s"), []),
    (
        "must not accuse: readable video explains it, and is D03's",
        {},
        stream(VIDEO, beside=["video_stream"]),
        [],
    ),
    (
        "must not accuse: sound beside declared video",
        {"datastream": "Camerabeelden", "contains_pi_data": True},
        stream(SOUND),
        [],
    ),
]
SCENES = [({}, stream(VIDEO), [])]


@pytest.mark.parametrize(
    ("label", "entry", "device", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d28_says(label, entry, device, expected, say):
    said = say("D28", entry, device)

    assert [f.severity for f in said] == expected
    assert all((f.kind, f.category) == ("question", "opaque_payload") for f in said)


def test_the_stream_is_asked_about_once(say):
    assert say("D18", {}, stream(VIDEO)) == []
    assert say("D18", {}, stream("telemetry, 60 s"))
    assert say("D28", {}, None, others=[stream(VIDEO)]) == []
    assert say("D18", {}, None, others=[stream(VIDEO)])


def test_it_says_what_the_shape_is_and_that_content_was_not_seen(say):
    (question,) = say("D28", {}, stream(VIDEO))

    assert "lijkt op: video, 1,9 Mbit/s, 10 min." in question.observed.nl
    assert "consistent with: video, 1.9 Mbit/s, 10 min." in question.observed.en
    assert question.confidence <= 0.6
