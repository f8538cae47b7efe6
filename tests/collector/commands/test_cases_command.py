"""The case file at work: from evidence to correction, on the command line."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner

from schouw_agent.errors import ConfigError
from schouw_agent.signing import fingerprint
from schouw_agent.vocabulary import CATEGORIES
from schouw_collector.cases.audit_log import opened, read
from schouw_collector.cli import app
from schouw_collector.commands import cases_command
from schouw_collector.errors import CaseError, EvidenceError, LogError
from schouw_collector.evidence.evidence import write
from schouw_collector.records import Period
from schouw_collector.schemas import schema

START = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
FIRST = "6f1c2a60-0000-5000-8000-000000000001"
SECOND = "6f1c2a60-0000-5000-8000-000000000002"
BY = ("--by", "privacy officer")
WHY = (*BY, "--why", "the declaration was found")


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    return tmp_path


@pytest.fixture
def schouw():
    """Return a function that runs a command: its output, or the error that it raised."""

    def run(*arguments):
        result = CliRunner().invoke(app, ["findings", *map(str, arguments)])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.output

    return run


@pytest.fixture
def make_folder(place, make_assessment, make_report):
    def make(day, **changes):
        start = START + timedelta(days=day)
        period = Period(start=start, end=start + timedelta(hours=1))
        assessment = make_assessment(period=period, **changes)
        name = f"check-{day}"
        write(
            place / name,
            assessment,
            make_report(assessment.devices),
            inputs=(),
            command=("check",),
            key=KEY,
            created=start,
        )
        return name

    return make


@pytest.fixture
def cases(schouw, make_folder):
    schouw("update", "cases.jsonl", make_folder(0))
    return "cases.jsonl"


def test_evidence_opens_cases(schouw, make_folder):
    output = schouw("update", "cases.jsonl", make_folder(0), make_folder(1))
    assert "Reports brought in: 2. Findings and questions: 2 new" in output
    listed = schouw("cases", "cases.jsonl").splitlines()
    assert len(listed) == 2
    assert listed[0].startswith("6f1c2a60 More sensitive than declared (en): Audio")
    assert listed[0].endswith("[Geluidsensor HP-04]: open")


def test_a_finding_goes_from_sending_to_resolving(schouw, cases, place):
    schouw("send", cases, FIRST, *BY, "--to", "Voorbeeld BV", "--due", "2099-01-31")
    assert "sent for reply, due 31 January 2099" in schouw("cases", cases)
    schouw("assign", cases, FIRST, *BY, "--to", "team sensors", "--due", "2099-02-01")
    assert "with team sensors" in schouw("cases", cases, "--assigned", "team sensors")
    schouw("reply", cases, FIRST, *BY, "--text", "Mail me at a.b@example.org, it is a test mode")
    schouw("confirm", cases, FIRST, *WHY)
    schouw("tolerate", cases, FIRST, *WHY, "--until", "2099-06-30")
    assert "tolerated until 30 June 2099" in schouw("cases", cases, "--state", "tolerated")
    schouw("resolve", cases, FIRST, *WHY)
    story = schouw("show", cases, FIRST)
    for words in (
        "Now: resolved.",
        "privacy officer sent it for a reply, to Voorbeeld BV, due 31 January 2099",
        "wrote down the reply: Mail me at […], it is a test mode",
        "One report was issued with it:",
        "check-0",
    ):
        assert words in story
    assert "a.b@example.org" not in (story + (place / cases).read_text())


def test_several_findings_take_a_step_together_or_not_at_all(schouw, cases, place):
    schouw("comment", cases, FIRST, SECOND, *BY, "--text", "the same cause")
    schouw("resolve", cases, FIRST, *WHY)
    before = (place / cases).read_text()
    with pytest.raises(CaseError, match="is resolved"):
        schouw("dispute", cases, SECOND, FIRST, *BY, "--text", "no")
    assert open(cases).read() == before  # noqa: PTH123, SIM115


def test_a_withdrawal_corrects_every_report_that_holds_the_finding(
    schouw, cases, make_folder, place
):
    schouw("update", cases, make_folder(1), make_folder(2, findings=()))
    schouw("withdraw", cases, FIRST, *WHY, "--output", "correction")
    files = {path.name: path.read_text("utf-8") for path in (place / "correction").iterdir()}
    assert sorted(files) == [
        f"correction.{language}.{kind}" for language in ("en", "nl") for kind in ("html", "txt")
    ]
    manifests = [
        report["sha256"] for report in json.loads(schouw("show", cases, FIRST, "--json"))["reports"]
    ]
    assert len(manifests) == 2
    for name, text in files.items():
        assert all(digest in text for digest in manifests), name
        assert all(word in text for word in (FIRST, "check-0", "check-1")), name
        assert "check-2" not in text
        assert "the declaration was found" in text
    assert "zijn ingetrokken" in files["correction.nl.txt"]
    assert '<html lang="nl">' in files["correction.nl.html"]
    assert CATEGORIES["audio_stream"].nl in files["correction.nl.txt"]


def test_a_report_with_a_withdrawn_finding_asks_for_a_new_correction(
    schouw, cases, make_folder, place
):
    schouw("withdraw", cases, FIRST, *WHY, "--output", "one")
    output = schouw("update", cases, make_folder(1))
    assert "One withdrawn finding stands in the new reports" in output
    schouw("correct", cases, "--output", "two")
    assert "check-1" in (place / "two" / "correction.en.txt").read_text("utf-8")


def test_a_correction_overwrites_nothing_and_then_nothing_is_withdrawn(schouw, cases, place):
    (place / "full").mkdir()
    (place / "full" / "file").write_text("x")
    with pytest.raises(ConfigError, match="not empty"):
        schouw("withdraw", cases, FIRST, *WHY, "--output", "full")
    assert ": open" in schouw("cases", cases)


def test_a_correction_shows_no_markup_of_others(schouw, make_folder, make_finding, place):
    hostile = make_finding(entry_id="<script>alert(1)</script>\x1b[31m")
    schouw("update", "cases.jsonl", make_folder(0, findings=(hostile,), entries=()))
    schouw("withdraw", "cases.jsonl", FIRST, *BY, "--why", "<b>x</b>", "--output", "out")
    page = (place / "out" / "correction.en.html").read_text("utf-8")
    assert "<script>" not in page
    assert "<b>" not in page
    assert "\x1b" not in page + (place / "out" / "correction.en.txt").read_text("utf-8")
    assert "\x1b" not in schouw("cases", "cases.jsonl")


def test_cases_as_json(schouw, cases):
    rows = [json.loads(line) for line in schouw("cases", cases, "--json").splitlines()]
    assert {row["finding"]["id"]: row["state"] for row in rows} == {FIRST: "open", SECOND: "open"}


def test_what_is_overdue_is_listed(schouw, cases, monkeypatch):
    schouw("send", cases, FIRST, *BY, "--to", "Voorbeeld BV")
    assert "No findings." in schouw("cases", cases, "--overdue")
    monkeypatch.setattr(cases_command, "_now", lambda: datetime.now(UTC) + timedelta(days=29))
    assert "OVERDUE since" in schouw("cases", cases, "--overdue")


def test_tampering_is_named_and_the_digest_on_the_record_shows_what_was_cut_off(
    schouw, cases, place
):
    schouw("comment", cases, FIRST, *BY, "--text", "first word")
    head = read(place / cases).head
    assert head in schouw("verify", cases)
    assert head in schouw("verify", cases, "--head", head)
    schouw("comment", cases, FIRST, *BY, "--text", "second word")
    schouw("verify", cases, "--head", head)
    octets = (place / cases).read_bytes()
    (place / cases).write_bytes(b"".join(octets.splitlines(keepends=True)[:-2]))
    with pytest.raises(CaseError, match="cut off"):
        schouw("verify", cases, "--head", head)
    (place / cases).write_bytes(octets.replace(b"first word", b"other word"))
    for command in (
        ["cases", cases],
        ["verify", cases],
        ["comment", cases, FIRST, *BY, "--text", "x"],
    ):
        with pytest.raises(LogError, match=r"cases.jsonl, line 4: was changed"):
            schouw(*command)


def test_an_unfinished_line_is_told_and_cut_off(schouw, cases, place):
    with (place / cases).open("ab") as file:
        file.write(b'{"event":"comm')
    assert "unfinished line of 14 bytes" in schouw("verify", cases)
    schouw("comment", cases, FIRST, *BY, "--text", "after")
    assert "unfinished" not in schouw("verify", cases)
    assert "after" in schouw("show", cases, FIRST)


REFUSED = [
    (["comment", "none.jsonl", FIRST, *BY, "--text", "x"], LogError, "No such file"),
    (["comment", "CASES", FIRST, "--by", "p@example.org", "--text", "x"], CaseError, "no person"),
    (["comment", "CASES", FIRST, *BY, "--text", ""], CaseError, "a text"),
    (["comment", "CASES", "123456", *BY, "--text", "x"], CaseError, "no finding"),
    (["cases", "none.jsonl"], LogError, "No such file"),
    (["verify", "none.jsonl"], LogError, "No such file"),
    (["send", "CASES", FIRST, *BY, "--to", "dhr. Jansen"], CaseError, "no person"),
    (["update", "CASES", "check-0", "--trust", "0" * 32], EvidenceError, "another key"),
    (["update", "CASES", "nothing"], EvidenceError, "No such file"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "error", "words"), REFUSED)
def test_what_is_not_right_is_refused_and_leaves_the_file_as_it_was(
    schouw, cases, place, arguments, error, words
):
    before = (place / cases).read_bytes()
    with pytest.raises(error, match=words):
        schouw(*[cases if argument == "CASES" else argument for argument in arguments])
    assert (place / cases).read_bytes() == before
    assert not (place / "none.jsonl").exists()


def test_another_log_is_no_case_file(schouw, cases, place):
    with opened(place / cases) as log:
        log.add({"event": "begun", "time": "2026-10-05T09:00:00Z", "baseline_sha256": "0" * 64})
    with pytest.raises(CaseError, match="line 4: no line of a case file"):
        schouw("cases", cases)


def test_a_trusted_signer_is_accepted(schouw, make_folder):
    signer = fingerprint(KEY.public_key())
    assert "2 new" in schouw("update", "cases.jsonl", make_folder(0), "--trust", signer)


def test_every_line_fits_its_schema(schouw, cases, place):
    schouw("send", cases, FIRST, *BY, "--to", "Voorbeeld BV", "--due", "2099-01-31")
    records = schema("case_line")["$defs"]
    for line in (place / cases).read_bytes().splitlines():
        row = json.loads(line)
        named = [r for r in records.values() if row["event"] in _events(r)]
        assert any(set(row) <= set(record["properties"]) for record in named), row["event"]


def _events(record):
    event = record.get("properties", {}).get("event", {})
    return event.get("enum", [event.get("const")])
