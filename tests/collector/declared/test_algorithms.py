"""Exports of the register of algorithms: JSON and CSV, languages, months, and damage."""

import json
import random
from datetime import date

import pytest

from schouw_collector.declared.algorithms import read_algorithms
from schouw_collector.errors import RegisterError
from tests.soak.damage import MARKER, damaged, mutated

COUNTING = {
    "name": "Drukte op het plein tellen",
    "description_short": "Telt bezoekers op camerabeelden.",
    "organization": "Gemeente Voorbeeldstad",
    "category": ["Openbare orde en veiligheid"],
    "status": "In gebruik",
    "begin_date": "2026-02",
    "end_date": "",
    "contact_email": "algoritmes@voorbeeldstad.example",
    "publication_category": "Impactvolle algoritmes",
    "goal": "<p>Weten hoe druk het is &amp; bijsturen.</p>",
    "source_data": "Camerabeelden van het Havenplein",
    "source_data_grouping": [{"title": "Telcamera's", "link": "https://voorbeeld.example/c"}],
    "provider": "Voorbeeld IoT",
    "lang": "NLD",
    "standard_version": "1.0.0",
    "lars": "12345678",
    "tags": "drukte, camera",
}
ENGLISH = {**COUNTING, "name": "Counting people in the square", "lang": "ENG"}
PARKING = {
    "name": "Scanauto",
    "organization": "Gemeente Voorbeeldstad",
    "status": "Buiten gebruik",
    "begin_date": "2024-01",
    "end_date": "2025-02",
    "lang": "NLD",
    "source_id": "vb-7",
    "tags": ["parkeren"],
}
CSV = (
    "Naam;Organisatie;Status;Begindatum;Doel en impact;source_data;lars\r\n"
    '"Scanauto; parkeren";Gemeente Voorbeeldstad;In gebruik;01-2024;Controle;Kentekens;7\r\n'
    ";;;;;;\r\n"
    "Tweede;Gemeente Voorbeeldstad;In gebruik;2024-13;;;8\r\n"
)


def read(*rows):
    return read_algorithms("algoritmes.json", json.dumps(list(rows)).encode())


def test_an_entry_holds_what_the_comparison_uses():
    found = read(COUNTING).algorithms[0]

    assert (found.id, found.name) == ("12345678", "Drukte op het plein tellen")
    assert found.organisation == "Gemeente Voorbeeldstad"
    assert found.goal == "Weten hoe druk het is & bijsturen."
    assert found.source_data == "Camerabeelden van het Havenplein. Telcamera's"
    assert found.tags == ("drukte", "camera")
    assert (found.start, found.end) == (date(2026, 2, 1), None)


def test_an_end_is_the_last_day_of_its_month():
    found = read(PARKING).algorithms[0]

    assert (found.id, found.end) == ("vb-7", date(2025, 2, 28))


def test_an_entry_in_another_language_counts_once():
    register = read(COUNTING, ENGLISH, PARKING)

    assert [a.name for a in register.algorithms] == [COUNTING["name"], "Scanauto"]
    assert register.errors == ()


def test_an_entry_that_comes_twice_is_reported():
    assert read(COUNTING, COUNTING).errors == (
        "algoritmes.json: entry 2: field lars: used by an earlier entry as well",
    )


@pytest.mark.parametrize("wrap", [lambda rows: {"results": rows}, lambda rows: rows[0]])
def test_a_page_and_one_entry_read_alike(wrap):
    octets = json.dumps(wrap([COUNTING])).encode()

    assert read_algorithms("a.json", octets).algorithms == read(COUNTING).algorithms


def test_a_table_may_have_the_titles_for_people_as_its_head():
    for octets in (CSV.encode("utf-8-sig"), CSV.replace("ll", "é").encode("cp1252")):
        register = read_algorithms("a.csv", octets)

        assert register.algorithms[0].name == "Scanauto; parkeren"
        assert register.algorithms[0].start == date(2024, 1, 1)
        assert register.algorithms[0].source_data == "Kentekens"
        assert register.errors == (
            "a.csv: entry 2: field begin_date: must be a month such as 2026-02",
        )


def test_an_empty_register_names_no_algorithm():
    assert read().algorithms == ()


def test_contact_data_is_not_read():
    said = repr(read({**COUNTING, "goal": "Vraag a@voorbeeld.example of 06-12345678"}))

    assert "@" not in said
    assert "12345678'" not in said.replace("id='12345678'", "")


INVALID = [
    ({"name": ""}, "field name: is missing"),
    ({"name": ["x"]}, "field name: must be a text"),
    ({"begin_date": "februari"}, "field begin_date: must be a month such as 2026-02"),
    ({"begin_date": "2026-00"}, "field begin_date: must be a month such as 2026-02"),
    ({"tags": [{"a": 1}]}, "field tags: must be a text"),
    ({"goal": "x" * 30_000}, "field goal: longer than 20000 characters"),
]


@pytest.mark.parametrize(("changes", "reason"), INVALID)
def test_a_malformed_entry_is_reported_and_the_rest_stays(changes, reason):
    register = read(PARKING, {**COUNTING, **changes}, 7)

    assert [a.id for a in register.algorithms] == ["vb-7"]
    assert register.errors == (
        f"algoritmes.json: entry 2: {reason}",
        "algoritmes.json: entry 3: is not a record",
    )


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        (b"{", "not valid JSON"),
        (b'{"a": 1}', "no list of algorithms"),
        (b"[1]", "no algorithm could be read; first: entry 1: is not a record"),
        (b"a;b;c\n1;2;3", "no export of a register of algorithms"),
        (b'name;status\n"' + b"x" * 200_000, "not a table"),
        (b"", "no export of a register of algorithms"),
    ],
)
def test_what_is_no_export_is_an_error(octets, reason):
    with pytest.raises(RegisterError, match=reason):
        read_algorithms("a", octets)


def test_damaged_copies_give_algorithms_or_one_error():
    chance = random.Random(20261125)
    read_whole = 0
    for _ in range(400):
        octets = json.dumps(mutated([COUNTING, ENGLISH, PARKING], chance)).encode()
        octets = chance.choice((octets, damaged(octets, chance), damaged(CSV.encode(), chance)))
        try:
            register = read_algorithms("a", octets)
        except RegisterError as error:
            lines: tuple[str, ...] = (error.diagnostics(),)
        else:
            lines = register.errors
            read_whole += bool(register.algorithms)
        assert not any(MARKER in line or "\n" in line for line in lines)
    assert read_whole
