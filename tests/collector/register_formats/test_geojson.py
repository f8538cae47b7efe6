"""GeoJSON: names of properties, geometries, and what is malformed."""

import json
from datetime import date

import pytest

from schouw_collector.errors import RegisterError
from schouw_collector.registers.register_reading import read_register
from tests.collector.register_formats.test_amsterdam_api import DEVICE, PERSON

DUTCH = {
    "Referentie": "VB-001",
    "Soort sensor": "Geluidsensor",
    "Wat meet de sensor?": "Geluidsniveau",
    "Doel": "Hinder",
    "Grondslag": "Publieke taak",
    "Persoonsgegevens": "Nee",
    "Eigenaar": "Gemeente Voorbeeldstad",
    "Contactpersoon": "Fenna Zandstra",
    "E-mail": "f.zandstra@voorbeeldstad.example",
    "Locatie": "Mast bij Fenna Zandstra",
    "Einddatum": "31-12-2028",
    "Kleur": "grijs",
}
ENGLISH = {
    "reference": "VB-002",
    "sensorType": "Klimaatsensor",
    "observed_property": "Wind",
    "purpose": "Weather",
    "personalData": False,
    "owner": {"name": "Fenna Zandstra", "organisation": "Gemeente Voorbeeldstad"},
    "themes": ["Milieu: klimaatverandering", "Milieu: energie"],
}
AMSTERDAM = {key: value for key, value in DEVICE.items() if key != "location"}
POINT = {"type": "Point", "coordinates": [4.0003, 52.0001]}
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[4.0, 52.0], [4.1, 52.0], [4.1, 52.1], [4.0, 52.0]]],
}


def feature(properties, geometry=POINT, **more):
    return {"type": "Feature", "properties": properties, "geometry": geometry, **more}


def collection(*features, **more):
    return json.dumps({"type": "FeatureCollection", "features": [*features], **more}).encode()


def read(*features, **more):
    return read_register("sensors.geojson", collection(*features, **more))


SAMPLES = {
    "dutch.geojson": collection(feature(DUTCH), feature({**DUTCH, "Referentie": "VB-3"}, SQUARE)),
    "english.geojson": collection(feature(ENGLISH)),
    "amsterdam.geojson": collection(feature(AMSTERDAM)),
}


def test_dutch_names_are_known():
    entry, area = read_register("dutch.geojson", SAMPLES["dutch.geojson"]).entries

    assert entry.entry_id == "VB-001"
    assert entry.type == "Geluidsensor"
    assert entry.declared_categories == ("sound_level",)
    assert entry.contains_personal_data is False
    assert entry.organisation == "Gemeente Voorbeeldstad"
    assert entry.purposes[0].legal_ground == "A6-1-e"
    assert entry.location.text == "Mast bij […]"
    assert (entry.location.latitude, entry.location.longitude) == (52.0001, 4.0003)
    assert entry.active_until == date(2028, 12, 31)
    assert area.location.latitude is None
    assert area.location.area[:2] == ((4.0, 52.0), (4.1, 52.0))


def test_english_and_nested_names_are_known():
    (entry,) = read_register("english.geojson", SAMPLES["english.geojson"]).entries

    assert entry.type == "Klimaatsensor"
    assert entry.declared_categories == ("wind",)
    assert entry.organisation == "Gemeente Voorbeeldstad"
    assert entry.purposes[0].themes == ("Milieu: klimaatverandering", "Milieu: energie")
    assert "Zandstra" not in repr(entry)


def test_fields_of_the_amsterdam_api_are_known():
    (entry,) = read_register("amsterdam.geojson", SAMPLES["amsterdam.geojson"]).entries

    assert entry.entry_id == "VB-001"
    assert entry.declared_categories == ("sound_level",)
    assert entry.purposes[0].text == "Geluidshinder meten."
    assert entry.purposes[0].legal_ground == "A6-1-e"
    assert entry.purposes[0].themes == ("Milieu: geluid",)
    assert entry.privacy_notice_url == "https://voorbeeldstad.example/privacy"
    assert entry.active_until == date(2028, 12, 31)
    assert PERSON.casefold() not in repr(entry).casefold()


def test_the_id_of_a_feature_serves_when_there_is_no_other():
    properties = {key: value for key, value in ENGLISH.items() if key != "reference"}

    assert read(feature(properties, id=17)).entries[0].entry_id == "17"
    assert read(feature(ENGLISH, id=17)).entries[0].entry_id == "VB-002"


@pytest.mark.parametrize(
    ("geometry", "latitude", "corners"),
    [
        (None, None, 0),
        (POINT, 52.0001, 0),
        ({"type": "Point", "coordinates": [4, 52, 3.5]}, 52, 0),
        (SQUARE, None, 4),
        ({"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]}, None, 4),
        ({"type": "LineString", "coordinates": [[4, 52], [5, 53]]}, None, 2),
    ],
)
def test_geometries(geometry, latitude, corners):
    location = read(feature(ENGLISH, geometry)).entries[0].location

    assert location.latitude == latitude
    assert len(location.area) == corners


def test_an_older_collection_may_be_in_the_dutch_grid():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    geometry = {"type": "Point", "coordinates": [155000, 463000]}
    location = read(feature(ENGLISH, geometry), crs=crs).entries[0].location

    assert location.latitude == pytest.approx(52.155174, abs=1e-6)
    assert location.longitude == pytest.approx(5.387206, abs=1e-6)


INVALID = [
    (feature(ENGLISH, {"type": "Point", "coordinates": [155000, 463000]}), "not longitude and"),
    (feature(ENGLISH, {"type": "Point", "coordinates": ["4", "52"]}), "a position is two numbers"),
    (feature(ENGLISH, {"type": "Point"}), "a position is two numbers"),
    (feature(ENGLISH, {"type": "Polygon", "coordinates": []}), "without coordinates"),
    (feature(ENGLISH, {"type": "GeometryCollection", "geometries": []}), "not a point or"),
    (feature(ENGLISH, "POINT(4 52)"), "field geometry: must be an object"),
    (feature(None), "is not a feature with properties"),
    (7, "is not a feature with properties"),
    (feature({**ENGLISH, "personalData": "soms"}), "feature 2 (contains_personal_data): must be"),
    (feature({**ENGLISH, "themes": [None]}), "feature 2 (themes): a list of something else"),
    (feature({**ENGLISH, "reference": None}), "feature 2 (entry_id): is missing"),
]


@pytest.mark.parametrize(("malformed", "reason"), INVALID)
def test_a_malformed_feature_is_reported_and_the_rest_stays(malformed, reason):
    register = read(feature({**ENGLISH, "reference": "VB-1"}), malformed)

    assert [entry.entry_id for entry in register.entries] == ["VB-1"]
    assert len(register.errors) == 1
    assert reason in register.errors[0]


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (b'{"type": "FeatureCollection", "features": 1}', "field features: must be a list"),
        (collection(feature({"kleur": "grijs"})), "no property is the reference of a sensor"),
        (b'{"type": "FeatureCollection", "features": [', "not valid JSON"),
        (collection(feature({f"p{n}": 1 for n in range(600)})), "different properties"),
    ],
)
def test_an_unusable_collection_is_an_error(octets, reason):
    with pytest.raises(RegisterError, match=f"^sensors.geojson: .*{reason}"):
        read_register("sensors.geojson", octets)
