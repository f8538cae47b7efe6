"""What a property is by IRI, name and unit, and what none of them says."""

import pytest

from schouw_collector.registers.property_reading import (
    read_declaration,
    read_field_name,
    read_iri,
    read_title,
    unit_symbol,
)

IRIS = [
    ("https://schouw.example.org/category/sound_level", ("sound_level",), True, "our own"),
    ("https://schouw.example.org/vocabulary#people_count", ("people_count",), True, "with a #"),
    ("https://schouw.example.org/category/no_such", (), False, "not a category"),
    ("https://w3id.org/dpv/pd#FacialPrint", ("face_template",), True, "one category of DPV"),
    ("dpv-pd:FacialPrint", ("face_template",), True, "DPV, with the usual prefix"),
    ("https://w3id.org/dpv/ai#FaceRecognition", ("face_match",), True, "DPV, of AI"),
    ("https://w3id.org/dpv#NonPersonalData", (), False, "says how, not what"),
    ("https://w3id.org/dpv/pd#Hair", (), False, "no category of ours"),
    ("http://qudt.org/vocab/unit/LUX", ("illuminance",), True, "only light is in lux"),
    ("http://qudt.org/vocab/unit/DEG_C", (), False, "air, water and bodies have a temperature"),
    ("http://qudt.org/vocab/quantitykind/RelativeHumidity", ("relative_humidity",), True, "QUDT"),
    ("https://saref.etsi.org/core/Temperature", ("air_temperature",), True, "SAREF"),
    ("saref:Motion", ("presence_binary",), True, "SAREF, with its prefix"),
    ("iot:TemperatureSensing", ("air_temperature",), True, "iot.schema"),
    ("http://vocab.nerc.ac.uk/standard_name/wind_speed/", ("wind",), True, "CF, trailing slash"),
    ("http://www.w3.org/ns/sosa/Sensor", (), False, "a class, not a quantity"),
    ("http://dd.eionet.europa.eu/vocabulary/aq/pollutant/8", (), False, "a number"),
    ("", (), False, "nothing"),
    ("/" * 5000, (), False, "nothing, at length"),
]


@pytest.mark.parametrize(("iri", "categories", "sure", "why"), IRIS)
def test_an_iri_names_a_category(iri, categories, sure, why):
    assert read_iri(iri) == (categories, sure), why


def test_a_concept_for_several_categories_is_not_sure():
    categories, sure = read_iri("https://w3id.org/dpv/pd#MACAddress")

    assert categories == ("wifi_mac_hashed", "wifi_mac_raw")
    assert not sure


NAMES = [
    ("pm2_5", "", "particulate_matter"),
    ("airTemperature", "°C", "air_temperature"),
    ("airTemperature", "V", ""),
    ("airTemperature", "unknown unit", "air_temperature"),
    ("power", "", ""),
    ("power", "kW", "asset_energy_use"),
    ("value", "", ""),
]


@pytest.mark.parametrize(("name", "unit", "category"), NAMES)
def test_a_name_needs_certainty_or_its_unit(name, unit, category):
    assert read_field_name(name, unit) == category


TITLES = [
    ("soundLevel", ("sound_level",)),
    ("Aantal passanten", ("people_count",)),
    ("Weer", ()),
    ("Status", ()),
]


@pytest.mark.parametrize(("title", "categories"), TITLES)
def test_a_title_says_only_what_it_surely_names(title, categories):
    assert read_title(title) == categories


def test_what_words_name_is_declared_beside_the_iri():
    categories, mapping = read_declaration(
        "Geluidsniveau en luchttemperatuur", iris=["https://schouw.example.org/category/wind"]
    )

    assert categories == ("air_temperature", "sound_level", "wind")
    assert mapping.vague == ()
    assert mapping.phrases[0] == "wind"


def test_the_type_is_the_last_to_speak():
    by_unit = read_declaration("reeks 1", unit="dB(A)", sensor_type="Klimaatsensor")
    by_type = read_declaration("reeks 1", sensor_type="Temperatuursensor")

    assert (by_unit[0], by_unit[1].method) == (("sound_level",), "text rule")
    assert (by_type[0], by_type[1].method) == (("air_temperature",), "type default")


@pytest.mark.parametrize(
    ("unit", "symbol"),
    [
        ("http://qudt.org/vocab/unit/DEG_C", "°c"),
        ("unit:DeciB_A", "db(a)"),
        (" dB ", "dB"),
        ("unit:MOL", "MOL"),
    ],
)
def test_units_of_qudt_become_symbols(unit, symbol):
    assert unit_symbol(unit) == symbol
