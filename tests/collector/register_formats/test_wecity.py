"""WeCity and Noord-Brabant: Dutch keys, boxes in words, and what is about the registration only."""

import json
from datetime import date

import pytest
import yaml

from schouw_collector.errors import RegisterError
from schouw_collector.registers.register_reading import read_register

PERSON = "Ilse van der Kade"
WECITY = {
    "id": "b7c9d5e0-0000-4000-8000-000000000001",
    "naam": "Telpunt Marktstraat",
    "doel": "Aantal voetgangers tellen",
    "type": "camera/optisch",
    "thema": "verkeersveiligheid",
    "latitude": 52.0001,
    "longitude": 4.0003,
    "geldig tot": "31-12-2028",
    "referentie": "WK-17",
    "verwerkt persoonsgegevens": False,
    "mobiele sensor": False,
    "organisatie": "Gemeente Voorbeeldstad",
    "contactpersoon": PERSON,
    "e-mail": "i.kade@voorbeeldstad.example",
    "wettelijke grondslag": "Publieke taak",
    "niet tonen na": "31-12-2029",
    "bewaartermijn": 120,
}
PNB = {
    "id": "b7c9d5e0-0000-4000-8000-000000000002",
    "naam": "Waterstand Stroomwijk",
    "sensor": {
        "identificatie": "Voorbeeld IoT WL-200",
        "specificatie": f"Ultrasoon, gemeten door {PERSON}",
        "firmware": "2.1.4",
        "type": "vloeistof",
        "update datum": "01-02-2026",
        "mobiele sensor": "nee",
        "verwerkt persoonsgegevens": "Nee",
        "latitude": "52,0101",
        "longitude": "4,0103",
        "leverancier": {
            "number": "C-2026-014",
            "organization": "Voorbeeld IoT B.V.",
            "manager": PERSON,
            "contact": {"naam": PERSON, "email": "i.kade@voorbeeld.example"},
        },
        "beheerder": {"number": "C-2026-015", "organization": "Meetdienst B.V."},
    },
    "sensorinzet": {
        "doel": "Waterstand meten",
        "thema": ["milieu"],
        "locatie-sensordata": "https://data.voorbeeld.example/waterstand",
        "dpia": "https://voorbeeld.example/dpia-14",
        "grondslag-of-beleidskader": "https://wetten.voorbeeld.example/water",
        "opdrachtgever": {"naam": PERSON},
    },
    "organisatorische-activiteit": {
        "id": "act-3",
        "name": "Waterbeheer",
        "organization": "Provincie Voorbeeld",
        "startdatum": "2026-02-01",
    },
}
SAMPLES = {
    "wecity.json": json.dumps([WECITY, PNB]).encode(),
    "noord-brabant.yaml": yaml.safe_dump({"sensoren": [PNB, WECITY]}, allow_unicode=True).encode(),
}


def read(*registrations):
    return read_register("register.json", json.dumps(list(registrations)).encode())


def only(**changes):
    return read({**WECITY, **changes}).entries[0]


def test_a_registration_of_wecity_is_an_entry():
    entry = read(WECITY).entries[0]

    assert entry.entry_id == WECITY["id"]
    assert entry.organisation == "Gemeente Voorbeeldstad"
    assert (entry.type, entry.device.category) == ("Optische / camera sensor", "Camera")
    assert "people_count" in entry.declared_categories
    assert entry.contains_personal_data is False
    assert entry.purposes[0].legal_ground == "A6-1-e"
    assert entry.purposes[0].themes == ("verkeersveiligheid",)
    assert entry.active_until == date(2028, 12, 31)
    assert entry.location.mobile is False


def test_sensor_deployment_and_contracts_of_noord_brabant_are_one_entry():
    entry = read(PNB).entries[0]

    assert entry.device.model == "Voorbeeld IoT WL-200"
    assert entry.device.firmware == "2.1.4"
    assert (entry.supplier, entry.operator) == ("Voorbeeld IoT B.V.", "Meetdienst B.V.")
    assert entry.contract_refs == ("C-2026-014", "C-2026-015")
    assert entry.streams[0].data_link == "https://data.voorbeeld.example/waterstand"
    assert "water_level" in entry.declared_categories
    assert (entry.dpia.status, entry.dpia.url) == ("linked", "https://voorbeeld.example/dpia-14")
    assert entry.purposes[0].legal_basis_url == "https://wetten.voorbeeld.example/water"
    assert entry.application_id == "act-3"
    assert entry.organisation == "Provincie Voorbeeld"
    assert (entry.location.latitude, entry.location.longitude) == (52.0101, 4.0103)
    assert entry.changed_at == date(2026, 2, 1)


def test_how_long_a_registration_is_kept_says_nothing_of_the_data():
    entry = only(bewaartermijn=6)

    assert entry.streams[0].retention == ""
    assert "2029" not in repr(entry)


@pytest.mark.parametrize(
    ("said", "flag"),
    [(True, True), ("Ja", True), ("ja ", True), ("nee", False), (0, False), ("", None)],
)
def test_a_box_may_be_a_word(said, flag):
    assert only(**{"verwerkt persoonsgegevens": said}).contains_personal_data is flag


def test_keys_may_be_written_in_other_ways():
    odd = {"Naam": "Kade", "Verwerkt_Persoonsgegevens": "JA", "GELDIG  TOT": "31-12-2028"}
    entry = read_register("r.json", json.dumps([odd, WECITY]).encode()).entries[0]

    assert (entry.entry_id, entry.contains_personal_data) == ("Kade", True)
    assert entry.active_until == date(2028, 12, 31)


def test_a_number_without_end_is_no_field():
    endless = f"0x{'f' * 6000}"
    octets = f"- naam: Kade\n  mobiele sensor: {endless}\n  ? {endless}\n  : x\n"
    octets += "- naam: Haven\n  geldig tot: 31-12-2028\n"
    register = read_register("r.yaml", octets.encode())

    assert [entry.name for entry in register.entries] == ["Haven"]
    assert register.errors == ("r.yaml: entry 1 (Kade): field mobiele sensor: must be yes or no",)


def test_a_supplier_may_be_a_name_alone():
    assert only(leverancier="Voorbeeld IoT B.V.").supplier == "Voorbeeld IoT B.V."


def test_nothing_of_the_people_survives():
    said = repr(read(WECITY, PNB)) + repr(only(doel=f"Tellen, vraag {PERSON} (06-12345678)"))

    for secret in (PERSON, "Kade,", "i.kade", "12345678"):
        assert secret not in said
    assert only(organisatie=PERSON).organisation == ""


INVALID = [
    ({"verwerkt persoonsgegevens": "misschien"}, "persoonsgegevens: must be yes or no"),
    ({"geldig tot": "volgend jaar"}, "field geldig tot: must be a date such as 2028-12-31"),
    ({"latitude": "ten noorden"}, "field latitude: must be a number"),
    ({"latitude": 152}, "field location.latitude: input should be less than or equal to 90"),
    ({"naam": {"a": 1}, "id": None}, "field naam: must be a text"),
    ({"leverancier": [1]}, "field leverancier: must be a list of records"),
    ({"thema": [{"a": 1}]}, "field thema: must be a text"),
]


@pytest.mark.parametrize(("changes", "reason"), INVALID)
def test_a_malformed_registration_is_reported_and_the_rest_stays(changes, reason):
    register = read(PNB, {**WECITY, **changes})

    assert [entry.entry_id for entry in register.entries] == [PNB["id"]]
    assert reason in register.errors[0]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ([{"geldig tot": "31-12-2028", "mobiele sensor": True}], "entry 1: field id: is missing"),
        ("geldig tot: mobiele sensor:", "not a register|no list of registrations|not valid"),
    ],
)
def test_a_register_without_one_registration_is_an_error(document, reason):
    octets = document.encode() if isinstance(document, str) else json.dumps(document).encode()
    with pytest.raises(RegisterError, match=reason.replace("field id", "field naam")):
        read_register("register.json", octets)
