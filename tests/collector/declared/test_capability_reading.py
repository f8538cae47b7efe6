"""What models can: end devices of the LoRaWAN device repository, and W3C Thing Descriptions."""

import json
import random
import tomllib
from importlib import resources
from pathlib import PurePath

import pytest
import yaml

from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.declared.capability_reading import read_capabilities
from schouw_collector.errors import RegisterError
from tests.soak.damage import MARKER, damaged, mutated

PLACE = PurePath("lorawan-devices/vendor/voorbeeld-iot/vb300-th.yaml")
END_DEVICE = {
    "name": "VB300 Climate",
    "description": "Temperature and humidity sensor that can also count people",
    "hardwareVersions": [{"version": "1.0", "numeric": 1}],
    "firmwareVersions": [
        {
            "version": "2.1",
            "numeric": 1,
            "hardwareVersions": ["1.0"],
            "profiles": {"EU863-870": {"id": "vb300-profile", "codec": "vb300-codec"}},
        }
    ],
    "sensors": ["temperature", "humidity", "pm2.5", "nfc", "co2"],
    "additionalRadios": ["ble"],
    "dimensions": {"width": 34},
    "battery": {"replaceable": True, "type": "AA"},
}
THING = {
    "@context": [
        "https://www.w3.org/2022/wot/td/v1.1",
        {"saref": "https://saref.etsi.org/core/", "schema": "https://schema.org/"},
    ],
    "id": "urn:uuid:b7c9d5e0-0000-4000-8000-000000000001",
    "title": "Camera at the bridge",
    "schema:manufacturer": {"schema:name": "Voorbeeld IoT"},
    "schema:model": "CAM-2",
    "securityDefinitions": {
        "none": {"scheme": "nosec"},
        "password": {"scheme": "basic", "in": "header"},
        "unused": {"scheme": "oauth2"},
    },
    "security": ["password"],
    "properties": {
        "t1": {"@type": "saref:Temperature", "title": "T1", "unit": "om2:degree_Celsius"},
        "count": {
            "title": "Number of people",
            "type": "integer",
            "forms": [{"href": "http://192.0.2.7/count", "security": ["none"]}],
        },
        "air": {
            "type": "object",
            "properties": {"pm10": {"type": "number", "unit": "µg/m3"}},
        },
    },
    "events": {"plate": {"@type": "https://schouw.example.org/category/licence_plate_raw"}},
    "actions": {"dimLevel": {"input": {"type": "number"}}},
}


def read(document, path=PLACE):
    return read_capabilities(path, yaml.safe_dump(document).encode())


def test_an_end_device_goes_by_its_name_and_by_the_name_of_its_file():
    models = read(END_DEVICE).models

    assert [(m.vendor, m.model, m.source) for m in models] == [
        ("voorbeeld-iot", "VB300 Climate", "vb300-th.yaml"),
        ("voorbeeld-iot", "vb300-th", "vb300-th.yaml"),
    ]
    assert models[0].categories == models[1].categories
    assert models[0].categories == (
        "air_temperature",
        "carbon_dioxide",
        "particulate_matter",
        "relative_humidity",
    )


def test_a_word_that_came_later_is_read_as_a_title():
    sensors = ["people count", "no such thing"]

    assert read({**END_DEVICE, "sensors": sensors}).models[0].categories == ("people_count",)


def test_every_word_stands_for_categories_that_exist():
    folder = resources.files("schouw_collector.declared")
    text = (folder / "lorawan_sensors.toml").read_text("utf-8")
    data = tomllib.loads(text)

    assert {c for found in data["sensors"].values() for c in found} <= CATEGORIES.keys()
    assert not set(data["unclear"]) & data["sensors"].keys()


def test_a_thing_can_what_its_affordances_surely_are():
    model = read(THING).models[0]

    assert (model.vendor, model.model) == ("Voorbeeld IoT", "CAM-2")
    assert model.categories == (
        "actuation_light_level",
        "air_temperature",
        "licence_plate_raw",
        "particulate_matter",
        "people_count",
    )
    assert model.security == ("basic", "nosec")


def test_a_thing_without_maker_and_model_has_its_folder_and_its_title():
    bare = {k: v for k, v in THING.items() if not k.startswith("schema:")}
    model = read(bare, PurePath("voorbeeld-iot/camera.jsonld")).models[0]

    assert (model.vendor, model.model) == ("voorbeeld-iot", "Camera at the bridge")
    with pytest.raises(RegisterError, match=r"camera\.jsonld: field manufacturer: is missing"):
        read(bare, PurePath("camera.jsonld"))


def test_one_concept_for_several_categories_is_no_ability():
    picture = {"picture": {"@type": "https://w3id.org/dpv/pd#Picture"}}

    assert (
        read({**THING, "properties": picture, "events": {}, "actions": {}}).models[0].categories
        == ()
    )


def test_several_things_may_stand_in_one_file():
    found = read_capabilities(PurePath("t.json"), json.dumps([THING, 7, THING]).encode())

    assert [m.source for m in found.models] == ["t.json: model 1", "t.json: model 3"]
    assert found.errors == (
        "t.json: model 2: field @context: must name the vocabulary of Thing Descriptions",
    )


INVALID = [
    ({**END_DEVICE, "sensors": None}, "vb300-th.yaml: field sensors: is missing"),
    ({**END_DEVICE, "sensors": [{"a": 1}]}, "vb300-th.yaml: field sensors: must be a text"),
    ({**END_DEVICE, "name": ""}, "vb300-th.yaml: field name: is missing"),
    ({**THING, "properties": [1]}, "field properties: must be a list of records"),
    ({**THING, "events": {"a": 1}}, "field events: must be records by name"),
    (
        {**THING, "actions": {str(n): {} for n in range(501)}},
        "field actions: more than 500",
    ),
    ({"endDevices": ["vb300-th"]}, "neither an end device of a LoRaWAN device repository nor"),
    ({"@context": "https://www.w3.org/ns/activitystreams"}, "nor a Thing Description"),
    ("x", "nor a Thing Description"),
]


@pytest.mark.parametrize(("document", "reason"), INVALID)
def test_what_says_nothing_of_a_model_is_an_error(document, reason):
    with pytest.raises(RegisterError, match=reason):
        read(document)


def test_damaged_copies_give_models_or_one_error():
    chance = random.Random(20261125)
    read_whole = 0
    for _ in range(500):
        octets = yaml.safe_dump(mutated(chance.choice((END_DEVICE, [THING, THING])), chance))
        copy = octets.encode("utf-8", "surrogatepass")
        copy = chance.choice((copy, damaged(copy, chance)))
        try:
            found = read_capabilities(PLACE, copy)
        except RegisterError as error:
            lines: tuple[str, ...] = (error.diagnostics(),)
        else:
            lines = found.errors
            read_whole += bool(found.models)
        assert not any(MARKER in line or "\n" in line for line in lines)
    assert read_whole
