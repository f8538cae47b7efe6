"""SensRNet: devices with their parts inside, and lists of each kind beside each other."""

import json

import pytest

from schouw_collector.errors import RegisterError
from schouw_collector.registers.register_reading import read_register

PERSON = "Fenna Zandstra-Oudkerk"
GOAL = {
    "_id": "6b0e7a50-0000-4000-8000-0000000000a1",
    "name": "Handhaven van geluidsnormen",
    "description": f"Klachten bij {PERSON}, 06-12345678",
    "legalGround": "Publieke taak",
    "legalGroundLink": "https://wetten.voorbeeld.example/omgeving",
}
DEVICE = {
    "_id": "6b0e7a50-0000-4000-8000-000000000001",
    "name": "Mast Havenplein",
    "description": "Mast met twee sensoren",
    "category": "Sensor",
    "connectivity": "LoRaWAN",
    "locationDetails": {"name": "Havenplein", "description": "noordzijde"},
    "location": {"type": "Point", "coordinates": [4.0003, 52.0001, 3.5]},
    "legalEntityId": "6b0e7a50-0000-4000-8000-0000000000e1",
    "sensors": [
        {
            "_id": "s1",
            "name": "Geluidsmeter",
            "type": "Geluidsensor",
            "manufacturer": "Voorbeeld IoT",
            "supplier": "Meetdienst B.V.",
            "documentation": "https://voorbeeld.example/geluid.pdf",
        }
    ],
    "datastreams": [
        {
            "_id": "d1",
            "sensorId": "s1",
            "name": "Geluidsniveau",
            "description": "LAeq per minuut, geen opnamen",
            "unitOfMeasurement": {"name": "decibel", "symbol": "dB(A)"},
            "observedArea": {
                "type": "Polygon",
                "coordinates": [[[4.0, 52.0], [4.001, 52.0], [4.001, 52.001], [4.0, 52.0]]],
            },
            "theme": ["Sound", "EnvironmentalChange"],
            "isActive": True,
            "isPublic": True,
            "isOpenData": True,
            "containsPersonalInfoData": False,
            "isReusable": True,
            "dataLink": "https://data.voorbeeld.example/geluid",
            "observationGoalIds": [GOAL["_id"]],
        },
        {
            "_id": "d2",
            "sensorId": "s1",
            "name": "Geluidsopnamen",
            "isActive": False,
            "containsPersonalInfoData": True,
        },
    ],
}
CAMERA = {
    "_id": "6b0e7a50-0000-4000-8000-000000000002",
    "name": "Telcamera Kade",
    "category": "Camera",
    "location": {"type": "Point", "coordinates": [4.0013, 52.0011]},
    "sensors": [{"_id": "s2", "type": "Optische / camera sensor"}],
    "datastreams": [
        {
            "_id": "d3",
            "sensorId": "s2",
            "name": "Aantal passanten",
            "theme": ["Safety"],
            "containsPersonalInfoData": True,
            "observationGoalIds": [],
        }
    ],
}
ENTITY = {
    "_id": "6b0e7a50-0000-4000-8000-0000000000e1",
    "name": "Gemeente Voorbeeldstad",
    "website": "https://voorbeeldstad.example",
    "contactDetails": [
        {"name": PERSON, "email": "f.zandstra@voorbeeldstad.example", "phone": "0201234567"}
    ],
}
WHOLE = {"legalEntities": [ENTITY], "observationGoals": [GOAL], "devices": [DEVICE, CAMERA]}


def flat(device):
    """Return a device and its parts as the lists of an interface give them, each on its own."""
    sensors = [{**s, "deviceId": device["_id"]} for s in device["sensors"]]
    datastreams = [{**d, "deviceId": device["_id"]} for d in device["datastreams"]]
    bare = {k: v for k, v in device.items() if k not in {"sensors", "datastreams"}}
    return bare, sensors, datastreams


BARE, SENSORS, DATASTREAMS = flat(DEVICE)
SAMPLES = {
    "sensrnet-devices.json": json.dumps(WHOLE).encode(),
    "sensrnet-lists.json": json.dumps(
        {**WHOLE, "devices": [BARE], "sensors": SENSORS, "datastreams": DATASTREAMS}
    ).encode(),
}


def read(document):
    return read_register("register.json", json.dumps(document).encode())


def only(**changes):
    return read({**WHOLE, "devices": [{**DEVICE, **changes}]}).entries[0]


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_device_is_an_entry_however_it_is_laid_out(sample):
    entry = read_register(sample, SAMPLES[sample]).entries[0]

    assert (entry.entry_id, entry.name) == (DEVICE["_id"], "Mast Havenplein")
    assert entry.organisation == "Gemeente Voorbeeldstad"
    assert (entry.device.manufacturer, entry.supplier) == ("Voorbeeld IoT", "Meetdienst B.V.")
    assert (entry.device.category, entry.type) == ("Sensor", "Geluidsensor")
    assert (entry.location.latitude, entry.location.longitude) == (52.0001, 4.0003)
    assert len(entry.location.area) == 4
    assert entry.location.text == "Havenplein. noordzijde"
    assert entry.source.row == 1


def test_a_datastream_is_a_stream_and_its_goal_a_purpose():
    entry = read(WHOLE).entries[0]
    stream, goal = entry.streams[0], entry.purposes[0]

    assert stream.declared_text == "Geluidsniveau. LAeq per minuut, geen opnamen"
    assert stream.categories == ("sound_level",)
    assert stream.contains_personal_data is False
    assert stream.data_link == "https://data.voorbeeld.example/geluid"
    assert (stream.unit, stream.open_data) == ("dB(A)", True)
    assert goal.text.startswith("Handhaven van geluidsnormen")
    assert goal.legal_ground == "A6-1-e"
    assert goal.legal_basis_url == "https://wetten.voorbeeld.example/omgeving"
    assert goal.themes == ("Sound", "EnvironmentalChange")


def test_what_is_switched_off_is_possible_and_not_declared():
    entry = read(WHOLE).entries[0]

    assert entry.declared_categories == ("sound_level",)
    assert entry.capabilities == ("audio_stream",)
    assert only(datastreams=DEVICE["datastreams"][1:]).status == "inactive"


def test_a_camera_without_a_sensor_type_is_a_camera():
    entry = only(category="Camera", sensors=[], datastreams=[{"_id": "d", "name": "?"}])

    assert entry.type == "Optische / camera sensor"
    assert entry.streams[0].mapping.method == "type default"


def test_sensors_without_datastreams_say_what_they_are():
    assert only(datastreams=[]).streams[0].declared_text == "Geluidsmeter"


def test_a_theme_without_a_goal_is_a_purpose_of_themes():
    assert read(WHOLE).entries[1].purposes[0].themes == ("Safety",)


def test_nothing_of_the_contact_survives():
    said = repr(read(WHOLE)) + repr(only(description=f"Sleutel bij {PERSON}"))

    for secret in (PERSON, "Zandstra", "f.zandstra", "0201234567", "12345678"):
        assert secret not in said


INVALID = [
    ({"datastreams": 7}, "field datastreams: must be a list of records"),
    ({"datastreams": [7]}, "field datastreams: must be a list of records"),
    (
        {"datastreams": [{"name": "x", "containsPersonalInfoData": "misschien"}]},
        "field containsPersonalInfoData: must be yes or no",
    ),
    ({"location": {"coordinates": "4 52"}}, "coordinates: must hold longitude and latitude"),
    ({"location": {"coordinates": ["4", 52]}}, "field coordinates: must hold numbers"),
    ({"location": {"coordinates": [4, 152]}}, "field location.latitude: input should be less"),
    ({"location": {"coordinates": [1e300, 52]}}, "field coordinates: must be in degrees"),
    (
        {"datastreams": [{"name": "x", "observedArea": {"type": "Polygon", "coordinates": 1}}]},
        "field observedArea: must hold the corners of one outline",
    ),
    ({"name": ["x"]}, "field name: must be a text"),
    ({"contactDetails": [{"name": f"naam {n}"} for n in range(60)]}, "contact: more than 50 names"),
    ({"description": "x" * 5000}, "field description: longer than 4000 characters"),
]


@pytest.mark.parametrize(("changes", "reason"), INVALID)
def test_a_malformed_device_is_reported_and_the_rest_stays(changes, reason):
    register = read({**WHOLE, "devices": [CAMERA, {**DEVICE, **changes}]})

    assert [entry.entry_id for entry in register.entries] == [CAMERA["_id"]]
    assert reason in register.errors[0]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"datastreams": [], "observationGoals": [{"legalGroundLink": ""}]}, "no list of devices"),
        ([{"datastreams": [], "locationDetails": {}}], "entry 1: field _id: is missing"),
    ],
)
def test_a_register_without_one_device_is_an_error(document, reason):
    with pytest.raises(RegisterError, match=reason):
        read(document)
