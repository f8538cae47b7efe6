"""`schouw register`: a mapping proposed, asked for and shown; a register in another form."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from schouw_agent.errors import ConfigError, Error
from schouw_agent.vocabulary import CATEGORIES
from schouw_collector import config
from schouw_collector.cli import app
from schouw_collector.errors import RegisterError
from schouw_collector.records import EntryAssessment, Verdict, Words
from schouw_collector.registers.register_map import read_register_map
from schouw_collector.registers.register_reading import read_register, register_formats
from schouw_collector.registers.spreadsheet import read_sheets
from schouw_collector.saying import console
from schouw_collector.saying.wording import Wording
from tests.collector.register_formats.test_amsterdam_api import DEVICE
from tests.collector.register_formats.test_amsterdam_bulk import SAMPLES as BULK

TABLE = (
    "Sensornummer;Sensortype;Wat wordt gemeten;Persoonsgegevens;Kleur;Contactpersoon\n"
    "S1;Geluidsensor;Geluidsniveau;Nee;grijs;Fenna Zandstra\n"
    "S2;Camera;Camera;Wel;grijs;Fenna Zandstra\n"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(config, "language", lambda: "en")
    Path("lijst.csv").write_text(TABLE)
    Path("register.json").write_text(json.dumps([DEVICE]))
    return tmp_path


def register(*arguments, said=None, code=0):
    result = CliRunner().invoke(app, ["register", *map(str, arguments)], input=said)
    if isinstance(result.exception, Error):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def read_map():
    return read_register_map("map.yaml", Path("map.yaml").read_bytes())


def on_a_terminal(monkeypatch):
    monkeypatch.setattr("typer.testing._NamedTextIOWrapper.isatty", lambda _self: True)
    # What is printed is plain text all the same.
    monkeypatch.setattr("schouw_collector.saying.console.write", lambda lines: console.tell(*lines))


def test_a_mapping_is_guessed_and_shown(folder):
    said = register("map", "lijst.csv", "--output", "map.yaml", code=1)
    fields = {each.column: each.field for each in read_map().columns}

    assert fields == {
        "Sensornummer": "entry_id",
        "Sensortype": "type",
        "Wat wordt gemeten": "declared_text",
        "Persoonsgegevens": "contains_personal_data",
        "Contactpersoon": "contact_name",
    }
    assert CATEGORIES["sound_level"].en[:30] in said
    assert "row 3, column D (contains_personal_data): must be Ja or Nee" in said
    assert "Zandstra" not in said


def test_options_say_what_is_not_guessed(folder):
    register(
        "map", "lijst.csv", "--output", "map.yaml", "--column", "Persoonsgegevens=-",
        "--column", "Kleur=description", "--constant", "organisation=Gemeente Voorbeeldstad",
        "--date-format", "%d-%m-%Y", "--decimal-comma", "--separator", "/",
    )  # fmt: skip
    known = read_map()
    entry = read_register("lijst.csv", TABLE.encode(), known).entries[0]

    assert (known.decimal_comma, known.separator) == (True, "/")
    assert known.date_formats == ("%d-%m-%Y",)
    assert (entry.organisation, entry.description) == ("Gemeente Voorbeeldstad", "grijs")
    assert entry.contains_personal_data is None


def test_on_a_terminal_it_asks_about_each_column_and_each_unclear_answer(folder, monkeypatch):
    on_a_terminal(monkeypatch)
    answers = ["", "", "", "", "kleur", "description", "", "Gemeente Voorbeeldstad", "y"]
    said = register("map", "lijst.csv", "--output", "map.yaml", said="\n".join(answers) + "\n")
    known = read_map()
    first, second = read_register("lijst.csv", TABLE.encode(), known).entries

    assert 'Column A "Sensornummer" (such as: S1) is [entry_id]' in said
    assert "There is no such field" in said
    assert 'what does "Wel" mean?' in said
    assert first.organisation == "Gemeente Voorbeeldstad"
    assert first.description == "grijs"
    assert second.contains_personal_data is True


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--column", "Sensornummer=-"], "no column is the reference of each sensor"),
        (["--column", "Hoogte=type"], "the table has no column Hoogte"),
        (["--column", "Kleur=colour"], "not a field"),
        (["--column", "Kleur"], "--column is a name, then ="),
        (["--constant", "colour=grijs"], "a constant that is not a field"),
        (["--date-format", "%H"], "a form of dates needs"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_one_line(folder, arguments, why):
    with pytest.raises(ConfigError, match=why):
        register("map", "lijst.csv", "--output", "map.yaml", *arguments)
    assert not Path("map.yaml").exists()


def test_nothing_is_overwritten(folder):
    Path("map.yaml").write_text("mine")
    for command in (
        ("map", "lijst.csv", "--output", "map.yaml", "--column", "Persoonsgegevens=-"),
        ("convert", "register.json", "--to", "canonical", "--output", "map.yaml"),
    ):
        with pytest.raises(ConfigError, match=r"map\.yaml: is there already"):
            register(*command)
    assert Path("map.yaml").read_text() == "mine"


def test_a_file_that_is_no_table_is_one_line(folder):
    Path("leeg.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(RegisterError, match=r"^leeg\.xlsx: not a whole workbook"):
        register("map", "leeg.xlsx", "--output", "map.yaml")
    with pytest.raises(ConfigError, match=r"^the register niets\.csv: "):
        register("map", "niets.csv", "--output", "map.yaml")


@pytest.mark.parametrize("form", [id_ for id_, f in register_formats().items() if f.write])
def test_a_register_is_written_in_each_form_that_can_be(folder, form):
    said = register("convert", "register.json", "--to", form, "--output", "out")
    again = read_register("out", Path("out").read_bytes())

    assert "out is written: one sensor." in said
    assert again.format == form
    assert again.entries[0].declared_categories == ("sound_level",)
    assert again.entries[0].organisation == "Gemeente Voorbeeldstad"


def test_a_register_is_converted_through_a_mapping(folder):
    register("map", "lijst.csv", "--output", "map.yaml", "--column", "Persoonsgegevens=-")
    register("convert", "lijst.csv", "--map", "map.yaml", "--to", "canonical", "--output", "r.yaml")
    document = yaml.safe_load(Path("r.yaml").read_text())

    assert [entry["entry_id"] for entry in document["entries"]] == ["S1", "S2"]
    assert "Zandstra" not in Path("r.yaml").read_text()


def test_entries_that_cannot_be_read_are_told(folder):
    Path("half.json").write_text(json.dumps([DEVICE, {**DEVICE, "id": 2, "type": None}]))
    said = register("convert", "half.json", "--to", "canonical", "--output", "r.yaml", code=1)

    assert "Register: half.json: entry 2 (VB-001#2): field type: is missing" in said


def test_an_unknown_form_is_one_line(folder):
    with pytest.raises(ConfigError, match="--to is one of amsterdam_bulk, amsterdam_iprox"):
        register("convert", "register.json", "--to", "pdf", "--output", "r.pdf")


def test_a_draft_of_an_amendment_is_written_from_an_assessment(folder, make_assessment):
    verdict = Verdict(
        category="video_stream", verdict="undeclared", reason=Words(nl="gezien", en="seen")
    )
    entry = EntryAssessment(entry_id="VB-001", name="", verdicts=(verdict,))
    for name, entries in (("a.json", (entry,)), ("b.json", ())):
        octets = make_assessment(entries=entries).model_dump_json(by_alias=True)
        Path(name).write_text(octets)
    command = ("convert", "register.json", "--to", "amsterdam_bulk")

    register(*command, "--output", "draft.xlsx", "--assessment", "a.json")
    rows = read_sheets(Path("draft.xlsx").read_bytes())[1].rows
    assert any("CONCEPT" in str(cell) for cell in rows[1])

    said = register(*command, "--output", "none.xlsx", "--assessment", "b.json")
    assert "Nothing was seen that is not declared" in said
    assert not Path("none.xlsx").exists()


def test_the_workbook_of_many_sensors_is_converted(folder):
    Path("bulk.xlsx").write_bytes(BULK["bulk.xlsx"])
    register("convert", "bulk.xlsx", "--to", "table_csv", "--output", "r.csv")

    assert len(read_register("r.csv", Path("r.csv").read_bytes()).entries) == 3


def test_the_fields_are_listed(folder):
    said = register("fields")

    assert "contains_personal_data" in said
    assert "wat meet de sensor" in said


def test_a_dutch_terminal_is_spoken_to_in_dutch(folder, monkeypatch):
    monkeypatch.setattr(config, "language", lambda: "nl")
    said = register("convert", "register.json", "--to", "canonical", "--output", "r.yaml")

    assert Wording("nl")("register.written", n=1, path="r.yaml") in said
