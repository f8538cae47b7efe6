"""Tables of any columns, read through a mapping file; and what such a file may say."""

import json
from datetime import date

import pytest
import yaml

from schouw_collector.errors import RegisterError
from schouw_collector.registers.flat_fields import flat_fields, guessed_fields
from schouw_collector.registers.map_guessing import guess, proposal
from schouw_collector.registers.register_entry import RegisterEntry
from schouw_collector.registers.register_map import SCHEMA, read_register_map, register_map_text
from schouw_collector.registers.register_reading import read_register
from schouw_collector.registers.workbook import write_workbook

MAP = {
    "schema": SCHEMA,
    "sheet": "Sensoren",
    "header_row": 3,
    "date_formats": ["%d-%m-%Y"],
    "decimal_comma": True,
    "separator": "/",
    "columns": [
        {"column": "Nr.", "field": "entry_id"},
        {"column": "Soort", "field": "type"},
        {"column": "Wat meten we", "field": "declared_text"},
        {
            "column": "AVG?",
            "field": "contains_personal_data",
            "values": {"wel": True, "GEEN": False},
        },
        {"column": "X", "field": "rd_x"},
        {"column": "Y", "field": "rd_y"},
        {"column": "Thema", "field": "themes"},
        {"column": "Weg per", "field": "active_until"},
        {"column": "Beheerder", "field": "contact_name"},
        {"column": "EUI", "field": "dev_eui"},
    ],
    "constants": {"organisation": "Gemeente Voorbeeldstad", "legal_ground": "Publieke taak"},
}
HEADER = ["Nr.", "Soort", "Wat meten we", "AVG?", "X", "Y", "Thema", "Weg per", "Beheerder", "EUI"]
SOUND = [
    101, "Geluidsensor", "Geluidsniveau, sleutel bij Fenna Zandstra", "Geen",
    "155000,0", "463000,0", "Milieu/Geluid", "31-12-2028", "Fenna Zandstra", "0200000000000001",
]  # fmt: skip
CAMERA = ["102", "Camera", "Camera", "WEL", 121000, 487000, "", None, "", ""]


def workbook(*rows):
    return write_workbook(
        [
            ("Toelichting", [["Lijst van sensoren"]]),
            ("Sensoren", [["Lijst"], [], HEADER, *rows]),
        ]
    )


def mapping(**changes):
    return read_register_map("map.yaml", yaml.safe_dump({**MAP, **changes}).encode())


def read(*rows, **changes):
    return read_register("lijst.xlsx", workbook(*rows), mapping(**changes))


def test_a_workbook_of_any_columns_is_read():
    register = read(SOUND, CAMERA)
    sound, camera = register.entries

    assert (register.format, register.errors) == ("table_xlsx", ())
    assert sound.entry_id == "101"
    assert sound.organisation == camera.organisation == "Gemeente Voorbeeldstad"
    assert sound.declared_categories == ("sound_level",)
    assert sound.contains_personal_data is False
    assert camera.contains_personal_data is True
    assert sound.purposes[0].themes == ("Milieu", "Geluid")
    assert sound.purposes[0].legal_ground == "A6-1-e"
    assert sound.active_until == date(2028, 12, 31)
    assert sound.location.latitude == pytest.approx(52.155174, abs=1e-6)
    assert sound.identifiers[0].kind == "dev_eui"
    assert sound.source.row == 4
    assert "Zandstra" not in repr(register)


def test_delimited_text_is_read_alike():
    rows = [HEADER, *([str(cell or "") for cell in row] for row in (SOUND, CAMERA))]
    text = "\n".join("\t".join(row) for row in rows)
    register = read_register("lijst.csv", text.encode(), mapping(sheet="", header_row=1))

    assert register.format == "table_csv"
    assert [entry.streams for entry in register.entries] == [
        entry.streams for entry in read(SOUND, CAMERA).entries
    ]


def test_properties_of_geojson_are_read_alike():
    document = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [4.0, 52.0]},
                "properties": {"paal": "A1", "meet": "Geluidsniveau", "soort": {"naam": "x"}},
            },
            {"type": "Feature", "geometry": None, "properties": {"meet": "Wind"}},
        ],
    }
    columns = [
        {"column": "paal", "field": "entry_id"},
        {"column": "meet", "field": "declared_text"},
        {"column": "soort.naam", "field": "type"},
    ]
    register = read_register(
        "palen.json", json.dumps(document).encode(), mapping(columns=columns, sheet="")
    )

    assert register.entries[0].type == "x"
    assert register.entries[0].location.latitude == 52.0
    assert "feature 2 (entry_id): is missing" in register.errors[0]


def test_rows_with_the_same_reference_may_be_streams_of_one_sensor():
    wind = [101, "Geluidsensor", "Windsnelheid", "Geen", *SOUND[4:]]
    (entry,) = read(SOUND, wind, rows="streams").entries

    assert [stream.declared_text.split(",")[0] for stream in entry.streams] == [
        "Geluidsniveau",
        "Windsnelheid",
    ]
    assert "used by an earlier entry" in read(SOUND, wind).errors[0]


def test_an_area_makes_no_sensor_mobile():
    columns = [*MAP["columns"][:2], {"column": "Thema", "field": "area_codes"}]
    location = read(SOUND, columns=columns).entries[0].location

    assert location.area_codes == ("Milieu", "Geluid")
    assert not location.mobile


INVALID = [
    ({0: None}, "sheet Sensoren, row 5, column A (entry_id): is missing"),
    ({3: "misschien"}, "row 5, column D (contains_personal_data): must be Ja or Nee"),
    ({4: "noord"}, "row 5, column E (rd_x): must be a number"),
    ({4: 52.1, 5: 4.3}, "row 5, column E (rd_x): no position in the Dutch grid (EPSG:28992)"),
    ({5: None}, "row 5, column E (rd_x): no position in the Dutch grid"),
    ({7: "2028-12-31"}, "row 5, column H (active_until): must be a date such as 31-12-2027"),
    ({2: "x" * 5000}, "row 5, column C (declared_text): longer than 4000 characters"),
]


@pytest.mark.parametrize(("changes", "reason"), INVALID)
def test_a_malformed_row_is_reported_by_row_and_column(changes, reason):
    row = [changes.get(index, cell) for index, cell in enumerate(CAMERA)]
    register = read(SOUND, row)

    assert [entry.entry_id for entry in register.entries] == ["101"]
    assert reason in register.errors[0]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sheet": "Camera's"}, "lijst.xlsx: no sheet of the name that the mapping gives"),
        ({"header_row": 4}, "lijst.xlsx: row 4 has no column Nr."),
        ({"header_row": 900}, "lijst.xlsx: row 900 has no column Nr."),
        (
            {"columns": [*MAP["columns"], {"column": "Kleur", "field": "name"}]},
            "lijst.xlsx: row 3 has no column Kleur, which the mapping names",
        ),
    ],
)
def test_a_mapping_that_does_not_fit_the_table_is_an_error(changes, reason):
    with pytest.raises(RegisterError, match=reason):
        read(SOUND, **changes)


REFUSED = [
    ({"columns": []}, "field columns: tuple should have at least 1 item"),
    ({"columns": [{"column": "a", "field": "type"}]}, "no column is the entry_id"),
    ({"columns": [{"column": "a", "field": "kleur"}]}, "field columns.0.field: not a field"),
    ({"colour": 1}, "field colour: not a field of the schema"),
    ({"constants": {"kleur": "grijs"}}, "a constant that is not a field"),
    ({"date_formats": ["%d"]}, "field date_formats: a form of dates needs"),
    ({"date_formats": ["%d-%m-%Y %d"]}, "field date_formats: a form of dates needs"),
    ({"date_formats": ["%d-%m-%Y %"]}, "field date_formats: a form of dates needs"),
    ({"date_formats": ["\0%d-%m-%Y"]}, "field date_formats: a form of dates needs"),
    ({"header_row": 0}, "field header_row"),
    ({"schema": "x"}, "field schema"),
]


@pytest.mark.parametrize(("changes", "reason"), REFUSED)
def test_a_malformed_mapping_is_an_error(changes, reason):
    with pytest.raises(RegisterError, match=r"^map\.yaml: ") as refused:
        mapping(**changes)

    assert reason in refused.value.diagnostics()


@pytest.mark.parametrize("octets", [b"", b"a: [", b"- 1", b"x: &a 1\ny: *a"])
def test_what_is_no_mapping_gets_one_line(octets):
    with pytest.raises(RegisterError, match=r"^map\.yaml: "):
        read_register_map("map.yaml", octets)


def test_a_mapping_is_written_as_it_is_read():
    known = mapping()

    assert read_register_map("map.yaml", register_map_text(known).encode()) == known


def test_every_field_goes_somewhere_in_an_entry():
    schema = RegisterEntry.model_json_schema()
    for field in flat_fields().values():
        head = field.path.partition(".")[0]
        assert not head or head in schema["properties"], field.name


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (["Sensornummer", "Soort sensor", "Kleur"], {0: "entry_id", 1: "type"}),
        (["id", "Referentie"], {1: "entry_id"}),
        (["ID", "naam"], {0: "entry_id", 1: "name"}),
        (["Lat.", "Long."], {0: "latitude", 1: "longitude"}),
        (["Thema 1", "Thema 2 (niet verplicht)"], {0: "themes", 1: "themes"}),
        (["observedProperty", "is_open_data"], {0: "declared_text", 1: "open_data"}),
        (["E-mailadres", "Contactpersoon"], {0: "contact_details", 1: "contact_name"}),
        (["", "  "], {}),
    ],
)
def test_headers_are_known_in_two_languages(headers, fields):
    assert guessed_fields(headers) == fields


def test_header_row_and_notation_are_read_off_the_table():
    header = [
        "Sensornummer",
        "Sensortype",
        "Wat wordt gemeten",
        "X",
        "Y",
        "Thema",
        "Einddatum",
        "?",
    ]
    rows = [
        [
            "S1",
            "Geluid",
            "Geluidsniveau",
            "155000,5",
            "463000,5",
            "a|b",
            "31-12-2028",
            "02:00:00:00:00:01",
        ],
        [
            "S2",
            "Geluid",
            "Geluidsniveau",
            "155001,5",
            "463001,5",
            "a",
            "30-12-2028",
            "02:00:00:00:00:02",
        ],
    ]
    octets = write_workbook([("Uitleg", [["x"]]), ("Lijst", [["Sensoren 2026"], header, *rows])])
    guessed = guess(octets)
    found = proposal(guessed, guessed.fields)

    assert (found.sheet, found.header_row, found.rows) == ("Lijst", 2, "entries")
    assert found.decimal_comma
    assert found.separator == "|"
    assert found.date_formats == ("%d-%m-%Y",)
    assert {each.column: each.field for each in found.columns}["?"] == "mac"
    assert len(read_register("lijst.xlsx", octets, found).entries) == 2


def test_x_and_y_in_degrees_are_longitude_and_latitude():
    octets = write_workbook([("Lijst", [["id", "x", "y"], ["S1", 4.3, 52.1], ["S2", 4.4, 52.2]])])

    assert guess(octets).fields == {0: "entry_id", 1: "longitude", 2: "latitude"}


def test_a_reference_that_comes_back_means_streams():
    octets = b"sensornummer;type;meting\nS1;a;Wind\nS1;a;Geluidsniveau\n"
    guessed = guess(octets)

    assert proposal(guessed, guessed.fields).rows == "streams"
    assert guessed.example(2) == "Wind"


def test_a_table_without_a_header_is_an_error():
    with pytest.raises(RegisterError, match="no row that could be a header"):
        guess(write_workbook([("Lijst", [[1, 2], [3, 4]])]))
    with pytest.raises(RegisterError, match="no sheet of this name"):
        guess(write_workbook([("Lijst", [["a", "b"]])]), sheet="Andere")
