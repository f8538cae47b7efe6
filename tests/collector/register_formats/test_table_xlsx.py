"""Workbooks: with our own columns, and with none that are known."""

import pytest

from schouw_collector.errors import RegisterError
from schouw_collector.register_formats import table_csv
from schouw_collector.register_formats.table_xlsx import write
from schouw_collector.registers.register_reading import read_register
from schouw_collector.registers.workbook import write_workbook
from tests.collector.register_formats.test_canonical import ENTRY, WHOLE, read

SAMPLES = {"register.xlsx": write(read(ENTRY, WHOLE))}


def test_a_workbook_says_the_same_as_delimited_text():
    register = read_register("register", SAMPLES["register.xlsx"])
    text = read_register("register", table_csv.write(read(ENTRY, WHOLE)))

    assert register.format == "table_xlsx"
    assert register.errors == ()
    assert register.entries == text.entries


def test_the_columns_may_stand_on_any_sheet():
    octets = write_workbook(
        [
            ("Toelichting", [["Wat hier staat"], ["niets"]]),
            ("Sensoren", [["entry_id", "type", "latitude", "longitude"], ["VB-1", "x", 52, 4]]),
        ]
    )

    assert [entry.entry_id for entry in read_register("r.xlsx", octets).entries] == ["VB-1"]


INVALID = [
    (write_workbook([("Lijst", [["Nummer", "Soort"], [1, "Camera"]])]), "schouw register map"),
    (b"PK\x03\x04 and no more", "not a whole workbook"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "save it as .xlsx"),
    (
        write_workbook([("Lijst", [["entry_id", "type", "latitude"], ["VB-1", "x", "noord"]])]),
        r"sheet Lijst, row 2, column C \(latitude\): must be a number",
    ),
]


@pytest.mark.parametrize(("octets", "reason"), INVALID)
def test_why_a_workbook_is_not_read_is_said(octets, reason):
    with pytest.raises(RegisterError, match=f"^lijst.xlsx: .*{reason}"):
        read_register("lijst.xlsx", octets)
