"""Delimited text with our own columns: read, written, and by row and column refused."""

import pytest

from schouw_collector.errors import RegisterError
from schouw_collector.register_formats.table_csv import write
from schouw_collector.registers.register_reading import read_register
from tests.collector.register_formats.test_canonical import ENTRY, WHOLE, read

HEADER = (
    "entry_id;organisation;type;declared_text;contains_personal_data;latitude;longitude;"
    "purpose;legal_ground;active_until;retention;contact_name;contact_details"
)
SOUND = (
    "VB-001;Gemeente Voorbeeldstad;Geluidsensor;Geluidsniveau (vraag Fenna Zandstra);nee;52.0001;"
    "4.0003;Hinder;Publieke taak;31-12-2028;28 dagen;Fenna Zandstra;f@voorbeeldstad.example"
)
CAMERA = "VB-002;;Optische / camera sensor;Camera;ja;;;Veiligheid;A6-1-e;;;;"
SAMPLES = {
    "register.csv": "\r\n".join((HEADER, SOUND, CAMERA)).encode(),
    "own.csv": write(read(ENTRY, WHOLE)),
}


def csv(*rows, header=HEADER):
    return read_register("register.csv", "\n".join((header, *rows)).encode())


def test_a_row_is_an_entry():
    register = read_register("register.csv", SAMPLES["register.csv"])
    sound, camera = register.entries

    assert (register.format, register.errors) == ("table_csv", ())
    assert sound.streams[0].declared_text == "Geluidsniveau (vraag […])"
    assert sound.declared_categories == ("sound_level",)
    assert sound.streams[0].mapping.method == "text rule"
    assert sound.streams[0].retention == "P28D"
    assert sound.purposes[0].legal_ground == "A6-1-e"
    assert sound.purposes[0].legal_basis_text == "Publieke taak"
    assert sound.source.row == 2
    assert camera.contains_personal_data is True
    assert (camera.purposes[0].legal_ground, camera.purposes[0].legal_basis_text) == ("A6-1-e", "")
    assert "Zandstra" not in repr(register)
    assert "@" not in repr(register)


def test_what_is_written_reads_the_same_where_there_are_columns():
    register = read(ENTRY, WHOLE)
    again = read_register("own.csv", write(register))
    lost = {"source", "network", "recipients", "actuation", "location", "dpia", "streams"}

    assert again.errors == ()
    for old, new in zip(register.entries, again.entries, strict=True):
        assert new.model_dump(exclude=lost) == old.model_dump(exclude=lost)
        assert new.declared_categories == old.declared_categories
        assert new.contains_personal_data == old.contains_personal_data
        assert new.location.model_dump(exclude={"area"}) == old.location.model_dump(
            exclude={"area"}
        )


def test_categories_that_we_read_ourselves_are_not_written_as_a_persons():
    text = write(read(ENTRY)).decode("utf-8-sig")

    assert "sound_level" not in text
    assert (
        read_register("own.csv", text.encode()).entries[0].streams == read(ENTRY).entries[0].streams
    )


def test_several_streams_and_purposes_are_several_rows_of_one_entry():
    streams = [
        {"declared_text": "Geluidsniveau", "categories": ["sound_level"]},
        {"declared_text": "Wind", "categories": ["wind"]},
    ]
    purposes = [{"text": "Hinder"}, {"text": "Weer"}, {"text": "Onderzoek"}]
    register = read({**ENTRY, "streams": streams, "purposes": purposes, "actuation": []})
    octets = write(register)
    (again,) = read_register("own.csv", octets).entries

    assert len(octets.decode().splitlines()) == 4
    assert again.streams == register.entries[0].streams
    assert [purpose.text for purpose in again.purposes] == ["Hinder", "Weer", "Onderzoek"]


INVALID = [
    ("VB-9;;x;y;soms", "row 2, column E (contains_personal_data): must be Ja or Nee"),
    ("VB-9;;x;y;;noord;4", "row 2, column F (latitude): must be a number"),
    ("VB-9;;x;y;;52", "row 2, column G (longitude): is missing"),
    ("VB-9;;x;y;;;4", "row 2, column F (latitude): is missing"),
    ("VB-9;;x;y;;952;4", "row 2, column F (latitude): input should be less than"),
    (";;x;y", "row 2, column A (entry_id): is missing"),
    ("VB-9;;x;y;;;;;;31 december", "row 2, column J (active_until): must be a date"),
    ("VB-9;;x;y;;;;;;;eeuwig", "row 2, column K (retention): must be a time such as 28 dagen"),
    (f"VB-9;;{'x' * 301}", "row 2, column C (type): string should have at most 300"),
]


@pytest.mark.parametrize(("row", "reason"), INVALID)
def test_a_malformed_row_is_reported_by_row_and_column(row, reason):
    register = csv(row, CAMERA)

    assert [entry.entry_id for entry in register.entries] == ["VB-002"]
    assert len(register.errors) == 1
    assert reason in register.errors[0]


def test_an_unknown_category_is_refused():
    with pytest.raises(RegisterError, match=r"column C \(categories\): not a category"):
        csv("VB-1;x;soundlevel", header="entry_id;type;categories")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("naam;soort\nA;B", "not a register in a known form"),
        ("entry_id;soort\nA;B", "not a register in a known form"),
    ],
)
def test_other_columns_are_not_guessed(text, reason):
    with pytest.raises(RegisterError, match=reason):
        read_register("register.csv", text.encode())
