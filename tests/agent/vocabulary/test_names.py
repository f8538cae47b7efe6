import pytest

from schouw_agent.vocabulary.lexicon import name_words, read_name
from schouw_agent.vocabulary.names import words
from schouw_agent.vocabulary.quantities import QUANTITIES, dimensions_of
from schouw_agent.vocabulary.topics import is_command, topic_path, topic_template

WORDS = [
    ("soilTemp", ("soil", "temp")),
    ("RELATIEVE_VOCHTIGHEID", ("relatieve", "vochtigheid")),
    ("VOCIndex", ("voc", "index")),
    ("co2_ppm", ("co2", "ppm")),
    ("CO2Filtered", ("co2", "filtered")),
    ("PM2_5", ("pm2.5",)),
    ("pm25", ("pm2.5",)),
    ("PM10", ("pm10",)),
    ("pm1.0", ("pm1",)),
    ("LAeq", ("laeq",)),
    ("LAF90_dB", ("laf90", "d", "b")),
    ("kentekenHash", ("kenteken", "hash")),
    ("license-plate", ("license", "plate")),
    ("NO2", ("no2",)),
    ("maxCO2", ("max", "co2")),
    ("voucher", ("voucher",)),
    ("RELATIEVE_VOCHTIGHEID", ("relatieve", "vochtigheid")),
    ("VOCIndex", ("voc", "index")),
    ("TVOCPPB", ("tvoc", "ppb")),
    ("HTTPServer", ("http", "server")),
    ("matrícula", ("matricula",)),
    ("Außentemperatur", ("aussentemperatur",)),
    ("TürKontakt", ("tur", "kontakt")),
    ("", ()),
]

NAMES = [
    ("luchttemperatuur", "air_temperature", "glued, Dutch"),
    ("soilmoisture", "soil_condition", "glued, English"),
    ("a.temperature.value", "air_temperature", "the key that only holds a value is passed over"),
    ("soil.temperature", "soil_condition", "the longest name wins"),
    ("battery.temperature", "device_health", "a word above counts as well"),
    ("temperature_alert", None, "said of it, and not the quantity"),
    ("vehicle.temperature_threshold", "device_firmware_config", "a setting"),
    ("colour", "actuation_light_colour", ""),
    ("vehicle.colour", None, "barred by the word above"),
    ("zzz", None, "not a name of anything"),
    ("Lufttemperatur", "air_temperature", "German"),
    ("Schalldruckpegel_dB", "sound_level", "German, glued"),
    ("Bodenfeuchte", "soil_condition", "German, the word for soil decides"),
    ("schallpegel", "sound_level", "German: a level of sound is no level of water"),
    ("humidité", "relative_humidity", "French, as it is written"),
    ("humidite_sol", "soil_condition", "French, without its mark"),
    ("niveau_eau", "water_level", "French"),
    ("températureEau", "water_quality", "French, the longest name wins"),
    ("velocidad_viento", "wind", "Spanish"),
    ("velocidadMedia", "traffic_speed", "Spanish"),
    ("nivel_llenado", "waste_fill_level", "Spanish"),
    ("umbral_temperatura", "device_firmware_config", "Spanish, a setting"),
    ("unidad_temperatura", None, "Spanish, said of it"),
    ("peoplein", "people_count", "glued, with a short tail"),
    ("peopleout", "people_count", "its other half"),
    ("cabin", None, "ends alike, and is too short to be cut"),
    ("currentLevel", "water_level", "current is when, beside what else is measured"),
    ("current_fan_rpm", None, "and says nothing of electricity beside a fan"),
    ("temperature_l10", "air_temperature", "the tenth channel, and no level exceeded for 10 %"),
    ("noise.l10", "sound_level", "the level exceeded for 10 % of the time"),
    ("voltage_ch4", "device_health", "the fourth channel, and no methane"),
    ("rms_current_ph_b", "asset_energy_use", "a phase, and no acidity"),
    ("cloudCoverage", None, "how much of the sky is covered, and no lid"),
    ("child_lock", None, "whether buttons work, and no door"),
    ("ledIntensityWhenOn", None, "of a lamp, and of no traffic"),
    ("siren_volume", None, "how loud, and no water"),
    ("air_flow", None, "of air, and no water"),
    ("backlight_level", None, "how bright, and no water"),
    ("curtain_speed", None, "of a motor, and no traffic"),
    ("screen_orientation", None, "how a text is turned, and no tilt"),
    ("hydrogenFlow", None, "of gas"),
    ("numPassengersInjured", None, "of an accident, and nobody was counted"),
    ("pedestrianPathWidth", None, "of a path, and nobody was counted"),
    ("waterVelocity", "water_flow", "English"),
    ("streamGauge", "water_level", "English"),
    ("total_dissolved_solids", "water_quality", "English"),
    ("wind_chill", "air_temperature", "what the wind makes of a temperature"),
    ("vapor_pressure", "relative_humidity", "of water in the air, and not of the air"),
    ("accx", "structural_movement", "glued, an axis"),
    ("window_state", "asset_state", "English"),
    ("diffuseIrradiation", "solar_radiation_uv", "English"),
    ("leakage_current", "asset_energy_use", "of electricity, and of no pipe"),
    ("line_1_total_in", "people_count", "across a line, without a word for whom"),
    ("rx_bytes_total_in", None, "octets that came in"),
    ("energy_total_in", "asset_energy_use", "and energy that did"),
    ("peopleCounting.enter", "people_count", "above it stands who enters"),
    ("anzahlKinder", "people_count", "German"),
    ("lanes.flow", "vehicle_count", "of lanes, and no water"),
    ("vehicleFlowRate", "vehicle_count", "a rate that is measured, and not set"),
    ("bar_sea_level", "air_pressure", "reduced to the level of the sea, and not that level"),
    ("faces.Quality.Brightness", None, "of a picture, and of no lamp"),
    ("lampFailure", "device_health", "a lamp that is broken, and not how bright it is"),
    ("zaxis", "structural_movement", "glued"),
    ("water_leak_status", "asset_state", "English"),
    ("electricity_delivered_1", "asset_energy_use", "English"),
    ("windspeedmph", "wind", "glued to its unit"),
    ("soap_level", None, "of soap, and no water"),
    ("ups_load", None, "electric, and no weight"),
    ("voice_activity", None, "of a voice, and nobody moved"),
    ("device_class", None, "of which kind a value is, and not which device"),
    ("thermalframe", None, "glued: what the numbers are decides"),
]

GLUED = [
    ("visitorage", {"visitor", "age"}, "a short tail behind whole words"),
    ("estimatedage", {"estimated", "age"}, "the same"),
    ("agevisiteur", {"age", "visiteur"}, "and before them, French"),
    ("indoor", {"indoor"}, "begins with a short word, and is too short to be cut"),
    ("agendaitem", {"agendaitem"}, "begins alike, and is something else"),
    ("facexyzcrop", {"facexyzcrop"}, "no word may be left over"),
    ("gezichtskenmerken", {"gezichts", "kenmerken"}, "with the s between Dutch words"),
    ("gesichtsmerkmale", {"gesichts", "merkmale"}, "with the s between German words"),
    ("facecrop", {"face", "crop"}, "glued, English"),
    ("surface", {"surface"}, "a word that ends as another"),
    ("garage", {"garage"}, "too short to be cut"),
    ("hoverage", {"hoverage"}, "what stands before is no word"),
]


@pytest.mark.parametrize(("name", "expected"), WORDS)
def test_words(name, expected):
    assert words(name) == expected


@pytest.mark.parametrize(("path", "category", "why"), NAMES)
def test_read_name(path, category, why):
    reading = read_name(path)
    assert (reading.category if reading else None) == category


@pytest.mark.parametrize(("name", "expected", "why"), GLUED)
def test_words_of_what_is_made_of_people_are_cut(name, expected, why):
    assert name_words(name)[0] == expected


def test_a_hint_names_the_value_unless_it_is_the_name_of_a_type():
    assert read_name("sensors[].value", "temperature").category == "air_temperature"
    assert read_name("humidity.value", "Number").category == "relative_humidity"
    assert name_words("humidity.value", "Number")[0] == {"humidity"}


def test_every_category_that_is_named_has_a_quantity():
    from schouw_agent.vocabulary.lexicon import _lexicon

    named = {p.category for row in _lexicon().phrases.values() for p in row}
    assert named <= set(QUANTITIES)


def test_units():
    assert "temperature" in dimensions_of("° C")
    assert "sound" in dimensions_of("dB(A)")
    assert dimensions_of("parsec") == frozenset()


def test_topics_lose_their_numbers():
    assert topic_template("plein/lamp-12/licht?x=1") == "plein/+/licht"
    assert topic_path("plein/+/licht") == "plein.licht"
    assert is_command("zigbee/lamp/set")
    assert not is_command("zigbee/lamp")
