"""DTPR: what elements mean, what they promise, and who may have the data."""

import json
from datetime import date

import pytest
import yaml

from schouw_collector.errors import RegisterError
from schouw_collector.register_formats.dtpr_elements import bare
from schouw_collector.registers.register_reading import read_register


def said(value, id_="additional_description"):
    return [{"id": id_, "value": [{"locale": "en", "value": value}]}]


DEVICE = {
    "id": "square-counter",
    "title": [
        {"locale": "en", "value": "Square counter"},
        {"locale": "nl", "value": "Teller op het plein"},
    ],
    "schema_version": "device@2025-08-29",
    "created_at": "2026-02-01T10:00:00Z",
    "updated_at": "2026-03-01T10:00:00Z",
    "elements": [
        {"element_id": "organization", "variables": said("Gemeente Voorbeeldstad")},
        {
            "element_id": "planning_decision_making",
            "variables": said("Know how busy the square is"),
        },
        {"element_id": "device__tech.identifiable_wifi_sensor"},
        {"element_id": "tech__sound_level_meter"},
        {"element_id": "device__process.aggregated", "variables": said("per 15 minutes")},
        {"element_id": "process__k_anonymity", "variables": said("at least 10 people")},
        {"element_id": "process__edge_processing"},
        {"element_id": "available_to_vendor", "variables": said("Voorbeeld IoT B.V.")},
        {"element_id": "stored_primarily_internationally"},
        {"element_id": "data_retained", "variables": said("30 days", "duration")},
    ],
}
AI = {
    "id": "plate-reader",
    "title": [{"locale": "en", "value": "Plate reader"}],
    "description": [{"locale": "en", "value": "Reads number plates at the bridge"}],
    "schema_version": "ai@2026-08-12-beta",
    "created_at": "2026-02-01T10:00:00Z",
    "linked_instance_ids": ["square-counter"],
    "elements": [
        {"element_id": "mobility"},
        {
            "element_id": "input_about_a_place",
            "category_id": "input_dataset",
            "context_type_id": "identifiable",
            "variables": said("Licence plates of vehicles"),
        },
        {
            "element_id": "output_about_a_measurement",
            "category_id": "output_dataset",
            "context_type_id": "de_identified",
            "variables": said("Vehicle count"),
        },
        {"element_id": "biometric_recognition", "category_id": "processing"},
        {
            "element_id": "right_to_notice",
            "actions": [
                {
                    "type": "email",
                    "label": [{"locale": "en", "value": "Ask Fenna Zandstra"}],
                    "target": "f.zandstra@voorbeeldstad.example",
                }
            ],
        },
        {"element_id": "no_data_retained"},
    ],
}
SAMPLES = {
    "dtpr-device.json": json.dumps(DEVICE).encode(),
    "dtpr-chains.yaml": yaml.safe_dump({"datachains": [DEVICE, AI]}).encode(),
}


def read(*chains):
    return read_register("register.json", json.dumps(list(chains)).encode())


def of(*elements):
    return read({**DEVICE, "elements": list(elements)}).entries[0]


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_chain_of_a_device_is_an_entry(sample):
    entry = read_register(sample, SAMPLES[sample]).entries[0]

    assert (entry.entry_id, entry.name) == ("square-counter", "Teller op het plein")
    assert entry.organisation == "Gemeente Voorbeeldstad"
    assert {"sound_level", "wifi_mac_hashed"} <= set(entry.declared_categories)
    assert entry.purposes[0].text == "Know how busy the square is"
    assert entry.purposes[0].themes == ("planning decision making",)
    assert (entry.registered_at, entry.changed_at) == (date(2026, 2, 1), date(2026, 3, 1))


def test_an_element_with_several_meanings_promises_none_of_them():
    entry = read(DEVICE).entries[0]

    assert "sound_level" in entry.promised_categories
    assert "wifi_mac_raw" in entry.declared_categories
    assert "wifi_mac_raw" not in entry.promised_categories


def test_what_the_chain_promises_of_its_processing_holds_for_each_stream():
    for stream in read(DEVICE).entries[0].streams:
        assert stream.processing.aggregation_seconds == 900
        assert stream.processing.k_min == 10
        assert stream.processing.edge_only is True
        assert stream.identifiability == "de_identified"
        assert stream.contains_personal_data is None
        assert stream.retention == "P30D"


def test_access_and_storage_are_recipients():
    entry = read(DEVICE).entries[0]

    assert [(r.role, r.organisation) for r in entry.recipients] == [
        ("vendor", "Voorbeeld IoT B.V."),
        ("storage abroad", ""),
    ]


def test_data_of_an_ai_system_say_how_identifiable_they_are():
    entry = read(AI).entries[0]
    plates, count, recognised = entry.streams

    assert "licence_plate_raw" in plates.categories
    assert (plates.identifiability, plates.contains_personal_data) == ("identifiable", True)
    assert count.categories == ("vehicle_count",)
    assert (count.identifiability, count.contains_personal_data) == ("de_identified", False)
    assert recognised.categories == ("face_match",)
    assert plates.retention == "P0D"
    assert entry.algorithms == ("square-counter",)


def test_the_words_of_an_element_are_more_exact_than_its_kind():
    stream = of(
        {"element_id": "tech__identifiable_image", "variables": said("Licence plates")}
    ).streams[0]

    assert "licence_plate_raw" in stream.categories
    assert "licence_plate_raw" not in stream.mapping.vague
    assert "face_image" in stream.mapping.vague


def test_actions_are_not_read():
    assert "andstra" not in repr(read(AI))


IDS = [
    ("device__tech.identifiable_video", ("tech", "identifiable_video")),
    ("tech__identifiable_video", ("tech", "identifiable_video")),
    ("identifiable_video", ("tech", "identifiable_video")),
    ("ai:biometric_recognition", ("tech", "biometric_recognition")),
    ("device__process__k-anonymity", ("process", "k_anonymity")),
    ("mobility", ("purpose", "mobility")),
    ("right_contest", ("", "right_contest")),
    ("", ("", "")),
    ("__", ("", "")),
]


@pytest.mark.parametrize(("written", "read_as"), IDS)
def test_an_id_may_carry_its_category(written, read_as):
    assert bare(written) == read_as


INVALID = [
    ({"elements": []}, "field elements: is missing"),
    ({"elements": "x"}, "field elements: must be a list of records"),
    ({"elements": [{"priority": 1}]}, "field elements.element_id: is missing"),
    ({"id": None}, "field id: is missing"),
    ({"created_at": "gisteren"}, "field created_at: must be a date"),
    (
        {"elements": [{"element_id": "tech__voice", "variables": [1]}]},
        "field variables: must be a list of records",
    ),
]


@pytest.mark.parametrize(("changes", "reason"), INVALID)
def test_a_malformed_chain_is_reported_and_the_rest_stays(changes, reason):
    register = read(AI, {**DEVICE, **changes})

    assert [entry.entry_id for entry in register.entries] == ["plate-reader"]
    assert reason in register.errors[0]


@pytest.mark.parametrize("document", ["element_id elements", [["element_id", "elements"]]])
def test_a_file_without_a_chain_is_an_error(document):
    with pytest.raises(RegisterError):
        read_register("register.json", json.dumps(document).encode())
