"""What is the device's own, and what is alike and somebody's: each pair has rows both ways."""

import base64

import orjson
import pytest

import schouw_agent.detectors
import schouw_agent.formats
from schouw_agent.plugins import discover
from schouw_agent.recognition.classification import Classifier
from schouw_agent.records import Content
from schouw_agent.vocabulary import CATEGORIES

_PHONE = "2A:11:22:33:44:55"
_WAV = base64.b64encode(
    b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00"
    b"\x40\x1f\x00\x00\x01\x00\x08\x00data" + bytes(64)
).decode()

# Pair: its own category (empty: it is none), that of somebody, and rows of each, in the languages
# en, nl, de, fr and es.
PAIRS = {
    "address": (
        "device_identity",
        "wifi_mac_randomised",
        {
            "en": {"mac": _PHONE, "temperature": 18.5},
            "nl": {"mac_adres": _PHONE, "temperatuur": 18.5},
            "de": {"geraet": {"mac": _PHONE}, "lufttemperatur": 18.5},
        },
        {
            "en": {"probes": [{"mac": _PHONE, "rssi": -60}]},
            "nl": {"passanten": [{"mac": _PHONE, "rssi": -60}]},
            "de": {"besucher": [{"mac": _PHONE, "rssi": -60}]},
            "fr": {"visiteurs": [{"mac": _PHONE, "rssi": -60}]},
            "es": {"visitantes": [{"mac": _PHONE, "rssi": -60}]},
        },
    ),
    "strength of a signal": (
        "radio_link_quality",
        "rssi_observed_device",
        {
            "en": {"rssi": -71, "humidity": 40},
            "nl": {"signaalsterkte": -71, "luchtvochtigheid": 40},
        },
        {
            "en": {"clients": [{"mac": _PHONE, "rssi": -71}]},
            "nl": {"telefoons": [{"mac": _PHONE, "rssi": -71}]},
        },
    ),
    "position": (
        "device_location_static",
        "person_location_track",
        {
            "en": {"lat": 52.1, "lon": 5.1, "pm10": 12},
            "nl": {"breedtegraad": 52.1, "lengtegraad": 5.1, "fijnstof": 12},
        },
        {
            "en": {"user": {"lat": 52.1, "lon": 5.1}},
            "nl": {"fietser": {"breedtegraad": 52.1, "lengtegraad": 5.1}},
            "fr": {"cycliste": {"latitude": 52.1, "longitude": 5.1}},
        },
    ),
    "position that moves": (
        "device_location_static",
        "vehicle_position_track",
        {"en": {"lat": 52.1, "lon": 5.1}, "es": {"latitud": 52.1, "longitud": 5.1}},
        {
            "en": {"lat": 52.1, "lon": 5.1, "speed": 31, "odometer": 1200},
            "es": {"vehículo": {"latitud": 52.1, "longitud": 5.1, "velocidad": 31}},
        },
    ),
    "age": (
        "",
        "age_estimate",
        {
            "en": {"lat": 52.1, "age": 31, "imei": "49015420323751"},
            "nl": {"meting": {"temperatuur": 18.5}, "leeftijd": 31},
            "de": {"position": {"breitengrad": 52.1}, "alter": 31},
        },
        {
            "en": {"faces": [{"age": 31}]},
            "nl": {"personen": [{"leeftijd": 31}]},
            "de": {"personen": [{"alter": 31}]},
        },
    ),
    "card of a telephone": (
        "device_identity",
        "mobile_subscriber_id",
        {"en": {"imsi": "204046000000007", "battery": 3.6}},
        {
            "en": {"subscribers": [{"imsi": "204046000000007"}]},
            "nl": {"abonnees": [{"imsi": "204046000000007"}]},
        },
    ),
    "network address": (
        "",
        "ip_address_user",
        {"en": {"ip": "192.0.2.7", "uptime": 80}, "nl": {"ip_adres": "192.0.2.7", "batterij": 80}},
        {
            "en": {"user": {"ip": "192.0.2.7", "user_agent": "demo"}},
            "nl": {"bezoeker": {"ip": "192.0.2.7"}},
        },
    ),
    "sound": (
        "sound_level",
        "audio_stream",
        {"en": {"noise": 54.2}, "nl": {"geluid": 54.2}, "fr": {"bruit": 54.2}},
        {"en": {"noise": _WAV}, "nl": {"geluid": _WAV}, "fr": {"bruit": _WAV}},
    ),
    "temperature": (
        "air_temperature",
        "body_temperature_health",
        {"en": {"temperature": 36.6}, "de": {"temperatur": 36.6}},
        {"en": {"body_temperature": 36.6}, "de": {"körpertemperatur": 36.6}},
    ),
    "energy": (
        "asset_energy_use",
        "household_energy_use",
        {"en": {"lamp": {"energy": 12.5}}, "nl": {"mast": {"energieverbruik": 12.5}}},
        {"en": {"household_energy": 12.5}, "nl": {"huishoudelijk_verbruik": 12.5}},
    ),
    "colour": (
        "actuation_light_colour",
        "appearance_attributes",
        {"en": {"color": "red"}, "nl": {"kleur": "rood"}},
        {"en": {"person": {"upper_color": "red"}}, "nl": {"persoon": {"kleur_jas": "rood"}}},
    ),
    "number of a plate": (
        "",
        "licence_plate_raw",
        {"en": {"model": "ZZ-001-Z"}, "nl": {"typenummer": "ZZ-001-Z"}},
        {"en": {"license_plate": "ZZ-001-Z"}, "nl": {"kenteken": "ZZ-001-Z"}},
    ),
    "number of a track": (
        "",
        "person_track_id",
        {"en": {"music": {"track_id": 7}}, "nl": {"muziek": {"track_id": 7}}},
        {
            "en": {"persons": [{"track_id": 7, "bbox": [1, 2, 3, 4]}]},
            "nl": {"personen": [{"track_id": 7, "bbox": [1, 2, 3, 4]}]},
        },
    ),
}
# What the device's own must never be taken for; each pair of these is demanded.
DEMANDED = {"address", "strength of a signal", "position", "position that moves", "age"}
LANGUAGES = {"en", "nl", "de", "fr", "es"}
ROWS = [
    pytest.param(right, wrong, message, id=f"{name}, {whose}, {language}")
    for name, (own, theirs, ours, others) in PAIRS.items()
    for whose, right, wrong, rows in (("own", own, theirs, ours), ("theirs", theirs, own, others))
    for language, message in rows.items()
]


@pytest.fixture(scope="module")
def classifier():
    return Classifier(
        discover(schouw_agent.formats, "FORMAT"), discover(schouw_agent.detectors, "DETECTOR")
    )


@pytest.mark.parametrize(("right", "wrong", "message"), ROWS)
def test_each_is_told_from_the_other(classifier, right, wrong, message):
    found = {
        match.category
        for match in classifier.classify(Content(orjson.dumps(message))).matches
        if match.confidence >= 0.5
    }
    assert not right or right in found
    assert wrong not in found


def test_every_pair_has_rows_both_ways_and_in_two_languages():
    assert set(PAIRS) >= DEMANDED
    for name, (own, theirs, ours, others) in PAIRS.items():
        assert not own or CATEGORIES[own].privacy_class not in ("personal", "pseudonymous"), name
        assert CATEGORIES[theirs].privacy_class in (
            "personal", "pseudonymous", "special_category",
        ), name  # fmt: skip
        assert ours, name
        assert set(ours) <= LANGUAGES
        assert set(others) <= LANGUAGES
        assert len(set(ours) | set(others)) > 1, name
        assert name not in DEMANDED or (len(ours) > 1 and len(others) > 1), name
