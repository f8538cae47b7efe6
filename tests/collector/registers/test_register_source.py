"""The register that the user names: a file, an address, a mapping; and what is kept of it."""

import hashlib
import json
from pathlib import Path

import pytest
import yaml

from schouw_agent.errors import ConfigError
from schouw_collector.errors import RegisterError
from schouw_collector.evidence.keeping import _without_folder
from schouw_collector.registers.register_map import SCHEMA
from schouw_collector.registers.register_source import read_declared
from schouw_collector.registers.web_address import is_web_address, without_credentials
from schouw_collector.spot_check import check
from tests.collector.register_formats.test_amsterdam_api import DEVICE

SQUARE = Path(__file__).parents[2].parent / "examples" / "havenplein"
MAP = {
    "schema": SCHEMA,
    "columns": [
        {"column": "Nr", "field": "entry_id"},
        {"column": "Meet", "field": "declared_text"},
    ],
}


@pytest.fixture
def files(tmp_path):
    """Return a register of the API, a table, and a mapping for the table."""
    register, table, mapping = (tmp_path / n for n in ("register.json", "lijst.csv", "map.yaml"))
    register.write_text(json.dumps([DEVICE]))
    table.write_text("Nr;Meet\nS1;Geluidsniveau\n")
    mapping.write_text(yaml.safe_dump(MAP))
    return register, table, mapping


def test_a_file_is_read_and_noted_by_its_name(files):
    declared = read_declared(files[0])
    (given,) = declared.inputs

    assert declared.register.entries[0].entry_id == "VB-001"
    assert declared.register.entries[0].source is None
    assert (given.kind, given.name) == ("register", "register.json")
    assert given.sha256 == hashlib.sha256(files[0].read_bytes()).hexdigest()
    assert given.size == files[0].stat().st_size


def test_a_mapping_is_noted_as_well(files):
    declared = read_declared(files[1], files[2])

    assert declared.register.entries[0].declared_categories == ("sound_level",)
    assert [given.kind for given in declared.inputs] == ["register_map", "register"]


def test_a_check_reads_a_table_through_its_mapping(files):
    capture = SQUARE / "havenplein-2026-05.pcapng"
    checked = check([capture], register=str(files[1]), register_map=files[2])

    assert [entry.entry_id for entry in checked.assessment.entries] == ["S1"]
    assert [given.kind for given in checked.inputs] == ["capture", "register_map", "register"]


def test_what_cannot_be_read_is_one_line(files, tmp_path):
    with pytest.raises(ConfigError, match=r"^the register .*none\.json: No such file"):
        read_declared(tmp_path / "none.json")
    with pytest.raises(ConfigError, match=r"^the register map .*none\.yaml: No such file"):
        read_declared(files[1], tmp_path / "none.yaml")
    with pytest.raises(RegisterError, match=r"^register\.json: not delimited|^register\.json: row"):
        read_declared(files[0], files[2])


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            "https://naam:geheim@voorbeeld.example/devices/?sleutel=1#x",
            "https://voorbeeld.example/devices/",
        ),
        ("HTTPS://naam:ge@heim@voorbeeld.example/", "HTTPS://voorbeeld.example/"),
        ("https://voorbeeld.example/a@b", "https://voorbeeld.example/a@b"),
        ("https://voorbeeld.example/x?a=b\n@c", "https://voorbeeld.example/x"),
        ("register?.json", "register?.json"),
    ],
)
def test_an_address_is_shown_without_what_opens_it(source, shown):
    assert without_credentials(source) == shown
    assert is_web_address(source) is source.lower().startswith("http")


@pytest.mark.parametrize(
    ("argument", "kept"),
    [
        (
            "https://a:geheim@voorbeeld.example/devices/?key=geheim",
            "https://voorbeeld.example/devices/",
        ),
        (
            "--register=https://a:geheim@voorbeeld.example/?k=geheim",
            "--register=https://voorbeeld.example/",
        ),
        ("--register=lijsten/register.json", "--register=register.json"),
        ("/home/iemand/opname.pcapng", "opname.pcapng"),
    ],
)
def test_the_evidence_holds_no_password_of_an_address(argument, kept):
    assert _without_folder(argument) == kept
