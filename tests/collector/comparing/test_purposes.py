"""The table of purposes, and how declared purposes are read by it."""

import re

import pytest

from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.comparing.purposes import needed_by, purpose_table, purposes_of
from schouw_collector.registers.register_entry import Purpose, RegisterEntry


def read(*texts: str, themes: tuple[str, ...] = ()) -> list[str]:
    purposes = tuple(Purpose(text=text, themes=themes) for text in texts or ("",))
    return sorted(p.id for p in purposes_of(RegisterEntry(entry_id="VB-1", purposes=purposes)))


# As municipalities write them; the first ten are those of the Amsterdam register's own sources.
TEXTS = [
    ("Tellen van mensen.", ["people_counting"]),
    ("Waarnemen van het verkeer.", ["traffic_management"]),
    ("Het tellen van voertuigen en meten van doorstroming.", ["traffic_counting", "travel_time"]),
    ("Handhaving van verkeersbesluiten.", ["traffic_enforcement"]),
    ("Vaarweg management", ["shipping"]),
    ("Tellen van voertuigen.", ["traffic_counting"]),
    ("Verstrekken van selectieve toegang.", ["access_control"]),
    ("Het bedienen van sluisen en bruggen.", ["bridges"]),
    ("Drukte en geluidsoverlast", ["noise_monitoring", "people_counting"]),
    ("Aantal schepen dat voorbij vaart", ["shipping"]),
    ("Toezicht op geluid bij evenementen.", ["noise_monitoring"]),
    ("Handhaven van geluidsnormen", ["noise_monitoring"]),
    ("Inzicht in de luchtkwaliteit op en rond het plein.", ["air_quality"]),
    ("Monitoren van de luchtkwaliteit", ["air_quality"]),
    ("Legen wanneer het nodig is.", ["waste"]),
    ("Toegang tot de ondergrondse container", ["access_control"]),
    ("Dimmen van de straatverlichting als er niemand is", ["street_lighting"]),
    ("Cameratoezicht (151c)", ["camera_surveillance"]),
    ("Handhaven van de openbare orde", ["camera_surveillance"]),
    ("Betaald parkeren", ["parking"]),
    ("Bezetting van parkeervakken", ["parking_occupancy"]),
    ("Tellen van reizigers in het openbaar vervoer", ["public_transport"]),
    ("Grondwaterstand volgen", []),
    ("Grondwaterstand meten", ["water"]),
    ("Counting people in the station hall", ["people_counting"]),
    ("Air quality", ["air_quality"]),
    ("Enforcing the low emission zone", ["traffic_enforcement"]),
    ("Enforcing by-laws", []),
    ("Low emission zone", ["traffic_enforcement"]),
    # What may be meant by these is anybody's guess.
    ("Veiligheid", []),
    ("Toezicht", []),
    ("Drukte, veiligheid en overige doelen", []),
    ("Onderzoek naar fietsers", []),
    ("Passanten tellen en herkennen", []),
    ("Leefbaarheid", []),
    ("", []),
    # Near misses: a word within another word.
    ("Bijdrage aan de weerbaarheid van de stad", []),
    ("Parkeergarage schoonmaken", []),
    ("Aisha's proeftuin", []),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[text for text, _ in TEXTS])
def test_how_a_purpose_is_read(text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_one_that_is_not_known_makes_all_unknown() -> None:
    assert read("Tellen van mensen", "Betaald parkeren") == ["parking", "people_counting"]
    assert read("Tellen van mensen", "Leefbaarheid") == []


def test_themes_count_only_without_words() -> None:
    assert read("", themes=("Milieu: geluid",)) == ["noise_monitoring"]
    assert read("Leefbaarheid", themes=("Milieu: geluid",)) == []
    assert read("", themes=("Milieu: geluid", "Economie: dienstensector")) == []


def test_the_table_can_be_cited() -> None:
    table = purpose_table()
    assert re.fullmatch(r"\d+ \(\d{4}-\d\d-\d\d\)", table.edition)
    assert len(table.purposes) >= 20
    for row in table.purposes.values():
        assert row.name.nl != row.name.en
        assert row.why.nl != row.why.en
        assert set(row.allowed) <= CATEGORIES.keys()
        assert set(row.recipients) <= {kind.id for kind in table.kinds}
        assert (row.source is None) == (row.read_on is None)
        # A limit in law is somebody's: it says whose.
        assert row.source is not None or not row.retention
        if row.source is not None:
            assert row.source.nl != row.source.en


def test_no_purpose_needs_special_categories() -> None:
    special = {c.id for c in CATEGORIES.values() if c.privacy_class == "special_category"}
    assert not needed_by(purpose_table().purposes.values()) & special


def test_hostile_text_takes_no_time() -> None:
    assert read("tellen van " * 300 + "handhaving " * 50) == []
