"""Baselines and what is decided on them: signed, kept in a log, and never by a person's name."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner

from schouw_agent.signing import fingerprint, sign
from schouw_collector.change.baseline import PAYLOAD_TYPE, read_baseline
from schouw_collector.change.decisions import log_path, read_decisions
from schouw_collector.cli import app
from schouw_collector.errors import BaselineError, CaseError, EvidenceError, LogError
from schouw_collector.evidence.evidence import write
from schouw_collector.records import Period

START = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
MINE = fingerprint(KEY.public_key())
WHY = ["--by", "privacy officer", "--why", "pilot"]


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LC_ALL", "C")
    return tmp_path


@pytest.fixture
def schouw():
    """Return a function that runs a command: its exit code and output, or the error it raised."""

    def run(*arguments):
        result = CliRunner().invoke(app, ["baseline", *map(str, arguments)])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output

    return run


@pytest.fixture
def make_folder(place, make_assessment, make_device, make_report):
    """Return a function that writes the evidence of one day: its server, and categories."""

    def make(name, day, server="alfa", *more, devices=3, interval=600):
        start = START + timedelta(days=day)
        bins = [0] * 30
        bins[max(i for i in range(30) if 2.0 ** (i - 10) <= interval)] = 143
        clock = {
            "category": "people_count",
            "messages": 144,
            "intervals": tuple(bins),
            "first_seen": start,
            "last_seen": start + timedelta(seconds=143 * interval),
        }
        found = tuple(
            make_device(
                f"d{n}", [clock, *more], {"serial": f"S{n}"}, vendor="Voorbeeld",
                recipients=[{"host": f"{server}.example", "address": ""}],
            )
            for n in range(devices)
        )  # fmt: skip
        assessment = make_assessment(
            devices=found,
            entries=(),
            unbound_devices=(),
            period=Period(start=start, end=start + timedelta(days=1)),
        )
        write(
            place / name,
            assessment,
            make_report(found),
            inputs=(),
            command=("check",),
            key=KEY,
            created=start,
        )
        return name

    return make


@pytest.fixture
def baseline(schouw, make_folder, place):
    schouw("new", make_folder("day0", 0))
    return place / "baseline.json"


def _groups(output):
    return [line.split("[")[1][:8] for line in output.splitlines() if line.startswith("  - [")]


def test_a_baseline_says_that_it_is_no_innocence(schouw, make_folder, place):
    code, output = schouw("new", make_folder("day0", 0), "--output", "b.json", "--language", "nl")
    assert code == 0
    assert "geen bewijs dat het in orde was" in output
    assert "bevindingen 1, vragen 1" in output
    assert "not proof that it was in order" in read_baseline(place / "b.json").baseline.statement.en


def test_nothing_is_overwritten(schouw, baseline):
    with pytest.raises(Exception, match="is there already"):
        schouw("new", "day0")


def test_a_baseline_that_was_altered_is_refused(baseline):
    octets = baseline.read_bytes()
    envelope = json.loads(octets)
    for change, words in (
        (octets.replace(b'"payload": "e', b'"payload": "f'), "baseline.json"),
        (json.dumps({**envelope, "more": 1}).encode(), "added to after it was signed"),
        (b"{}", "not a DSSE envelope"),
        (sign("text/plain", b"{}", KEY), "is no baseline"),
        (sign(PAYLOAD_TYPE, b"{}", KEY), "cannot read"),
    ):
        baseline.write_bytes(change)
        with pytest.raises(BaselineError, match=words):
            read_baseline(baseline)


def test_the_signer_can_be_asked_for(schouw, baseline, make_folder):
    signer = read_baseline(baseline).signer
    assert read_baseline(baseline, signer).signer == signer
    with pytest.raises(BaselineError, match="another key"):
        read_baseline(baseline, MINE)
    with pytest.raises(EvidenceError, match="another key"):
        schouw("compare", baseline, make_folder("day1", 1), "--trust", signer)


def test_an_unsigned_assessment_serves_unless_a_signer_is_asked_for(schouw, make_folder):
    make_folder("day0", 0)
    assert schouw("new", "day0/assessment.json", "--output", "b.json")[0] == 0
    with pytest.raises(EvidenceError, match="without a signature"):
        schouw("new", "day0/assessment.json", "--output", "c.json", "--trust", MINE)
    with pytest.raises(EvidenceError, match="neither an evidence folder"):
        schouw("new", "day0/README.txt", "--output", "c.json")


def test_a_group_is_accepted_at_once_and_also_covers_what_comes_later(
    schouw, baseline, make_folder
):
    code, output = schouw("compare", baseline, make_folder("day1", 1, "bravo", devices=2))
    assert code == 1
    assert "The same with one other." in output
    (group,) = _groups(output)
    code, output = schouw("accept", baseline, group, *WHY, "--until", "2099-12-31")
    assert code == 0
    code, output = schouw("compare", baseline, make_folder("day2", 2, "bravo", devices=3))
    assert (code, "Accepted, one" in output, "2 others" in output) == (0, True, True)


def test_one_event_is_accepted_alone(schouw, baseline, make_folder):
    schouw("compare", baseline, make_folder("day1", 1, "bravo", devices=2))
    lines, _ = read_decisions(log_path(baseline), read_baseline(baseline))
    event = next(line.change_id for line in lines if line.event == "observed")
    schouw("accept", baseline, event, *WHY, "--until", "2099-12-31")
    code, output = schouw("compare", baseline, "day1")
    assert (code, "To decide, one" in output, "Accepted, one" in output) == (1, True, True)


def test_an_accepted_change_comes_back_after_its_date(schouw, baseline, make_folder, monkeypatch):
    from schouw_collector.commands import baseline_command

    group = _groups(schouw("compare", baseline, make_folder("day1", 1, "bravo"))[1])[0]
    with pytest.raises(BaselineError, match="has passed"):
        schouw("accept", baseline, group, *WHY, "--until", "2020-01-01")
    schouw("accept", baseline, group, *WHY, "--until", "2050-06-30")
    for day, code in ((date(2050, 6, 30), 0), (date(2050, 7, 1), 1)):
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        monkeypatch.setattr(baseline_command, "_now", lambda moment=moment: moment)
        assert schouw("compare", baseline, "day1")[0] == code


def test_a_rejected_change_stays_in_sight_and_the_last_decision_holds(
    schouw, baseline, make_folder
):
    group = _groups(schouw("compare", baseline, make_folder("day1", 1, "bravo"))[1])[0]
    schouw("accept", baseline, group, *WHY, "--until", "2099-12-31")
    schouw("reject", baseline, group, *WHY)
    code, output = schouw("compare", baseline, "day1")
    assert (code, "Rejected and still there, one" in output) == (0, True)


def test_what_goes_further_than_was_accepted_asks_again(schouw, baseline, make_folder):
    code, output = schouw("compare", baseline, make_folder("day1", 1, interval=60, devices=1))
    assert "comes more often" in output
    schouw("accept", baseline, *_groups(output), *WHY, "--until", "2099-12-31")
    code, _ = schouw("compare", baseline, make_folder("day2", 2, interval=300, devices=1))
    assert code == 0
    code, output = schouw("compare", baseline, make_folder("day3", 3, interval=5, devices=1))
    assert (code, "To decide, one" in output) == (1, True)


def test_comparing_without_recording_writes_nothing(schouw, baseline, make_folder):
    folder = make_folder("day1", 1, "bravo")
    code, output = schouw("compare", baseline, folder, "--no-record", "--json")
    assert code == 1
    assert not log_path(baseline).exists()
    assert {event["state"] for event in json.loads(output)["events"]} == {"open"}


def test_the_timeline_says_who_decided_what_when_and_why(schouw, baseline, make_folder):
    group = _groups(schouw("compare", baseline, make_folder("day1", 1, "bravo", devices=1))[1])[0]
    until = ["--until", "2099-12-31", "--register-change", "case 7"]
    schouw("accept", baseline, group, *WHY, *until)
    code, output = schouw("timeline", baseline)
    assert code == 0
    assert "accepted by privacy officer: pilot (until 31 December 2099)" in output
    assert "(change of the register: case 7)" in output
    assert output.count("also sends to bravo.example") == 2
    assert "The log holds: 3 lines" in output
    _, output = schouw("timeline", baseline, "--json")
    assert [json.loads(line)["event"] for line in output.splitlines()] == [
        "begun",
        "observed",
        "accepted",
    ]


def test_decisions_stand_in_a_log_that_shows_tampering(schouw, baseline, make_folder):
    group = _groups(schouw("compare", baseline, make_folder("day1", 1, "bravo"))[1])[0]
    schouw("accept", baseline, group, *WHY, "--until", "2099-12-31")
    path = log_path(baseline)
    path.write_bytes(path.read_bytes().replace(b"pilot", b"order"))
    with pytest.raises(LogError, match="line 5: was changed"):
        schouw("compare", baseline, "day1")


def test_the_log_of_another_baseline_is_refused(schouw, baseline, make_folder):
    schouw("compare", baseline, make_folder("day1", 1, "bravo"))
    schouw("new", "day1", "--output", "other.json")
    log_path(baseline).rename(log_path(baseline.with_name("other.json")))
    with pytest.raises(BaselineError, match="another baseline"):
        schouw("timeline", "other.json")


REFUSED = [
    (["abc", *WHY], BaselineError, "at least 6 digits"),
    (["abcdef00", *WHY], BaselineError, "no event"),
    (["GROUP", "--by", "j.jansen@example.org", "--why", "x"], CaseError, "no person"),
    (["GROUP", "--by", "J. Jansen", "--why", "x"], CaseError, "no person"),
    (["GROUP", "--by", "mevr. Jansen", "--why", "x"], CaseError, "no person"),
    (["GROUP", "--by", "06-12345678", "--why", "x"], CaseError, "no person"),
    (["GROUP", "--by", "x" * 99, "--why", "x"], CaseError, "a role"),
    (["GROUP", "--by", "privacy officer", "--why", " "], CaseError, "a text"),
]


@pytest.mark.parametrize(("arguments", "error", "words"), REFUSED)
def test_a_decision_needs_a_known_event_a_role_and_a_reason(
    schouw, baseline, make_folder, arguments, error, words
):
    group = _groups(schouw("compare", baseline, make_folder("day1", 1, "bravo"))[1])[0]
    before = log_path(baseline).read_bytes()
    with pytest.raises(error, match=words):
        schouw("reject", baseline, *[group if a == "GROUP" else a for a in arguments])
    assert log_path(baseline).read_bytes() == before
