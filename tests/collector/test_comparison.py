"""The four-way verdict, and when nothing can be said."""

import pytest

from schouw_collector.comparison import View, compare, readable_share
from schouw_collector.free_text import read_text
from schouw_collector.register_entry import Actuation, CategoryMapping, RegisterEntry, Stream

TEN_MINUTES = View(seconds=600, lossless=True)
A_WEEK = View(seconds=7 * 86_400, lossless=True)
YES = "declared_and_observed"
NEW = "undeclared"
GONE = "declared_not_observed"
OPEN = "not_assessable"


def entry(text="", sensor_type="Geluidsensor", personal=False, **changes):
    categories, mapping = read_text(text, sensor_type, personal)
    stream = Stream(
        declared_text=text,
        categories=categories,
        mapping=mapping,
        contains_personal_data=personal,
        interval_seconds=changes.pop("interval", None),
    )
    return RegisterEntry(entry_id="VB-001", type=sensor_type, streams=(stream,), **changes)


def seen(category, **changes):
    return {"category": category, **changes}


# Declared text, emissions, view, what the verdicts must be.
CASES = [
    ("Geluidsniveau", ["sound_level"], TEN_MINUTES, {"sound_level": YES}),
    (
        "Geluidsniveau",
        ["sound_level", "audio_stream"],
        TEN_MINUTES,
        {"sound_level": YES, "audio_stream": NEW},
    ),
    (
        "Tellen van passanten",
        ["pedestrian_flow"],
        TEN_MINUTES,
        {"people_count": YES, "pedestrian_flow": YES},
    ),
    (
        "Camerabeelden",
        ["still_image", "video_stream"],
        TEN_MINUTES,
        {"still_image": YES, "video_stream": YES},
    ),
    (
        "Geluidsopnames",
        ["audio_stream", "sound_level"],
        TEN_MINUTES,
        {"audio_stream": YES, "sound_level": YES},
    ),
    (
        "Kentekens",
        ["licence_plate_raw", "licence_plate_hashed", "vehicle_count"],
        TEN_MINUTES,
        {"licence_plate_raw": YES, "licence_plate_hashed": YES, "vehicle_count": YES},
    ),
    (
        "Gehashte kentekens",
        ["licence_plate_hashed", "licence_plate_raw"],
        TEN_MINUTES,
        {"licence_plate_hashed": YES, "licence_plate_raw": NEW},
    ),
    # About the device itself, or about security: never undeclared.
    (
        "Geluidsniveau",
        ["sound_level", "device_health", "radio_link_quality", "credential"],
        TEN_MINUTES,
        {"sound_level": YES},
    ),
    # Too uncertain to be held against anybody.
    (
        "Geluidsniveau",
        ["sound_level", seen("audio_stream", confidence=0.49)],
        TEN_MINUTES,
        {"sound_level": YES},
    ),
    (
        "Geluidsniveau",
        ["sound_level", seen("audio_stream", confidence=0.5)],
        TEN_MINUTES,
        {"sound_level": YES, "audio_stream": NEW},
    ),
    # A capability without a message.
    (
        "Geluidsniveau",
        ["sound_level", seen("audio_stream", messages=0, self_declared=True)],
        TEN_MINUTES,
        {"sound_level": YES},
    ),
    # Not understood: never clean, never accused.
    (
        "Geluidsniveau",
        ["opaque_payload"],
        TEN_MINUTES,
        {"sound_level": OPEN, "opaque_payload": OPEN},
    ),
    (
        "Geluidsniveau",
        ["numeric_unclassified"],
        A_WEEK,
        {"sound_level": OPEN, "numeric_unclassified": OPEN},
    ),
    (
        "Geluidsniveau",
        ["sound_level", "quantum_flux"],
        TEN_MINUTES,
        {"sound_level": YES, "quantum_flux": OPEN},
    ),
    # Absence.
    (
        "Geluidsniveau en temperatuur",
        ["sound_level"],
        TEN_MINUTES,
        {"sound_level": YES, "air_temperature": OPEN},
    ),
    (
        "Geluidsniveau en temperatuur",
        ["sound_level"],
        A_WEEK,
        {"sound_level": YES, "air_temperature": GONE},
    ),
    (
        "Geluidsniveau en temperatuur",
        ["sound_level"],
        View(seconds=7 * 86_400, lossless=False),
        {"sound_level": YES, "air_temperature": OPEN},
    ),
    ("Geluidsniveau", [seen("sound_level", confidence=0.3)], A_WEEK, {"sound_level": OPEN}),
    # A general word covers much, and promises none of it.
    ("Luchtkwaliteit", ["particulate_matter"], A_WEEK, {"particulate_matter": YES}),
    (
        "Temperatuur en weer",
        ["air_temperature", "wind"],
        A_WEEK,
        {"air_temperature": YES, "wind": YES},
    ),
    ("Camerabeelden", ["video_stream"], A_WEEK, {"video_stream": YES}),
    (
        "Camerabeelden",
        ["people_count"],
        A_WEEK,
        {"people_count": NEW, "video_stream": OPEN, "still_image": OPEN},
    ),
    # A more detailed form of what is declared, itself declared.
    (
        "Aantal voetgangers",
        ["pedestrian_flow"],
        A_WEEK,
        {"pedestrian_flow": YES, "people_count": YES},
    ),
    ("Aantal voetgangers", ["people_count"], A_WEEK, {"people_count": YES}),
    # Which way people walk tells no more of anybody; a code for each of them does.
    (
        "Aantal bezoekers",
        ["pedestrian_flow"],
        A_WEEK,
        {"pedestrian_flow": YES, "people_count": YES},
    ),
    (
        "Aantal bezoekers",
        ["person_track_id"],
        A_WEEK,
        {"person_track_id": NEW, "people_count": GONE},
    ),
]


@pytest.mark.parametrize(("text", "emissions", "view", "verdicts"), CASES)
def test_the_verdict(text, emissions, view, verdicts, make_device):
    comparison = compare(entry(text), [make_device(emissions=emissions)], view, has_binding=True)

    assert {v.category: v.verdict for v in comparison.verdicts} == verdicts


def test_every_verdict_has_its_reason_in_both_languages(make_device):
    for text, emissions, view, _ in CASES:
        for verdict in compare(
            entry(text), [make_device(emissions=emissions)], view, has_binding=True
        ).verdicts:
            assert verdict.reason.nl.endswith(".")
            assert verdict.reason.en.endswith(".")
            assert verdict.reason.nl != verdict.reason.en


# Why a declared sound level that was not seen is not assessable.
REASONS = [
    ({"has_binding": False}, None, TEN_MINUTES, "Which device belongs to this entry is not known."),
    (
        {},
        None,
        TEN_MINUTES,
        "No device of this entry was seen. Observed too briefly: 10 minutes, and",
    ),
    ({}, None, A_WEEK, "No device of this entry was seen. Whether it was silent for 7 days or"),
    ({}, {"undecoded": {"encrypted": 8000}}, A_WEEK, "Only 0% of the traffic is readable."),
    ({}, {"undecoded": {"encrypted": 1600}}, A_WEEK, "Only 80% of the traffic is readable."),
    ({}, {}, TEN_MINUTES, "Observed too briefly: 10 minutes, and 3 hours are needed."),
    ({}, {"octets": 0, "emissions": []}, A_WEEK, "Only 0% of the traffic is readable."),
]


@pytest.mark.parametrize(("how", "device", "view", "reason"), REASONS)
def test_why_absence_is_not_assessable(how, device, view, reason, make_device):
    devices = [] if device is None else [make_device(**{"emissions": ["wind"], **device})]
    comparison = compare(entry("Geluidsniveau"), devices, view, **{"has_binding": True, **how})
    (verdict,) = [v for v in comparison.verdicts if v.category == "sound_level"]

    assert verdict.verdict == OPEN
    assert verdict.reason.en.startswith(reason)


@pytest.mark.parametrize(
    ("interval", "seconds", "verdict"),
    [(60, 179, OPEN), (60, 180, GONE), (None, 3 * 3600 - 1, OPEN), (None, 3 * 3600, GONE)],
)
def test_three_intervals_must_have_passed(interval, seconds, verdict, make_device):
    device = make_device(emissions=["wind"])
    view = View(seconds=seconds, lossless=True)
    comparison = compare(
        entry("Geluidsniveau", interval=interval), [device], view, has_binding=True
    )

    assert {v.category: v.verdict for v in comparison.verdicts}["sound_level"] == verdict


def test_a_declaration_by_type_alone_is_held_against_a_higher_class_only(make_device):
    device = make_device(emissions=["sound_level", "air_temperature", "wifi_mac_hashed"])
    comparison = compare(entry(""), [device], TEN_MINUTES, has_binding=True)

    assert {v.category: v.verdict for v in comparison.verdicts} == {
        "sound_level": YES,
        "air_temperature": OPEN,
        "wifi_mac_hashed": NEW,
    }
    assert [o.confidence for o in comparison.undeclared] == [0.5]


def test_an_unreadable_declaration_accuses_nobody(make_device):
    device = make_device(emissions=["video_stream"])
    comparison = compare(entry("xyzzy", "Overig"), [device], TEN_MINUTES, has_binding=True)

    assert [v.verdict for v in comparison.verdicts] == [OPEN]
    assert comparison.undeclared == ()


def test_what_another_entry_of_the_same_device_declares_is_not_undeclared(make_device):
    device = make_device(emissions=["sound_level", "people_count"])
    comparison = compare(
        entry("Geluidsniveau"),
        [device],
        TEN_MINUTES,
        has_binding=True,
        shared_with=["people_count"],
    )

    assert {v.category for v in comparison.verdicts} == {"sound_level"}


def test_no_observation_is_surer_than_the_binding(make_device):
    device = make_device(emissions=["audio_stream"])
    comparison = compare(
        entry("Geluidsniveau"), [device], TEN_MINUTES, has_binding=True, binding_confidence=0.6
    )

    assert [o.confidence for o in comparison.undeclared] == [0.6]


def test_a_declared_actuation_is_declared(make_device):
    device = make_device(emissions=[seen("actuation_light_level", direction="received")])
    human = CategoryMapping(method="human")
    lamp = RegisterEntry(
        entry_id="VB-001",
        streams=(Stream(declared_text="Licht", mapping=human),),
        actuation=(Actuation(category="actuation_light_level"),),
    )

    assert [v.verdict for v in compare(lamp, [device], A_WEEK, has_binding=True).verdicts] == [YES]
    absent = compare(lamp, [make_device(emissions=["wind"])], A_WEEK, has_binding=True)
    assert {v.category: v.verdict for v in absent.verdicts}["actuation_light_level"] == GONE


SHARES = [
    ({}, 1.0),
    ({"undecoded": {"encrypted": 2000}}, 0.75),
    ({"undecoded": {"encrypted": 2000, "gap": 2000}}, 0.5),
    ({"undecoded": {"encrypted": 99_000}}, 0.0),
    ({"missed_octets": 8000}, 0.5),
    ({"octets": 0, "emissions": ["sound_level", "opaque_payload"]}, 0.5),
    ({"octets": 0, "emissions": []}, None),
]


@pytest.mark.parametrize(("device", "share"), SHARES)
def test_the_readable_share(device, share, make_device):
    assert readable_share([make_device(**device)]) == share
