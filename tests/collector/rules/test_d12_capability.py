"""D12: what a device can do and the register omits: a question, never what it does."""

import pytest

from tests.collector.rules.declared import counter, entry, sends

CAMERA = {
    "vendor": "Voorbeeld BV",
    "model": "VB-300",
    "categories": ("people_count", "video_stream", "age_estimate", "air_temperature"),
    "source": "vb-300.yaml",
}
KNOWN = {"capabilities": [CAMERA]}
MODEL = {"vendor": "Voorbeeld BV", "model": "VB-300"}
SENSOR = sends("people_count", **MODEL)


def able(*categories, **changes):
    return sends("people_count", capabilities=categories, **changes)


SCENES = [(counter(), SENSOR, [], KNOWN), (counter(), able("face_match"), [])]

# Label, entry, device, what else is given, each (severity, category).
CASES = [
    (
        "violating: the device says so",
        counter(),
        able("video_stream"),
        {},
        [("medium", "video_stream")],
    ),
    ("violating: its maker says so", counter(), SENSOR, KNOWN, [("medium", "age_estimate")]),
    (
        "violating: once for each entry, on the most sensitive",
        counter(),
        able("video_stream", "face_match", "wifi_mac_hashed"),
        {},
        [("medium", "face_match")],
    ),
    (
        "violating: pseudonyms",
        counter(),
        able("wifi_mac_hashed"),
        {},
        [("low", "wifi_mac_hashed")],
    ),
    (
        "conforming: it is declared",
        counter({"declared_text": "Camerabeelden"}),
        able("video_stream"),
        {},
        [],
    ),
    (
        "conforming: the register names the ability",
        counter(capabilities=["video_stream"]),
        able("video_stream", "still_image"),
        {},
        [],
    ),
    ("conforming: no more than declared", counter(), able("people_count"), {}, []),
    (
        "insufficient coverage: another model",
        counter(),
        sends("people_count", vendor="Voorbeeld BV", model="VB-100"),
        KNOWN,
        [],
    ),
    ("insufficient coverage: no device was seen and no model declared", counter(), None, KNOWN, []),
    (
        "insufficient coverage: the register cannot be read",
        entry({"declared_text": "xyzzy"}, type="Overig"),
        able("video_stream"),
        {},
        [],
    ),
    (
        "must not accuse: a thermometer in a counter",
        counter(),
        able("air_temperature", "device_health"),
        {},
        [],
    ),
    (
        "must not accuse: what was seen is D03's",
        counter(),
        sends("people_count", "video_stream", capabilities=("video_stream", "still_image")),
        {},
        [],
    ),
    (
        "must not accuse: presence in a sound meter is no person",
        entry({}),
        sends("sound_level", capabilities=("presence_binary",)),
        {},
        [("info", "presence_binary")],
    ),
]


@pytest.mark.parametrize(
    ("label", "entry", "device", "more", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d12_asks(label, entry, device, more, expected, say):
    said = say("D12", entry, device, **more)

    assert [(f.severity, f.category) for f in said] == expected
    assert {f.kind for f in said} <= {"question"}


def test_it_says_who_says_so_and_that_nothing_was_seen(say):
    (question,) = say("D12", counter(), {**SENSOR, "capabilities": ("still_image",)}, **KNOWN)

    assert "Source: vb-300.yaml and the device itself." in question.observed.en
    assert "No messages with it were seen." in question.observed.en


@pytest.mark.parametrize(
    ("organisation", "cited"), [("Gemeente Amsterdam", True), ("Gemeente Voorbeeldstad", False)]
)
def test_the_by_law_on_what_can_be_used_is_cited_in_amsterdam_alone(organisation, cited, say):
    (question,) = say("D12", counter(organisation=organisation), able("video_stream"))

    assert ("apv-amsterdam-2-25a" in {norm.id for norm in question.norms}) is cited
