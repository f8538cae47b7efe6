"""Sentilo: providers with sensors, ids of the interface, and places as it writes them."""

import json

import pytest

from schouw_collector.errors import RegisterError
from schouw_collector.registers.register_reading import read_register

NOISE = {
    "sensor": "SO-0025",
    "description": "Sonometre al moll nord",
    "type": "noise",
    "dataType": "number",
    "unit": "dBA",
    "component": "MAST-1",
    "componentType": "noise",
    "componentDesc": "Mast aan de kade",
    "location": "52.0001 4.0003",
    "timeZone": "CET",
    "publicAccess": "true",
    "componentPublicAccess": "true",
    "additionalInfo": {"contact": "Fenna Zandstra, 0612345678"},
    "technicalDetails": {
        "producer": "Voorbeeld IoT",
        "model": "VB-300",
        "serialNumber": "VB300-0007",
        "energy": "SOLAR_BAT",
    },
}
METEO = {
    "sensor": "RE-0031",
    "description": "sensor de temperatura exterior",
    "type": "temperature",
    "dataType": "number",
    "unit": "C",
    "component": "METEO-1",
    "componentType": "meteo",
    "location": "52.0011 4.0013, 52.0021 4.0013, 52.0021 4.0023",
    "publicAccess": "false",
    "componentTechnicalDetails": {"producer": "Voorbeeld IoT", "model": "WS-1"},
}
SAMPLES = {
    "sentilo-catalog.json": json.dumps(
        {
            "providers": [
                {"provider": "rec", "permission": "RW", "sensors": [NOISE]},
                {"provider": "meteo", "permission": "R", "sensors": [METEO]},
            ]
        }
    ).encode(),
    "sentilo-sensors.json": json.dumps({"sensors": [NOISE, METEO]}).encode(),
}


def read(*sensors):
    return read_register("register.json", json.dumps({"sensors": list(sensors)}).encode())


def only(**changes):
    return read({**NOISE, **changes}).entries[0]


def test_each_sensor_is_an_entry_under_its_provider():
    register = read_register("c.json", SAMPLES["sentilo-catalog.json"])

    assert [entry.entry_id for entry in register.entries] == ["rec.SO-0025", "meteo.RE-0031"]
    assert register.entries[0].operator == "rec"


def test_a_sensor_has_the_ids_of_the_interface_and_its_model():
    entry = only()

    assert [(i.kind, i.value) for i in entry.identifiers] == [
        ("serial", "VB300-0007"),
        ("name", "SO-0025"),
        ("name", "MAST-1"),
    ]
    assert (entry.device.manufacturer, entry.device.model) == ("Voorbeeld IoT", "VB-300")
    assert entry.application_id == "MAST-1"
    assert entry.declared_categories == ("sound_level",)
    assert entry.streams[0].open_data is True
    assert entry.contains_personal_data is None
    assert (entry.location.latitude, entry.location.longitude) == (52.0001, 4.0003)


def test_details_of_the_component_serve_where_the_sensor_has_none():
    entry = read(METEO).entries[0]

    assert (entry.device.model, entry.device.manufacturer) == ("WS-1", "Voorbeeld IoT")
    assert entry.location.area == ((4.0013, 52.0011), (4.0013, 52.0021), (4.0023, 52.0021))
    assert entry.streams[0].open_data is False


def test_without_a_location_it_is_mobile():
    assert only(location=None).location.mobile


def test_a_link_to_media_says_more_than_the_type():
    assert "video_stream" in only(type="traffic", dataType="VIDEO_LINK").declared_categories


def test_what_is_added_freely_is_not_read():
    assert "Zandstra" not in repr(read(NOISE))


def test_a_provider_that_is_an_address_of_a_person_is_not_named():
    document = {"providers": [{"provider": "a@voorbeeld.example", "sensors": [NOISE]}]}

    assert "@" not in repr(read_register("r.json", json.dumps(document).encode()))


INVALID = [
    ({"sensor": None}, "field sensor: is missing"),
    ({"location": "bij de haven"}, "field location: must hold latitude and longitude"),
    ({"location": "52.1 4.1, haven"}, "field location: must hold latitude and longitude"),
    ({"location": "152.1 4.1"}, "field location.latitude: input should be less than"),
    ({"technicalDetails": "VB-300"}, "field technicalDetails: must be a list of records"),
    ({"publicAccess": "soms"}, "field publicAccess: must be yes or no"),
    ({"type": {"id": 1}}, "field type: must be a text"),
]


@pytest.mark.parametrize(("changes", "reason"), INVALID)
def test_a_malformed_sensor_is_reported_and_the_rest_stays(changes, reason):
    register = read(METEO, {**NOISE, **changes})

    assert [entry.entry_id for entry in register.entries] == ["RE-0031"]
    assert reason in register.errors[0]


def test_a_provider_without_sensors_is_reported():
    octets = json.dumps({"providers": [{"provider": "a"}, {"sensors": [NOISE, 7]}]}).encode()
    register = read_register("register.json", octets)

    assert [error.partition(": ")[2] for error in register.errors] == [
        "entry 1: is not a provider with sensors",
        "entry 3: is not a sensor",
    ]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"sensors": 1}, "no list of sensors"),
        ({"providers": [{"sensors": {}}]}, "no list of sensors"),
        ({"sensors": [1]}, "entry 1: is not a sensor"),
    ],
)
def test_a_file_without_sensors_is_an_error(document, reason):
    marks = dict.fromkeys(("sensor", "component", "componentType"), 1)
    with pytest.raises(RegisterError, match=reason):
        read_register("register.json", json.dumps({**document, "x": marks}).encode())
