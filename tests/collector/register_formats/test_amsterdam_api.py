"""The Amsterdam API: both shapes of record, what is dropped, and what is malformed."""

import json
from datetime import date

import pytest

from schouw_collector.errors import RegisterError
from schouw_collector.registers.register_reading import read_register

PERSON = "Fenna Zandstra-Oudkerk"
DEVICE = {
    "id": 7101,
    "reference": "VB-001",
    "owner": {
        "name": PERSON,
        "email": "f.zandstra@voorbeeldstad.example",
        "organisation": "Gemeente Voorbeeldstad",
        "telephone": "0201234567",
        "website": "https://voorbeeldstad.example",
    },
    "type": "Geluidsensor",
    "regions": None,
    "location": {"latitude": 52.0001, "longitude": 4.0003},
    "location_description": "Mast 3, sleutel bij Fenna Zandstra-Oudkerk (06-12345678)",
    "datastream": "Geluidsniveau, vragen naar f.zandstra@voorbeeldstad.example",
    "themes": ["Milieu: geluid"],
    "contains_pi_data": False,
    "observation_goals": [
        {
            "id": 1,
            "observation_goal": "Geluidshinder meten.",
            "legal_ground": "Publieke taak",
            "privacy_declaration": "https://voorbeeldstad.example/privacy",
        }
    ],
    "project_paths": [["Geluid", "Gemeente Voorbeeldstad"]],
    "active_until": "2028-12-31",
}
SAMPLES = {
    "list.json": json.dumps([DEVICE]).encode(),
    "page.json": json.dumps({"count": 1, "results": [DEVICE], "_links": {}}).encode(),
}

OLDER = {
    **{key: value for key, value in DEVICE.items() if key != "observation_goals"},
    "id": 7102,
    "reference": "VB-002",
    "type": "Overig",
    "regions": ["A", "E"],
    "location": None,
    "observation_goal": "Tellen van mensen.",
    "legal_ground": None,
    "privacy_declaration": None,
    "contains_pi_data": True,
    "project_paths": None,
}
SAMPLES = {
    "list.json": json.dumps([DEVICE, OLDER]).encode(),
    "page.json": json.dumps({"results": [DEVICE, OLDER], "_links": {"next": None}}).encode(),
}


def read(*devices, name="register.json"):
    return read_register(name, json.dumps(list(devices)).encode())


def only(**changes):
    return read({**DEVICE, **changes}).entries[0]


def test_an_entry_holds_what_the_device_declares():
    entry = only()

    assert entry.entry_id == "VB-001"
    assert entry.name == "Geluidsensor VB-001"
    assert entry.organisation == "Gemeente Voorbeeldstad"
    assert entry.declared_categories == ("sound_level",)
    assert entry.contains_personal_data is False
    assert entry.purposes[0].legal_ground == "A6-1-e"
    assert entry.purposes[0].legal_basis_text == "Publieke taak"
    assert entry.purposes[0].themes == ("Milieu: geluid",)
    assert entry.privacy_notice_url == "https://voorbeeldstad.example/privacy"
    assert entry.location.latitude == 52.0001
    assert entry.active_until == date(2028, 12, 31)


def test_a_word_without_end_is_read_like_another():
    entry = only(datastream=f"Geluidsopname{'n' * 1000}")

    assert entry.declared_categories == ("audio_stream",)
    assert len(entry.streams[0].mapping.phrases[0]) <= 300


def test_goal_ground_and_declaration_may_be_scalars_as_in_older_records():
    older = {k: v for k, v in DEVICE.items() if k != "observation_goals"}
    entry = read(
        {
            **older,
            "observation_goal": "Tellen van mensen.",
            "legal_ground": "Verkeersmanagment in de rol van wegbeheerder.",
            "privacy_declaration": "https://voorbeeldstad.example/privacy",
        }
    ).entries[0]

    assert entry.purposes[0].text == "Tellen van mensen."
    assert entry.purposes[0].legal_ground == ""
    assert entry.purposes[0].legal_basis_text == "Verkeersmanagment in de rol van wegbeheerder."
    assert entry.privacy_notice_url == "https://voorbeeldstad.example/privacy"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: rows,
        lambda rows: {"count": 1, "results": rows, "_links": {"next": {"href": None}}},
        lambda rows: {"_embedded": rows},
        lambda rows: {"_embedded": {"devices": rows}, "_links": {}},
    ],
    ids=["list", "results", "embedded list", "embedded by name"],
)
def test_a_list_and_a_page_read_alike(wrap):
    register = read_register("register.json", json.dumps(wrap([DEVICE])).encode())

    assert [entry.entry_id for entry in register.entries] == ["VB-001"]


@pytest.mark.parametrize(
    ("changes", "organisation"),
    [
        ({}, "Gemeente Voorbeeldstad"),
        ({"organisation": PERSON}, ""),
        ({"organisation": "fenna  zandstra-oudkerk"}, ""),
        ({"organisation": "Zandstra"}, ""),
        ({"organisation": "F. Zandstra-Oudkerk"}, ""),
        ({"organisation": "J.P. van der Kade", "name": ""}, ""),
        ({"organisation": "Mevr. Van der Kade", "name": None}, ""),
        ({"organisation": "fenna@winkel.example", "name": ""}, ""),
        ({"organisation": None}, ""),
        ({"organisation": "N.V. Havenbedrijf"}, "N.V. Havenbedrijf"),
        ({"organisation": "Zandstra Geluidstechniek B.V."}, "Zandstra Geluidstechniek B.V."),
    ],
)
def test_an_organisation_is_kept_only_when_it_is_one(changes, organisation):
    assert only(owner={**DEVICE["owner"], **changes}).organisation == organisation


def test_nothing_of_the_contact_survives():
    register = read(
        DEVICE, {**DEVICE, "reference": PERSON, "id": 2}, {**DEVICE, "type": None, "id": 3}
    )
    said = repr(register)

    for secret in (PERSON, "Zandstra", "f.zandstra", "@", "0201234567", "12345678", "telephone"):
        assert secret.casefold() not in said.casefold()


def test_a_sensor_that_only_moves_has_areas_and_no_position():
    entry = only(location=None, regions=["A", "E"])

    assert entry.location.mobile
    assert entry.location.area_codes == ("A", "E")
    assert entry.location.latitude is None


def test_both_shapes_of_record_stand_side_by_side():
    register = read_register("page.json", SAMPLES["page.json"])

    assert register.errors == ()
    assert [entry.entry_id for entry in register.entries] == ["VB-001", "VB-002"]
    assert register.entries[1].type == "Overig"
    assert register.entries[1].purposes[0].text == "Tellen van mensen."
    assert register.entries[1].location.mobile


def test_a_page_of_several_says_that_there_is_more():
    page = {"results": [DEVICE], "_links": {"next": {"href": "https://voorbeeld.example/?page=2"}}}
    register = read_register("page.json", json.dumps(page).encode())

    assert len(register.entries) == 1
    assert "one page of several" in register.errors[0]


@pytest.mark.parametrize(
    ("paths", "application"),
    [
        ([["Geluid", "Gemeente Voorbeeldstad"]], "Geluid / Gemeente Voorbeeldstad"),
        ([["Geluid"], ["Verkeer"]], "Geluid"),
        ([[], ["Verkeer"]], "Verkeer"),
        (["Geluid"], "Geluid"),
        ([], ""),
        (None, ""),
    ],
)
def test_the_first_path_of_projects_is_the_application(paths, application):
    assert only(project_paths=paths).application_id == application


@pytest.mark.parametrize("location", [None, {"latitude": None, "longitude": None}, {}])
def test_a_place_that_is_empty_is_none(location):
    assert only(location=location).location.latitude is None


def test_a_reference_used_by_two_owners_is_told_apart_by_its_row():
    register = read(DEVICE, {**DEVICE, "id": 7102})

    assert [entry.entry_id for entry in register.entries] == ["VB-001#7101", "VB-001#7102"]


@pytest.mark.parametrize("value", ["Ja", "ja", True, "true"])
def test_the_box_may_be_a_word(value):
    assert only(contains_pi_data=value).contains_personal_data is True


@pytest.mark.parametrize("value", ["", "geen", "javascript:alert(1)", "ftp://a.example", 3, None])
def test_what_is_no_web_address_is_no_privacy_notice(value):
    goals = [{**DEVICE["observation_goals"][0], "privacy_declaration": value}]

    assert only(observation_goals=goals).privacy_notice_url == ""


INVALID = [
    ({"contains_pi_data": "misschien"}, "field contains_pi_data: must be true, false, Ja or Nee"),
    ({"contains_pi_data": 1}, "field contains_pi_data: must be true, false, Ja or Nee"),
    ({"type": None}, "field type: is missing"),
    ({"type": ["Geluidsensor"]}, "field type: must be a text"),
    ({"datastream": {"a": 1}}, "field datastream: must be a text"),
    ({"datastream": "x" * 5000}, "field datastream: longer than 4000 characters"),
    ({"active_until": "31 december"}, "field active_until: must be a date such as 2027-12-31"),
    ({"active_until": 20281231}, "field active_until: must be a date such as 2027-12-31"),
    ({"location": "52,4"}, "field location: must hold latitude and longitude"),
    ({"location": {"latitude": "52", "longitude": 4}}, "field location.latitude: must be a number"),
    (
        {"location": {"latitude": 152, "longitude": 4}},
        "field location.latitude: input should be less than or equal to 90",
    ),
    ({"observation_goals": "tellen"}, "field observation_goals: must be a list of goals"),
    ({"observation_goals": [1]}, "field observation_goals: must be a list of goals"),
    ({"themes": "Milieu"}, "field themes: must be a list of texts"),
    ({"project_paths": "Geluid"}, "field project_paths: must be a list of paths"),
    ({"project_paths": [[7]]}, "field project_paths: must be a list of paths"),
    ({"regions": [1]}, "field regions: must be a list of texts"),
]


@pytest.mark.parametrize(("changes", "reason"), INVALID)
def test_a_malformed_device_is_reported_and_the_rest_stays(changes, reason):
    register = read(DEVICE, {**DEVICE, "id": 7102, "reference": "VB-002", **changes})

    assert [entry.entry_id for entry in register.entries] == ["VB-001"]
    assert register.errors == (f"register.json: entry 2 (VB-002): {reason}",)
    assert register.unreadable == ("VB-002",)


def test_a_row_that_is_no_object_is_reported():
    assert read(DEVICE, 7).errors == ("register.json: entry 2: is not an object",)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (
            [{"datastream": "", "contains_pi_data": 1, "active_until": 1}],
            "entry 1: field reference",
        ),
        ({"datastream": "", "contains_pi_data": 1, "active_until": 1}, "no list of devices"),
    ],
)
def test_a_register_without_one_device_is_an_error(document, reason):
    with pytest.raises(RegisterError, match=reason):
        read_register("register.json", json.dumps(document).encode())
