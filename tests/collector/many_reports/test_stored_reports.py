"""Reports in files, plain or signed: read, added up, told by name if they are none."""

import sys
from contextlib import contextmanager

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from schouw_agent.errors import ConfigError
from schouw_agent.signing import fingerprint, sign
from schouw_collector import cli
from schouw_collector.errors import ReportError
from schouw_collector.evidence.evidence import REPORT_PAYLOAD_TYPE, report_octets
from schouw_collector.many_reports import stored_reports
from schouw_collector.many_reports.ledger import Ledger
from schouw_collector.many_reports.ledger_document import ledger_octets
from schouw_collector.many_reports.stored_reports import (
    add_reports,
    alike,
    by_agent,
    read_report,
    report_files,
)
from schouw_collector.many_reports.told_report import ReportReader

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SIGNER = fingerprint(KEY.public_key())


@pytest.fixture
def folder(tmp_path, make_device, make_report):
    """Return a folder with the numbered reports of two agents, one of them signed."""
    reports = tmp_path / "reports"
    reports.mkdir()
    for agent in ("gateway-1", "gateway-2"):
        for number in range(1, 5):
            report = make_report(
                [make_device(f"d{number}", emissions=["sound_level"])],
                agent_id=agent, epoch=1, sequence=number,
            )  # fmt: skip
            octets = report_octets(report)
            if agent == "gateway-2":
                octets = sign(REPORT_PAYLOAD_TYPE, octets, KEY)
            (reports / f"{agent}-{number}.json").write_bytes(octets)
    return reports


@pytest.fixture
def register(tmp_path):
    entry = {"entry_id": "VB-1", "type": "Geluidsensor", "streams": []}
    document = {"schema": "https://schouw.example.org/schema/register/1", "entries": [entry]}
    path = tmp_path / "register.json"
    path.write_bytes(orjson.dumps(document))
    return path


def test_plain_and_signed_reports_add_up(folder):
    added = add_reports(Ledger(), report_files([folder]))

    assert len(added.ledger.windows) == len(added.inputs) == 8
    assert (added.refused, added.signers) == ([], {SIGNER})


def test_two_processes_give_what_one_gives(folder, monkeypatch):
    files = report_files([folder])
    one = add_reports(Ledger(), files)
    monkeypatch.setattr(stored_reports, "_WORTH_A_PROCESS", 1)
    two = add_reports(Ledger(), files)

    assert ledger_octets(two.ledger) == ledger_octets(one.ledger)
    assert (two.inputs, two.signers) == (one.inputs, one.signers)


@pytest.fixture
def shared(monkeypatch):
    """Return a function that says how many files this process takes, and if the other fails."""

    def _shared(mine, *, fails=False):
        @contextmanager
        def beside(count, work, *, left):
            assert left < count or not count
            numbers = range(count)
            theirs = numbers[mine:]
            yield numbers[:mine], lambda: (None if fails else work(reversed(theirs)), theirs)

        monkeypatch.setattr(stored_reports, "_WORTH_A_PROCESS", 1)
        monkeypatch.setattr(stored_reports, "beside", beside)

    return _shared


@pytest.mark.parametrize("mine", range(9))
@pytest.mark.parametrize("fails", [False, True])
def test_however_files_are_shared_they_add_up_to_the_same(mine, fails, folder, shared):
    (folder / "notes.json").write_text("{}")
    files = report_files([folder])
    one = add_reports(Ledger(), files)
    shared(mine, fails=fails)
    two = add_reports(Ledger(), files)

    assert ledger_octets(two.ledger) == ledger_octets(one.ledger)
    assert (two.inputs, two.refused, two.signers) == (one.inputs, one.refused, one.signers)


@pytest.mark.parametrize("mine", range(10))
@pytest.mark.parametrize("same_size", [True, False])
def test_a_report_that_both_read_counts_once(mine, same_size, folder, shared):
    octets = (folder / "gateway-1-1.json").read_bytes()
    (folder / "z.json").write_bytes(octets if same_size else octets + b" ")
    shared(mine)
    added = add_reports(Ledger(), report_files([folder]))

    assert (len(added.ledger.windows), added.ledger.duplicates) == (8, 1)
    assert len(added.inputs) == 9


def test_what_a_state_remembers_is_not_read_twice(folder, shared):
    files = report_files([folder])
    ledger = add_reports(Ledger(), files[:3]).ledger
    shared(4)
    added = add_reports(ledger, files)

    assert (len(added.ledger.windows), added.ledger.duplicates) == (8, 3)


def test_copies_are_for_one_process_and_many_of_one_size_are_no_copies(tmp_path):
    files = []
    for number, size in enumerate([7, 3, 7, 5, 5, 5, 5, 5]):
        files.append(tmp_path / str(number))
        files[-1].write_bytes(bytes(size))

    assert alike(files) == [[0, 2], [1], [3], [4], [5], [6], [7]]


def test_only_trusted_signers_count_if_some_are_named(folder):
    trusted = add_reports(Ledger(), report_files([folder]), trusted=[SIGNER])
    nobody = add_reports(Ledger(), report_files([folder]), trusted=["0000 " * 7 + "0000"])

    assert (len(trusted.ledger.windows), len(trusted.refused)) == (4, 4)
    assert trusted.refused[0] == "gateway-1-1.json: not signed"
    assert (len(nobody.ledger.windows), len(nobody.refused)) == (0, 8)


def test_of_an_evidence_folder_the_inventory_alone_is_a_report(tmp_path):
    for name in ("assessment.json", "inventory.dsse.json", "manifest.dsse.json", ".hidden.json"):
        (tmp_path / name).write_text("{}")

    assert [file.name for file in report_files([tmp_path])] == ["inventory.dsse.json"]
    with pytest.raises(ConfigError, match="No such file"):
        report_files([tmp_path / "nowhere"])


@pytest.mark.parametrize(
    ("octets", "why"),
    [
        (b"", "not a report"),
        (b"[]", "not a report"),
        (b'{"agent_id": "Jan de Vries"}', "field software"),
        (b'{"payload": 1}', "DSSE"),
        (sign("text/plain", b"{}", KEY), "not as a report"),
        (sign(REPORT_PAYLOAD_TYPE, b"{}", KEY).replace(b'"e30="', b'"e31="'), "base64"),
    ],
)
def test_what_is_no_report_is_refused_without_quoting_it(octets, why):
    with pytest.raises(ReportError, match=why) as refused:
        read_report("x.json", octets, None, ReportReader())
    assert "Vries" not in refused.value.diagnostics()


@pytest.mark.parametrize("damage", ["twins", "backwards"])
def test_a_report_that_contradicts_itself_is_refused(damage, make_device, make_report):
    report = make_report([make_device("a"), make_device("a" if damage == "twins" else "b")])
    if damage == "backwards":
        report = report.model_copy(update={"start": report.end, "end": report.start})
    with pytest.raises(ReportError, match="same id" if damage == "twins" else "before it starts"):
        read_report("x.json", report_octets(report), None, ReportReader())


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("where", "what", "why"),
    [
        (("devices", 0, "last_seen"), "2026-06-01T00:00:00", "last_seen: .*timezone"),
        (("devices", 0, "last_seen"), "0001-01-01T00:00:00+05:00", "last_seen: .*0002"),
        (("devices", 0, "last_seen"), "9999-12-31T23:59:59Z", "last_seen: .*9999"),
        (("start",), "2026-06-01", "start: "),
        (("devices", 0, "coverage", "octets"), 10**15, "field devices.0.coverage.octets: more"),
        (("devices", 0, "coverage", "octets"), 1 << 63, "coverage.octets: .*less"),
        (("devices", 0, "emissions", 0, "intervals"), [0, 10**15], "emissions.0.intervals.1: more"),
        (("coverage", "frames"), 10**15, "field coverage.frames: more"),
    ],
)
def test_what_could_not_be_compared_or_summed_is_refused_by_its_place(
    where, what, why, whole, make_device, make_report
):
    document = orjson.loads(report_octets(make_report([make_device("a", ["wind"])])))
    place = document
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = what
    octets = orjson.dumps(document, option=orjson.OPT_SORT_KEYS)

    with pytest.raises(ReportError, match=why):
        read_report("x.json", octets, None, ReportReader(), whole=whole)


def test_a_name_of_a_report_may_be_any_number(make_device, make_report):
    report = make_report([make_device("a", ["wind"])], epoch=10**18, sequence=10**16)

    assert (
        read_report("x.json", report_octets(report), None, ReportReader())[0].head.epoch == 10**18
    )


def test_reports_are_put_together_by_agent_whether_or_not_they_are_signed(folder):
    (folder / "a.json").write_text("{}")
    files = report_files([folder])
    names = [file.name for file in files]
    order = [names[number] for row in by_agent(files) for number in row]

    assert order[0] == "a.json"
    assert [name[:9] for name in order[1:]] == ["gateway-1"] * 4 + ["gateway-2"] * 4


@pytest.fixture
def schouw(monkeypatch, capfd, tmp_path):
    """Return a function that runs the command line: code, out, err."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["schouw", *map(str, arguments)])
        code = 0
        try:
            cli.main()
        except SystemExit as exit_:
            code = exit_.code or 0
        return code, *capfd.readouterr()

    return run


def test_the_command_tells_what_it_read_and_what_is_missing(schouw, folder, register, tmp_path):
    (folder / "gateway-1-2.json").unlink()
    (folder / "notes.json").write_text("{}")
    code, out, err = schouw(
        "assess", folder, "--register", register, "--output", tmp_path / "evidence"
    )

    assert (code, err.count("Not counted: notes.json: not a report")) == (1, 1)
    assert out.startswith(f"7 reports of agents. Signed with key {SIGNER}.\n")
    assert "Note: gateway-1: 1 report missing (epoch 1, from number 2)" in out
    verified = schouw("verify", tmp_path / "evidence")
    assert verified[0] == 0


def test_a_state_makes_that_only_new_reports_need_be_given(schouw, folder, register, tmp_path):
    state = tmp_path / "state.json"
    options = ("--register", register, "--json")
    whole = schouw("assess", folder, *options)
    for agent in ("gateway-1", "gateway-2"):
        last = schouw("assess", *sorted(folder.glob(f"{agent}*")), *options, "--state", state)
    again = schouw("assess", *options, "--state", state)

    assert orjson.loads(last[1]) == orjson.loads(whole[1]) == orjson.loads(again[1])
    assert orjson.loads(whole[1])["groups"]


def test_without_a_report_it_fails_in_one_line(schouw, register, tmp_path):
    code, out, err = schouw("assess", "--register", register)

    assert (code, out, err) == (2, "", "schouw: there are no reports to assess\n")
    state = tmp_path / "state.json"
    state.write_text("{}")
    code, _, err = schouw("assess", "--register", register, "--state", state)
    assert (code, err.count("\n")) == (2, 1)
