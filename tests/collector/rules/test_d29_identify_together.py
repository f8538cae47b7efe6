"""D29: kinds of data that identify together: what it says, and where it must not accuse."""

import pytest

from schouw_agent.vocabulary import CATEGORIES, covered_by
from schouw_collector.comparing.combinations import combinations

BIN = {"sends": ["access_token_id", "waste_fill_level"]}
ZONE = {
    "entry_id": "VB-001",
    "streams": [{"categories": ["licence_plate_hashed", "still_image"]}],
    "purposes": [{"text": "Handhaven van de milieuzone"}],
}
BOTH = ["access_token_id", "waste_fill_level"]
ASSESSED = {"entry_id": "VB-001", "dpia": {"categories": BOTH}}
BY_FILE = {"id": "G1", "entries": ["VB-001"], "categories": BOTH}

# Label, what the entry says, what its device does, what is given, each severity expected.
CASES = [
    ("violating: a pass beside the fill level", {}, BIN, {}, ["low"]),
    (
        "violating: a hashed plate beside a picture",
        {},
        {"sends": ["licence_plate_hashed", "still_image"]},
        {},
        ["medium"],
    ),
    (
        "violating: a telephone beside a plate",
        {},
        {"sends": ["wifi_mac_hashed", "licence_plate_raw"]},
        {},
        ["medium"],
    ),
    ("conforming: only the fill level", {}, {"sends": ["waste_fill_level"]}, {}, []),
    ("conforming: an assessment names both", ASSESSED, BIN, {}, []),
    (
        "conforming: an assessment of the governance file names both",
        {},
        BIN,
        {"governance": {"impact_assessments": [BY_FILE]}},
        [],
    ),
    (
        "conforming: both are declared, and the purpose needs both",
        ZONE,
        {"sends": ["licence_plate_hashed", "still_image"]},
        {},
        [],
    ),
    (
        "insufficient coverage: one of them is a guess",
        {},
        {
            "emissions": [
                {"category": "access_token_id", "confidence": 0.4},
                {"category": "waste_fill_level"},
            ]
        },
        {},
        [],
    ),
    (
        "insufficient coverage: one of them cannot be read",
        {},
        {"sends": ["access_token_id", "opaque_payload"]},
        {},
        [],
    ),
    (
        "must not accuse: a plate in clear hides behind no code",
        {},
        {"sends": ["licence_plate_raw", "licence_plate_hashed", "still_image"]},
        {},
        [],
    ),
    (
        "must not accuse: a recognised face has an image",
        {},
        {"sends": ["face_match", "face_image"]},
        {},
        [],
    ),
    (
        "must not accuse: a recording has a level",
        {},
        {"sends": ["audio_stream", "sound_level", "person_location_track"]},
        {},
        [],
    ),
]  # fmt: skip
SCENES = [({}, BIN, [])]


@pytest.mark.parametrize(
    ("label", "entry", "device", "given", "expected"), CASES, ids=[case[0] for case in CASES]
)
def test_what_d29_says(label, entry, device, given, expected, say):
    said = say("D29", entry, device, **given)

    assert [f.severity for f in said] == expected
    assert all(f.kind == "question" for f in said)


def at(reference, latitude, longitude=4.0, organisation="Gemeente Voorbeeldstad"):
    return {
        "reference": reference,
        "owner": {"organisation": organisation},
        "location": {"latitude": latitude, "longitude": longitude},
    }


def bound(entry, number):
    mac = f"02:00:5e:00:54:{number:02}"
    return {"entry": entry, "kind": "mac", "pattern": mac, "set_by": "beheerder"}


PHONES, PLATES = {"sends": ["wifi_mac_hashed"]}, {"sends": ["licence_plate_hashed"]}


@pytest.mark.parametrize(
    ("label", "second", "together"),
    [
        ("on one pole", at("VB-002", 52.00005), True),
        ("on one pole, eastward", at("VB-002", 52.0, 4.0001), True),
        ("across the square", at("VB-002", 52.0003), False),
        ("of another organisation", at("VB-002", 52.0, organisation="Winkel BV"), False),
        ("nowhere", {"reference": "VB-002"}, False),
    ],
)
def test_entries_at_one_place(label, second, together, say):
    said = say(
        "D29",
        at("VB-001", 52.0),
        None,
        others=[PHONES, PLATES],
        more=[second],
        bindings=[bound("VB-001", 1), bound("VB-002", 2)],
    )

    assert [f.entry_id for f in said] == ["VB-001"] * together
    assert all("VB-002" in f.observed.en for f in said)


def test_a_set_of_devices_without_a_place_is_not_one_place(say):
    rows = {"bindings": [bound("VB-001", 1), bound("VB-001", 2)], "others": [PHONES, PLATES]}

    assert say("D29", {}, None, **rows) == []
    assert say("D29", at("VB-001", 52.0), None, **rows)


def test_devices_that_share_pseudonyms(say):
    linkage = {
        "device_ids": ("x1", "x2"),
        "categories": ("device_trajectory",),
        "shared": {"estimate": 40, "low": 30, "high": 50},
        "horizon_seconds": 172_800,
        "since": "2026-10-05T09:00:00Z",
    }
    given = {
        "others": [
            {"sends": ["device_trajectory", "licence_plate_hashed"]},
            {"sends": ["device_trajectory", "still_image"]},
        ],
        "more": [{"reference": "VB-002"}],
        "bindings": [bound("VB-001", 1), bound("VB-002", 2)],
    }
    apart = say("D29", {}, None, **given)
    joined = say("D29", {}, None, report={"linkages": (linkage,)}, **given)

    # What an entry shows by itself is told of it alone; only the linkage joins plate and picture.
    assert sorted(f.entry_id for f in apart) == ["VB-001", "VB-002"]
    (added,) = {f.id: f for f in joined if f.id not in {g.id for g in apart}}.values()
    assert "same pseudonyms" in added.observed.en
    assert "on the picture the plate" in added.difference.en


def test_the_table_names_known_categories_that_are_two_things():
    for combination in combinations():
        assert combination.one | combination.other <= CATEGORIES.keys()
        assert not combination.one & combination.other
        for one in combination.one:
            assert not covered_by([one]) & combination.other, combination.id
        assert combination.why.nl != combination.why.en
    assert len({c.id for c in combinations()}) == len(combinations())
