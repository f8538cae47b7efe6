"""Phrases as registers have them, spelling and all, and what they declare."""

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.free_text.free_text import read_text
from schouw_collector.free_text.phrase_book import plain

CAMERA = "Optische / camera sensor"
VIDEO = {"video_stream", "still_image"}

# Text, categories that it must give (all of them, and no others).
CASES = [
    # Dutch
    ("Geluidsniveau in dB(A): LAeq en LAmax. Geen opnamen.", {"sound_level"}),
    ("Geluidsniveau (dB)", {"sound_level"}),
    ("geluidniveau", {"sound_level"}),
    ("Geluidsmetingen op het terras", {"sound_level"}),
    ("Geluidshinder van verkeer", {"sound_level", "vehicle_count", "traffic_speed"}),
    ("Geluidsopnames", {"audio_stream"}),
    ("Geluid, er wordt geen audio opgenomen", {"sound_level"}),
    ("Temperatuur", {"air_temperature"}),
    ("Temperatuur en luchtvochtigheid", {"air_temperature", "relative_humidity"}),
    (
        "temperatuur / vochtigheid / luchtdruk",
        {"air_temperature", "relative_humidity", "air_pressure"},
    ),
    ("Luchtdruk en wind", {"air_pressure", "wind"}),
    ("Windsnelheid, windrichting, neerslag", {"wind", "precipitation"}),
    (
        "Fijnstof (PM2,5 en PM10), stikstofdioxide, temperatuur en luchtvochtigheid",
        {"particulate_matter", "reactive_gases", "air_temperature", "relative_humidity"},
    ),
    ("fijn stof", {"particulate_matter"}),
    ("NO2 en ozon", {"reactive_gases"}),
    ("CO2-concentratie", {"carbon_dioxide"}),
    ("Bodemvocht bij jonge bomen", {"soil_condition"}),
    ("Vochtigheid van de bodem", {"soil_condition"}),
    ("Waterstand in de gracht", {"water_level"}),
    ("Grondwaterstanden", {"water_level"}),
    ("Vulgraad van de afvalcontainer", {"waste_fill_level"}),
    ("Hoe vol de container is", {"waste_fill_level"}),
    ("Vulgraad en afvalpas", {"waste_fill_level", "access_token_id"}),
    ("Vulgraad, zonder pasnummers", {"waste_fill_level"}),
    ("Lichtniveau (dimstand) van de lantaarnpaal", {"actuation_light_level"}),
    ("Licht", {"illuminance"}),
    ("Mensen", {"people_count"}),
    ("Aantal personen per interval, in en uit", {"people_count", "pedestrian_flow"}),
    ("Tellen van mensen.", {"people_count"}),
    ("Telt het aantal passanten", {"people_count"}),
    ("Passantentelling, anoniem", {"people_count"}),
    ("Telling van bezoekers", {"people_count"}),
    ("Alleen tellen, geen personen herkenbaar", {"people_count"}),
    ("Aantal voetgangers; geen beelden", {"people_count", "pedestrian_flow"}),
    (
        "Er worden geen beelden opgeslagen, alleen aantallen voetgangers",
        {"people_count", "pedestrian_flow"},
    ),
    ("Telt bezoekers zonder camerabeelden te bewaren", {"people_count"}),
    ("Tellen van voertuigen.", {"vehicle_count"}),
    ("Aantal voertuigen per rijrichting", {"vehicle_count"}),
    ("Telt auto's, geen kentekens", {"vehicle_count"}),
    ("Aantal schepen dat voorbij vaart", {"vehicle_count"}),
    ("aantal fietsers per uur", {"bicycle_count"}),
    ("Verkeersintensiteit en gemiddelde snelheid", {"vehicle_count", "traffic_speed"}),
    ("Reistijd", {"travel_time_aggregate"}),
    ("Kentekens", {"licence_plate_raw"}),
    ("Kentekenregistratie voor de milieuzone", {"licence_plate_raw"}),
    ("Kentekens (gehasht)", {"licence_plate_hashed"}),
    ("gepseudonimiseerde kentekens", {"licence_plate_hashed"}),
    ("MAC-adressen van telefoons", {"wifi_mac_raw"}),
    ("Gehashte MAC-adressen van telefoons", {"wifi_mac_hashed"}),
    ("Wifi-signalen van mobiele telefoons", {"wifi_mac_raw"}),
    ("Drukte en geluidsoverlast", {"crowd_density", "sound_level"}),
    ("Camerabeelden", VIDEO),
    ("Beveiligingscamera bij de ingang", VIDEO),
    ("niet alleen beelden maar ook geluid", VIDEO | {"sound_level"}),
    ("geen beelden, kentekens of gezichten; wel temperatuur", {"air_temperature"}),
    ("Geen foto's en geen video", set()),
    ("Gezichtsherkenning", {"face_match", "face_template", "face_image"}),
    ("Bezetting van parkeervakken", {"parking_bay_occupancy"}),
    ("Trillingen van de kademuur", {"structural_movement"}),
    ("Stroomverbruik van de verlichting", {"asset_energy_use"}),
    ("Leeftijd en geslacht van kijkers", {"age_estimate", "gender_estimate"}),
    # English
    ("Air temperature and humidity", {"air_temperature", "relative_humidity"}),
    ("Noise level in dB", {"sound_level"}),
    ("Sound levels only, no recordings", {"sound_level"}),
    ("Sound levels, no audio recordings", {"sound_level"}),
    ("PM2.5 and PM10", {"particulate_matter"}),
    ("Ozone and nitrogen dioxide", {"reactive_gases"}),
    ("Number of pedestrians", {"people_count", "pedestrian_flow"}),
    ("Counts people, no images", {"people_count"}),
    ("Counting visitors without images or faces", {"people_count"}),
    ("People counting", {"people_count"}),
    ("Number of vehicles, no licence plates", {"vehicle_count"}),
    ("Licence plates", {"licence_plate_raw"}),
    ("Hashed licence plates", {"licence_plate_hashed"}),
    ("Hashed MAC addresses", {"wifi_mac_hashed"}),
    ("MAC addresses of phones", {"wifi_mac_raw"}),
    ("Fill level of the bin", {"waste_fill_level"}),
    ("Water level", {"water_level"}),
    ("CCTV footage", VIDEO),
    ("Not only images but also sound levels", VIDEO | {"sound_level"}),
    ("Traffic volumes", {"vehicle_count"}),
    ("Bicycle counts", {"bicycle_count"}),
    ("Wind speed and rainfall", {"wind", "precipitation"}),
    ("Occupancy of parking bays", {"parking_bay_occupancy", "presence_binary"}),
    ("Light colour and dimming", {"actuation_light_colour", "actuation_light_level"}),
    ("Facial recognition", {"face_match", "face_template", "face_image"}),
    # No word of a category inside another word.
    ("Weerstand van het asfalt", set()),
    ("Windows 10 kiosk", set()),
    ("Geluidsscherm 4", set()),
    ("Brandweerkazerne", set()),
    ("", set()),
    ("Personen per richting", {"pedestrian_flow"}),
]

# Text, type, box for personal data, categories, method.
DEFAULTS = [
    (
        "",
        "Klimaatsensor",
        False,
        {"air_temperature", "relative_humidity", "air_pressure", "wind", "precipitation"},
        "type default",
    ),
    (
        "Registreert de entree",
        CAMERA,
        False,
        {"people_count", "vehicle_count", "presence_binary"},
        "type default",
    ),
    ("Registreert de entree", CAMERA, True, VIDEO, "type default"),
    ("", CAMERA, None, VIDEO, "type default"),
    ("Camera", CAMERA, False, {"people_count", "vehicle_count", "presence_binary"}, "type default"),
    ("Camera", CAMERA, True, VIDEO, "text rule"),
    ("Camera", "Overig", False, VIDEO, "text rule"),
    (
        "",
        "Aanwezigheid of nabijheidsensor",
        False,
        {"people_count", "presence_binary"},
        "type default",
    ),
    (
        "",
        "Aanwezigheid of nabijheidsensor",
        True,
        {"wifi_mac_hashed", "people_count", "presence_binary"},
        "type default",
    ),
    ("Camera telt fietsers", CAMERA, False, {"bicycle_count"}, "text rule"),
    ("Camera telt fietsers", CAMERA, None, {"bicycle_count", *VIDEO}, "text rule"),
    ("", "geluidsensor", False, {"sound_level"}, "type default"),
    ("", "Overig", False, set(), "none"),
]


@pytest.mark.parametrize(
    ("text", "categories"), CASES, ids=[text or "(empty)" for text, _ in CASES]
)
def test_a_phrase_declares_these_categories(text, categories):
    found, mapping = read_text(text)

    assert set(found) == categories
    assert mapping.method == ("text rule" if categories else "none")


@pytest.mark.parametrize(("text", "sensor_type", "personal", "categories", "method"), DEFAULTS)
def test_the_type_decides_when_the_words_do_not(text, sensor_type, personal, categories, method):
    found, mapping = read_text(text, sensor_type, personal)

    assert (set(found), mapping.method) == (categories, method)


def test_no_type_alone_declares_special_categories():
    for sensor_type in (CAMERA, "Aanwezigheid of nabijheidsensor", "Geluidsensor"):
        for personal in (True, False, None):
            found, _ = read_text("", sensor_type, personal)
            assert all(CATEGORIES[c].privacy_class != "special_category" for c in found)


def test_the_reading_shows_the_words_that_it_rests_on_and_those_that_are_denied():
    _, mapping = read_text("Aantal voetgangers; geen beelden of kentekens")

    assert mapping.phrases == ("voetgangers", "aantal … voetgangers")
    assert set(mapping.denied) == {"beelden", "kentekens"}


def test_a_general_word_covers_more_than_it_promises():
    found, mapping = read_text("Luchtkwaliteit (PM10)")

    assert "reactive_gases" in found
    assert "reactive_gases" in mapping.vague
    assert "particulate_matter" not in mapping.vague


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("Temperatuur", 0.9),
        ("Dakgoottemperatuur", 0.85),
        ("Windrichtign", 0.75),
        ("Luchtkwaliteit", 0.7),
        ("21 °C", 0.75),
        ("Fietsers", 0.7),
    ],
)
def test_what_is_read_into_a_text_is_less_sure(text, confidence):
    found, mapping = read_text(text)

    assert found
    assert mapping.confidence == confidence


ANY_WORDS = [
    *("geen", "mensen", "niet", "worden", "t.b.v.", "kenteken", "gehasht", "-en", "wind-"),
    *(",", ".", "(", "camera", "telt", "5", "°C", "voor"),
]


@given(
    st.lists(
        st.sampled_from(ANY_WORDS),
        max_size=40,
    )
)
def test_any_text_gives_known_categories_and_words_that_stand_in_it(words):
    text = plain(" ".join(words))
    found, mapping = read_text(text)

    assert set(found) <= CATEGORIES.keys()
    for phrase in (*mapping.phrases, *mapping.denied):
        assert all(part in text for part in phrase.split(" … "))


def test_a_long_text_is_read_in_bounded_time():
    found, _ = read_text("geen beelden, " * 400 + "aantal " * 400)

    assert found == ()


def test_the_phrases_name_known_categories_only():
    path = resources.files("schouw_collector.free_text") / "free_text.toml"
    data = tomllib.loads(path.read_text("utf-8"))
    named = {c for row in data["phrase"] for c in (*row["categories"], *row.get("replaces", ()))}

    assert named | set(data["counting"]["objects"]) <= CATEGORIES.keys()
