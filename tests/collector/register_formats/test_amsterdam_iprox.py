"""Amsterdam's export of the web form: up to five sensors on a row."""

from datetime import date

import pytest

from schouw_collector.errors import RegisterError
from schouw_collector.register_formats.amsterdam_iprox import HEADERS, write
from schouw_collector.registers.register_reading import read_register
from schouw_collector.registers.spreadsheet import read_sheets
from schouw_collector.registers.workbook import write_workbook

PERSON = [
    "Gemeente Voorbeeldstad", "f.zandstra@voorbeeldstad.example", "1234 AB", 7, None, "Kade",
    "Voorbeeldstad", None, None, "Fenna", None, "Zandstra", "0201234567",
]  # fmt: skip
SOUND = [
    "Geluidsensor", "Vast", "Ja", "1234 XY", 3, "A", "Mast bij Fenna Zandstra", None,
    "Geluidsniveau", "Geluidshinder", "Milieu: geluid;Veiligheid: gezondheid", "Nee", None,
    "Publieke taak", "31-12-2028", "Ja",
]  # fmt: skip
CAMERA = [
    "Optische / camera sensor", "Mobiel", "Nee", None, None, None, None, "A;E", "Camera", "Drukte",
    "Veiligheid: bewakings- en/of beveiligingscamera", "Ja",
    "https://voorbeeldstad.example/privacy", "Gerechtvaardigd belang", date(2027, 7, 6), "Nee",
]  # fmt: skip
WIDTH = 16


def row(*sensors, number="S-17", person=PERSON):
    cells = ["12-05-2026", "Afgehandeld", number, "Nee", None, *person]
    for sensor in sensors:
        cells += sensor
    return cells


def export(*rows):
    return write_workbook([("Sensorregistratie", [HEADERS[:-1], *rows])])


SAMPLES = {"iprox.xlsx": export(row(SOUND, CAMERA), row([*SOUND[:-1], "Nee"], number=18))}


def read(*rows):
    return read_register("iprox.xlsx", export(*rows))


def changed(sensor, **changes):
    return [changes.get(f"c{index}", cell) for index, cell in enumerate(sensor)]


def test_each_sensor_of_a_row_is_an_entry():
    register = read_register("iprox.xlsx", SAMPLES["iprox.xlsx"])
    sound, camera, other = register.entries

    assert register.errors == ()
    assert (sound.entry_id, camera.entry_id, other.entry_id) == ("S-17.0", "S-17.1", "18.0")
    assert sound.organisation == camera.organisation == "Gemeente Voorbeeldstad"
    assert sound.declared_categories == ("sound_level",)
    assert sound.location.text == "1234 XY, 3, A, Mast bij […]"
    assert not sound.location.mobile
    assert sound.purposes[0].themes == ("Milieu: geluid", "Veiligheid: gezondheid")
    assert sound.active_until == date(2028, 12, 31)
    assert camera.contains_personal_data is True
    assert camera.location.mobile
    assert camera.location.area_codes == ("A", "E")
    assert camera.purposes[0].legal_ground == "A6-1-f"
    assert camera.source.row == 2


def test_nothing_of_the_contact_survives():
    said = repr(read(row(SOUND, CAMERA), row(changed(SOUND, c14="bij Fenna Zandstra"))))

    for secret in ("zandstra", "fenna", "1234 ab", "@", "0201234567"):
        assert secret not in said.casefold()


INVALID = [
    (row(changed(SOUND, c11="soms", c15="Nee"), number="S-2"), "row 3, column AD (Worden er"),
    (row(changed(SOUND, c14="nooit", c15="Nee"), number="S-2"), "row 3, column AG (Wanneer wordt"),
    (
        row([*SOUND[:-1], "Ja"], changed(CAMERA, c11="soms"), number="S-2"),
        "row 3, column AT (Worden er persoonsgegevens verwerkt?): must be Ja or Nee",
    ),
    (
        row([*SOUND[:-1], "Nee"], CAMERA, number="S-2"),
        "row 3, column AI (Kies soort / type sensor): a sensor that the one before does not",
    ),
    (row(SOUND, number=None), "row 3, column C (Referentienummer): is missing"),
    (row([*SOUND[:-1], "misschien"], number="S-2"), "must be Ja or Nee"),
]


@pytest.mark.parametrize(("malformed", "reason"), INVALID)
def test_what_is_malformed_is_reported_by_row_and_column(malformed, reason):
    register = read(row([*SOUND[:-1], "Nee"]), malformed)

    assert register.entries[0].entry_id == "S-17.0"
    assert any(f"sheet Sensorregistratie, {reason}" in e or reason in e for e in register.errors)
    assert len(register.errors) == 1


def test_a_row_may_hold_five():
    more = [*SOUND[:-1], "Ja"]
    register = read(row(more, more, more, more, SOUND[:-1]))

    assert [entry.entry_id for entry in register.entries] == [f"S-17.{n}" for n in range(5)]


def test_a_draft_has_the_columns_of_the_export_and_a_remark_behind_them():
    register = read(row(SOUND, CAMERA), row([*SOUND[:-1], "Nee"], number=18))
    octets = write(register)
    (sheet,) = read_sheets(octets)
    again = read_register("draft.xlsx", octets)

    assert sheet.rows[0] == HEADERS
    assert len(HEADERS) == 5 + 13 + 5 * WIDTH - 1 + 1
    assert [entry.entry_id for entry in again.entries] == ["S-17.0", "S-17.1", "18.0"]
    assert [entry.streams for entry in again.entries] == [e.streams for e in register.entries]
    assert [entry.purposes for entry in again.entries] == [e.purposes for e in register.entries]
    assert "S-17.0: CONCEPT. Nog in te vullen: Latitude." in sheet.rows[1][-1]


def test_another_form_is_no_export():
    octets = write_workbook([("Sensorregistratie", [["Referentienummer", "Iets"], ["1", "2"]])])

    with pytest.raises(RegisterError, match="columns of its own"):
        read_register("iprox.xlsx", octets)
