"""`schouw register lint`, as somebody with nothing but a list would call it."""

import json

import pytest
from typer.testing import CliRunner

from schouw_agent.errors import ConfigError, Error
from schouw_collector.cli import app

SCHEMA = "https://schouw.example.org/schema/register/1"
BAD = {
    "entry_id": "VB-001",
    "organisation": "Gemeente Voorbeeldstad",
    "type": "Optische / camera sensor",
    "streams": [{"declared_text": "Camerabeelden", "contains_personal_data": True}],
    "source": {"row": 7},
}
GOOD = {
    "entry_id": "VB-002",
    "streams": [{"declared_text": "Geluidsniveau", "contains_personal_data": False}],
    "purposes": [{"text": "Geluidshinder terugdringen"}],
}


@pytest.fixture
def run(tmp_path):
    def _run(entries, *arguments):
        file = tmp_path / "register.json"
        file.write_text(json.dumps({"schema": SCHEMA, "entries": entries}), "utf-8")
        result = CliRunner().invoke(app, ["register", "lint", str(file), *arguments])
        if isinstance(result.exception, Error):
            raise result.exception
        return result

    return _run


def test_what_is_wrong_is_said_with_what_to_do(run):
    result = run([BAD, GOOD], "--language", "nl")

    assert result.exit_code == 1
    assert "Bevinding, ernstig: De grondslag ontbreekt." in result.stdout
    assert "VB-001 (rij 7)" in result.stdout
    assert "Doen: Vraag Gemeente Voorbeeldstad" in result.stdout
    assert "VB-002" not in result.stdout
    assert "AVG art. 6 lid 1" in result.stdout


def test_in_english(run):
    result = run([BAD, GOOD], "--language", "en")

    assert "2 entries" in result.stdout
    assert "The network was not looked at" in result.stdout
    assert "Finding, serious: The legal ground is missing." in result.stdout


def test_nothing_found_is_no_approval(run):
    result = run([GOOD], "--language", "en")

    assert result.exit_code == 0
    assert "does not say that the sensors do what it says" in result.stdout


def test_as_json(run):
    result = run([BAD, {"entry_id": ""}], "--json")
    found = json.loads(result.stdout)

    assert found["schema"] == "https://schouw.example.org/schema/lint/1"
    assert found["entries"] == 1
    assert len(found["unreadable"]) == 1
    assert {p["rule_id"] for p in found["problems"]} == {"D19"}


def test_malformed_entries_are_named(run):
    result = run([GOOD, {**GOOD, "entry_id": "VB-003", "active_until": "ooit"}], "--language", "en")

    assert "Not readable, and so not checked: 1 entry." in result.stdout
    assert "VB-003" in result.stdout


def test_the_threshold(run):
    assert run([BAD], "--fail-on", "high").exit_code == 0
    assert run([BAD], "--fail-on", "medium").exit_code == 1


def test_many_entries_are_counted(run):
    many = [{**BAD, "entry_id": f"VB-{n:03}", "organisation": f"Bedrijf {n}"} for n in range(40)]
    result = run(many, "--language", "en")

    assert "40 entries)" in result.stdout
    assert "28 more" in result.stdout
    assert "And 38 other owners." in result.stdout


def test_documents_beside_the_register(run, tmp_path):
    documents = tmp_path / "governance.yaml"
    documents.write_text(
        "schema: https://schouw.example.org/schema/governance/1\nimpact_assessments: []\n", "utf-8"
    )
    result = run([BAD], "--governance", str(documents), "--language", "en")

    assert "impact assessment" in result.stdout


def test_no_such_file():
    result = CliRunner().invoke(app, ["register", "lint", "nowhere.xlsx"])

    assert isinstance(result.exception, ConfigError)
    assert "nowhere.xlsx" in result.exception.diagnostics()
