"""The evidence folder: what is written verifies, and nothing else does."""

import json
import os
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schouw_agent.errors import ConfigError
from schouw_agent.signing import fingerprint, sign
from schouw_collector.errors import EvidenceError
from schouw_collector.evidence.evidence import write
from schouw_collector.evidence.manifest import PAYLOAD_TYPE, Input, Manifest
from schouw_collector.evidence.verification import Problem, describe, read_verified, verify
from schouw_collector.saying.wording import Wording

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
MINE = fingerprint(KEY.public_key())
CREATED = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
FILES = [
    "README.txt",
    "assessment.json",
    "findings.csv",
    "inventory.dsse.json",
    "manifest.dsse.json",
    "manifest.json",
    "report.en.html",
    "report.nl.html",
]
INPUTS = (Input(kind="register", name="register.json", sha256="2" * 64, size=12),)


@pytest.fixture
def write_folder(tmp_path, make_assessment, make_report):
    def make(name="folder", key=KEY, **changes):
        assessment = make_assessment(**changes)
        write(
            tmp_path / name,
            assessment,
            make_report(assessment.devices),
            inputs=INPUTS,
            command=("check", "havenplein.pcapng", "--register", "register.json"),
            key=key,
            created=CREATED,
        )
        return tmp_path / name

    return make


@pytest.fixture
def folder(write_folder):
    return write_folder()


def test_a_new_folder_has_every_file_and_is_intact(folder):
    assert sorted(path.name for path in folder.iterdir()) == FILES
    found = verify(folder)
    assert (found.problems, found.fingerprint, found.trusted) == ((), MINE, False)
    assert verify(folder, MINE).trusted


def test_the_same_check_gives_the_same_octets(write_folder):
    first, second = write_folder("first"), write_folder("second")
    for name in FILES:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name
        assert b"\r" not in (first / name).read_bytes() or name == "findings.csv"


def test_the_manifest_names_every_file_and_input(folder):
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert [item["name"] for item in manifest["files"]] == [
        name for name in FILES if not name.startswith("manifest")
    ]
    assert manifest["inputs"] == [
        {"kind": "register", "name": "register.json", "sha256": "2" * 64, "size": 12}
    ]
    assert manifest["signer"]["fingerprint"] == MINE
    assert manifest["created"] == "2026-10-05T12:00:00Z"


def test_the_readme_speaks_both_languages_and_names_every_file(folder):
    text = (folder / "README.txt").read_text()
    assert "Zo controleert u" in text
    assert "How to verify" in text
    assert all(text.count(name) >= 2 for name in FILES)
    assert text.count(MINE) == 2


def test_what_was_written_is_read_back(folder, make_assessment, make_report):
    assessment = make_assessment()
    assert read_verified(folder) == (assessment, make_report(assessment.devices))


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_altered_octet_in_any_file_is_found_and_named(folder, name, data):
    path = folder / name
    good = path.read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    new = data.draw(st.integers(0, 255).filter(lambda octet: octet != good[at]))
    try:
        path.write_bytes(good[:at] + bytes([new]) + good[at + 1 :])
        problems = verify(folder).problems
        if name == "manifest.dsse.json" and not problems:
            # White space between the tokens of the envelope is not signed, and says nothing.
            assert json.loads(path.read_bytes()) == json.loads(good)
            return
        assert name in {problem.file for problem in problems}
    finally:
        path.write_bytes(good)


def _remove(folder):
    (folder / "findings.csv").unlink()


def _add(folder):
    (folder / "extra.txt").write_text("x")


def _link(folder):
    (folder / "report.nl.html").rename(folder.parent / "elsewhere.html")
    (folder / "report.nl.html").symlink_to(folder.parent / "elsewhere.html")


def _subfolder(folder):
    (folder / "more").mkdir()


def _replace_by_folder(folder):
    (folder / "README.txt").unlink()
    (folder / "README.txt").mkdir()


def _pipe(folder):
    (folder / "README.txt").unlink()
    os.mkfifo(folder / "README.txt")


def _grow(folder):
    with (folder / "report.en.html").open("ab") as file:
        file.truncate(1 << 40)


def _cut(folder):
    with (folder / "report.en.html").open("ab") as file:
        file.truncate(10)


def _same_length(folder):
    octets = (folder / "assessment.json").read_bytes()
    (folder / "assessment.json").write_bytes(octets.replace(b'"high"', b'"info"'))


def _no_signature(folder):
    (folder / "manifest.dsse.json").unlink()


def _no_manifest(folder):
    (folder / "manifest.json").unlink()


def _other_manifest(folder):
    octets = (folder / "manifest.json").read_bytes()
    (folder / "manifest.json").write_bytes(octets.replace(b"register.json", b"anderlijst.js"))


def _not_a_manifest(folder):
    (folder / "manifest.json").write_bytes(b"{}")
    (folder / "manifest.dsse.json").write_bytes(sign(PAYLOAD_TYPE, b"{}", KEY))


def _outside(folder):
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"][0]["name"] = "../elsewhere"
    octets = json.dumps(manifest).encode()
    (folder / "manifest.json").write_bytes(octets)
    (folder / "manifest.dsse.json").write_bytes(sign(PAYLOAD_TYPE, octets, KEY))


def _other_envelope(folder):
    octets = (folder / "manifest.json").read_bytes()
    (folder / "manifest.dsse.json").write_bytes(sign("text/plain", octets, KEY))


def _borrowed_key(folder):
    octets = (folder / "manifest.json").read_bytes()
    (folder / "manifest.dsse.json").write_bytes(sign(PAYLOAD_TYPE, octets, OTHER))


DAMAGE = [
    (_remove, {("findings.csv", "missing")}),
    (_add, {("extra.txt", "extra")}),
    (_link, {("report.nl.html", "symlink")}),
    (_subfolder, {("more", "folder")}),
    (_replace_by_folder, {("README.txt", "folder")}),
    (_pipe, {("README.txt", "special")}),
    (_grow, {("report.en.html", "too_large")}),
    (_cut, {("report.en.html", "too_small")}),
    (_same_length, {("assessment.json", "changed")}),
    (_no_signature, {("manifest.dsse.json", "missing")}),
    (_no_manifest, {("manifest.json", "missing")}),
    (_other_manifest, {("manifest.json", "not_signed")}),
    (_not_a_manifest, {("manifest.dsse.json", "malformed")}),
    (_outside, {("manifest.dsse.json", "malformed")}),
    (_other_envelope, {("manifest.dsse.json", "malformed")}),
    (_borrowed_key, {("manifest.json", "key_in_manifest"), ("inventory.dsse.json", "signer")}),
]


@pytest.mark.parametrize(("damage", "expected"), DAMAGE, ids=lambda d: getattr(d, "__name__", ""))
def test_each_damage_is_named_with_its_file_and_reason(folder, damage, expected):
    damage(folder)
    found = verify(folder)
    assert {(p.file, p.reason) for p in found.problems} == expected
    for language in ("nl", "en"):
        for problem in found.problems:
            assert problem.file in describe(problem, Wording(language))
    with pytest.raises(EvidenceError, match="is not intact"):
        read_verified(folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda octets: octets.replace(b"{\n", b"{ \n", 1),
        lambda octets: octets.replace(b"{\n", b'{\n"note": "verified by the court",\n', 1),
        lambda octets: octets.replace(b'"keyid"', b'"note": "x", "keyid"', 1),
        lambda octets: octets.replace(b"{\n", b'{\n"payload": "eA==",\n', 1),
    ],
    ids=["a space", "a field", "a field of the signature", "a field twice"],
)
def test_nothing_can_be_added_beside_what_is_signed(folder, change):
    path = folder / "manifest.dsse.json"
    path.write_bytes(change(path.read_bytes()))
    assert verify(folder).problems == (Problem("manifest.dsse.json", "changed"),)


def test_every_problem_is_listed_not_the_first_only(folder):
    _remove(folder)
    _add(folder)
    _same_length(folder)
    assert {p.file for p in verify(folder).problems} == {
        "findings.csv",
        "extra.txt",
        "assessment.json",
    }


def test_an_altered_and_re_signed_folder_fails_under_trust_only(write_folder):
    forged = write_folder(key=OTHER, findings=())
    assert not verify(forged).problems
    found = verify(forged, MINE)
    assert [(p.file, p.reason) for p in found.problems] == [("manifest.dsse.json", "untrusted")]
    assert not found.trusted
    assert fingerprint(OTHER.public_key()) in describe(found.problems[0], Wording("en"))


def test_what_is_no_evidence_folder_is_an_error(tmp_path):
    with pytest.raises(EvidenceError, match="No such file"):
        verify(tmp_path / "none")
    (tmp_path / "file").touch()
    with pytest.raises(EvidenceError, match="Not a directory"):
        verify(tmp_path / "file")
    with pytest.raises(EvidenceError, match="not an evidence folder"):
        verify(tmp_path)


def test_nothing_is_overwritten(folder, write_folder, tmp_path):
    before = (folder / "README.txt").stat()
    with pytest.raises(ConfigError, match="not empty; nothing was overwritten"):
        write_folder()
    assert (folder / "README.txt").stat() == before
    (tmp_path / "taken").touch()
    with pytest.raises(ConfigError, match="is a file"):
        write_folder("taken")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ConfigError, match="is a file"):
        write_folder("dangling")
    (tmp_path / "empty").mkdir()
    assert not verify(write_folder("empty")).problems


def test_a_failed_write_leaves_nothing_behind(write_folder, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.rename", full)
    with pytest.raises(ConfigError, match="No space left"):
        write_folder("new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "", "a\\b", "/etc/passwd", "a\nb"])
def test_a_manifest_cannot_point_outside_its_folder(folder, name):
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"][0]["name"] = name
    with pytest.raises(ValueError, match="pattern"):
        Manifest.model_validate(manifest)


def test_a_hostile_file_name_cannot_steer_the_terminal():
    text = describe(Problem("a\x1b[2Jb\u202ec", "extra"), Wording("en"))
    assert text == "a[2Jbc: does not belong in this folder"
