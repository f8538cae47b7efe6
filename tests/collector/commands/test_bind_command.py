"""`schouw bind`: from suggestions to a bindings file that a check can use."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from schouw_agent.errors import Error
from schouw_collector.binding.binding_file import read_bindings
from schouw_collector.cli import app

REGISTER = {
    "schema": "https://schouw.example.org/schema/register/1",
    "entries": [
        {"entry_id": "VB-001", "name": "Geluid oost", "type": "Geluidsensor"},
        {"entry_id": "VB-002", "type": "Geluidsensor",
         "identifiers": [{"kind": "mac", "value": "02:00:5e:00:53:02"}]},
        {"entry_id": "VB-003"},
    ],
}  # fmt: skip


@pytest.fixture
def files(tmp_path, make_device, make_report):
    devices = [
        make_device("a", ["wind"], {"client_id": "vb-001"}),
        make_device("b", ["still_image"], {"mac": "02:00:5e:00:53:02"}),
        make_device("c", ["opaque_payload"], {"ip": "192.0.2.9"}),
        make_device("d", [], {"mac": "02:00:5e:00:53:0f"}, role="broker"),
    ]
    report = tmp_path / "report.json"
    report.write_text(make_report(devices).model_dump_json(by_alias=True))
    (tmp_path / "register.json").write_text(json.dumps(REGISTER))
    return tmp_path


def bind(files: Path, command: str, *arguments: str, code: int = 0) -> str:
    words = ["bind", command, *arguments]
    if command in {"suggest", "list"}:
        words += ["--inventory", str(files / "report.json")]
        words += ["--register", str(files / "register.json")]
    else:
        words += ["--from", str(files / "s.json"), "--bindings", str(files / "b.yaml")]
    result = CliRunner().invoke(app, words)
    if isinstance(result.exception, Error):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.fixture
def suggestions(files):
    text = bind(files, "suggest", "--json")
    (files / "s.json").write_text(text)
    return json.loads(text)["suggestions"]


def test_suggestions_are_printed_with_reasons_and_nothing_is_changed(files):
    before = sorted(files.iterdir())
    text = bind(files, "suggest", "--language", "en")

    assert "vb-001 may be Geluid oost (VB-001)" in text
    assert "+0.85  The name or channel of the device contains VB-001." in text
    assert "No suggestion for one unbound device: 192.0.2.9." in text
    assert sorted(files.iterdir()) == before
    assert "misschien" in bind(files, "suggest", "--language", "nl")


def test_one_is_accepted_by_its_id_or_its_number(files, suggestions):
    bind(files, "accept", suggestions[1]["id"], "--by", "beheerder", "--note", "gezien")
    bind(files, "accept", "1", "--by", "adviseur")
    rows = read_bindings("b", (files / "b.yaml").read_bytes()).bindings

    assert [(r.entry, r.set_by, r.confidence, r.note) for r in rows] == [
        (suggestions[1]["entry"], "beheerder", 1.0, "gezien"),
        (suggestions[0]["entry"], "adviseur", 1.0, ""),
    ]
    assert all(r.set_on for r in rows)
    assert bind(files, "suggest", "--bindings", str(files / "b.yaml"), "--language", "en") == (
        "There is nothing to suggest.\nNo suggestion for one unbound device: 192.0.2.9.\n"
    )


def test_in_bulk_each_is_as_sure_as_its_score(files, suggestions):
    bind(files, "accept", "--all-above", "0.9", "--by", "beheerder")
    (row,) = read_bindings("b", (files / "b.yaml").read_bytes()).bindings

    assert (row.entry, row.confidence) == ("VB-002", 0.95)


def test_a_close_call_is_not_accepted_in_bulk(files, suggestions):
    document = json.loads((files / "s.json").read_text())
    for row in document["suggestions"]:
        row["lead"] = 0.05
    (files / "s.json").write_text(json.dumps(document))
    bind(files, "accept", "--all-above", "0.5", "--by", "beheerder")

    assert not (files / "b.yaml").exists()


def test_what_is_rejected_does_not_come_back(files, suggestions):
    bind(files, "reject", "1", "--by", "beheerder", "--reason", "ander gebouw")
    left = json.loads(bind(files, "suggest", "--bindings", str(files / "b.yaml"), "--json"))

    assert [row["id"] for row in left["suggestions"]] == [suggestions[1]["id"]]
    (row,) = read_bindings("b", (files / "b.yaml").read_bytes()).rejected
    assert row.reason == "ander gebouw"


def test_the_list_says_what_is_bound_and_what_not_the_worst_first(files, suggestions):
    bind(files, "accept", "--all-above", "0.9", "--by", "beheerder")
    state = json.loads(bind(files, "list", "--bindings", str(files / "b.yaml"), "--json"))

    assert [row["entries"] for row in state["bound"]] == [["VB-002"]]
    assert [(r["device"], r["privacy_class"]) for r in state["unbound"]] == [
        ("192.0.2.9", "unknown"),
        ("vb-001", "environmental"),
    ]
    assert state["without_device"] == ["VB-001", "VB-003"]
    assert state["without_binding"] == ["VB-001", "VB-003"]
    assert state["infrastructure"] == ["02:00:5e:00:53:0f"]
    text = bind(files, "list", "--language", "en")
    assert "Not bound (3); the most sensitive data first." in text
    assert "perhaps VB-001" in text


def test_a_capture_and_an_export_will_do(files):
    square = Path(__file__).parents[3] / "examples" / "havenplein"
    export = files / "devices.csv"
    export.write_text("reference,mac\nWH-HP-003,02:57:48:00:00:23\nWH-HP-003,\n")
    command = ["bind", "suggest", "--inventory", str(square / "havenplein-2026-05.pcapng")]
    command += ["--register", str(square / "register.json"), "--candidates", str(export)]
    command += ["--order", str(square / "order.toml"), "--json"]
    result = CliRunner().invoke(app, command)
    best = json.loads(result.stdout)["suggestions"][0]

    assert (best["entry"], best["pattern"]) == ("WH-HP-003", "02:57:48:00:00:23")
    assert "devices.csv, line 2: knows the device" in best["reasons"][0]["text"]["en"]
    assert "devices.csv: line 3: nothing by which" in result.stderr


REFUSED = [
    (("accept", "--by", "x"), "name suggestions, or give --all-above"),
    (("accept", "99", "--by", "x"), "there is no suggestion 99"),
    (("accept", "1", "--by", " "), "--by is the role"),
    (("reject", "--by", "x"), "name suggestions"),
    (("reject", "deadbeef", "--by", "x"), "there is no suggestion deadbeef"),
]


@pytest.mark.parametrize(("words", "reason"), REFUSED)
def test_misuse_is_one_line(words, reason, files, suggestions):
    with pytest.raises(Error, match=reason):
        bind(files, *words)
    assert not (files / "b.yaml").exists()


def test_a_file_of_something_else_is_refused(files, suggestions):
    (files / "s.json").write_text("{}")
    (files / "report.json").write_text('{"a": 1}')
    with pytest.raises(Error, match=r"report\.json: neither a capture nor a report"):
        bind(files, "suggest")
    (files / "s.json").write_text("[]")
    with pytest.raises(Error, match="not a file of suggestions"):
        bind(files, "accept", "1", "--by", "x")
