"""The command line: exit codes, what goes to which stream, and errors in one line."""

import json
import stat
import sys
from pathlib import Path

import pytest

from schouw_agent.errors import CaptureError
from schouw_agent.signing import sign
from schouw_collector import cli
from schouw_collector.checked import Checked
from schouw_collector.config import signing_key_path
from schouw_collector.evidence.evidence import SIGNED_MANIFEST
from schouw_collector.evidence.manifest import PAYLOAD_TYPE


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture
def schouw(monkeypatch, capfd, make_assessment, make_report):
    """Return a function that runs the command line on a given assessment: code, out, err."""

    def run(*arguments, outcome=None, **changes):
        def checked(*_, **__):
            if outcome is not None:
                raise outcome
            assessment = make_assessment(**changes)
            return Checked(assessment, make_report(assessment.devices), ())

        monkeypatch.setattr("schouw_collector.spot_check.check", checked)
        monkeypatch.setattr(sys, "argv", ["schouw", *map(str, arguments)])
        code = 0
        try:
            cli.main()
        except SystemExit as exit_:
            code = exit_.code
        out, err = capfd.readouterr()
        return code or 0, out, err

    return run


CHECK = ("check", "captures/havenplein.pcapng", "--register", "lists/register.json")


def test_a_check_says_eight_lines_then_where_the_report_is_and_who_signed(schouw, tmp_path):
    code, out, err = schouw(*CHECK, "--output", "out")
    lines = out.splitlines()
    assert (code, err) == (1, "")
    assert lines[:5] == [
        "Looked at: havenplein.pcapng; 5 October 2026, 09:00 to 09:10 UTC (10 minutes).",
        "Seen: 2 devices; 90% of the data traffic could be read.",
        "As declared: 0 of one declared sensor.",
        "Otherwise than declared: 1 (HP-04).",
        "Not assessable: 0. Not linked to the register: 1 (02:00:5e:00:53:02).",
    ]
    assert lines[5].startswith("1. More sensitive than declared")
    assert len(lines[:-2]) <= 8
    assert lines[-2] == "Report: out/report.en.html"
    assert (tmp_path / "out" / "report.en.html").is_file()
    assert "Write this on the record" in lines[-1]


def test_the_headline_has_at_most_eight_lines_however_much_was_found(schouw, make_finding):
    findings = tuple(make_finding(id=str(n), entry_id=f"HP-{n}") for n in range(9))
    _, out, _ = schouw(*CHECK, "--output", "out", findings=findings)
    assert len(out.splitlines()) == 8 + 2


def test_the_language_is_that_of_the_option_else_of_the_locale_else_english(schouw, monkeypatch):
    assert "Bekeken:" in schouw(*CHECK, "--output", "a", "--language", "nl")[1]
    assert "Looked at:" in schouw(*CHECK, "--output", "b")[1]
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    assert "a/report.nl.html" not in schouw(*CHECK, "--output", "c", "--language", "en")[1]
    assert "d/report.nl.html" in schouw(*CHECK, "--output", "d")[1]
    assert "Bekeken:" in schouw("check", "x", "--register", "y", "--output", "e")[1]


def test_json_stands_alone_on_stdout_and_writes_no_folder_unless_asked(schouw, tmp_path):
    code, out, err = schouw(*CHECK, "--json")
    assessment = json.loads(out)
    assert (code, err) == (1, "")
    assert assessment["schema"] == "https://schouw.example.org/schema/assessment/1"
    assert {"period", "coverage", "entries", "unbound_devices", "findings"} <= assessment.keys()
    assert not list(tmp_path.iterdir())
    code, out, err = schouw(*CHECK, "--json", "--output", "out")
    assert json.loads(out) == assessment
    assert "out/report.en.html" in err
    assert (tmp_path / "out" / "assessment.json").read_text() == out


def test_without_output_the_folder_bears_date_and_time(schouw, tmp_path):
    schouw(*CHECK)
    assert [p.name[:7] for p in tmp_path.iterdir() if p.name.startswith("schouw-")] == ["schouw-"]


def test_the_evidence_holds_no_folder_of_the_one_who_checked(schouw, tmp_path):
    schouw(*CHECK, "--output", tmp_path / "out", f"--key={tmp_path / 'keys' / 'my.pem'}")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["command"] == [
        "schouw",
        "check",
        "havenplein.pcapng",
        "--register",
        "register.json",
        "--output",
        "out",
        "--key=my.pem",
    ]
    for path in (tmp_path / "out").iterdir():
        assert str(tmp_path) not in path.read_text()


def test_the_key_is_kept_in_the_state_folder_for_its_owner(schouw, tmp_path):
    schouw(*CHECK, "--output", "out")
    path = tmp_path / "state" / "schouw" / "signing-key.pem"
    assert signing_key_path() == path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


FAIL_ON = [
    # kind, severity, --fail-on, code
    ("finding", "high", "high", 1),
    ("finding", "medium", "high", 0),
    ("finding", "low", None, 1),
    ("finding", "info", None, 0),
    ("finding", "info", "info", 1),
    ("question", "high", "info", 0),
]


@pytest.mark.parametrize(("kind", "severity", "fail_on", "code"), FAIL_ON)
def test_the_exit_code_follows_the_findings(schouw, make_finding, kind, severity, fail_on, code):
    option = ("--fail-on", fail_on) if fail_on else ()
    findings = (make_finding(kind=kind, severity=severity),)
    assert schouw(*CHECK, "--json", *option, findings=findings)[0] == code


def test_malformed_entries_are_told_on_stderr(schouw):
    _, out, err = schouw(*CHECK, "--json", register_errors=("register.json: entry 3: field type",))
    assert err == "Register: register.json: entry 3: field type\n"
    json.loads(out)


def test_a_failure_is_one_line_on_stderr_with_exit_code_2(schouw, tmp_path):
    code, out, err = schouw(*CHECK, outcome=CaptureError("a.pcap: not a\x1b[2J capture"))
    assert (code, out, err) == (2, "", "schouw: a.pcap: not a[2J capture\n")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    code, out, err = schouw(*CHECK, "--output", "full")
    assert (code, out) == (2, "")
    assert err == "schouw: the output folder full is not empty; nothing was overwritten\n"


MISUSE = [
    ("check",),
    ("check", "a.pcap"),
    (*CHECK, "--fail-on", "severe"),
    (*CHECK, "--language", "fr"),
    (*CHECK, "--no-such-option"),
    ("verify",),
    ("compare", "one"),
    ("list", "sensors"),
    ("schema", "none"),
    ("no-such-command",),
]


@pytest.mark.parametrize("arguments", MISUSE)
def test_misuse_gives_exit_code_2_and_nothing_on_stdout(schouw, arguments):
    code, out, err = schouw(*arguments)
    assert (code, out) == (2, "")
    assert "Usage: schouw" in err


def test_an_intact_folder_is_said_to_be_intact_and_its_signer_unknown(schouw):
    fingerprint = _checked(schouw)
    code, out, _ = schouw("verify", "out")
    assert code == 0
    assert out.startswith("out: intact; signer unknown")
    assert fingerprint in out
    code, out, _ = schouw("verify", "out", "--trust", fingerprint)
    assert (code, out) == (0, f"out: intact; signed by the trusted key {fingerprint}.\n")
    assert schouw("verify", "out", "--trust", "state/schouw/signing-key.pem")[0] == 0
    assert "ongewijzigd" in schouw("verify", "out", "--language", "nl")[1]


def test_an_altered_folder_fails_and_the_words_say_which_file_and_why(schouw, tmp_path):
    _checked(schouw)
    report = tmp_path / "out" / "report.nl.html"
    report.write_bytes(report.read_bytes().replace(b"undeclared", b"xndeclared"))
    (tmp_path / "out" / "findings.csv").unlink()
    code, out, err = schouw("verify", "out")
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "out: NOT intact, 2 problems:",
        "  findings.csv: missing",
        "  report.nl.html: changed: its content is not what was signed",
    ]
    code, _, err = schouw("compare", "out", "out")
    assert code == 2
    assert err.startswith("schouw: out is not intact: findings.csv: missing")


def test_a_folder_signed_by_another_fails_under_trust(schouw):
    mine = _checked(schouw)
    schouw(*CHECK, "--output", "forged", "--key", "other.pem", findings=())
    assert schouw("verify", "forged")[0] == 0
    code, out, _ = schouw("verify", "forged", "--trust", mine)
    assert code == 1
    assert "manifest.dsse.json: signed by another key than the trusted one" in out


def test_trust_that_is_no_key_is_misuse(schouw):
    _checked(schouw)
    code, _, err = schouw("verify", "out", "--trust", "12 34")
    assert code == 2
    assert "neither a file nor a fingerprint" in err


def test_a_signed_folder_of_another_version_is_one_line(schouw, tmp_path):
    _checked(schouw)
    key = cli_key(tmp_path)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    manifest["schema"] = "https://schouw.example.org/schema/manifest/2"
    octets = json.dumps(manifest).encode()
    (tmp_path / "out" / "manifest.json").write_bytes(octets)
    (tmp_path / "out" / SIGNED_MANIFEST).write_bytes(sign(PAYLOAD_TYPE, octets, key))
    code, out, _ = schouw("verify", "out")
    assert code == 1
    assert "manifest.dsse.json: is not a manifest" in out


def cli_key(tmp_path):
    from schouw_agent.signing import load_or_create_key

    return load_or_create_key(tmp_path / "state" / "schouw" / "signing-key.pem")


def test_compare_says_what_changed_and_its_exit_code_follows(schouw, make_device, make_assessment):
    quiet = make_assessment().entries[0]
    quiet = quiet.model_copy(update={"verdicts": quiet.verdicts[:1]})
    calm = (make_device("d1", ["sound_level"]),)
    schouw(*CHECK, "--output", "old", devices=calm, unbound_devices=(), entries=(quiet,))
    schouw(*CHECK, "--output", "new", devices=(make_device("d1", ["sound_level", "audio_stream"]),))
    code, out, err = schouw("compare", "old", "new")
    assert (code, err) == (1, "")
    assert "now also sends “Audio" in out
    code, out, _ = schouw("compare", "old", "new", "--json")
    assert code == 1
    assert json.loads(out)["changes"][0]["category"] == "audio_stream"
    code, out, _ = schouw("compare", "old", "old", "--language", "nl")
    assert code == 0
    assert "Er is geen verandering gezien." in out


def test_a_check_shows_what_became_of_a_finding(schouw):
    schouw(*CHECK, "--output", "out")
    assert schouw("findings", "update", "cases.jsonl", "out")[0] == 0
    _, out, _ = schouw(*CHECK, "--output", "again", "--cases", "cases.jsonl", "--language", "en")
    assert "[Geluidsensor HP-04] (open)" in out
    finding = json.loads(Path("out/assessment.json").read_bytes())["findings"][0]["id"]
    by = (finding, "--by", "privacy officer")
    schouw("findings", "send", "cases.jsonl", *by, "--to", "Voorbeeld BV", "--due", "2099-01-31")
    schouw("findings", "reply", "cases.jsonl", *by, "--text", "It was a test mode.")
    schouw(*CHECK, "--output", "later", "--cases", "cases.jsonl")
    for language, state in (("nl", "verstuurd voor een reactie"), ("en", "sent for reply")):
        page = Path(f"later/report.{language}.html").read_text()
        assert state in page
        assert "It was a test mode." in page
    inputs = json.loads(Path("later/manifest.json").read_bytes())["inputs"]
    assert {"cases"} == {item["kind"] for item in inputs if item["name"] == "cases.jsonl"}
    assert schouw("verify", "later")[0] == 0
    first, again = (Path(name) / "assessment.json" for name in ("out", "again"))
    assert first.read_bytes() == again.read_bytes()


def test_the_extensions_are_listed(schouw):
    for kind, expected in (("registers", "amsterdam_api"), ("rules", "D03"), ("reports", "html")):
        rows = json.loads(schouw("list", kind, "--json")[1])
        assert expected in {row["id"] for row in rows}
        out = schouw("list", kind)[1]
        assert all(row["title"] in out for row in rows)


def test_an_interrupt_is_exit_code_130(schouw):
    assert schouw(*CHECK, outcome=KeyboardInterrupt()) == (130, "", "")


def _checked(schouw):
    """Write the folder `out` and return the fingerprint of its signer."""
    out = schouw(*CHECK, "--output", "out")[1]
    return out.split("Signed with key ")[1].split(".")[0]
