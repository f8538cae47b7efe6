"""Amsterdam's workbook for many sensors: read, dropped, refused by row and column, and drafted."""

import io
from datetime import date

import openpyxl
import pytest

from schouw_collector.errors import RegisterError
from schouw_collector.register_formats.amsterdam_bulk import HEADERS, PERSON_LABELS, write
from schouw_collector.registers.delimited import write_delimited
from schouw_collector.registers.register_reading import read_register
from schouw_collector.registers.spreadsheet import read_sheets
from schouw_collector.registers.workbook import write_workbook

PERSON = {
    "Naam organisatie/bedrijf": "Gemeente Voorbeeldstad",
    "E-mail": "f.zandstra@voorbeeldstad.example",
    "Telefoonnummer": "0201234567",
    "Voornaam": "Fenna",
    "Tussenvoegsel (niet verplicht)": "van der",
    "Achternaam": "Zandstra",
}
ROW = {
    "Referentie": "VB-001",
    "Kies soort / type sensor": "Geluidsensor",
    "Latitude": 52.0001,
    "Longitude": "4,0003",
    "Wat meet de sensor?": "Geluidsniveau; sleutel bij Fenna van der Zandstra",
    "Waarvoor meet u dat?": "Geluidshinder meten.",
    "Thema 1": "Milieu: geluid",
    "Thema 2 (niet verplicht)": "Veiligheid: gezondheid",
    "Worden er persoonsgegevens verwerkt?": "Nee",
    "Wettelijke grondslag": "Publieke taak",
    "Privacyverklaring": "https://voorbeeldstad.example/privacy",
    "Wanneer wordt de sensor verwijderd?": "31-12-2028",
    "Opmerking (niet verplicht)": "Mast 3, bel 06-12345678",
    "Project": "Geluid;Gemeente Voorbeeldstad",
}
MOBILE = {
    "Referentie": 7079,
    "Kies soort / type sensor": "Optische / camera sensor",
    "In welk gebied bevindt zich de mobiele sensor?": "A;E",
    "Wat meet de sensor?": "Aantal schepen dat voorbij vaart",
    "Waarvoor meet u dat?": "Drukte",
    "Thema 1": "Mobiliteit: scheepvaart",
    "Worden er persoonsgegevens verwerkt?": "Ja",
    "Wanneer wordt de sensor verwijderd?": date(2027, 7, 6),
}


def table(*rows, headers=HEADERS):
    return [headers, *([row.get(header) for header in headers] for row in rows)]


def bulk(*rows, person=PERSON, headers=HEADERS):
    return write_workbook(
        [
            ("Uw gegevens", [(label, person.get(label)) for label in PERSON_LABELS]),
            ("Sensorregistratie", table(*rows, headers=headers)),
            ("JaNee", [("Ja",), ("Nee",)]),
        ]
    )


SAMPLES = {
    "bulk.xlsx": bulk(ROW, MOBILE, {**ROW, "Referentie": "VB-003"}),
    "bulk.csv": write_delimited(table(ROW, MOBILE)),
}


def read(*rows, **options):
    return read_register("bulk.xlsx", bulk(*rows, **options))


def test_a_row_is_an_entry():
    entry, mobile, _ = read_register("bulk.xlsx", SAMPLES["bulk.xlsx"]).entries

    assert entry.entry_id == "VB-001"
    assert entry.organisation == "Gemeente Voorbeeldstad"
    assert entry.type == "Geluidsensor"
    assert entry.declared_categories == ("sound_level",)
    assert entry.contains_personal_data is False
    assert (entry.location.latitude, entry.location.longitude) == (52.0001, 4.0003)
    assert entry.purposes[0].text == "Geluidshinder meten."
    assert entry.purposes[0].themes == ("Milieu: geluid", "Veiligheid: gezondheid")
    assert (entry.purposes[0].legal_ground, entry.purposes[0].legal_basis_text) == (
        "A6-1-e",
        "Publieke taak",
    )
    assert entry.privacy_notice_url == "https://voorbeeldstad.example/privacy"
    assert entry.active_until == date(2028, 12, 31)
    assert entry.application_id == "Geluid / Gemeente Voorbeeldstad"
    assert entry.source.row == 2
    assert mobile.entry_id == "7079"
    assert mobile.location.area_codes == ("A", "E")
    assert mobile.location.mobile
    assert mobile.contains_personal_data is True
    assert mobile.active_until == date(2027, 7, 6)


def test_the_same_columns_are_read_as_delimited_text():
    register = read_register("bulk.csv", SAMPLES["bulk.csv"])

    assert register.format == "amsterdam_bulk"
    assert [entry.entry_id for entry in register.entries] == ["VB-001", "7079"]
    assert register.errors == ()


def test_nothing_of_the_contact_survives():
    said = repr(
        read(ROW, {**ROW, "Referentie": "VB-002", "Latitude": "bij Fenna van der Zandstra"})
    )

    for secret in ("zandstra", "fenna", "f.zandstra", "@", "0201234567", "12345678"):
        assert secret not in said.casefold()


def test_an_organisation_that_is_the_contact_is_none():
    person = {**PERSON, "Naam organisatie/bedrijf": "Fenna van der Zandstra"}

    assert read(ROW, person=person).entries[0].organisation == ""


def test_the_order_of_the_columns_makes_no_difference():
    turned = HEADERS[3:] + HEADERS[:3]

    assert read(ROW, MOBILE, headers=turned).entries == read(ROW, MOBILE).entries


INVALID = [
    ({"Latitude": "noord"}, "column C (Latitude): must be a number"),
    ({"Latitude": 152}, "column C (Latitude): input should be less than or equal to 90"),
    ({"Longitude": None}, "column D (Longitude): is missing"),
    (
        {"Worden er persoonsgegevens verwerkt?": "soms"},
        "column P (Worden er persoonsgegevens verwerkt?): must be Ja or Nee",
    ),
    (
        {"Wanneer wordt de sensor verwijderd?": "31/31/2028"},
        "column S (Wanneer wordt de sensor verwijderd?): must be a date such as 31-12-2027",
    ),
    ({"Wat meet de sensor?": "x" * 4001}, "column F (Wat meet de sensor?): longer than 4000"),
    ({"Referentie": None}, "column A (Referentie): is missing"),
    ({"Referentie": "x" * 201}, "column A (Referentie): longer than 200 characters"),
    (
        {"Kies soort / type sensor": "x" * 301},
        "column B (Kies soort / type sensor): string should have at most 300 characters",
    ),
]


@pytest.mark.parametrize(("changes", "reason"), INVALID)
def test_a_malformed_row_is_reported_and_the_rest_stays(changes, reason):
    register = read(ROW, {**ROW, "Referentie": "VB-002", **changes})

    assert [entry.entry_id for entry in register.entries] == ["VB-001"]
    (error,) = register.errors
    assert f": sheet Sensorregistratie, row 3, {reason}" in error


def test_a_formula_is_not_evaluated_but_reported():
    book = openpyxl.load_workbook(io.BytesIO(bulk(ROW, {**ROW, "Referentie": "VB-002"})))
    book["Sensorregistratie"]["F3"] = '=HYPERLINK("https://kwaad.example")'
    out = io.BytesIO()
    book.save(out)
    register = read_register("bulk.xlsx", out.getvalue())

    assert [entry.entry_id for entry in register.entries] == ["VB-001"]
    assert "row 3, column F (Wat meet de sensor?): a formula" in register.errors[0]


def test_without_a_row_it_is_an_error():
    with pytest.raises(RegisterError, match="no entry could be read"):
        read()


def test_a_draft_has_the_columns_of_the_form_and_reads_the_same():
    register = read(ROW, MOBILE)
    octets = write(register)
    names = [sheet.name for sheet in read_sheets(octets)]
    again = read_register("draft.xlsx", octets)

    assert names == [
        "Uw gegevens", "Sensorregistratie", "JaNee", "Types", "Themas", "Wettelijke Grondslagen",
    ]  # fmt: skip
    assert [entry.model_dump(exclude={"description"}) for entry in again.entries] == [
        entry.model_dump(exclude={"description"}) for entry in register.entries
    ]


def test_a_draft_says_what_is_still_to_be_filled_in():
    remarks = [row[19] for _, row in read_sheets(write(read(ROW, MOBILE)))[1].filled(2)]

    assert remarks == [
        "Mast 3, bel […]",
        "CONCEPT. Nog in te vullen: Wettelijke grondslag, Privacyverklaring.",
    ]


def test_a_draft_says_that_a_text_is_too_long_for_the_form():
    register = read({**ROW, "Wat meet de sensor?": "Geluidsniveau " * 30})
    (remark,) = [row[19] for _, row in read_sheets(write(register))[1].filled(2)]

    assert 'CONCEPT. "Wat meet de sensor?" is langer dan 255 tekens' in remark
