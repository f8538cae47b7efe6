"""SensorThings: expanded things, observed properties by IRI, and pages that are missing."""

import json

import pytest

from schouw_collector.errors import RegisterError
from schouw_collector.registers.register_reading import read_register

ROOT = "https://sta.voorbeeld.example/v1.1"


def datastream(number, name, *, definition="", unit=None, description=""):
    return {
        "@iot.id": number,
        "@iot.selfLink": f"{ROOT}/Datastreams({number})",
        "name": name,
        "description": description,
        "observationType": "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
        "unitOfMeasurement": unit or {"name": None, "symbol": None, "definition": None},
        "Sensor": {
            "@iot.id": 1,
            "name": "Voorbeeld IoT VB-300",
            "encodingType": "application/pdf",
            "metadata": "https://voorbeeld.example/vb-300.pdf",
        },
        "ObservedProperty": {"@iot.id": number, "name": name, "definition": definition},
    }


THING = {
    "@iot.id": 17,
    "@iot.selfLink": f"{ROOT}/Things(17)",
    "name": "Meetpaal Havenplein",
    "description": "Meetpaal met geluid en weer",
    "properties": {"eigenaar": "Gemeente Voorbeeldstad"},
    "Locations": [
        {
            "@iot.id": 1,
            "name": "Havenplein",
            "encodingType": "application/geo+json",
            "location": {"type": "Point", "coordinates": [4.0003, 52.0001]},
        }
    ],
    "Datastreams": [
        datastream(
            5,
            "Geluid",
            definition="https://schouw.example.org/category/sound_level",
            unit={"name": "decibel", "symbol": "dB(A)", "definition": None},
        ),
        datastream(
            6,
            "Temp",
            definition="http://qudt.org/vocab/quantitykind/AirTemperature",
            unit={
                "name": "graden Celsius",
                "symbol": "°C",
                "definition": "http://qudt.org/vocab/unit/DEG_C",
            },
        ),
    ],
}
OTHER = {
    **THING,
    "@iot.id": "kade-2",
    "@iot.selfLink": f"{ROOT}/Things('kade-2')",
    "Locations": [
        {
            "name": "Kade",
            "location": {
                "type": "Feature",
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[4.0, 52.0], [4.1, 52.0], [4.1, 52.1], [4.0, 52.0]]],
                },
            },
        }
    ],
    "Datastreams": [datastream("d-9", "Plaatjes", definition="https://w3id.org/dpv/pd#Picture")],
}
SAMPLES = {
    "things.json": json.dumps({"@iot.count": 2, "value": [THING, OTHER]}).encode(),
    "pages.json": json.dumps([{"value": [THING]}, {"value": [OTHER]}]).encode(),
}


def read(document):
    return read_register("register.json", json.dumps(document).encode())


def stream(**changes):
    row = {**datastream(7, "x"), **changes}
    return read({**THING, "Datastreams": [row]}).entries[0].streams[0]


@pytest.mark.parametrize("sample", SAMPLES)
def test_each_thing_is_an_entry(sample):
    register = read_register(sample, SAMPLES[sample])

    assert [entry.entry_id for entry in register.entries] == ["17", "kade-2"]
    assert register.errors == ()


def test_a_thing_has_its_place_model_and_technical_names():
    entry = read(THING).entries[0]

    assert entry.name == "Meetpaal Havenplein"
    assert entry.device.model == "Voorbeeld IoT VB-300"
    assert (entry.location.latitude, entry.location.longitude) == (52.0001, 4.0003)
    assert [(i.kind, i.value) for i in entry.identifiers] == [
        ("sta_thing", f"{ROOT}/Things(17)"),
        ("topic", "v1.1/Datastreams(5)/Observations"),
        ("topic", "v1.1/Datastreams(6)/Observations"),
    ]
    assert entry.declared_categories == ("air_temperature", "sound_level")
    assert entry.contains_personal_data is None


def test_ids_in_words_are_quoted_in_topics():
    assert read(OTHER).entries[0].identifiers[1].value == "v1.1/Datastreams('d-9')/Observations"


def test_an_area_is_kept_as_one():
    location = read(OTHER).entries[0].location

    assert len(location.area) == 4
    assert location.latitude is None


IRIS = [
    ("https://schouw.example.org/category/people_count", ("people_count",), ()),
    ("https://w3id.org/dpv/pd#FacialPrint", ("face_template",), ()),
    ("https://saref.etsi.org/core/Humidity", ("relative_humidity",), ()),
    ("http://vocab.nerc.ac.uk/standard_name/wind_speed/", ("wind",), ()),
    (
        "https://w3id.org/dpv/pd#MACAddress",
        ("wifi_mac_hashed", "wifi_mac_raw"),
        ("wifi_mac_hashed", "wifi_mac_raw"),
    ),
    ("https://w3id.org/dpv#NonPersonalData", (), ()),
    ("https://schouw.example.org/category/no_such_thing", (), ()),
    ("https://voorbeeld.example/eigenschap/12", (), ()),
]


@pytest.mark.parametrize(("iri", "categories", "vague"), IRIS)
def test_a_definition_that_is_known_decides(iri, categories, vague):
    found = stream(ObservedProperty={"name": "q", "definition": iri}, name="q")

    assert (found.categories, found.mapping.vague) == (categories, vague)


def test_without_a_known_definition_the_words_decide_then_the_name_then_the_unit():
    words = stream(name="Luchttemperatuur bij de mast")
    name = stream(ObservedProperty={"name": "pm2_5"}, name="reeks 4")
    unit = stream(
        ObservedProperty={"name": "L"},
        name="reeks 5",
        unitOfMeasurement={"definition": "http://qudt.org/vocab/unit/DeciB_A"},
    )

    assert words.categories == ("air_temperature",)
    assert name.categories == ("particulate_matter",)
    assert unit.categories == ("sound_level",)
    assert unit.mapping.confidence < name.mapping.confidence < 0.9


def test_a_unit_speaks_against_a_name():
    found = stream(
        ObservedProperty={"name": "soundLevel"},
        name="reeks 6",
        unitOfMeasurement={"symbol": "V", "definition": None},
    )

    assert found.categories == ()


def test_several_observed_properties_are_all_declared():
    multi = {
        "@iot.id": 8,
        "name": "Weer",
        "unitOfMeasurements": [{"symbol": "°C"}, {"symbol": "%"}],
        "ObservedProperties": [{"name": "temperatuur"}, {"name": "luchtvochtigheid"}],
    }
    entry = read({**THING, "MultiDatastreams": [multi]}).entries[0]

    assert {"air_temperature", "relative_humidity"} <= set(entry.declared_categories)


def test_pages_that_are_not_in_the_file_are_told():
    register = read(
        {
            "value": [
                {**THING, "Datastreams@iot.nextLink": f"{ROOT}/Things(17)/Datastreams?$skip=9"}
            ],
            "@iot.nextLink": f"{ROOT}/Things?$skip=1",
        }
    )

    assert [entry.entry_id for entry in register.entries] == ["17"]
    assert [error.partition(": ")[2] for error in register.errors] == [
        "entry 2 (17): field Datastreams: more follow that are not in this file",
        "entry 3: field @iot.nextLink: more follow that are not in this file",
    ]


INVALID = [
    ({"Datastreams": "x"}, "field Datastreams: must be a list of records"),
    ({"Locations": [{"location": {"type": "Point"}}], "name": 7.5, "@iot.id": None}, ""),
    (
        {"Locations": [{"location": {"type": "Point", "coordinates": [4]}}]},
        "field coordinates: must hold longitude and latitude",
    ),
    (
        {"Locations": [{"location": {"type": "Polygon", "coordinates": [[4, 52]]}}]},
        "field location: must hold longitude and latitude",
    ),
    ({"@iot.id": None, "name": None}, "field @iot.id: is missing"),
    ({"description": {"a": 1}}, "field description: must be a text"),
]


@pytest.mark.parametrize(("changes", "reason"), INVALID)
def test_a_malformed_thing_is_reported_and_the_rest_stays(changes, reason):
    register = read({"value": [OTHER, {**THING, **changes}]})

    assert register.entries[0].entry_id == "kade-2"
    assert all(reason in error for error in register.errors)
    assert bool(register.errors) == bool(reason)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ([1, {"@iot.id": 1, "Datastreams": []}], "no page of things"),
        ({"value": [7], "@iot.id": 1, "Datastreams": 1}, "entry 1: is not a thing"),
        (
            {"@iot.id": 1, "@iot.selfLink": "x", "name": "x", "Datastreams@iot.navigationLink": ""},
            "entry 1 .1.: field Datastreams: is missing: the service gives it when asked",
        ),
    ],
)
def test_a_file_without_one_thing_is_an_error(document, reason):
    with pytest.raises(RegisterError, match=reason):
        read(document)
